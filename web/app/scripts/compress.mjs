// A .gz beside each file of the application that gets smaller by it: the server sends them as they are.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const WORTH_BYTES = 1000;
const folder = process.env.FAZHI_WEB
  ? pathToFileURL(`${process.env.FAZHI_WEB}/assets/`)
  : new URL("../../dist/app/assets/", import.meta.url);
for (const name of readdirSync(folder)) {
  if (!/\.(js|css|svg)$/.test(name)) continue;
  const bytes = readFileSync(new URL(name, folder));
  if (bytes.length >= WORTH_BYTES) writeFileSync(new URL(`${name}.gz`, folder), gzipSync(bytes, { level: 9 }));
}
