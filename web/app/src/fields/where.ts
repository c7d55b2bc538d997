// Where a refusal belongs on the page: `parties[2].id_number` is the second row's column, `site.street` a
// group's. Rows count from 1, as the server counts.
import type { ProblemPart } from "../api/types";

export interface Place {
  field: string;
  row?: number; // from 0
  column?: string;
}

export function placeOf(where: string | undefined): Place | null {
  const match = /^([a-z][a-z0-9_]*)(?:\[(\d+)\])?(?:\.([a-z][a-z0-9_]*))?$/.exec(where ?? "");
  if (!match?.[1]) return null;
  const place: Place = { field: match[1] };
  if (match[2]) place.row = Number(match[2]) - 1;
  if (match[3]) place.column = match[3];
  return place;
}

// The key under which an input looks for its own errors.
export const keyOf = ({ field, row, column }: Place): string =>
  `${field}${row === undefined ? "" : `[${row}]`}${column ? `.${column}` : ""}`;

export type ErrorsByPlace = Record<string, string[]>;

export interface Placed {
  at: ErrorsByPlace; // by keyOf
  elsewhere: ProblemPart[]; // what belongs to no field of the form
}

export function placed(parts: ProblemPart[], fields: ReadonlySet<string>): Placed {
  const at: ErrorsByPlace = {};
  const elsewhere: ProblemPart[] = [];
  for (const part of parts) {
    const place = placeOf(part.where);
    if (place && fields.has(place.field)) (at[keyOf(place)] ??= []).push(part.detail);
    else elsewhere.push(part);
  }
  return { at, elsewhere };
}

// Without the errors of a place that has just been written to, and of all inside it.
export function withoutErrorsOf(errors: ErrorsByPlace, place: Place): ErrorsByPlace {
  const key = keyOf(place);
  const kept = Object.entries(errors).filter(
    ([at]) => at !== key && at !== place.field && !at.startsWith(`${key}.`) && !at.startsWith(`${key}[`),
  );
  return Object.fromEntries(kept);
}

export const firstPlace = (errors: ErrorsByPlace, order: string[]): string | undefined =>
  order.flatMap((field) => Object.keys(errors).filter((at) => fieldOf(at) === field)).at(0);

const fieldOf = (key: string) => /^[a-z0-9_]+/.exec(key)?.[0];
