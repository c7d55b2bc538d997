import { expect, test } from "vitest";
import { dayOfExif } from "./photo";

test.each([
  ["2024:05:06 23:59:01", "2024-05-06"],
  ["0000:00:00 00:00:00", ""],
  [undefined, ""],
  ["yesterday", ""],
])("a photo's %s is %s", (written, day) => expect(dayOfExif(written)).toBe(day));
