import { expect, test } from "vitest";
import { firstPlace, keyOf, placed, placeOf, withoutErrorsOf } from "./where";

test.each([
  ["title", { field: "title" }, "title"],
  ["parties[2].id_number", { field: "parties", row: 1, column: "id_number" }, "parties[1].id_number"],
  ["parties[1]", { field: "parties", row: 0 }, "parties[0]"],
  ["site.street", { field: "site", column: "street" }, "site.street"],
])("%s is a place in the form; rows there count from 0", (where, place, key) => {
  expect(placeOf(where)).toEqual(place);
  expect(keyOf(place)).toBe(key);
});

test.each(["", undefined, "Sheet1!C12", "第2行"])("%s is no place in a form", (where) => expect(placeOf(where)).toBeNull());

const part = (where: string, detail: string) => ({ code: "x", where, detail });

test("each fault stands at its field, what belongs to no field above the form", () => {
  const { at, elsewhere } = placed(
    [part("title", "甲"), part("parties[2].phone", "乙"), part("photo", "丙"), part("title", "丁")],
    new Set(["title", "parties"]),
  );
  expect(at).toEqual({ title: ["甲", "丁"], "parties[1].phone": ["乙"] });
  expect(elsewhere.map((each) => each.detail)).toEqual(["丙"]);
});

test("writing to a field clears its faults and those inside, and no others", () => {
  const errors = { title: ["甲"], parties: ["少"], "parties[0].phone": ["乙"], "parties[1].phone": ["丙"] };
  expect(withoutErrorsOf(errors, { field: "parties", row: 0, column: "phone" })).toEqual({
    title: ["甲"],
    "parties[1].phone": ["丙"],
  });
  expect(withoutErrorsOf(errors, { field: "parties" })).toEqual({ title: ["甲"] });
});

test("the first fault is the first in the order of the page", () => {
  expect(firstPlace({ "parties[0].phone": ["乙"], title: ["甲"] }, ["title", "parties"])).toBe("title");
  expect(firstPlace({ "parties[0].phone": ["乙"] }, ["title", "parties"])).toBe("parties[0].phone");
});
