import { expect, test } from "vitest";
import { addDays, chineseDay, chineseTime, daysBetween, lastOfMonth, weekdayOf, weeksOfMonth, chinesePeriod } from "./dates";

test("days are China's, also those of an instant late in the evening", () => {
  expect(chineseDay("2024-05-06")).toBe("2024年5月6日");
  expect(chineseDay("2024-05-06T17:00:00Z")).toBe("2024年5月7日");
  expect(chineseTime("2024-05-06T01:30:00Z")).toBe("2024-05-06 09:30");
  expect(chineseDay("")).toBe("");
});

test.each([
  ["2024-02-28", 1, "2024-02-29"],
  ["2023-12-31", 1, "2024-01-01"],
  ["2024-03-01", -1, "2024-02-29"],
])("%s and %i days is %s", (day, days, then) => {
  expect(addDays(day, days)).toBe(then);
  expect(daysBetween(day, then)).toBe(days);
});

test("a month is whole weeks from Monday", () => {
  const weeks = weeksOfMonth("2024-05-01");
  expect(weeks[0]?.[0]).toBe("2024-04-29");
  expect(weekdayOf(weeks[0]?.[0] ?? "")).toBe("星期一");
  expect(weeks.at(-1)?.[6]).toBe("2024-06-02");
  expect(weeks.every((week) => week.length === 7)).toBe(true);
  expect(lastOfMonth("2024-02-10")).toBe("2024-02-29");
});

test.each([
  ["2026-Q4", "2026年第四季度"],
  ["2026-H1", "2026年上半年"],
  ["2026-11", "2026年11月"],
  ["2026", "2026年"],
  ["2026-12-04", "2026-12-04"],
])("the period %s is said as %s", (label, said) => expect(chinesePeriod(label)).toBe(said));
