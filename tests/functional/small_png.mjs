// A picture of a screen made small: Chromium writes quickly, not tightly, and a screen has few colours that anybody
// tells apart. Thirty-two steps of each colour are kept.
import { deflateSync, inflateSync } from "node:zlib";

const HEAD_BYTES = 8;
const STEP = 255 / 31;

const CRC = Array.from({ length: 256 }, (_, n) => {
  let at = n;
  for (let bit = 0; bit < 8; bit += 1) at = at & 1 ? (at >>> 1) ^ 0xedb88320 : at >>> 1;
  return at >>> 0;
});

function chunk(type, bytes) {
  const named = Buffer.concat([Buffer.from(type, "latin1"), bytes]);
  let crc = 0xffffffff;
  for (const byte of named) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(bytes.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, named.length + 4);
  return out;
}

function chunksOf(png) {
  const out = [];
  for (let at = HEAD_BYTES; at < png.length; ) {
    const length = png.readUInt32BE(at);
    out.push({ type: png.toString("latin1", at + 4, at + 8), bytes: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return out;
}

const closest = (left, above, corner) => {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
};

// The rows without their filters (PNG §9).
function unfiltered(packed, width, height, size) {
  const row = width * size;
  const out = Buffer.alloc(row * height);
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (row + 1)];
    for (let x = 0; x < row; x += 1) {
      const left = x < size ? 0 : out[y * row + x - size];
      const above = y === 0 ? 0 : out[(y - 1) * row + x];
      const corner = x < size || y === 0 ? 0 : out[(y - 1) * row + x - size];
      const add = [0, left, above, (left + above) >> 1, closest(left, above, corner)][filter];
      out[y * row + x] = packed[y * (row + 1) + 1 + x] + add;
    }
  }
  return out;
}

export function smallPng(png) {
  const chunks = chunksOf(png);
  const head = chunks.find(({ type }) => type === "IHDR").bytes;
  const [width, height, depth, colours, , , interlaced] = [
    head.readUInt32BE(0), head.readUInt32BE(4), ...head.subarray(8),
  ];
  const size = { 2: 3, 6: 4 }[colours];
  if (depth !== 8 || !size || interlaced) throw new Error("no picture as Chromium writes it");
  const packed = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ bytes }) => bytes)));
  const pixels = unfiltered(packed, width, height, size);
  const plain = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width * 3; x += 1) {
      const at = y * width * size + Math.floor(x / 3) * size + (x % 3);
      plain[y * (width * 3 + 1) + 1 + x] = Math.round(Math.round(pixels[at] / STEP) * STEP);
    }
  }
  const header = Buffer.from(head);
  header[9] = 2; // true colour, nothing shines through
  return Buffer.concat([
    png.subarray(0, HEAD_BYTES),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(plain, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
