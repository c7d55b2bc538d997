// What a request may come to besides its answer: refused by the server, or no answer at all.
import type { Basis, Person, Problem, ProblemPart } from "./types";

// The server said no, and why (RFC 9457).
export class Refusal extends Error {
  constructor(
    readonly problem: Problem,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(problem.detail);
    this.name = "Refusal";
  }

  get status(): number {
    return this.problem.status;
  }

  // Somebody else has changed the entry in the meantime.
  get isConflict(): boolean {
    return this.status === 409 || this.status === 412;
  }

  // The server is busy or stopping: the same request may succeed later.
  get isBusy(): boolean {
    return this.status === 503 || this.status === 429;
  }

  // Every single fault: the first, then the others.
  get parts(): ProblemPart[] {
    const { code, detail, where, basis, also } = this.problem;
    return [{ code, detail, where, basis }, ...(also ?? [])];
  }

  get basis(): Basis[] {
    return this.problem.basis ?? [];
  }

  get may(): Person[] {
    return this.problem.may ?? [];
  }
}

// No answer came: whether the server has done it is not known. Repeat with the same key.
export class Unreachable extends Error {
  constructor() {
    super("没有连上服务器。填的内容都还在，请检查网络后重试。");
    this.name = "Unreachable";
  }
}

// One sentence for people, whatever went wrong.
export function sentence(error: unknown): string {
  if (error instanceof Refusal) {
    if (error.isBusy) {
      const wait = error.retryAfterSeconds ? `请过${error.retryAfterSeconds}秒再试。` : "请稍后再试。";
      return `服务器正忙，没有办成。填的内容都还在，${wait}`;
    }
    if (error.status >= 500) return `服务器出了问题，没有办成。请告诉管理员这个编号：${error.problem.request_id}`;
    return error.problem.detail;
  }
  if (error instanceof Unreachable) return error.message;
  return "网页出了问题，请刷新后再试；填的内容已经存为草稿。";
}

// May the very same request succeed when sent again?
export function isWorthRetrying(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Refusal && (error.isBusy || error.status >= 500));
}
