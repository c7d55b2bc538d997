import { expect, test } from "vitest";
import type { Finding } from "../api/types";
import { segmentsOf } from "./segments";

const finding = (fingerprint: string, begin: number, end: number) => ({ fingerprint, begin, end }) as Finding;
const shown = (text: string, findings: Finding[]) =>
  segmentsOf(text, findings).map((each) => `${each.text}|${each.findings.map((one) => one.fingerprint).join(",")}`);

test("a paragraph without findings is one piece", () => {
  expect(shown("全年调解纠纷", [])).toEqual(["全年调解纠纷|"]);
});

test("a finding is cut out where it stands", () => {
  expect(shown("全年调解纠纷", [finding("a", 2, 4)])).toEqual(["全年|", "调解|a", "纠纷|"]);
});

test("findings that overlap share their piece", () => {
  expect(shown("全年调解纠纷", [finding("a", 0, 4), finding("b", 2, 6)])).toEqual(["全年|a", "调解|a,b", "纠纷|b"]);
});

test("a character beyond the basic plane counts once", () => {
  expect(shown("𠮷街道", [finding("a", 1, 3)])).toEqual(["𠮷|", "街道|a"]);
});

test("a place beyond the text ends with it", () => {
  expect(shown("街道", [finding("a", 1, 9)])).toEqual(["街|", "道|a"]);
});
