// A list's filters as they stand in the address, and as they are asked of the server.
import type { Query } from "../api/client";
import type { Ledger } from "../api/types";

export const PAGE_ROWS = 20;
// What is of the page and not of the filter.
const OF_PAGE = ["cursor", "cols"];

export function entriesQuery(words: URLSearchParams, rows = PAGE_ROWS): Query {
  const query: Query = { limit: rows };
  for (const [name, value] of words) query[name === "cols" ? "columns" : name] = value;
  return query;
}

// For the printed list: the same rows, no page.
export function filterQuery(words: URLSearchParams): Query {
  const query: Query = {};
  for (const [name, value] of words) if (!OF_PAGE.includes(name)) query[name] = value;
  return query;
}

const YES = "1"; // a yes_no field's true, as the list is asked for it

// For the export: fields are asked for by one condition. Null: it cannot search for words.
export function exportQuery(words: URLSearchParams, ledger: Ledger): Query | null {
  if (words.get("words")) return null;
  const query: Query = {};
  const where: Record<string, unknown> = {};
  for (const [name, value] of words) {
    if (["unit", "state", "from", "to"].includes(name)) query[name] = value;
    if (!name.startsWith("f.") || value === "") continue;
    const field = ledger.fields.find((each) => `f.${each.id}` === name);
    if (field?.type === "choices") where[field.id] = { has_any: [value] };
    else if (field) where[field.id] = field.type === "yes_no" ? value === YES : value;
  }
  if (Object.keys(where).length > 0) query.where = JSON.stringify(where);
  return query;
}

// A changed filter begins at the first page.
export function withFilter(words: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(words);
  next.delete("cursor");
  if (value) next.set(name, value);
  else next.delete(name);
  return next;
}

export function shownColumns(words: URLSearchParams, ledger: Ledger): string[] {
  const chosen = words.get("cols");
  const known = new Set(ledger.fields.map((field) => field.id));
  return (chosen === null ? ledger.columns : chosen.split(",")).filter((id) => known.has(id));
}

// The filters in words, for whoever reads a printed list.
export function filterText(words: URLSearchParams, ledger: Ledger, unitName: (id: string) => string): string {
  const said: string[] = [];
  const add = (title: string, value: string) => value && said.push(`${title}：${value}`);
  add("单位", unitName(words.get("unit") ?? ""));
  add("状态", ledger.states.find((state) => state.id === words.get("state"))?.title ?? "");
  const from = words.get("from") ?? "";
  const to = words.get("to") ?? "";
  if (from || to) said.push(`日期：${from || "最早"}至${to || "今天"}`);
  for (const field of ledger.fields) {
    const chosen = words.get(`f.${field.id}`);
    if (!chosen) continue;
    const yesNo = field.type === "yes_no" ? (chosen === YES ? "是" : "否") : undefined;
    add(field.title, yesNo ?? field.options?.find((option) => option.id === chosen)?.title ?? chosen);
  }
  add("含有", words.get("words") ?? "");
  return said.join("；");
}
