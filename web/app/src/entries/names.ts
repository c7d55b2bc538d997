// What an id stands for, for texts that the server has not made.
import type { Field, Office } from "../api/types";

export const nameIn = (office: Office) => (field: Field, id: unknown): string => {
  if (field.type === "person") return office.persons.find((person) => person.id === id)?.name ?? String(id);
  if (field.type === "unit") return office.units.find((unit) => unit.id === id)?.name ?? String(id);
  const entry = typeof id === "object" && id !== null && "id" in id ? (id as { id: unknown }).id : id;
  return `第${String(entry)}条`;
};
