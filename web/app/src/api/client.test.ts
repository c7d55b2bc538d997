import { afterEach, expect, test, vi } from "vitest";
import { pathOf, request, setCsrf, setSignInAgain } from "./client";
import { isWorthRetrying, Refusal, sentence, Unreachable } from "./refusal";

interface Asked {
  url: string;
  headers: Record<string, string>;
}

function answering(...answers: (Response | Error)[]): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    asked.push({ url, headers: init.headers as Record<string, string> });
    const next = answers.shift();
    if (!next) throw new Error("asked once too often");
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  });
  return asked;
}
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const problem = { type: "t", title: "没有办成", status: 422, code: "ledger.required", detail: "“标题”没有填。", where: "title", request_id: "r" };

afterEach(() => {
  vi.unstubAllGlobals();
  setSignInAgain(null);
});

test("a write carries the session's word, its key and the revision it is based on; a question does not", async () => {
  setCsrf("word");
  const asked = answering(json({}), json({}));
  await request("PATCH", "/x", { body: {}, key: "k", revision: 3 });
  await request("GET", "/x");
  expect(asked[0]?.headers).toMatchObject({ "X-CSRF-Token": "word", "Idempotency-Key": "k", "If-Match": '"3"' });
  expect(asked[1]?.headers).not.toHaveProperty("X-CSRF-Token");
});

test("a query leaves out what is empty", () =>
  expect(pathOf("/e", { words: "甲 乙", state: "", unit: undefined, mine: true, check: false, limit: 20 })).toBe(
    "/api/e?words=%E7%94%B2+%E4%B9%99&mine=1&limit=20",
  ));

test("a refusal arrives with every part of it", async () => {
  answering(json({ ...problem, also: [{ code: "b", detail: "乙", where: "count" }] }, 422));
  const error = await request("POST", "/x").catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(Refusal);
  expect((error as Refusal).parts.map((part) => part.where)).toEqual(["title", "count"]);
  expect(isWorthRetrying(error)).toBe(false);
});

test("no network is said in plain words, and may be retried", async () => {
  answering(new TypeError("Failed to fetch"));
  const error = await request("GET", "/x").catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(Unreachable);
  expect(isWorthRetrying(error)).toBe(true);
  expect(sentence(error)).toContain("检查网络");
});

test("a full server says when to come back", async () => {
  answering(json({ ...problem, status: 503 }, 503, { "Retry-After": "7" }));
  const error = await request("POST", "/x").catch((failure: unknown) => failure);
  expect(sentence(error)).toContain("过7秒");
  expect(isWorthRetrying(error)).toBe(true);
});

test("somebody else's error page is no crash", async () => {
  answering(new Response("<html>502</html>", { status: 502 }));
  const error = await request("GET", "/x").catch((failure: unknown) => failure);
  expect((error as Refusal).problem.code).toBe("web.unknown_answer");
});

test("an ended session is renewed above the page, and the request goes on with the same key and the new word", async () => {
  setCsrf("old");
  const asked = answering(json({ ...problem, status: 401 }, 401), json({ id: 7 }));
  const ask = vi.fn(() => {
    setCsrf("new");
    return Promise.resolve();
  });
  setSignInAgain(ask);
  expect(await request("POST", "/x", { body: {}, key: "k" })).toEqual({ id: 7 });
  expect(ask).toHaveBeenCalledOnce();
  expect(asked.map((each) => [each.headers["Idempotency-Key"], each.headers["X-CSRF-Token"]])).toEqual([
    ["k", "old"],
    ["k", "new"],
  ]);
});

test("a wrong password is the sign-in form's own refusal, no second form opens", async () => {
  answering(json({ ...problem, status: 401 }, 401));
  const ask = vi.fn(() => Promise.resolve());
  setSignInAgain(ask);
  await expect(request("POST", "/session", { ownSignIn: true })).rejects.toBeInstanceOf(Refusal);
  expect(ask).not.toHaveBeenCalled();
});
