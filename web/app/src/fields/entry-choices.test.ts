import { afterEach, expect, test, vi } from "vitest";
import type { Field } from "../api/types";
import { choicesOf, dayFor, titleOf } from "./entry-choices";

const asked: string[] = [];

// Answers by what the address contains; anything else is not there.
function answering(answers: Record<string, unknown>) {
  asked.length = 0;
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(decodeURIComponent(url));
    const found = Object.entries(answers).find(([part]) => decodeURIComponent(url).includes(part));
    return found
      ? new Response(JSON.stringify(found[1]), { headers: { "Content-Type": "application/json" } })
      : new Response(JSON.stringify({ status: 404, code: "http.not_there", detail: "没有找到" }), {
          status: 404,
          headers: { "Content-Type": "application/problem+json" },
        });
  });
}
afterEach(() => vi.unstubAllGlobals());

const choosing = { ledger: "dispute", values: { occurred_on: "2024-05-06" } };

test("a page without anything that fits leads to the next, until something does", async () => {
  answering({
    "cursor=a_1_2": { items: [{ ledger: "mediator", id: 7, title: "王芳" }], next: "" },
    "/ledgers/dispute/fields/mediator/choices": { items: [], next: "a_1_2" },
  });
  const offer = await choicesOf("qianjin", choosing, { field: "mediator" }, { words: "王", on: "2024-05-06" });
  expect(offer).toEqual({ items: [{ ledger: "mediator", id: 7, label: "王芳" }], more: false });
  expect(asked.length).toBe(2);
  expect(asked[0]).toContain("on=2024-05-06");
});

test("a column of a list is asked for by both names", async () => {
  answering({ "/fields/officers.officer/choices": { items: [], next: "" } });
  await choicesOf("qianjin", choosing, { field: "officers", row: 3, column: "officer" }, { words: "", on: "" });
  expect(asked.length).toBe(1);
});

test("the day is the form's, where the field depends on one", () => {
  const field: Field = { id: "mediator", title: "调解员", type: "entry", from: ["mediator"], valid_on: "occurred_on" };
  expect(dayFor(field, choosing)).toBe("2024-05-06");
  expect(dayFor({ ...field, valid_on: undefined }, choosing)).toBe("");
  expect(dayFor(field, { ledger: "dispute", values: { occurred_on: "2024.5." } })).toBe("");
});

test("what neither the choices nor the ledger tell has no title, and that is no fault", async () => {
  answering({ "/choices": { items: [], next: "" } });
  expect(await titleOf("qianjin", { ledger: "mediator", id: 7 }, choosing, { field: "mediator" }, "")).toBe("");
  answering({ "words=#7": { items: [{ ledger: "mediator", id: 7, title: "王芳" }], next: "" } });
  expect(await titleOf("qianjin", { ledger: "mediator", id: 7 }, choosing, { field: "mediator" }, "")).toBe("王芳");
});
