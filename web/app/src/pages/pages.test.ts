// What pages work out before they draw.
import { expect, test } from "vitest";
import type { DueItem, Duty, LedgerSummary, Task } from "../api/types";
import { groupsOf } from "./clocks";
import { groupDuties } from "./duties";
import { byArea } from "./ledger-catalogue";
import { cellOf } from "./ledger-import";
import { matrixOf } from "./tasks";
import { draftAddress } from "./workbench";

const draft = (key: string) => ({ key, ledger: "dispute", title: "", at: "" });

test.each([
  ["qianjin.dispute.new", "/offices/qianjin/ledgers/dispute/new"],
  ["qianjin.dispute.copy-12", "/offices/qianjin/ledgers/dispute/new?copy=12"],
  ["qianjin.dispute.12.amend", "/offices/qianjin/ledgers/dispute/entries/12/amend"],
  ["qianjin.dispute.12.close", "/offices/qianjin/ledgers/dispute/entries/12/steps/close"],
  ["somebody elses", null],
])("the draft %s goes on at %s", (key, address) => expect(draftAddress(draft(key))).toBe(address));

test.each([
  ["Sheet1!C12", { sheet: "Sheet1", cell: "C12" }],
  ["2023年!AA3", { sheet: "2023年", cell: "AA3" }],
  ["走访!第12行", { sheet: "走访", cell: "第12行" }],
  ["C12", { sheet: "", cell: "C12" }],
  ["title", null],
])("%s is a cell", (where, cell) => expect(cellOf(where)).toEqual(cell));

const task = (unit: string, kind: string, state: string, overdue_days = 0) =>
  ({ unit, kind: { id: kind, title: kind }, state: { id: state, title: state }, overdue_days }) as Task;

test("the matrix counts open, late and all, by unit and kind", () => {
  const { kinds, rows } = matrixOf([
    task("司法所", "整改", "open", 3),
    task("司法所", "整改", "closed"),
    task("司法所", "学法", "done"),
    task("党政办", "整改", "open"),
  ]);
  expect(kinds).toEqual(["整改", "学法"]);
  const row = new Map(rows).get("司法所");
  expect(row?.get("整改")).toEqual({ open: 1, late: 1, total: 2 });
  expect(row?.get("学法")).toEqual({ open: 1, late: 0, total: 1 });
});

test("what is late comes under one heading, the rest by day", () => {
  const item = (due_on: string, days_left: number) => ({ due_on, days_left }) as DueItem;
  expect(groupsOf([item("2024-05-01", -3), item("2024-05-03", -1), item("2024-05-09", 1)]).map(([title, all]) => [title, all.length])).toEqual([
    ["已逾期", 2],
    ["2024年5月9日", 1],
  ]);
});

test("a duty is complete where each has done it or declared nil", () => {
  const duty = (target: string, met: boolean, declared_nil = false) =>
    ({ duty: "d", title: "每月普法", period: "2024-05", target, met, declared_nil, parts: [] }) as unknown as Duty;
  expect(groupDuties([duty("甲", true), duty("乙", false, true), duty("丙", false)])).toMatchObject([{ met: 2 }]);
});

test("ledgers are found by name or by what they are for, in their areas", () => {
  const ledger = (id: string, area: string, title: string, about = "") => ({ id, area, title, about }) as LedgerSummary;
  const all = [ledger("a", "全国", "普法宣传"), ledger("b", "本街道", "楼院协商", "居民议事"), ledger("c", "全国", "会议")];
  expect(byArea(all, "").map(([area, own]) => [area, own.length])).toEqual([["全国", 2], ["本街道", 1]]);
  expect(byArea(all, "议事").map(([, own]) => own[0]?.id)).toEqual(["b"]);
});
