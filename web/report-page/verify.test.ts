import { ed25519 } from "@noble/curves/ed25519";
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils";
import { describe, expect, it } from "vitest";

import type { PageData } from "./data";
import { digestNamed, leafOf, rootOf } from "./tree";
import { rangesText, verify } from "./verify";

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

// A signed report over a journal of five records: 1 opens it, 2 and 4 are entries, 5 freezes.
function signedReport(hash: string): PageData {
  const digest = digestNamed(hash);
  const ledgers = {
    outing: {
      all: 3,
      columns: ["编号"],
      entries: [2, 4].map((id) => ({ cells: [`第${id}号`], evidence: [], id, imported: false, late: false })),
      title: "外出",
    },
  };
  const figure = {
    title: "外出", measure: "outings", value: "2", unit: "次", shown: "2次", from: "2023-01-01",
    to: "2023-12-31", filter: "", definitions: "d", ledgers: [{ ledger: "outing", entries: [2, 4] }],
  };
  const { title: _title, ledgers: _ledgers, ...frozen } = figure;
  const bodies = [
    { action: "jurisdiction", code: "qianjin", seq: 1 },
    { action: "create", ledger: "outing", seq: 2 },
    { action: "create", ledger: "matter", seq: 3 },
    { action: "create", ledger: "outing", seq: 4 },
    {
      action: "freeze",
      figures: [{ ...frozen, key: "f1", entries: "outing:2,4" }],
      rows_digest: bytesToHex(digest(utf8ToBytes(JSON.stringify(ledgers)))),
      seq: 5,
    },
  ].map((body) => JSON.stringify(body));
  const leaves = bodies.map((body, index) => ({ index, hash: leafOf(digest, body) }));
  const root = rootOf(digest, 5, leaves, []);
  const secret = hexToBytes("11".repeat(32));
  const kindAndKey = concatBytes(Uint8Array.of(1), ed25519.getPublicKey(secret));
  const id = sha256(concatBytes(utf8ToBytes("fazhi-test\n"), kindAndKey)).slice(0, 4);
  const text = `qianjin\n5\n${base64(hexToBytes(root))}\n`;
  const signature = concatBytes(id, ed25519.sign(utf8ToBytes(text), secret));
  return {
    figures: { f1: figure },
    ledgers,
    journal: {
      jurisdiction: "qianjin", hash, size: 5, root, frozen: 5,
      key: `fazhi-test+${bytesToHex(id)}+${base64(kindAndKey)}`,
      note: `${text}\n— fazhi-test ${base64(signature)}\n`,
      records: [1, 2, 4, 5].map((seq) => ({ seq, body: bodies[seq - 1] ?? "" })),
      proof: [bytesToHex(leaves[2]?.hash ?? new Uint8Array())],
    },
  };
}

const changed = (data: PageData, from: string, to: string): PageData => {
  const text = JSON.stringify(data);
  expect(text).toContain(from);
  return JSON.parse(text.replace(from, to)) as PageData;
};

describe.each(["sm3", "sha256"])("a signed report under %s", (hash) => {
  const data = signedReport(hash);

  it("agrees as it was made", () => {
    expect(verify(data)).toEqual({ entries: 2, faults: [], signed: true });
  });

  it.each([
    ["a record", '\\"ledger\\":\\"outing\\",\\"seq\\":4', '\\"ledger\\":\\"outing\\",\\"seq\\":4 '],
    ["a figure", '"value":"2"', '"value":"3"'],
    ["what is written in the text", '"shown":"2次"', '"shown":"9次"'],
    ["the entries of a figure", '"ledger":"outing","entries":[2,4]', '"ledger":"outing","entries":[2]'],
    ["a cell", "第2号", "第3号"],
    ["the number of a ledger's entries", '"all":3', '"all":2'],
    ["the office", '"jurisdiction":"qianjin"', '"jurisdiction":"minsheng"'],
    ["the signed text", '"note":"qianjin', '"note":"qianjix'],
    ["the key", "fazhi-test+", "fazhi-tesu+"],
    ["the size", '"size":5', '"size":4'],
    ["the hash beside", '"proof":["', '"proof":["00'],
  ])("is found out when %s is changed", (_what, from, to) => {
    expect(verify(changed(data, from, to)).faults).not.toEqual([]);
  });

  it("is found out when any one hexadecimal digit of root or proof is changed", () => {
    for (const text of [data.journal?.root ?? "", data.journal?.proof[0] ?? ""]) {
      const other = (text[5] === "0" ? "1" : "0") + text.slice(6);
      expect(verify(changed(data, text, text.slice(0, 5) + other)).faults).not.toEqual([]);
    }
  });
});

it("a draft agrees with its journal, unsigned", () => {
  const data = signedReport("sm3");
  delete data.journal?.note;
  expect(verify(data)).toEqual({ entries: 2, faults: [], signed: false });
  expect(verify(changed(data, '"entries":[2,4]', '"entries":[2,3]')).faults).not.toEqual([]);
});

it("ranges are written as the freeze record writes them", () => {
  expect(rangesText([12, 13, 14, 40, 44, 45])).toBe("12-14,40,44-45");
  expect(rangesText([])).toBe("");
});
