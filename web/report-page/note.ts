// A signed checkpoint (src/journal/note.h) and the key it is checked with, both after C2SP.
import { ed25519 } from "@noble/curves/ed25519";
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils";

export interface Note {
  origin: string;
  size: number;
  root: string;
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

// What the note says, where the holder of the key signed it; throws where not.
export function checkedNote(text: string, key: string): Note {
  const [name = "", keyId = "", encoded = ""] = split(key, "+", 3);
  const kindAndKey = fromBase64(encoded);
  const id = sha256(concatBytes(utf8ToBytes(`${name}\n`), kindAndKey)).slice(0, 4);
  if (kindAndKey[0] !== 1 || bytesToHex(id) !== keyId) throw new Error("核验公钥不成样子");

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
    ed25519.verify(signature.slice(4), utf8ToBytes(signed), kindAndKey.slice(1));
  if (!isRight) throw new Error("签名不对：签名文本或公钥被改动过");

  const [origin = "", size = "", root = ""] = signed.split("\n");
  return { origin, size: Number(size), root: bytesToHex(fromBase64(root)) };
}

// The last part keeps the separators that follow.
function split(text: string, separator: string, parts: number): string[] {
  const all = text.split(separator);
  return [...all.slice(0, parts - 1), all.slice(parts - 1).join(separator)];
}
