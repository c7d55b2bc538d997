import { describe, expect, test } from "vitest";
import type { Field } from "../api/types";
import {
  defaultValues,
  formValue,
  formValues,
  isBlank,
  plainText,
  wireChanges,
  wireValue,
  wireValues,
  withUnit,
  yuanText,
} from "./values";

const field = (type: Field["type"], more: Partial<Field> = {}): Field => ({ id: "it", title: "栏", type, ...more });
const parties = field("list", {
  id: "parties",
  of: [field("text", { id: "name", required: true }), field("money", { id: "paid" })],
});

describe("what is stored is shown as people write it, and sent as the server reads it", () => {
  test.each([
    [123450, "1234.5"],
    [0, "0"],
    [5, "0.05"],
    [-5, "-0.05"],
    [100, "1"],
    [1_500_000_000_010, "15000000000.1"],
  ])("%i fen are %s yuan", (fen, yuan) => expect(yuanText(fen)).toBe(yuan));

  test("money that nobody touched goes back as the same yuan, never as fen", () => {
    const shown = formValue(field("money"), 123450);
    expect(shown).toBe("1234.5");
    expect(wireValue(field("money"), shown)).toBe("1234.5");
  });

  test("an instant is shown in China's time", () =>
    expect(formValue(field("datetime"), "2023-05-06T01:30:00Z")).toBe("2023-05-06 09:30"));

  test("rows are shown and sent column by column; empty rows and cells are not sent", () => {
    const shown = formValue(parties, [{ name: "张三", paid: 99 }, { name: "李四" }]);
    expect(shown).toEqual([{ name: "张三", paid: "0.99" }, { name: "李四" }]);
    expect(wireValue(parties, [...(shown as object[]), {}, { name: "" }])).toEqual([
      { name: "张三", paid: "0.99" },
      { name: "李四" },
    ]);
  });

  test("不适用 and 未知 are sent as the words", () => {
    expect(wireValue(field("integer"), { absent: "not_applicable" })).toBe("不适用");
    expect(formValues([field("integer")], { fields: {}, absent: { it: "unknown" } })).toEqual({
      it: { absent: "unknown" },
    });
  });

  test("no and zero are values", () => {
    expect(isBlank(false)).toBe(false);
    expect(isBlank(0)).toBe(false);
    expect(wireValues([field("yes_no")], { it: false })).toEqual({ it: false });
  });
});

describe("a change sends only what differs", () => {
  const fields = [field("text", { id: "title" }), field("integer", { id: "count" }), parties];
  const before = { title: "甲", count: "3", parties: [{ name: "张三" }] };

  test("nothing changed, nothing sent", () => expect(wireChanges(fields, before, { ...before })).toEqual({}));

  test("an emptied field is sent as null", () =>
    expect(wireChanges(fields, before, { ...before, count: "" })).toEqual({ count: null }));

  test("a field that was and stays empty is not sent, however it is empty", () =>
    expect(wireChanges(fields, {}, { title: "", parties: [{}] })).toEqual({}));

  test("a row added is the whole list", () =>
    expect(wireChanges(fields, before, { ...before, parties: [{ name: "张三" }, { name: "李四" }] })).toEqual({
      parties: [{ name: "张三" }, { name: "李四" }],
    }));
});

test.each([
  ["integer", "88", "88人"],
  ["integer", "未知", "未知"],
  ["money", "1234.5", "1234.5元"],
  ["text", "88", "88"],
  ["integer", undefined, ""],
] as const)("of a %s, %s is said as %s", (type, text, said) => expect(withUnit(field(type, { unit: "人" }), text)).toBe(said));

test("a form begins with what the definition says; what a setting says is left to the server", () => {
  const fields = [
    field("date", { id: "day", default: "today" }),
    field("integer", { id: "count", default: 5 }),
    field("integer", { id: "limit", default: { setting: "limit" } }),
  ];
  expect(defaultValues(fields, "2024-05-08")).toEqual({ day: "2024-05-08", count: "5" });
});

test("a value in a comparison reads as people say it", () => {
  const kind = field("choice", { options: [{ id: "home", title: "入户" }] });
  const name = () => "杜春慧";
  expect(plainText(kind, "home", name)).toBe("入户");
  expect(plainText(field("person"), 3, name)).toBe("杜春慧");
  expect(plainText(field("integer", { unit: "份" }), "12", name)).toBe("12份");
  expect(plainText(field("text"), "", name)).toBe("（空）");
  expect(plainText(field("integer"), { absent: "unknown" }, name)).toBe("未知");
});
