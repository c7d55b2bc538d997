// The first load of the workbench: the entry's and the workbench's scripts with all they import statically,
// gzipped, against the bar of 350 kB. Fails too where the table and form machinery is among them.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const BYTES_MAX = 350_000;
const LATE = ["src/pages/entry-form.tsx", "src/pages/entry-list.tsx"]; // must stay out of the first load

const dist = process.env.FAZHI_WEB
  ? pathToFileURL(`${process.env.FAZHI_WEB}/`)
  : new URL("../../dist/app/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", dist), "utf8"));

function closure(names, seen = new Set()) {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    closure(manifest[name].imports ?? [], seen);
  }
  return seen;
}

const first = closure(["index.html", "src/pages/workbench.tsx"]);
let bytes = 0;
for (const name of first) {
  const size = gzipSync(readFileSync(new URL(manifest[name].file, dist))).length;
  bytes += size;
  console.log(`${String(size).padStart(8)}  ${manifest[name].file}`);
}
console.log(`${String(bytes).padStart(8)}  in all, gzipped; at most ${BYTES_MAX}`);
const early = LATE.filter((name) => {
  if (!manifest[name]) throw new Error(`${name} is no chunk of its own any more`);
  return first.has(name);
});
if (early.length > 0) throw new Error(`in the first load: ${early.join(", ")}`);
if (bytes > BYTES_MAX) throw new Error(`the first load is ${bytes} bytes, at most ${BYTES_MAX}`);
