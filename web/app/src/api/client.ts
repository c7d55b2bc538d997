// Requests to /api: the session's CSRF word on writes, refusals as Refusal, no answer as Unreachable.
//
// Where the session has ended (401), the request waits until somebody has signed in again and is then sent
// once more with the same Idempotency-Key: the page and what was typed into it stay.
import { Refusal, Unreachable } from "./refusal";
import type { Problem } from "./types";

export type Query = Record<string, string | number | boolean | undefined | null>;

export interface RequestOptions {
  query?: Query;
  body?: unknown; // sent as JSON
  file?: Blob; // sent as it is
  key?: string; // Idempotency-Key
  revision?: number; // If-Match
  signal?: AbortSignal;
  ownSignIn?: boolean; // 401 is the caller's to answer (sign-in itself)
}

interface Door {
  csrf: string;
  signInAgain: (() => Promise<void>) | null;
  renewWord: (() => Promise<boolean>) | null;
}

const door: Door = { csrf: "", signInAgain: null, renewWord: null };
// Signed in anew in another tab: the word this page has is of the old session.
const OLD_WORD = "http.no_csrf";

export function setCsrf(word: string): void {
  door.csrf = word;
}

// What to do when the session has ended: resolves once somebody has signed in again.
export function setSignInAgain(ask: (() => Promise<void>) | null): void {
  door.signInAgain = ask;
}

// Asks who is signed in now; false: somebody else, whose requests these are not.
export function setRenewWord(renew: (() => Promise<boolean>) | null): void {
  door.renewWord = renew;
}

export function pathOf(path: string, query: Query = {}): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "" && value !== false) {
      words.set(name, value === true ? "1" : String(value));
    }
  }
  const text = words.toString();
  return `/api${path}${text ? `?${text}` : ""}`;
}

export function newKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Without https a browser has no randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRF-Token"] = door.csrf;
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.file) headers["Content-Type"] = options.file.type || "application/octet-stream";
  if (options.key) headers["Idempotency-Key"] = options.key;
  if (options.revision !== undefined) headers["If-Match"] = `"${options.revision}"`;
  try {
    return await fetch(pathOf(path, options.query), {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      body: options.file ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable();
  }
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const problem = (await response.json()) as Problem;
    if (typeof problem.detail === "string") return problem;
  } catch {
    // Whoever answered was not our server: a proxy's page.
  }
  return {
    type: "about:blank",
    title: "没有办成",
    status: response.status,
    code: "web.unknown_answer",
    detail: `服务器的答复看不懂（${response.status}），请稍后再试。`,
    request_id: response.headers.get("X-Request-Id") ?? "",
  };
}

async function answer(method: string, path: string, options: RequestOptions): Promise<Response> {
  let response = await send(method, path, options);
  if (response.status === 401 && !options.ownSignIn && door.signInAgain) {
    await door.signInAgain();
    response = await send(method, path, options);
  }
  if (response.ok) return response;
  let problem = await problemOf(response);
  if (problem.code === OLD_WORD && !options.ownSignIn && (await door.renewWord?.())) {
    response = await send(method, path, options);
    if (response.ok) return response;
    problem = await problemOf(response);
  }
  const wait = Number(response.headers.get("Retry-After"));
  throw new Refusal({ ...problem, status: response.status }, Number.isFinite(wait) && wait > 0 ? wait : null);
}

export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await answer(method, path, options);
  if (response.status === 204) return undefined as T;
  const text = await response.text().catch(() => {
    throw new Unreachable();
  });
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

export interface FileAnswer {
  blob: Blob;
  name: string;
}

export async function requestFile(method: string, path: string, options: RequestOptions = {}): Promise<FileAnswer> {
  const response = await answer(method, path, options);
  const disposition = response.headers.get("Content-Disposition") ?? "";
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="([^"]+)"/i.exec(disposition)?.[1];
  const blob = await response.blob().catch(() => {
    throw new Unreachable();
  });
  return { blob, name: encoded ? decodeURIComponent(encoded) : (plain ?? "") };
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) =>
  request<T>("GET", path, { query, signal });
