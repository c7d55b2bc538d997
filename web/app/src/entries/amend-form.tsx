// Filling what is empty, and correcting what is there (更正), with the reason; both versions stay in the journal.
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useNavigate } from "react-router-dom";
import { get, newKey, request } from "../api/client";
import { entryPath } from "../api/queries";
import { Refusal, sentence } from "../api/refusal";
import type { Changed, Draft, Entry, FieldChange, Ledger, Office, Private } from "../api/types";
import { DraftKeeper, draftKey } from "../fields/draft";
import { faults } from "../fields/field-checks";
import { FieldRow } from "../fields/field-row";
import { FieldsProvider } from "../fields/fields-context";
import { useKeptForm } from "../fields/use-kept-form";
import { formValue, formValues, isBlank, type Values, wireChanges } from "../fields/values";
import { useFormKeys } from "../lib/form-keys";
import { ReasonDialog } from "../shell/reason-dialog";
import { RefusalBox } from "../shell/refusal-box";
import { useSession } from "../shell/session";
import { toast } from "../shell/toasts";
import { ConflictDialog } from "./conflict-dialog";
import { FieldGrid } from "./field-grid";
import { FormFoot } from "./form-foot";
import { nameIn } from "./names";

interface AmendFormProps {
  office: Office;
  ledger: Ledger;
  drafts: Draft[] | undefined;
  entry: Entry;
}

interface Change extends FieldChange {
  revision: number; // what it was based on
}

export function AmendForm({ office, ledger, drafts, entry }: AmendFormProps) {
  const { login } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const frame = useRef<HTMLDivElement>(null);
  // What the form began with: it stays while the page is open, whatever news comes in.
  const [base, setBase] = useState(() => ({ revision: entry.revision, values: formValues(ledger.fields, entry) }));
  const [hidden, setHidden] = useState(entry.private);
  const [revealing, setRevealing] = useState(false);
  const [stored, setStored] = useState<Entry | null>(null);
  const key = draftKey(office.code, ledger.id, `${entry.id}.amend`);
  const [kept] = useState(() => new DraftKeeper(login, key, ledger.id, new Set()).newest(drafts));
  const shownFields = ledger.fields.filter((field) => !hidden.includes(field.id));
  const path = entryPath(office.code, ledger.id, entry.id);
  const form = useKeptForm<Change, Changed>({
    whose: login,
    draftKey: key,
    ledger: ledger.id,
    fields: ledger.fields,
    initial: base.values,
    initialExtra: { note: "" },
    kept,
    title: () => `更正：${entry.title}`,
    send: ({ revision, ...body }, idempotencyKey) =>
      request<Changed>("PATCH", path, { body, revision, key: idempotencyKey }),
  });
  const changesOf = (values: Values, before: Values) => wireChanges(shownFields, before, values);
  const changes = changesOf(form.values, base.values);
  const corrects = Object.keys(changes).some((id) => !isBlank(base.values[id]) || entry.private.includes(id));

  const close = () => navigate(`/offices/${office.code}/ledgers/${ledger.id}/entries/${entry.id}`, { replace: true });

  const save = async (values: Values, before: Values, revision: number) => {
    const fields = changesOf(values, before);
    if (Object.keys(fields).length === 0 && !form.pending) return toast("failed", "没有改动，不用保存。");
    const wrong = faults(shownFields, values);
    if (Object.keys(wrong).length > 0) return form.showFaults(wrong);
    if (corrects && !(form.extra.note ?? "").trim()) {
      form.setError(new Error("note"));
      document.getElementById("field-amend_note")?.focus();
      return;
    }
    const note = (form.extra.note ?? "").trim();
    const done = await form.submit({ fields, revision, ...(note ? { note } : {}) });
    if (!done) return;
    toast("done", corrects ? "已经更正。" : "已经补填。");
    await client.invalidateQueries({ queryKey: ["entry", office.code, ledger.id, String(entry.id)] });
    void client.invalidateQueries({ queryKey: ["entries", office.code, ledger.id] });
    close();
  };
  const handleSave = () => {
    if (!form.busy) void save(form.values, base.values, base.revision);
  };
  useFormKeys(frame, handleSave);

  const conflict = form.error instanceof Refusal && form.error.isConflict;
  const compare = async () => {
    try {
      setStored(await get<Entry>(path));
    } catch (error) {
      toast("failed", sentence(error));
    }
  };

  const reveal = async (reason: string) => {
    const shown = await request<Private>("POST", `${path}/private`, { body: { reason }, key: newKey() });
    const revealed: Values = {};
    for (const field of ledger.fields) {
      if (entry.private.includes(field.id)) revealed[field.id] = formValue(field, shown.fields[field.id]);
    }
    setBase((old) => ({ ...old, values: { ...old.values, ...revealed } }));
    form.replace({ ...revealed, ...form.values });
    setHidden([]);
  };

  return (
    <FieldsProvider value={{ office, choosing: { ledger: ledger.id, values: form.values } }}>
      <h1>更正或补填：{entry.title}</h1>
      <div className="card" ref={frame}>
        {conflict ? (
          <div className="notice-box bad" role="alert">
            <p>这条刚才被别人改过，您填的还没有保存，也没有丢。</p>
            <button type="button" className="button primary" onClick={() => void compare()}>
              对照着看
            </button>
          </div>
        ) : form.error instanceof Error && form.error.message === "note" ? (
          <div className="notice-box bad" role="alert">
            <p>改动已经登记的内容，请在最下面写明更正的理由。</p>
          </div>
        ) : (
          <RefusalBox error={form.error} parts={form.unplaced} retry={handleSave} />
        )}
        {hidden.length > 0 && (
          <p className="notice-box">
            保密的栏目没有显示：
            {ledger.fields
              .filter((field) => hidden.includes(field.id))
              .map((field) => field.title)
              .join("、")}
            。{" "}
            {entry.abilities.includes("reveal") && (
              <button type="button" className="button" onClick={() => setRevealing(true)}>
                填写理由后查看
              </button>
            )}
          </p>
        )}
        <FieldGrid fields={shownFields} values={form.values} errors={form.errors} set={form.set} />
        {corrects && (
          <div className="above">
            <FieldRow
              field={{ id: "amend_note", title: "更正的理由", type: "note", required: true, help: "原来的内容和理由都会留在经过里。" }}
              place={{ field: "amend_note" }}
              value={form.extra.note}
              errors={{}}
              set={(_, value) => form.setExtra("note", String(value ?? ""))}
            />
          </div>
        )}
        <FormFoot
          label="保存"
          busy={form.busy}
          pending={form.pending !== null}
          storeFull={form.storeFull}
          wasKept={form.wasKept}
          onSave={handleSave}
          onDiscard={() => void form.discard().then(close)}
        />
      </div>
      {revealing && (
        <ReasonDialog
          title="查看保密内容"
          about="谁在什么时候因为什么看过，会记入访问日志。"
          label="查看的理由"
          confirm="查看"
          onClose={() => setRevealing(false)}
          onConfirm={reveal}
        />
      )}
      {stored && (
        <ConflictDialog
          fields={shownFields}
          before={base.values}
          mine={form.values}
          stored={stored}
          storedValues={formValues(ledger.fields, stored)}
          nameOf={nameIn(office)}
          onClose={() => setStored(null)}
          onChosen={(values) => {
            const revealed = Object.entries(base.values).filter(([id]) => entry.private.includes(id));
            const before = { ...Object.fromEntries(revealed), ...formValues(ledger.fields, stored) };
            setBase({ revision: stored.revision, values: before });
            form.replace(values);
            setStored(null);
            void save(values, before, stored.revision);
          }}
        />
      )}
    </FieldsProvider>
  );
}
