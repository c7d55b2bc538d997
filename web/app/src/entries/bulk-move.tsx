// One step for several entries at once; each answers for itself.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Modal, Select } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router-dom";
import { newKey, request } from "../api/client";
import { ledgerPath } from "../api/queries";
import type { Bulk, BulkOutcome, EntryRow, Field, Ledger, Office } from "../api/types";
import { faults } from "../fields/field-checks";
import { FieldRow } from "../fields/field-row";
import { FieldsProvider } from "../fields/fields-context";
import { useFields } from "../fields/use-fields";
import { wireValues } from "../fields/values";
import { RefusalBox } from "../shell/refusal-box";

export const BULK_MAX = 200;
const DAY: Field = { id: "happened_on", title: "办理日期", type: "date", required: true };
const NOTE: Field = { id: "note", title: "说明", type: "note" };

interface BulkMoveProps {
  office: Office;
  ledger: Ledger;
  rows: EntryRow[];
  onClose: () => void;
}

export function BulkMove({ office, ledger, rows, onClose }: BulkMoveProps) {
  const client = useQueryClient();
  const [transition, setTransition] = useState("");
  const [outcome, setOutcome] = useState<BulkOutcome | null>(null);
  const [key, setKey] = useState(newKey);
  const form = useFields({ happened_on: office.today });
  const possible = ledger.transitions.filter((each) => rows.some((row) => each.from.includes(row.state)));
  const chosen = possible.find((each) => each.id === transition);
  const concerned = rows.filter((row) => chosen?.from.includes(row.state));
  const fields = useMemo(() => {
    const own = (chosen?.fields ?? []).map((id) => ledger.fields.find((field) => field.id === id));
    return [DAY, { ...NOTE, required: chosen?.note_required }, ...own.filter((field) => field !== undefined)];
  }, [chosen, ledger]);
  const run = useMutation({
    mutationFn: () => {
      const { happened_on, note, ...values } = wireValues(fields, form.values);
      const body: Bulk = {
        entries: concerned.map((row) => row.id),
        transition,
        happened_on: String(happened_on ?? ""),
        note: String(note ?? ""),
        fields: values,
      };
      return request<BulkOutcome>("POST", ledgerPath(office.code, ledger.id, "/moves"), { body, key });
    },
    onSuccess: async (done) => {
      setOutcome(done);
      setKey(newKey());
      await client.invalidateQueries({ queryKey: ["entries", office.code, ledger.id] });
      await client.invalidateQueries({ queryKey: ["ledgers", office.code] });
    },
  });
  const handleOk = () => {
    if (outcome) return onClose();
    if (!chosen || run.isPending) return;
    const wrong = faults(fields, form.values);
    form.setErrors(wrong);
    if (Object.keys(wrong).length === 0) run.mutate();
  };
  const failed = outcome?.items.filter((item) => !item.done) ?? [];
  return (
    <Modal
      open
      title={`成批办理（选中${rows.length}条）`}
      okText={outcome ? "知道了" : run.isPending ? "正在办…" : `办理${concerned.length}条`}
      cancelText="不办了"
      okButtonProps={{ disabled: !outcome && concerned.length === 0 }}
      onOk={handleOk}
      onCancel={onClose}
    >
      {outcome ? (
        <>
          <p className="good-text">办成{outcome.items.length - failed.length}条。</p>
          {failed.length > 0 && (
            <>
              <p className="bad-text">没有办成{failed.length}条：</p>
              <ul>
                {failed.map((item) => (
                  <li key={item.id}>
                    <Link to={`/offices/${office.code}/ledgers/${ledger.id}/entries/${item.id}`}>
                      {rows.find((row) => row.id === item.id)?.title ?? `第${item.id}条`}
                    </Link>
                    ：{item.problem?.detail}
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      ) : (
        <FieldsProvider value={{ office, choosing: { ledger: ledger.id, values: form.values } }}>
          <label htmlFor="bulk-step" className="label">
            办哪一步
          </label>
          <Select
            id="bulk-step"
            className="fill"
            placeholder="请选择"
            value={transition || undefined}
            options={possible.map((each) => ({ value: each.id, label: each.title }))}
            onChange={setTransition}
          />
          {chosen && concerned.length < rows.length && (
            <p className="warn-text">其中{rows.length - concerned.length}条现在不能办这一步，会留着不动。</p>
          )}
          {chosen &&
            fields.map((field) => (
              <FieldRow
                key={field.id}
                field={field}
                place={{ field: field.id }}
                value={form.values[field.id]}
                errors={form.errors}
                set={form.set}
              />
            ))}
          <RefusalBox error={run.error} retry={() => run.mutate()} />
        </FieldsProvider>
      )}
    </Modal>
  );
}
