// A signed checkpoint (src/journal/note.h) and the key it is checked with, both after C2SP.
import { ed25519 } from "@noble/curves/ed25519";
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils";
import { sm2 } from "sm-crypto-v2";

export interface Note {
  origin: string;
  size: number;
  root: string;
}

type Check = (signature: Uint8Array, text: Uint8Array, key: Uint8Array) => boolean;

// How a key says what it is for, before the key itself (note.h).
const kinds: { type: Uint8Array; check: Check }[] = [
  { type: Uint8Array.of(1), check: (signature, text, key) => ed25519.verify(signature, text, key) },
  { type: concatBytes(Uint8Array.of(0xff), utf8ToBytes("fazhi/sm2-sm3")), check: isSm2Signature },
];

// SM2 with SM3 (GB/T 32918.2): r and s, 32 bytes each, under the user id that is usual.
function isSm2Signature(signature: Uint8Array, text: Uint8Array, key: Uint8Array): boolean {
  const userId = "1234567812345678";
  return key.length === 65 && key[0] === 4 &&
    sm2.doVerifySignature(text, bytesToHex(signature), bytesToHex(key), { hash: true, userId });
}

// What is no signature or key at all makes the libraries throw.
function holds(check: Check, signature: Uint8Array, text: Uint8Array, key: Uint8Array): boolean {
  try {
    return check(signature, text, key);
  } catch {
    return false;
  }
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

// What the note says, where the holder of the key signed it; throws where not.
export function checkedNote(text: string, key: string): Note {
  const [name = "", keyId = "", encoded = ""] = split(key, "+", 3);
  const typeAndKey = fromBase64(encoded);
  const id = sha256(concatBytes(utf8ToBytes(`${name}\n`), typeAndKey)).slice(0, 4);
  const kind = kinds.find(({ type }) => type.every((byte, at) => typeAndKey[at] === byte));
  if (kind === undefined || bytesToHex(id) !== keyId) throw new Error("核验公钥不成样子");

  const end = text.lastIndexOf("\n\n");
  if (end < 0) throw new Error("签名文本里没有签名");
  const signed = text.slice(0, end + 1);
  const begin = `— ${name} `;
  const line = text.slice(end + 2).split("\n").find((each) => each.startsWith(begin));
  if (line === undefined) throw new Error(`没有${name}的签名`);
  const signature = fromBase64(line.slice(begin.length));
  const isRight =
    signature.length === 68 &&
    bytesToHex(signature.slice(0, 4)) === keyId &&
    holds(kind.check, signature.slice(4), utf8ToBytes(signed), typeAndKey.slice(kind.type.length));
  if (!isRight) throw new Error("签名不对：签名文本或公钥被改动过");

  const [origin = "", size = "", root = ""] = signed.split("\n");
  return { origin, size: Number(size), root: bytesToHex(fromBase64(root)) };
}

// The last part keeps the separators that follow.
function split(text: string, separator: string, parts: number): string[] {
  const all = text.split(separator);
  return [...all.slice(0, parts - 1), all.slice(parts - 1).join(separator)];
}
