// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DraftKeeper, forgetLocalDrafts } from "./draft";

const asked: { method: string; url: string; body: string }[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  localStorage.clear();
  sessionStorage.clear();
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    asked.push({ method: init.method ?? "GET", url, body: String(init.body ?? "") });
    return Promise.resolve(new Response("{}", { status: 200 }));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const keeper = (whose = "p003@qianjin") => new DraftKeeper(whose, "qianjin.dispute.new", "dispute", new Set(["parties"]));
const form = { values: { summary: "争吵", parties: [{ name: "张三" }] }, extra: { unit: "u" }, sent: null };

test("what was typed is there after a reload, what is private too, for the same person only", () => {
  keeper().keep(form, "争吵");
  expect(keeper().local()).toMatchObject({ values: form.values, extra: { unit: "u" } });
  expect(keeper("p004@qianjin").local()).toBeNull();
});

test("the server gets it once typing rests; what is private is not kept beyond the tab", async () => {
  const own = keeper();
  own.keep(form, "争吵");
  own.keep({ ...form, values: { ...form.values, summary: "争吵不休" } }, "争吵");
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(2100);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ method: "PUT", url: "/api/drafts/qianjin.dispute.new" });
  expect(asked[0]?.body).toContain("争吵不休");
  expect(JSON.stringify({ ...localStorage })).not.toContain("张三");
});

test("a newer draft of the server's comes first, an older one does not", () => {
  const own = keeper();
  own.keep(form, "");
  const remote = (at: string) => [
    { key: "qianjin.dispute.new", ledger: "dispute", title: "", at: "2999-01-01T00:00:00Z", body: { values: { summary: "别处写的" }, extra: {}, at } },
  ];
  expect(own.newest(remote("2000-01-01T00:00:00Z"))?.values.summary).toBe("争吵");
  expect(own.newest(remote("2999-01-01T00:00:00Z"))?.values.summary).toBe("别处写的");
});

test("the tab was closed: the server gives back what was private of the same draft", () => {
  const own = keeper();
  own.keep(form, "");
  const at = own.local()?.at ?? "";
  sessionStorage.clear();
  expect(keeper().local()?.values).not.toHaveProperty("parties");
  const remote = { key: "qianjin.dispute.new", ledger: "dispute", title: "", at: "2999-01-01T00:00:00Z" };
  expect(keeper().newest([{ ...remote, body: { values: form.values, extra: {}, at } }])?.values).toEqual(form.values);
});

test("handed in, it is gone here and on the server, and is not put there afterwards", async () => {
  const own = keeper();
  own.keep(form, "");
  await own.drop(false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(own.local()).toBeNull();
  expect(asked.map((each) => each.method)).toEqual(["DELETE"]);
});

test("signing out leaves nothing on the computer, and nothing of others' is touched", () => {
  localStorage.setItem("other", "stays");
  keeper().keep(form, "");
  forgetLocalDrafts();
  expect(Object.keys(localStorage)).toEqual(["other"]);
  expect(sessionStorage.length).toBe(0);
});
