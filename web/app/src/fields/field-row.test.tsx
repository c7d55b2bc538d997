// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Field, Office } from "../api/types";
import { FieldRow } from "./field-row";
import { FieldsProvider } from "./fields-context";
import { withValue } from "./use-fields";
import type { Values } from "./values";
import type { ErrorsByPlace } from "./where";

const office = {
  code: "qianjin",
  today: "2024-05-08",
  units: [{ id: 1, code: "u", name: "司法所", kind: "section" }],
  persons: [{ id: 7, code: "p", name: "杜春慧", unit: 1, posts: [] }],
} as unknown as Office;

beforeAll(() => {
  // jsdom lays nothing out.
  vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} disconnect() {} });
  vi.stubGlobal("matchMedia", () => ({ matches: false, addListener() {}, removeListener() {}, addEventListener() {}, removeEventListener() {} }));
});
afterEach(cleanup);

function shown(field: Field, options: { value?: unknown; errors?: ErrorsByPlace } = {}) {
  const now: { values: Values } = { values: { [field.id]: options.value } };
  function Form() {
    const [values, setValues] = useState(now.values);
    now.values = values;
    return (
      <QueryClientProvider client={new QueryClient()}>
        <FieldsProvider value={{ office }}>
          <FieldRow
            field={field}
            place={{ field: field.id }}
            value={values[field.id]}
            errors={options.errors ?? {}}
            set={(place, value) => setValues((old) => withValue(old, place, value))}
          />
        </FieldsProvider>
      </QueryClientProvider>
    );
  }
  render(<Form />);
  return now;
}

const ALL: Field["type"][] = [
  "text", "note", "integer", "decimal", "money", "date", "datetime", "time", "yes_no", "choice", "choices", "person",
  "unit", "entry", "laws", "list", "group", "id_number", "phone", "versioned_text", "place",
];

test.each(ALL)("a %s has an input that its title names", (type) => {
  shown({ id: "it", title: "某栏", type, options: [{ id: "a", title: "甲" }], of: [{ id: "c", title: "列", type: "text" }], from: ["x"] });
  const named = screen.queryByLabelText(/^某栏/, { selector: "input, textarea, [role=radiogroup], [role=group], button" })
    ?? document.querySelector('[aria-labelledby="field-it-label"]');
  expect(named).not.toBeNull();
});

test("a figure cannot be typed", () => {
  shown({ id: "it", title: "数", type: "figure" });
  expect(document.querySelector(".field input, .field textarea")).toBeNull();
});

test("what is wrong stands at the field and is read out with it", () => {
  shown({ id: "it", title: "标题", type: "text" }, { errors: { it: ["“标题”没有填。"] } });
  const input = screen.getByLabelText(/标题/);
  expect(input.getAttribute("aria-invalid")).toBe("true");
  expect(document.getElementById(input.getAttribute("aria-describedby") ?? "")?.textContent).toContain("没有填");
});

test("a row's fault stands in its row", () => {
  shown(
    { id: "parties", title: "当事人", type: "list", of: [{ id: "name", title: "姓名", type: "text" }] },
    { value: [{ name: "甲" }, { name: "" }], errors: { "parties[1].name": ["没有填姓名"] } },
  );
  const fault = screen.getByText("没有填姓名");
  expect(fault.closest("fieldset")?.querySelector("legend")?.textContent).toContain("第2行");
});

test("rows are added, written and removed", () => {
  const now = shown({ id: "parties", title: "当事人", type: "list", of: [{ id: "name", title: "姓名", type: "text" }] });
  fireEvent.click(screen.getByText(/加一行/));
  fireEvent.click(screen.getByText(/加一行/));
  const inputs = screen.getAllByLabelText("姓名");
  fireEvent.change(inputs[0] as HTMLElement, { target: { value: "张三" } });
  fireEvent.change(inputs[1] as HTMLElement, { target: { value: "李四" } });
  expect(now.values.parties).toEqual([{ name: "张三" }, { name: "李四" }]);
  fireEvent.click(screen.getByLabelText("删除当事人第1行"));
  expect(now.values.parties).toEqual([{ name: "李四" }]);
});

test("an option that is out of use is offered only where it is the value", () => {
  const options = [{ id: "a", title: "甲" }, { id: "b", title: "乙", retired: true }];
  shown({ id: "it", title: "选", type: "choice", options });
  expect(screen.queryByText(/乙/)).toBeNull();
  cleanup();
  shown({ id: "it", title: "选", type: "choice", options }, { value: "b" });
  expect(screen.getByText("乙（已停用）")).toBeTruthy();
});

test("不适用 takes the input's place, and can be taken back; what is required has no such way out", () => {
  const now = shown({ id: "it", title: "份数", type: "integer" });
  const reason = () => screen.getByLabelText("份数：没有内容的原因");
  fireEvent.change(reason(), { target: { value: "not_applicable" } });
  expect(now.values.it).toEqual({ absent: "not_applicable" });
  expect(document.querySelector("input")).toBeNull();
  fireEvent.change(reason(), { target: { value: "" } });
  expect(now.values.it).toBeUndefined();
  cleanup();
  shown({ id: "it", title: "份数", type: "integer", required: true });
  expect(screen.queryByLabelText("份数：没有内容的原因")).toBeNull();
});
