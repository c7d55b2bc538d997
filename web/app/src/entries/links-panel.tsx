// Entries tied to this one; one more by search.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { Link } from "react-router-dom";
import { newKey, request } from "../api/client";
import { entryPath, useLedgers } from "../api/queries";
import type { Entry, Field, NewLink, Office } from "../api/types";
import { FieldsProvider } from "../fields/fields-context";
import { EntryInput } from "../fields/reference-inputs";
import { RefusalBox } from "../shell/refusal-box";

export function LinksPanel({ office, entry }: { office: Office; entry: Entry }) {
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [ledger, setLedger] = useState("");
  const [chosen, setChosen] = useState<unknown>(undefined);
  const ledgers = useLedgers(office.code);
  const [key, setKey] = useState(newKey);
  const link = useMutation({
    mutationFn: () =>
      request("POST", entryPath(office.code, entry.ledger, entry.id, "/links"), {
        body: { ledger, id: chosen as number } satisfies NewLink,
        key,
        revision: entry.revision,
      }),
    onSuccess: async () => {
      setAdding(false);
      setChosen(undefined);
      setKey(newKey());
      await client.invalidateQueries({ queryKey: ["entry", office.code] });
    },
  });
  const field: Field = { id: "linked", title: "条目", type: "entry", from: [ledger] };
  const mayLink = entry.abilities.includes("record") && !entry.voided;
  if (entry.links.length === 0 && !mayLink) return null;
  return (
    <section className="card" id="links">
      <h2>关联的条目</h2>
      <ul className="plain-list">
        {entry.links.map((each) => (
          <li key={`${each.ledger}-${each.id}-${each.relation}-${String(each.outward)}`}>
            <span className="quiet">{each.ledger_title}</span>{" "}
            <Link to={`/offices/${office.code}/ledgers/${each.ledger}/entries/${each.id}`}>{each.title}</Link>
            {each.relation === "opened" && (
              <span className="mark plain">{each.outward ? "由本条建立" : "本条由它建立"}</span>
            )}
          </li>
        ))}
      </ul>
      {entry.links.length === 0 && <p className="quiet">还没有。</p>}
      {mayLink && !adding && (
        <button type="button" className="button" onClick={() => setAdding(true)}>
          关联别的条目
        </button>
      )}
      {adding && (
        <FieldsProvider value={{ office }}>
          <label htmlFor="link-ledger">哪本台账</label>
          <Select
            id="link-ledger"
            className="fill"
            showSearch
            optionFilterProp="label"
            placeholder="请选择"
            value={ledger || undefined}
            options={ledgers.data?.map((each) => ({ value: each.id, label: each.title }))}
            onChange={(next) => {
              setLedger(next);
              setChosen(undefined);
            }}
          />
          {ledger && (
            <>
              <label htmlFor="link-entry">哪一条</label>
              <EntryInput
                field={field}
                place={{ field: "linked" }}
                id="link-entry"
                value={chosen}
                wrong={false}
                onChange={setChosen}
              />
            </>
          )}
          <RefusalBox error={link.error} retry={() => link.mutate()} />
          <div className="bar above">
            <button
              type="button"
              className="button primary"
              aria-disabled={chosen === undefined || link.isPending}
              onClick={() => {
                if (chosen !== undefined && !link.isPending) link.mutate();
              }}
            >
              关联
            </button>
            <button type="button" className="button" onClick={() => setAdding(false)}>
              不关联了
            </button>
          </div>
        </FieldsProvider>
      )}
    </section>
  );
}
