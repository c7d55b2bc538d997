import type { Field } from "../api/types";
import type { ErrorsByPlace, Place } from "./where";

// What every input gets. `place`: where its value stands in the form.
export interface InputProps {
  field: Field;
  place: Place;
  id: string;
  value: unknown;
  onChange: (value: unknown) => void;
  wrong: boolean;
  describedBy?: string;
}

// What inputs with inputs inside (lists, groups) get besides.
export interface NestedProps extends InputProps {
  errors: ErrorsByPlace;
  set: (place: Place, value: unknown) => void;
}

export const asText = (value: unknown): string => (value === undefined || value === null ? "" : String(value));
