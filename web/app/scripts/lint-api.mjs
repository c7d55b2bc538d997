// Holds a description of the API against web/redocly.yaml: node lint-api.mjs OPENAPI.json
import { formatProblems, lint, loadConfig } from "@redocly/openapi-core";
import { fileURLToPath } from "node:url";

const ref = process.argv[2];
if (ref === undefined) {
  console.error("lint-api.mjs OPENAPI.json");
  process.exit(2);
}
const config = await loadConfig({
  configPath: fileURLToPath(new URL("../../redocly.yaml", import.meta.url)),
});
// The fields of each ledger stand there for whoever writes a program; a body holds those of any one of them.
const ofLedger = (problem) =>
  problem.ruleId === "no-unused-components" &&
  problem.location.some(({ pointer }) => pointer?.startsWith("#/components/schemas/fields_"));
const problems = (await lint({ ref, config })).filter((problem) => !ofLedger(problem));
const totals = { errors: 0, warnings: 0, ignored: 0 };
for (const { severity, ignored } of problems) {
  totals[ignored ? "ignored" : severity === "error" ? "errors" : "warnings"] += 1;
}
if (problems.length > 0) formatProblems(problems, { totals, format: "stylish", version: "" });
if (totals.errors + totals.warnings > 0) process.exit(1);
