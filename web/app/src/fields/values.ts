// A field's value in a form, as it is stored, and as it is sent.
//
// In a form a value is what the input shows: numbers and money as typed text (the server understands 0.5万),
// choices as ids, a list as rows. Nothing: undefined. 不适用 and 未知 are an Absent.
import type { Entry, Field } from "../api/types";

export interface Absent {
  absent: "not_applicable" | "unknown";
}

export type Row = Record<string, unknown>;
export type Values = Record<string, unknown>;

export const ABSENCE_TITLES = { not_applicable: "不适用", unknown: "未知" } as const;

export const isAbsent = (value: unknown): value is Absent =>
  typeof value === "object" && value !== null && "absent" in value;

export const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isAbsent(value);

// Of a text, the words 不适用 are the text itself: it has no such mark.
export const mayBeAbsent = (field: Field): boolean =>
  !["text", "note", "versioned_text", "list", "group", "figure"].includes(field.type);

export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.every(isBlank);
  if (isAbsent(value)) return false;
  if (isRow(value)) return Object.values(value).every(isBlank);
  return false;
}

// Fen as yuan, exactly: 123450 is "1234.5", 5 is "0.05".
export function yuanText(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, "0");
  const cents = digits.slice(-2).replace(/0+$/, "");
  return `${fen < 0 ? "-" : ""}${digits.slice(0, -2)}${cents ? `.${cents}` : ""}`;
}

// From what is stored to what a form shows.
export function formValue(field: Field, stored: unknown): unknown {
  if (stored === undefined || stored === null) return undefined;
  switch (field.type) {
    case "money":
      return typeof stored === "number" ? yuanText(stored) : stored;
    case "integer":
    case "decimal":
      return String(stored);
    case "datetime":
      return typeof stored === "string" ? localTime(stored) : stored;
    case "list":
      return Array.isArray(stored) ? stored.map((row) => formRow(field, row)) : undefined;
    case "group":
      return formRow(field, stored);
    default:
      return stored;
  }
}

function localTime(instant: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? instant : new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}

function formRow(field: Field, stored: unknown): Row {
  const row: Row = {};
  if (!isRow(stored)) return row;
  for (const column of field.of ?? []) {
    const value = formValue(column, stored[column.id]);
    if (value !== undefined) row[column.id] = value;
  }
  return row;
}

// A form's values of an entry; what is private and not shown is left out.
export function formValues(fields: Field[], entry: Pick<Entry, "fields" | "absent">): Values {
  const values: Values = {};
  for (const field of fields) {
    const absent = entry.absent[field.id];
    const value = absent ? { absent } : formValue(field, entry.fields[field.id]);
    if (value !== undefined) values[field.id] = value;
  }
  return values;
}

// What is sent: null empties.
export function wireValue(field: Field, value: unknown): unknown {
  if (isAbsent(value)) return ABSENCE_TITLES[value.absent];
  if (isBlank(value)) return null;
  if (field.type === "list" && Array.isArray(value)) {
    return value.filter((row) => !isBlank(row)).map((row) => wireRow(field, row));
  }
  if (field.type === "group") return wireRow(field, value);
  return typeof value === "string" && field.type !== "note" ? value.trim() : value;
}

function wireRow(field: Field, row: unknown): Row {
  const out: Row = {};
  if (!isRow(row)) return out;
  for (const column of field.of ?? []) {
    if (!isBlank(row[column.id])) out[column.id] = wireValue(column, row[column.id]);
  }
  return out;
}

// A new entry's fields: only what was filled in.
export function wireValues(fields: Field[], values: Values): Row {
  const out: Row = {};
  for (const field of fields) {
    if (!isBlank(values[field.id])) out[field.id] = wireValue(field, values[field.id]);
  }
  return out;
}

// A change's fields: only what differs from `before`.
export function wireChanges(fields: Field[], before: Values, values: Values): Row {
  const out: Row = {};
  for (const field of fields) {
    const now = wireValue(field, values[field.id]);
    if (JSON.stringify(now) !== JSON.stringify(wireValue(field, before[field.id]))) out[field.id] = now;
  }
  return out;
}

// What a new form begins with. Defaults from settings are the server's to fill.
export function defaultValues(fields: Field[], today: string): Values {
  const values: Values = {};
  for (const field of fields) {
    if (field.default === undefined || field.default === null) continue;
    if (field.default === "today") values[field.id] = today;
    else if (typeof field.default !== "object") values[field.id] = formValue(field, field.default);
  }
  return values;
}

// The server's text of a value with what it is counted in: 88人, 1234.5元.
export function withUnit(field: Field, text: string | undefined): string {
  if (!text || !/^-?[\d.,]+$/.test(text)) return text ?? "";
  if (field.type === "money") return `${text}元`;
  return ["integer", "decimal"].includes(field.type) ? `${text}${field.unit ?? ""}` : text;
}

// A value for people where the server has not said it (a form's own, in a comparison).
export function plainText(field: Field, value: unknown, nameOf: (field: Field, id: unknown) => string): string {
  if (isAbsent(value)) return ABSENCE_TITLES[value.absent];
  if (isBlank(value)) return "（空）";
  const title = (id: unknown) => field.options?.find((option) => option.id === id)?.title ?? String(id);
  switch (field.type) {
    case "yes_no":
      return value === true ? "是" : "否";
    case "choice":
      return title(value);
    case "choices":
    case "laws":
      return Array.isArray(value) ? value.map(title).join("、") : String(value);
    case "person":
    case "unit":
    case "entry":
      return nameOf(field, value);
    case "money":
      return `${String(value)}元`;
    case "list":
      return Array.isArray(value) ? value.map((row) => rowText(field, row, nameOf)).join("；") : String(value);
    case "group":
      return rowText(field, value, nameOf);
    default:
      return `${String(value)}${field.unit ?? ""}`;
  }
}

function rowText(field: Field, row: unknown, nameOf: (field: Field, id: unknown) => string): string {
  if (!isRow(row)) return "";
  return (field.of ?? [])
    .filter((column) => !isBlank(row[column.id]))
    .map((column) => `${column.title}：${plainText(column, row[column.id], nameOf)}`)
    .join("，");
}
