// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { nextStop } from "./form-keys";

beforeEach(() => {
  document.body.innerHTML = `
    <form>
      <input id="title">
      <select class="absence" id="absence"></select>
      <div role="radiogroup"><input type="radio" name="r" id="r1"><input type="radio" name="r" id="r2"></div>
      <div role="group"><input type="checkbox" id="c1"><input type="checkbox" id="c2"></div>
      <details><summary>以后</summary><input id="later"></details>
      <input type="file" id="file">
      <textarea id="note"></textarea>
      <button type="button" id="other"></button>
      <button type="button" class="save" id="save"></button>
    </form>`;
});

const after = (id: string) => nextStop(document.body, document.getElementById(id) as HTMLElement)?.id;

test("Enter walks through a form field by field, to the button that saves", () => {
  const walked: string[] = [];
  for (let at: string | undefined = "title"; at; at = after(at)) walked.push(at);
  expect(walked).toEqual(["title", "r1", "c1", "note", "save"]);
});

test("from any of a group it goes to the next field; into a group, to what is chosen", () => {
  expect(after("c2")).toBe("note");
  (document.getElementById("r2") as HTMLInputElement).checked = true;
  expect(after("title")).toBe("r2");
});

test("an opened fold is walked through", () => {
  (document.querySelector("details") as HTMLDetailsElement).open = true;
  expect(after("c1")).toBe("later");
});
