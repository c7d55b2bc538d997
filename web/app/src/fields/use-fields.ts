// The values and errors of a form.
import { useCallback, useState } from "react";
import type { ErrorsByPlace, Place } from "./where";
import { withoutErrorsOf } from "./where";
import { isRow, type Row, type Values } from "./values";

export interface FieldsState {
  values: Values;
  errors: ErrorsByPlace;
  touched: boolean;
  set: (place: Place, value: unknown) => void;
  replace: (values: Values) => void;
  setErrors: (errors: ErrorsByPlace) => void;
}

export function withValue(values: Values, place: Place, value: unknown): Values {
  const { field, row, column } = place;
  if (row === undefined && column === undefined) return { ...values, [field]: value };
  if (row === undefined) {
    const group = isRow(values[field]) ? values[field] : {};
    return { ...values, [field]: { ...group, [column ?? ""]: value } };
  }
  const rows = Array.isArray(values[field]) ? [...(values[field] as Row[])] : [];
  while (rows.length <= row) rows.push({});
  rows[row] = column === undefined ? (value as Row) : { ...rows[row], [column]: value };
  return { ...values, [field]: rows };
}

export function useFields(initial: Values): FieldsState {
  const [values, setValues] = useState<Values>(initial);
  const [errors, setErrors] = useState<ErrorsByPlace>({});
  const [touched, setTouched] = useState(false);
  const set = useCallback((place: Place, value: unknown) => {
    setTouched(true);
    setValues((old) => withValue(old, place, value));
    setErrors((old) => withoutErrorsOf(old, place));
  }, []);
  return { values, errors, touched, set, replace: setValues, setErrors };
}
