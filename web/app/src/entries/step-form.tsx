import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router-dom";
import { request } from "../api/client";
import { entryPath } from "../api/queries";
import { Refusal } from "../api/refusal";
import type { Changed, Draft, Entry, Field, Ledger, NewMove, Office, Transition } from "../api/types";
import { DraftKeeper, draftKey } from "../fields/draft";
import { faults } from "../fields/field-checks";
import { FieldsProvider } from "../fields/fields-context";
import { useKeptForm } from "../fields/use-kept-form";
import { formValues, type Values, wireChanges, wireValue } from "../fields/values";
import { useFormKeys } from "../lib/form-keys";
import { RefusalBox } from "../shell/refusal-box";
import { useSession } from "../shell/session";
import { toast } from "../shell/toasts";
import { EvidencePanel } from "./evidence-panel";
import { FieldGrid } from "./field-grid";
import { FormFoot } from "./form-foot";

interface StepFormProps {
  office: Office;
  ledger: Ledger;
  entry: Entry;
  transition: Transition;
  drafts: Draft[] | undefined;
}

interface Move extends NewMove {
  revision: number;
}

export function StepForm({ office, ledger, entry, transition, drafts }: StepFormProps) {
  const { login } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const frame = useRef<HTMLDivElement>(null);
  const own = useMemo(
    () =>
      transition.fields
        .map((id) => ledger.fields.find((field) => field.id === id))
        .filter((field) => field !== undefined),
    [transition, ledger],
  );
  const fields = useMemo<Field[]>(
    () => [
      { id: "happened_on", title: "办理日期", type: "date", required: true },
      ...own,
      { id: "note", title: "说明", type: "note", required: transition.note_required },
    ],
    [own, transition],
  );
  const before = useMemo(() => formValues(own, entry), [own, entry]);
  const required = useMemo(() => {
    const missing = entry.steps.find((step) => step.id === transition.id)?.missing ?? [];
    return new Set([
      ...missing.map((part) => part.where ?? ""),
      ...own.filter((field) => field.required_in?.includes(transition.to)).map((field) => field.id),
    ]);
  }, [entry, own, transition]);
  const key = draftKey(office.code, ledger.id, `${entry.id}.${transition.id}`);
  const [kept] = useState(() => new DraftKeeper(login, key, ledger.id, new Set()).newest(drafts));
  const form = useKeptForm<Move, Changed>({
    whose: login,
    draftKey: key,
    ledger: ledger.id,
    fields,
    initial: { ...before, happened_on: office.today },
    initialExtra: {},
    kept,
    title: () => `${transition.title}：${entry.title}`,
    send: ({ revision, ...body }, idempotencyKey) =>
      request<Changed>("POST", entryPath(office.code, ledger.id, entry.id, "/moves"), {
        body,
        revision,
        key: idempotencyKey,
      }),
  });

  const close = (state?: unknown) =>
    navigate(`/offices/${office.code}/ledgers/${ledger.id}/entries/${entry.id}`, { replace: true, state });

  const bodyOf = (values: Values): Move => {
    const body: Move = { transition: transition.id, revision: entry.revision };
    const day = wireValue(fields[0] as Field, values.happened_on);
    if (typeof day === "string") body.happened_on = day;
    const changed = wireChanges(own, before, values);
    if (Object.keys(changed).length > 0) body.fields = changed;
    if (typeof values.note === "string" && values.note.trim()) body.note = values.note.trim();
    return body;
  };
  const handleSave = async () => {
    if (form.busy) return;
    const wrong = faults(fields, form.values, required);
    if (Object.keys(wrong).length > 0 && !form.pending) return form.showFaults(wrong);
    const done = await form.submit(bodyOf(form.values));
    if (!done) {
      // Somebody has moved or changed it: show how it stands now, the form keeps what was typed.
      void client.invalidateQueries({ queryKey: ["entry", office.code, ledger.id, String(entry.id)] });
      return;
    }
    const state = ledger.states.find((each) => each.id === done.answer.state);
    toast("done", `已办“${transition.title}”${state ? `，现在：${state.title}` : ""}。`);
    for (const name of ["entry", "entries", "workbench", "tasks", "clocks"]) {
      void client.invalidateQueries({ queryKey: [name, office.code] });
    }
    close({ opened: done.answer.opened });
  };
  useFormKeys(frame, () => void handleSave());
  const conflict = form.error instanceof Refusal && form.error.isConflict;
  const state = ledger.states.find((each) => each.id === entry.state);
  const target = ledger.states.find((each) => each.id === transition.to);

  return (
    <FieldsProvider value={{ office, choosing: { ledger: ledger.id, values: { ...entry.fields, ...form.values } } }}>
      <h1>
        {transition.title}：{entry.title}
      </h1>
      <p className="quiet">
        现在：{state?.title}
        {target && target.id !== entry.state && `，办完后：${target.title}`}
        {transition.basis && transition.basis.length > 0 && `。依据：${transition.basis.map((each) => each.text).join("；")}`}
      </p>
      {transition.evidence.length > 0 && (
        <EvidencePanel office={office.code} ledger={ledger} entry={entry} kinds={transition.evidence} />
      )}
      <div className="card" ref={frame}>
        {conflict ? (
          <div className="notice-box bad" role="alert">
            <p>
              {form.error instanceof Error ? form.error.message : ""}
              这条刚才被别人办过或改过，您填的还没有保存，也没有丢。现在的状态是“{state?.title}”；看过以后，还要办就再点一次。
            </p>
          </div>
        ) : (
          <RefusalBox error={form.error} parts={form.unplaced} retry={() => void handleSave()} />
        )}
        <FieldGrid fields={fields} values={form.values} errors={form.errors} set={form.set} required={required} />
        <FormFoot
          label={transition.title}
          busy={form.busy}
          pending={form.pending !== null}
          storeFull={form.storeFull}
          wasKept={form.wasKept}
          onSave={() => void handleSave()}
          onDiscard={() => void form.discard().then(() => close())}
        />
      </div>
    </FieldsProvider>
  );
}
