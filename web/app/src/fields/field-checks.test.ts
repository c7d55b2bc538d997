import { expect, test } from "vitest";
import type { Field } from "../api/types";
import { faults, isIdNumber, toHalfWidth } from "./field-checks";

const of = (type: Field["type"], more: Partial<Field> = {}): Field => ({ id: "it", title: "栏", type, ...more });

test.each([
  ["11010519491231002X", true],
  ["110105194912310021", false],
  ["11010519491231002", false],
])("%s: %s", (text, right) => expect(isIdNumber(text)).toBe(right));

test.each([
  [of("integer", { unit: "份" }), "1,234", true],
  [of("integer"), "0.5万", true],
  [of("integer"), "１２３", true],
  [of("integer"), "很多", false],
  [of("integer"), "70余", true], // the server says it better
  [of("money"), "5.5万元", true],
  [of("phone"), "13800138000", true],
  [of("phone"), "0398-2812345", true],
  [of("phone"), "1380013800", false],
  [of("id_number"), "E12345678", true],
  [of("id_number"), "110105194912310021", false],
])("%j takes %s: %s", (field, value, right) => expect(Object.keys(faults([field], { it: value })).length === 0).toBe(right));

test("what is required and what a step asks for is named; 不适用 is an answer", () => {
  const fields = [of("text", { id: "a", required: true }), of("text", { id: "b" }), of("integer", { id: "c", required: true })];
  expect(Object.keys(faults(fields, { c: { absent: "not_applicable" } }, new Set(["b"])))).toEqual(["a", "b"]);
});

test("a row's faults stand in the row; an empty row has none", () => {
  const list = of("list", { of: [of("text", { id: "name", required: true }), of("phone", { id: "phone" })] });
  expect(Object.keys(faults([list], { it: [{}, { phone: "1" }, { name: "张三" }] }))).toEqual(["it[1].name", "it[1].phone"]);
});

test("full-width letters are folded", () => expect(toHalfWidth("１２３Ｘ　－")).toBe("123X -"));
