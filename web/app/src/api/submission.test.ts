import { expect, test } from "vitest";
import { Refusal, Unreachable } from "./refusal";
import { type Sent, Submission } from "./submission";

const refusal = (status: number) =>
  new Refusal({ type: "", title: "", status, code: "x", detail: "不行", request_id: "" });

// A server that answers as told, and keeps what it stored by key.
function server(...answers: (Error | "lost" | "ok")[]) {
  const stored = new Map<string, string>();
  const send = async (body: string, key: string) => {
    await Promise.resolve();
    const answer = answers.shift() ?? "ok";
    if (answer instanceof Error) throw answer;
    if (!stored.has(key)) stored.set(key, body);
    if (answer === "lost") throw new Unreachable();
    return stored.get(key) as string;
  };
  return { stored, send };
}

test("a double click stores once", async () => {
  const { stored, send } = server();
  const form = new Submission(send);
  const [first, second] = await Promise.all([form.submit("甲"), form.submit("甲")]);
  expect(first.answer).toBe("甲");
  expect(second.answer).toBe("甲");
  expect(stored.size).toBe(1);
});

test("stored but the answer was lost: sent again it is not stored twice", async () => {
  const { stored, send } = server("lost");
  const form = new Submission(send);
  await expect(form.submit("甲")).rejects.toBeInstanceOf(Unreachable);
  expect((await form.submit("甲")).answer).toBe("甲");
  expect(stored.size).toBe(1);
});

test("changed after the answer was lost: the old body is settled first, and its caller is told", async () => {
  const { stored, send } = server("lost");
  const form = new Submission(send);
  await expect(form.submit("甲")).rejects.toBeInstanceOf(Unreachable);
  expect(await form.submit("乙")).toEqual({ answer: "甲", body: "甲" });
  expect([...stored.values()]).toEqual(["甲"]);
});

test("after a reload it goes on with the same key", async () => {
  const { stored, send } = server("lost");
  let kept: Sent<string> | null = null;
  const first = new Submission(send, null, (sent) => (kept = sent));
  await expect(first.submit("甲")).rejects.toBeInstanceOf(Unreachable);
  expect(kept).toMatchObject({ body: "甲" });
  await new Submission(send, kept).submit("甲");
  expect(stored.size).toBe(1);
});

test.each([422, 409, 503])("refused with %i nothing is stored: a corrected body goes out under a new key", async (status) => {
  const { stored, send } = server(refusal(status));
  const form = new Submission(send);
  await expect(form.submit("甲")).rejects.toBeInstanceOf(Refusal);
  expect(form.pending).toBeNull();
  expect((await form.submit("乙")).answer).toBe("乙");
  expect([...stored.values()]).toEqual(["乙"]);
});

test("an accident of the server's (500) may have stored it: the key stays", async () => {
  const { send } = server(refusal(500));
  const form = new Submission(send);
  await expect(form.submit("甲")).rejects.toBeInstanceOf(Refusal);
  expect(form.pending?.body).toBe("甲");
});
