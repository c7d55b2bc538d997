// One field in a form: its label, its input by type, what is wrong with it, and whether it is not applicable.
import type { Field } from "../api/types";
import { ChoiceInput, ChoicesInput, isGroupInput, YesNoInput } from "./choice-inputs";
import type { NestedProps } from "./input-props";
import { EntryInput, LawsInput, PersonInput, UnitInput } from "./reference-inputs";
import { GroupInput, ListInput } from "./row-inputs";
import { DateInput, NoteInput, NumberInput, TextInput, TimeInput } from "./text-inputs";
import { ABSENCE_TITLES, type Absent, isAbsent, mayBeAbsent } from "./values";
import { type ErrorsByPlace, keyOf, type Place } from "./where";

const WIDE = new Set(["note", "versioned_text", "list", "group", "laws", "choices", "figure"]);

export const inputId = (place: Place) => `field-${keyOf(place).replace(/[[\].]/g, "-")}`;

function InputOf(props: NestedProps) {
  switch (props.field.type) {
    case "note":
    case "versioned_text":
      return <NoteInput {...props} />;
    case "integer":
    case "decimal":
    case "money":
      return <NumberInput {...props} />;
    case "date":
    case "datetime":
      return <DateInput {...props} />;
    case "time":
      return <TimeInput {...props} />;
    case "yes_no":
      return <YesNoInput {...props} />;
    case "choice":
      return <ChoiceInput {...props} />;
    case "choices":
      return <ChoicesInput {...props} />;
    case "person":
      return <PersonInput {...props} />;
    case "unit":
      return <UnitInput {...props} />;
    case "entry":
      return <EntryInput {...props} />;
    case "laws":
      return <LawsInput {...props} />;
    case "list":
      return <ListInput {...props} />;
    case "group":
      return <GroupInput {...props} />;
    case "figure":
      return <p className="quiet">这一栏由系统从台账取数，不用填。</p>;
    case "text":
    case "id_number":
    case "phone":
    case "place":
      return <TextInput {...props} />;
  }
}

export interface FieldRowProps {
  field: Field;
  place: Place;
  value: unknown;
  errors: ErrorsByPlace;
  set: (place: Place, value: unknown) => void;
  required?: boolean; // asked for by a step
}

export function FieldRow({ field, place, value, errors, set, required }: FieldRowProps) {
  const id = inputId(place);
  const wrong = errors[keyOf(place)] ?? [];
  const must = field.required || required;
  const absent = isAbsent(value) ? value.absent : "";
  const helpId = field.help ? `${id}-help` : "";
  const describedBy = [helpId, wrong.length > 0 ? `${id}-wrong` : ""].filter(Boolean).join(" ") || undefined;
  const label = (
    <>
      {must && (
        <span className="must" aria-hidden="true">
          *
        </span>
      )}
      {field.title}
      {must && <span className="unseen">（必填）</span>}
      {field.private && <span className="mark">保密</span>}
    </>
  );
  const group = isGroupInput({ field, value });
  return (
    <div className={WIDE.has(field.type) ? "field wide" : "field"} data-place={keyOf(place)}>
      <div className="field-head">
        {group ? (
          <span id={`${id}-label`} className="label">
            {label}
          </span>
        ) : (
          <label id={`${id}-label`} htmlFor={id} className="label">
            {label}
          </label>
        )}
        {!must && place.column === undefined && mayBeAbsent(field) && (
          <select
            className={absent ? "absence" : "absence unset"}
            aria-label={`${field.title}：没有内容的原因`}
            value={absent}
            onChange={(event) =>
              set(place, event.target.value ? ({ absent: event.target.value } as Absent) : undefined)
            }
          >
            <option value="">照实填写</option>
            <option value="not_applicable">不适用</option>
            <option value="unknown">未知</option>
          </select>
        )}
      </div>
      {absent ? (
        <p className="absent-value">{ABSENCE_TITLES[absent]}</p>
      ) : (
        <InputOf
          field={field}
          place={place}
          id={id}
          value={value}
          wrong={wrong.length > 0}
          describedBy={describedBy}
          errors={errors}
          set={set}
          onChange={(next) => set(place, next)}
        />
      )}
      {field.help && (
        <p id={helpId} className="help">
          {field.help}
        </p>
      )}
      {wrong.length > 0 && (
        <p id={`${id}-wrong`} className="wrong" role="alert">
          {wrong.join(" ")}
        </p>
      )}
    </div>
  );
}
