// Civil days as text, YYYY-MM-DD, as the API writes them. Nothing here asks the clock but today_here.
const WEEKDAYS = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];
const DAY_MS = 86_400_000;

const utc = (day: string) => Date.parse(`${day}T00:00:00Z`);

export const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text));

export const weekdayOf = (day: string) => WEEKDAYS[new Date(utc(day)).getUTCDay()] ?? "";

export const addDays = (day: string, days: number) => new Date(utc(day) + days * DAY_MS).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string) => Math.round((utc(to) - utc(from)) / DAY_MS);

// 2024年5月6日, of an instant the day it was in China; "" stays "".
export function chineseDay(day: string | undefined): string {
  const civil = day?.includes("T") ? chineseTime(day) : day;
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(civil ?? "");
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : (day ?? "");
}

// A duty's period as people say it: 2026-Q4 → 2026年第四季度, 2026-H2 → 2026年下半年, 2026-11 → 2026年11月.
export function chinesePeriod(label: string): string {
  const match = /^(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})))?$/.exec(label);
  if (!match) return label;
  const [, year, quarter, half, month] = match;
  if (quarter) return `${year}年第${"一二三四"[Number(quarter) - 1]}季度`;
  if (half) return `${year}年${half === "1" ? "上" : "下"}半年`;
  return `${year}年${month ? `${Number(month)}月` : ""}`;
}

// An instant (…Z) in China's time, as 2024-05-06 09:30.
export function chineseTime(instant: string | undefined): string {
  const at = Date.parse(instant ?? "");
  if (Number.isNaN(at)) return instant ?? "";
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}

// The civil day in China now; the server decides, this only prefills.
export const todayHere = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

export const firstOfMonth = (day: string) => `${day.slice(0, 7)}-01`;

export function lastOfMonth(day: string): string {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

// The weeks of a month, Monday first, with the neighbours' days that fill the first and the last.
export function weeksOfMonth(day: string): string[][] {
  const first = firstOfMonth(day);
  const last = lastOfMonth(day);
  let at = addDays(first, -((new Date(utc(first)).getUTCDay() + 6) % 7));
  const weeks: string[][] = [];
  while (at <= last) {
    weeks.push(Array.from({ length: 7 }, (_, n) => addDays(at, n)));
    at = addDays(at, 7);
  }
  return weeks;
}
