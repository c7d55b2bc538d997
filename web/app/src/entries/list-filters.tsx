// A list's filters, each in the address: state, days, the choice fields the ledger names, words.
import { DatePicker, Select } from "antd";
import dayjs from "dayjs";
import { useEffect, useState } from "react";
import type { Ledger } from "../api/types";
import { withFilter } from "./list-query";

interface ListFiltersProps {
  ledger: Ledger;
  words: URLSearchParams;
  setWords: (words: URLSearchParams) => void;
}

export function ListFilters({ ledger, words, setWords }: ListFiltersProps) {
  const [typed, setTyped] = useState(words.get("words") ?? "");
  useEffect(() => setTyped(words.get("words") ?? ""), [words]);
  const set = (name: string, value: string | undefined) => setWords(withFilter(words, name, value ?? ""));
  const from = words.get("from");
  const to = words.get("to");
  const choices = ledger.filters
    .map((id) => ledger.fields.find((field) => field.id === id))
    .filter((field) => field !== undefined);
  const select = (id: string, title: string, options: { value: string; label: string }[]) => (
    <label key={id}>
      {title}
      <Select
        allowClear
        showSearch
        optionFilterProp="label"
        placeholder="全部"
        aria-label={title}
        value={words.get(id) ?? undefined}
        options={options}
        onChange={(value: string | undefined) => set(id, value)}
      />
    </label>
  );
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        set("words", typed.trim());
      }}
    >
      <label>
        含有的词
        <input
          className="input"
          type="search"
          value={typed}
          placeholder="名称、内容，按回车查找"
          onChange={(event) => {
            setTyped(event.target.value);
            if (event.target.value === "") set("words", "");
          }}
        />
      </label>
      {ledger.states.length > 0 &&
        select(
          "state",
          "状态",
          ledger.states.map((state) => ({ value: state.id, label: state.title })),
        )}
      <div className="label-like">
        <span>日期</span>
        <DatePicker.RangePicker
          allowEmpty={[true, true]}
          placeholder={["从", "到"]}
          aria-label="日期"
          value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
          presets={[
            { label: "今年", value: [dayjs().startOf("year"), dayjs().endOf("year")] },
            { label: "去年", value: [dayjs().subtract(1, "year").startOf("year"), dayjs().subtract(1, "year").endOf("year")] },
            { label: "本月", value: [dayjs().startOf("month"), dayjs().endOf("month")] },
          ]}
          onChange={(days) => {
            const next = withFilter(words, "from", days?.[0]?.format("YYYY-MM-DD") ?? "");
            setWords(withFilter(next, "to", days?.[1]?.format("YYYY-MM-DD") ?? ""));
          }}
        />
      </div>
      {choices.map((field) =>
        select(
          `f.${field.id}`,
          field.title,
          field.type === "yes_no"
            ? [
                { value: "1", label: "是" },
                { value: "0", label: "否" },
              ]
            : (field.options ?? []).map((option) => ({ value: option.id, label: option.title })),
        ),
      )}
    </form>
  );
}
