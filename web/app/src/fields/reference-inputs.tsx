// Inputs of what points elsewhere: people, units, other entries, laws.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Select, Spin } from "antd";
import { useEffect, useState } from "react";
import { useLaws } from "../api/queries";
import { sentence } from "../api/refusal";
import { choicesOf, dayFor, type Found, type Reference, searchedIn, titleOf } from "./entry-choices";
import { useSurroundings } from "./fields-context";
import type { InputProps } from "./input-props";
import { isRow } from "./values";

const shared = ({ id, wrong, describedBy }: InputProps) => ({
  id,
  className: "fill",
  status: wrong ? ("error" as const) : undefined,
  "aria-describedby": describedBy,
});

export function PersonInput(props: InputProps) {
  const { office } = useSurroundings();
  const unitName = (id: number) => office.units.find((unit) => unit.id === id)?.name ?? "";
  return (
    <Select
      {...shared(props)}
      showSearch
      allowClear={!props.field.required}
      optionFilterProp="label"
      placeholder="输入姓名查找"
      value={props.value as number | undefined}
      options={office.persons.map((person) => ({
        value: person.id,
        label: `${person.name}（${unitName(person.unit)}）`,
      }))}
      onChange={(id) => props.onChange(id)}
    />
  );
}

export function UnitInput(props: InputProps) {
  const { office } = useSurroundings();
  return (
    <Select
      {...shared(props)}
      showSearch
      allowClear={!props.field.required}
      optionFilterProp="label"
      placeholder="输入名称查找"
      value={props.value as number | undefined}
      options={office.units.map((unit) => ({ value: unit.id, label: unit.name }))}
      onChange={(id) => props.onChange(id)}
    />
  );
}

export function LawsInput(props: InputProps) {
  const laws = useLaws();
  return (
    <Select
      {...shared(props)}
      mode="tags"
      tokenSeparators={["、", "，", ",", ";"]}
      placeholder="输入法律名称查找，没有的可直接写"
      value={Array.isArray(props.value) ? (props.value as string[]) : []}
      options={laws.data?.map((law) => ({ value: law.title, label: law.title }))}
      onChange={(list) => props.onChange(list)}
    />
  );
}

// An entry of one possible ledger is its id; of several, both.
function referenceOf(value: unknown, ledgers: string[]): Reference | null {
  if (typeof value === "number") return { ledger: ledgers[0] ?? "", id: value };
  if (isRow(value) && typeof value.id === "number") return { ledger: String(value.ledger ?? ledgers[0]), id: value.id };
  return null;
}

const keyOf = ({ ledger, id }: Reference) => `${ledger}#${id}`;

const SEARCH_AFTER_MS = 250;

interface Option {
  value: string;
  label: string;
  each?: Found; // none: what was typed
}

const TYPED = "=";

export function EntryInput(props: InputProps) {
  const { office, choosing } = useSurroundings();
  const client = useQueryClient();
  const ledgers = props.field.from ?? [];
  const chosen = referenceOf(props.value, ledgers);
  const on = choosing ? dayFor(props.field, choosing) : "";
  const [typed, setTyped] = useState("");
  const [words, setWords] = useState("");
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWords(typed.trim()), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const { field, column } = props.place;
  const found = useQuery({
    queryKey: ["entry-choices", office.code, choosing?.ledger, choosing ? [field, column] : ledgers, on, words],
    enabled: opened,
    queryFn: () =>
      choosing ? choicesOf(office.code, choosing, props.place, { words, on }) : searchedIn(office.code, ledgers, words),
  });
  const title = useQuery({
    queryKey: ["entry-title", office.code, chosen?.ledger, chosen?.id],
    enabled: chosen !== null,
    staleTime: Infinity,
    queryFn: () => (chosen ? titleOf(office.code, chosen, choosing, props.place, on) : ""),
  });
  const offered = found.data?.items ?? [];
  const options: Option[] = offered.map((each) => ({ value: keyOf(each), label: each.label, each }));
  // What is not offered here (a case one may not open) can be named: the server looks it up.
  if (words !== "" && found.data && (offered.length === 0 || found.data.more)) {
    options.push({ value: `${TYPED}${words}`, label: `就填“${words}”（编号、原编号或姓名，保存时核对）` });
  }
  const written = typeof props.value === "string" && props.value !== "" ? props.value : null;
  if (written !== null && written !== words) options.unshift({ value: `${TYPED}${written}`, label: written });
  if (chosen && !options.some((option) => option.value === keyOf(chosen))) {
    options.unshift({
      value: keyOf(chosen),
      label: title.data || `第${chosen.id}条`,
      each: { ...chosen, label: title.data ?? "" },
    });
  }
  return (
    <Select
      {...shared(props)}
      showSearch
      allowClear={!props.field.required}
      filterOption={false}
      placeholder="输入编号、名称或姓名查找"
      notFoundContent={
        found.isFetching ? (
          <Spin size="small" />
        ) : found.error ? (
          sentence(found.error)
        ) : (
          `没有${on ? `在${on}有效的` : ""}可选条目，请换个词，或先去那本台账登记`
        )
      }
      value={chosen ? keyOf(chosen) : written !== null ? `${TYPED}${written}` : undefined}
      options={options}
      onOpenChange={setOpened}
      onSearch={setTyped}
      onChange={(_, option) => {
        if (!option || Array.isArray(option)) return props.onChange(undefined);
        const { each } = option;
        if (!each) return props.onChange(option.value.slice(TYPED.length));
        client.setQueryData(["entry-title", office.code, each.ledger, each.id], each.label);
        props.onChange(ledgers.length === 1 ? each.id : { ledger: each.ledger, id: each.id });
      }}
    />
  );
}
