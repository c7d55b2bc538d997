import { ed25519 } from "@noble/curves/ed25519";
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils";
import { sm2 } from "sm-crypto-v2";
import { describe, expect, it } from "vitest";

import type { PageData } from "./data";
import { checkedNote } from "./note";
import { digestNamed, leafOf, rootOf } from "./tree";
import { rangesText, verify } from "./verify";

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

interface Signer {
  key: string;
  id: Uint8Array;
  sign: (text: string) => Uint8Array;
}

// A key as the server makes it: "ed25519" or "sm2".
function signer(algorithm: string, secret = "11".repeat(32)): Signer {
  const typeAndKey =
    algorithm === "sm2"
      ? concatBytes(Uint8Array.of(0xff), utf8ToBytes("fazhi/sm2-sm3"),
                    hexToBytes(sm2.getPublicKeyFromPrivateKey(secret)))
      : concatBytes(Uint8Array.of(1), ed25519.getPublicKey(hexToBytes(secret)));
  const id = sha256(concatBytes(utf8ToBytes("fazhi-test\n"), typeAndKey)).slice(0, 4);
  return {
    key: `fazhi-test+${bytesToHex(id)}+${base64(typeAndKey)}`,
    id,
    sign: (text) =>
      algorithm === "sm2"
        ? hexToBytes(sm2.doSignature(utf8ToBytes(text), secret, { hash: true }))
        : ed25519.sign(utf8ToBytes(text), hexToBytes(secret)),
  };
}

const noteOf = (text: string, id: Uint8Array, signature: Uint8Array): string =>
  `${text}\n— fazhi-test ${base64(concatBytes(id, signature))}\n`;

// A signed report over a journal of five records: 1 opens it, 2 and 4 are entries, 5 freezes.
function signedReport(hash: string, algorithm = "ed25519"): PageData {
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
  const by = signer(algorithm);
  const text = `qianjin\n5\n${base64(hexToBytes(root))}\n`;
  return {
    figures: { f1: figure },
    ledgers,
    journal: {
      jurisdiction: "qianjin", hash, size: 5, root, frozen: 5,
      key: by.key,
      note: noteOf(text, by.id, by.sign(text)),
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

describe.each([
  ["sm3", "ed25519"], ["sha256", "ed25519"], ["sm3", "sm2"],
])("a signed report under %s, by %s", (hash, algorithm) => {
  const data = signedReport(hash, algorithm);

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

describe.each(["ed25519", "sm2"])("a note signed by %s", (algorithm) => {
  const text = `qianjin\n5\n${base64(new Uint8Array(32))}\n`;
  const own = signer(algorithm);
  const note = noteOf(text, own.id, own.sign(text));

  it("says what it was signed over", () => {
    expect(checkedNote(note, own.key)).toEqual({ origin: "qianjin", size: 5, root: "00".repeat(32) });
  });

  it("is refused under every other key", () => {
    for (const other of [signer("ed25519", "22".repeat(32)), signer("sm2", "22".repeat(32))]) {
      expect(() => checkedNote(note, other.key)).toThrow();
      expect(() => checkedNote(noteOf(text, own.id, other.sign(text)), own.key)).toThrow();
      expect(() => checkedNote(noteOf(text, other.id, own.sign(text)), other.key)).toThrow();
    }
  });

  it("is refused when any byte of it is changed", () => {
    const signature = own.sign(text);
    for (let at = 0; at < signature.length; at += 1) {
      const changed = signature.map((byte, place) => (place === at ? byte ^ 1 : byte));
      expect(() => checkedNote(noteOf(text, own.id, changed), own.key)).toThrow();
    }
    expect(() => checkedNote(noteOf(text.replace("5", "6"), own.id, signature), own.key)).toThrow();
    for (const wrong of [signature.slice(1), concatBytes(signature, signature), new Uint8Array(64)]) {
      expect(() => checkedNote(noteOf(text, own.id, wrong), own.key)).toThrow();
    }
  });

  it("is refused under a key of neither algorithm", () => {
    const odd = concatBytes(Uint8Array.of(2), new Uint8Array(32));
    const id = sha256(concatBytes(utf8ToBytes("fazhi-test\n"), odd)).slice(0, 4);
    const key = `fazhi-test+${bytesToHex(id)}+${base64(odd)}`;
    expect(() => checkedNote(noteOf(text, id, own.sign(text)), key)).toThrow("核验公钥不成样子");
  });
});

it("SM2 agrees with the worked example of GB/T 32918.5-2017, annex A", () => {
  const key =
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020" +
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
  const signature =
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3" +
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
  const holds = (text: string): boolean =>
    sm2.doVerifySignature(utf8ToBytes(text), signature, key, { hash: true, userId: "1234567812345678" });
  expect(holds("message digest")).toBe(true);
  expect(holds("message digesu")).toBe(false);
});
