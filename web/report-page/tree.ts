// A journal's hash tree (RFC 9162 §2.1): the root from some of its records and the hashes beside them.
// The same algorithm as joint_proof in src/journal/tree_proof.h. A browser offers neither SM3 nor
// hashing without waiting, so the digests come from libraries.
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils";
import { sm3 } from "sm-crypto-v2";

export type Digest = (bytes: Uint8Array) => Uint8Array;

export function digestNamed(name: string): Digest {
  if (name === "sm3") return (bytes) => hexToBytes(sm3(bytes));
  if (name === "sha256") return (bytes) => sha256(bytes);
  throw new Error(`不认识的摘要算法“${name}”`);
}

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function leafOf(digest: Digest, body: string): Uint8Array {
  return digest(concatBytes(LEAF, utf8ToBytes(body)));
}

function nodeOf(digest: Digest, left: Uint8Array, right: Uint8Array): Uint8Array {
  return digest(concatBytes(NODE, left, right));
}

// The largest power of two below `count`.
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

export interface Leaf {
  index: number;
  hash: Uint8Array;
}

// Throws where leaves (ascending) and hashes cannot belong to a tree of that size.
export function rootOf(digest: Digest, size: number, leaves: Leaf[], proof: string[]): string {
  let nextLeaf = 0;
  let nextHash = 0;
  const rootOfRange = (first: number, count: number): Uint8Array => {
    const leaf = leaves[nextLeaf];
    if (leaf === undefined || leaf.index < first || leaf.index >= first + count) {
      const hash = proof[nextHash++];
      if (hash === undefined) throw new Error("证明太短");
      return hexToBytes(hash);
    }
    if (count === 1) {
      nextLeaf++;
      return leaf.hash;
    }
    const split = splitOf(count);
    const left = rootOfRange(first, split);
    return nodeOf(digest, left, rootOfRange(first + split, count - split));
  };
  if (size < 1) throw new Error("流水是空的");
  const root = rootOfRange(0, size);
  if (nextLeaf !== leaves.length || nextHash !== proof.length) throw new Error("证明太长");
  return bytesToHex(root);
}
