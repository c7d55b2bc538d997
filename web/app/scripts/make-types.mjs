// src/api/schema.gen.ts from the server's schemas: node make-types.mjs SCHEMAS.yaml
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";

const schemas = parse(readFileSync(process.argv[2], "utf8"));
const made = await openapiTS({
  openapi: "3.1.0",
  info: { title: "Fazhi", version: "1" },
  paths: {},
  components: { schemas },
});
const out = new URL("../src/api/schema.gen.ts", import.meta.url);
writeFileSync(out, `// Made by npm run types; never edited.\n${astToString(made)}`);
