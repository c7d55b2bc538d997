import { expect, test } from "vitest";
import type { Ledger } from "../api/types";
import { entriesQuery, exportQuery, filterQuery, filterText, shownColumns, withFilter } from "./list-query";

const ledger = {
  fields: [
    { id: "kind", title: "类型", type: "choice", options: [{ id: "home", title: "入户" }] },
    { id: "count", title: "份数", type: "integer" },
    { id: "told", title: "已告知", type: "yes_no" },
    { id: "form", title: "形式", type: "choices" },
  ],
  states: [{ id: "open", title: "待办", final: false }],
  columns: ["kind"],
} as unknown as Ledger;

test("the address is the filter, and says which columns to ask for", () => {
  const words = new URLSearchParams("state=open&f.kind=home&cols=count&cursor=c2");
  expect(entriesQuery(words, 20)).toEqual({ limit: 20, state: "open", "f.kind": "home", columns: "count", cursor: "c2" });
  expect(filterQuery(words)).toEqual({ state: "open", "f.kind": "home" });
});

test("an export asks for fields by one condition, and is not made where words are searched for", () => {
  expect(exportQuery(new URLSearchParams("state=open&sort=old&cols=count&f.kind=home&f.told=1&f.form=stand"), ledger)).toEqual({
    state: "open",
    where: '{"kind":"home","told":true,"form":{"has_any":["stand"]}}',
  });
  expect(exportQuery(new URLSearchParams("words=x"), ledger)).toBeNull();
});

test("a changed filter begins at the first page", () =>
  expect(withFilter(new URLSearchParams("cursor=c2&state=open"), "state", "").toString()).toBe(""));

test("columns are the definition's until somebody chooses, and never unknown ones", () => {
  expect(shownColumns(new URLSearchParams(), ledger)).toEqual(["kind"]);
  expect(shownColumns(new URLSearchParams("cols=count,gone"), ledger)).toEqual(["count"]);
  expect(shownColumns(new URLSearchParams("cols="), ledger)).toEqual([]);
});

test("a printed list says its filter in words", () =>
  expect(filterText(new URLSearchParams("unit=3&state=open&from=2024-01-01&f.kind=home"), ledger, () => "司法所")).toBe(
    "单位：司法所；状态：待办；日期：2024-01-01至今天；类型：入户",
  ));
