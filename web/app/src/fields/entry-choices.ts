// What an input that names entries offers: the choices of a form's field, else what a search of the ledgers finds.
import { get } from "../api/client";
import { entryPath, ledgerPath, officePath } from "../api/queries";
import { Refusal } from "../api/refusal";
import type { Entry, EntryPage, EntryRow, Field, FieldChoices, Hits } from "../api/types";
import type { Choosing } from "./fields-context";
import type { Place } from "./where";

export interface Reference {
  ledger: string;
  id: number;
}

export interface Found extends Reference {
  label: string;
}

export interface Offer {
  items: Found[];
  more: boolean; // there are others, older ones
}

const FOUND_MAX = 20;
const PAGES_MAX = 5; // a page may hold nothing that fits, with more behind it
const WHOLE_MAX = 200; // a ledger this small is fetched whole, and searched here: by every name in its titles

const labelOf = (row: Pick<EntryRow, "title" | "number" | "dated_on">) =>
  [row.number, row.title, row.dated_on].filter(Boolean).join(" · ");

const choicesPath = (office: string, ledger: string, { field, column }: Place) =>
  ledgerPath(office, ledger, `/fields/${column ? `${field}.${column}` : field}/choices`);

// The day on which a register's entry must be valid, where the form has it; "": today.
export function dayFor(field: Field, choosing: Choosing): string {
  const day = field.valid_on ? choosing.values[field.valid_on] : undefined;
  return typeof day === "string" && /^\d{4}-\d\d-\d\d/.test(day) ? day.slice(0, 10) : "";
}

export async function choicesOf(office: string, choosing: Choosing, place: Place, query: { words: string; on: string }): Promise<Offer> {
  const items: Found[] = [];
  let cursor = "";
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await get<FieldChoices>(choicesPath(office, choosing.ledger, place), { ...query, limit: FOUND_MAX, cursor });
    items.push(...answer.items.map(({ ledger, id, title }) => ({ ledger, id, label: title })));
    cursor = answer.next;
    if (cursor === "" || items.length >= FOUND_MAX) break;
  }
  return { items, more: cursor !== "" };
}

// Of a small ledger all, of a larger one what its numbers and searched texts hold.
async function entriesOf(office: string, ledger: string, words: string): Promise<Offer> {
  const path = ledgerPath(office, ledger, "/entries");
  const found = (row: Pick<EntryRow, "id" | "title" | "number" | "dated_on">): Found => ({
    ledger,
    id: row.id,
    label: labelOf(row),
  });
  const whole = await get<EntryPage>(path, { limit: WHOLE_MAX });
  if (whole.next === "") {
    return { items: whole.items.map(found).filter(({ label }) => label.includes(words)), more: false };
  }
  if (words === "") return { items: whole.items.slice(0, FOUND_MAX).map(found), more: true };
  const [listed, searched] = await Promise.all([
    get<EntryPage>(path, { words, limit: FOUND_MAX }),
    get<Hits>(officePath(office, "/search"), { words, ledger }),
  ]);
  const all = new Map(listed.items.map((row) => [row.id, found(row)]));
  for (const hit of searched.items) if (!all.has(hit.id)) all.set(hit.id, found({ ...hit, number: "" }));
  return { items: [...all.values()], more: listed.next !== "" || searched.next !== "" };
}

export async function searchedIn(office: string, ledgers: string[], words: string): Promise<Offer> {
  const all = await Promise.all(
    ledgers.map((ledger) =>
      entriesOf(office, ledger, words).catch((error: unknown): Offer => {
        // A ledger one may not open: what can be typed leads on.
        if (error instanceof Refusal && [403, 404].includes(error.status)) return { items: [], more: false };
        throw error;
      }),
    ),
  );
  return { items: all.flatMap(({ items }) => items), more: all.some(({ more }) => more) };
}

// What an entry is called: as a choice of the field, else as it stands in its ledger; "" where neither is told.
export async function titleOf(office: string, { ledger, id }: Reference, choosing: Choosing | undefined, place: Place, on: string) {
  const unless = (error: unknown): null => {
    if (error instanceof Refusal && [403, 404].includes(error.status)) return null;
    throw error;
  };
  if (choosing) {
    const answer = await choicesOf(office, choosing, place, { words: `#${id}`, on }).catch(unless);
    const found = answer?.items.find((each) => each.ledger === ledger && each.id === id);
    if (found) return found.label;
  }
  const entry = await get<Entry & { dated_on: string }>(entryPath(office, ledger, id)).catch(unless);
  return entry ? labelOf(entry) : "";
}
