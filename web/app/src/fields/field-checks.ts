// What a form can tell before it asks the server: left empty, no number, no such day. The server checks all of
// it again and more; here only what saves a round trip.
import type { Field } from "../api/types";
import { isAbsent, isBlank, isRow, type Values } from "./values";
import { type ErrorsByPlace, keyOf } from "./where";

const NUMBER = /^-?[\d,]+(\.\d+)?\s*(万|亿)?\s*(元|[^\d\s.]{0,4})?$/;

function scalarFault(field: Field, value: unknown): string | null {
  if (isAbsent(value) || isBlank(value)) return null;
  const text = typeof value === "string" ? toHalfWidth(value.trim()) : "";
  switch (field.type) {
    case "integer":
    case "decimal":
    case "money":
      return text === "" || NUMBER.test(text) ? null : `“${field.title}”请填数字。`;
    case "id_number":
      return text.length === 18 && /^\d{17}/.test(text) && !isIdNumber(text)
        ? "身份证号的校验位不对，请逐位核对。"
        : null;
    case "phone":
      return /^(\+?86[- ]?)?(1\d{10}|0\d{2,3}-?\d{7,8}(-\d{1,5})?|\d{5,8})$/.test(text)
        ? null
        : "请填11位手机号，或带区号的固定电话。";
    default:
      return null;
  }
}

export const toHalfWidth = (text: string) =>
  text.replace(/[！-～]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0)).replace(/　/g, " ");

// GB 11643-1999: seventeen digits and a check character.
export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, n) => total + weight * Number(text[n]), 0);
  return text[17] === "10X98765432"[sum % 11];
}

// `required`: fields asked for besides those that always are (a step's).
export function faults(fields: Field[], values: Values, required: ReadonlySet<string> = new Set()): ErrorsByPlace {
  const found: ErrorsByPlace = {};
  const note = (key: string, fault: string | null) => {
    if (fault) (found[key] ??= []).push(fault);
  };
  for (const field of fields) {
    const value = values[field.id];
    if ((field.required || required.has(field.id)) && isBlank(value)) {
      note(field.id, `请填“${field.title}”。`);
      continue;
    }
    if (field.type !== "list" && field.type !== "group") {
      note(field.id, scalarFault(field, value));
      continue;
    }
    const rows = field.type === "list" ? (Array.isArray(value) ? value : []) : [value];
    rows.forEach((row: unknown, n) => {
      if (isBlank(row) || !isRow(row)) return;
      for (const column of field.of ?? []) {
        const key = keyOf({ field: field.id, row: field.type === "list" ? n : undefined, column: column.id });
        if (column.required && isBlank(row[column.id])) note(key, `请填“${column.title}”。`);
        else note(key, scalarFault(column, row[column.id]));
      }
    });
  }
  return found;
}
