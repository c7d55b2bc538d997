// What is typed and not handed in yet: kept in this browser at once, on the server a moment later.
//
// In the browser private fields stay in the tab's own store, which ends with the tab: an office's computers are
// shared. On the server a draft is sealed as a whole. Signing out empties the browser.
import { request } from "../api/client";
import type { Draft, NewDraft } from "../api/types";
import type { Sent } from "../api/submission";
import type { Values } from "./values";

const PREFIX = "fazhi.draft.";
const SERVER_AFTER_MS = 2000;

export interface KeptForm {
  values: Values;
  extra: Record<string, string>; // unit, note, happened_on …
  sent: Sent<unknown> | null; // handed in, no answer yet
  at: string; // …Z
}

const read = (store: Storage, key: string): unknown => {
  try {
    return JSON.parse(store.getItem(PREFIX + key) ?? "null");
  } catch {
    return null;
  }
};

function write(store: Storage, key: string, value: unknown): boolean {
  try {
    if (value === null) store.removeItem(PREFIX + key);
    else store.setItem(PREFIX + key, JSON.stringify(value));
    return true;
  } catch {
    return false; // the store is full or forbidden: the server's draft remains
  }
}

export class DraftKeeper {
  private timer: ReturnType<typeof setTimeout> | undefined;

  // `whose`: the login; two people at one computer do not see each other's.
  constructor(
    private readonly whose: string,
    private readonly key: string,
    private readonly ledger: string,
    private readonly isPrivate: ReadonlySet<string>,
  ) {}

  private get localKey(): string {
    return `${this.whose}.${this.key}`;
  }

  local(): KeptForm | null {
    const kept = read(localStorage, this.localKey) as KeptForm | null;
    const own = read(sessionStorage, this.localKey) as Pick<KeptForm, "values" | "sent"> | null;
    if (!kept) return null;
    return { ...kept, values: { ...kept.values, ...own?.values }, sent: own?.sent ?? null };
  }

  // The newer of this browser's and the server's.
  newest(drafts: Draft[] | undefined): KeptForm | null {
    const local = this.local();
    const remote = drafts?.find((draft) => draft.key === this.key);
    if (!remote?.body) return local;
    const body = remote.body as Partial<KeptForm>;
    const at = body.at ?? remote.at; // when it was typed, not when it arrived
    const kept = { values: body.values ?? {}, extra: body.extra ?? {}, sent: null, at };
    if (!local || local.at < at) return kept;
    // The same words: a closed tab has taken what was private with it, the server has it.
    return local.at === at ? { ...local, values: { ...kept.values, ...local.values } } : local;
  }

  // False: this browser could not keep it.
  keep(form: Omit<KeptForm, "at">, title: string): boolean {
    const at = new Date().toISOString();
    const open: Values = {};
    const own: Values = {};
    for (const [id, value] of Object.entries(form.values)) (this.isPrivate.has(id) ? own : open)[id] = value;
    const kept = write(localStorage, this.localKey, { values: open, extra: form.extra, sent: null, at });
    write(sessionStorage, this.localKey, { values: own, sent: form.sent });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.toServer({ values: form.values, extra: form.extra, at }, title), SERVER_AFTER_MS);
    return kept;
  }

  private async toServer(body: Record<string, unknown>, title: string): Promise<void> {
    const draft: NewDraft = { ledger: this.ledger, title, body };
    // The browser has it; without a network there is nothing more to do.
    await request("PUT", `/drafts/${encodeURIComponent(this.key)}`, { body: draft }).catch(() => {});
  }

  async drop(hadServerDraft: boolean): Promise<void> {
    const wasSent = this.timer !== undefined || hadServerDraft;
    clearTimeout(this.timer);
    this.timer = undefined;
    write(localStorage, this.localKey, null);
    write(sessionStorage, this.localKey, null);
    if (wasSent) await request("DELETE", `/drafts/${encodeURIComponent(this.key)}`).catch(() => {});
  }
}

// At sign-out: nothing typed stays on this computer. What the server keeps is there at the next sign-in.
export function forgetLocalDrafts(): void {
  for (const store of [localStorage, sessionStorage]) {
    for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
  }
}

export const draftKey = (office: string, ledger: string, what: string) => `${office}.${ledger}.${what}`;
