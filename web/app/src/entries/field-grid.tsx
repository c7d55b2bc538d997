// The fields of a form, in the definition's order. What only later steps ask for is folded away.
import type { Field, Ledger } from "../api/types";
import { FieldRow } from "../fields/field-row";
import type { ErrorsByPlace, Place } from "../fields/where";
import { isBlank, type Values } from "../fields/values";

interface FieldGridProps {
  fields: Field[];
  values: Values;
  errors: ErrorsByPlace;
  set: (place: Place, value: unknown) => void;
  required?: ReadonlySet<string>;
}

export function FieldGrid({ fields, values, errors, set, required }: FieldGridProps) {
  return (
    <div className="field-grid">
      {fields.map((field) => (
        <FieldRow
          key={field.id}
          field={field}
          place={{ field: field.id }}
          value={values[field.id]}
          errors={errors}
          set={set}
          required={required?.has(field.id)}
        />
      ))}
    </div>
  );
}

// Of a new case: the fields of its beginning, and those that a later step will ask for.
export function splitFields(ledger: Ledger): { now: Field[]; later: Field[] } {
  const ofSteps = new Set(ledger.transitions.flatMap((transition) => transition.fields));
  const first = ledger.states[0]?.id ?? "";
  const isLater = (field: Field) =>
    !field.required &&
    ((ofSteps.has(field.id) || (field.required_in ?? []).length > 0) && !field.required_in?.includes(first));
  return { now: ledger.fields.filter((field) => !isLater(field)), later: ledger.fields.filter(isLater) };
}

export function FoldedFieldGrid({ fields, ...form }: FieldGridProps) {
  if (fields.length === 0) return null;
  const used = fields.some(
    (field) =>
      !isBlank(form.values[field.id]) || Object.keys(form.errors).some((at) => at === field.id || at.startsWith(`${field.id}[`) || at.startsWith(`${field.id}.`)),
  );
  return (
    <details className="more" open={used || undefined}>
      <summary>以后办理时再填的（{fields.length}栏）</summary>
      <FieldGrid fields={fields} {...form} />
    </details>
  );
}
