// Checks everything the page shows against the journal it was counted from, with nothing but the
// page: the records lead to the root, the root is signed, the figures and rows are those that were
// frozen when the report was signed.
import { utf8ToBytes, bytesToHex } from "@noble/hashes/utils";

import { REGISTERS, type Figure, type PageData } from "./data";
import { checkedNote } from "./note";
import { digestNamed, leafOf, rootOf } from "./tree";

export interface Verdict {
  entries: number; // whose records were checked
  faults: string[]; // empty: everything agrees
  signed: boolean; // by whoever holds the key: a draft is not
}

interface FrozenFigure extends Omit<Figure, "title" | "ledgers"> {
  key: string;
  entries: string;
}

// "12-40,44": ascending numbers, as the freeze record writes them.
export function rangesText(ids: number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < ids.length; ) {
    let last = i;
    while (last + 1 < ids.length && ids[last + 1] === (ids[last] ?? 0) + 1) last++;
    parts.push(last > i ? `${ids[i]}-${ids[last]}` : `${ids[i]}`);
    i = last + 1;
  }
  return parts.join(",");
}

const FROZEN_MEMBERS = [
  "measure", "value", "unit", "shown", "from", "to", "filter", "definitions", "numerator", "denominator",
] as const;

function checkFigures(data: PageData, frozen: FrozenFigure[], faults: string[]): void {
  const byKey = new Map(frozen.map((figure) => [figure.key, figure]));
  for (const [key, figure] of Object.entries(data.figures)) {
    const signed = byKey.get(key);
    byKey.delete(key);
    if (signed === undefined) {
      faults.push(`“${figure.shown}”不在签发时固定的数据里`);
      continue;
    }
    for (const member of FROZEN_MEMBERS) {
      if (figure[member] !== signed[member]) faults.push(`“${figure.shown}”的${member}与签发时不同`);
    }
    // Persons are counted but never listed on the page.
    const listed = signed.entries.split(";").filter((part) => !part.startsWith("person:"));
    const shown = figure.ledgers.map((each) => `${each.ledger}:${rangesText(each.entries)}`);
    if (shown.join(";") !== listed.join(";")) faults.push(`“${figure.shown}”的条目与签发时不同`);
  }
  for (const figure of byKey.values()) faults.push(`签发时的“${figure.shown}”不在页面里`);
}

// Every entry a figure names is on the page, and has its own record of this ledger.
function checkEntries(data: PageData, bodies: Map<number, Record<string, unknown>>, faults: string[]): number {
  const checked = new Set<number>();
  for (const figure of Object.values(data.figures)) {
    for (const { ledger, entries } of figure.ledgers) {
      const rows = new Set((data.ledgers[ledger]?.entries ?? []).map((row) => row.id));
      for (const id of entries) {
        if (!rows.has(id)) faults.push(`第${id}条不在页面里`);
        if (REGISTERS.has(ledger)) continue;
        const body = bodies.get(id);
        if (body?.["action"] !== "create" || body["ledger"] !== ledger) {
          faults.push(`第${id}条流水不是“${data.ledgers[ledger]?.title ?? ledger}”的登记`);
        }
        checked.add(id);
      }
    }
  }
  return checked.size;
}

function check(data: PageData, faults: string[]): { entries: number; signed: boolean } {
  const journal = data.journal;
  if (journal === undefined) throw new Error("页面里没有流水");
  const digest = digestNamed(journal.hash);
  const bodies = new Map<number, Record<string, unknown>>();
  const leaves = journal.records.map(({ seq, body }) => {
    const read = JSON.parse(body) as Record<string, unknown>;
    if (read["seq"] !== seq) faults.push(`第${seq}条流水的编号不对`);
    bodies.set(seq, read);
    return { index: seq - 1, hash: leafOf(digest, body) };
  });
  if (rootOf(digest, journal.size, leaves, journal.proof) !== journal.root) {
    faults.push("流水与根摘要不符：有记录被改动过");
  }
  if (bodies.get(1)?.["code"] !== journal.jurisdiction) faults.push("流水不是本单位的");

  const signed = journal.note !== undefined;
  if (journal.note !== undefined) {
    const note = checkedNote(journal.note, journal.key);
    if (note.origin !== journal.jurisdiction || note.size !== journal.size || note.root !== journal.root) {
      faults.push("签名的不是这份流水");
    }
    const frozen = bodies.get(journal.frozen ?? 0);
    if (frozen?.["action"] !== "freeze") throw new Error("页面里没有签发时固定数据的那条流水");
    checkFigures(data, frozen["figures"] as FrozenFigure[], faults);
    // The rows as they were digested: JSON.stringify gives back canonical JSON (RFC 8785).
    const rows = bytesToHex(digest(utf8ToBytes(JSON.stringify(data.ledgers))));
    if (rows !== frozen["rows_digest"]) faults.push("页面里的条目内容与签发时不同");
  }
  return { entries: checkEntries(data, bodies, faults), signed };
}

export function verify(data: PageData): Verdict {
  const faults: string[] = [];
  try {
    return { ...check(data, faults), faults };
  } catch (accident) {
    faults.push(accident instanceof Error ? accident.message : String(accident));
    return { entries: 0, faults, signed: false };
  }
}
