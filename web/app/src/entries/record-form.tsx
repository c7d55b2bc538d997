// A new entry: its fields, its unit and handler, and the photos that go with it.
import { useQueryClient } from "@tanstack/react-query";
import { Select } from "antd";
import { useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router-dom";
import { request } from "../api/client";
import { ledgerPath } from "../api/queries";
import type { Changed, Draft, Entry, Ledger, NewEntry, Office } from "../api/types";
import { DraftKeeper, draftKey } from "../fields/draft";
import { faults } from "../fields/field-checks";
import { FieldsProvider } from "../fields/fields-context";
import { useKeptForm } from "../fields/use-kept-form";
import { defaultValues, formValues, type Values, wireValues } from "../fields/values";
import { useFormKeys } from "../lib/form-keys";
import { RefusalBox } from "../shell/refusal-box";
import { useSession } from "../shell/session";
import { toast } from "../shell/toasts";
import { EvidencePicker, pendingFile, type PendingFile, PendingList, uploadAll } from "./evidence-upload";
import { FieldGrid, FoldedFieldGrid, splitFields } from "./field-grid";
import { FormFoot } from "./form-foot";

interface RecordFormProps {
  office: Office;
  ledger: Ledger;
  drafts: Draft[] | undefined;
  copied?: Entry; // begin with its values
}

// Of a copied entry: not its day, nothing private, nothing that names this one thing.
function copiedValues(ledger: Ledger, entry: Entry, today: string): Values {
  const values = formValues(ledger.fields, entry);
  if (ledger.dated_by in values) values[ledger.dated_by] = today;
  return values;
}

const firstText = (ledger: Ledger, values: Values) =>
  ledger.fields
    .filter((field) => field.type === "text" && !field.private)
    .map((field) => values[field.id])
    .find((value) => typeof value === "string" && value !== "") as string | undefined;

export function RecordForm({ office, ledger, drafts, copied }: RecordFormProps) {
  const { session, login } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const frame = useRef<HTMLDivElement>(null);
  const [files, setFiles] = useState<PendingFile[]>([]);
  const [made, setMade] = useState<Changed | null>(null);
  const key = draftKey(office.code, ledger.id, copied ? `copy-${copied.id}` : "new");
  const [kept] = useState(() => new DraftKeeper(login, key, ledger.id, new Set()).newest(drafts));
  const ownUnit = office.units.find((unit) => unit.id === session.unit);
  const split = useMemo(() => splitFields(ledger), [ledger]);
  const initial = useMemo(
    () => (copied ? copiedValues(ledger, copied, office.today) : defaultValues(ledger.fields, office.today)),
    [copied, ledger, office.today],
  );
  const form = useKeptForm<NewEntry, Changed>({
    whose: login,
    draftKey: key,
    ledger: ledger.id,
    fields: ledger.fields,
    initial,
    initialExtra: { unit: copied?.unit?.code ?? ownUnit?.code ?? "", handler: "", reference: "" },
    kept,
    title: (values) => firstText(ledger, values) ?? ledger.title,
    send: (body, idempotencyKey) =>
      request<Changed>("POST", ledgerPath(office.code, ledger.id, "/entries"), { body, key: idempotencyKey }),
  });

  const openEntry = (changed: Changed) => {
    void client.invalidateQueries({ queryKey: ["entries", office.code, ledger.id] });
    void client.invalidateQueries({ queryKey: ["ledgers", office.code] });
    void client.invalidateQueries({ queryKey: ["drafts"] });
    navigate(`/offices/${office.code}/ledgers/${ledger.id}/entries/${changed.id}`, {
      replace: true,
      state: { opened: changed.opened },
    });
  };

  const sendFiles = async (changed: Changed, waiting: PendingFile[]) => {
    const left = await uploadAll(office.code, ledger.id, changed.id, waiting, setFiles);
    if (left.length === 0) return openEntry(changed);
    setMade(changed); // the entry is there; these files are not yet
  };

  const handleSave = async () => {
    if (form.busy) return;
    if (made) return sendFiles(made, files);
    const wrong = faults(ledger.fields, form.values);
    if (Object.keys(wrong).length > 0 && !form.pending) return form.showFaults(wrong);
    const body: NewEntry = { fields: wireValues(ledger.fields, form.values) };
    if (form.extra.unit) body.unit = form.extra.unit;
    if (form.extra.handler) body.handler = form.extra.handler;
    if (form.extra.reference) body.reference = form.extra.reference.trim();
    const done = await form.submit(body);
    if (!done) return;
    const changed = done.answer;
    if (JSON.stringify(done.body) === JSON.stringify(body)) {
      toast("done", `已经登记${changed.number ? `：${changed.number}` : ""}。`);
    } else {
      // What was typed after the first sending goes into a correction of what that sending recorded.
      toast("done", "上一次送出的已经登记。后来改的内容请在这里更正。");
      const amend = new DraftKeeper(login, draftKey(office.code, ledger.id, `${changed.id}.amend`), ledger.id, privateOf(ledger));
      amend.keep({ values: form.values, extra: {}, sent: null }, ledger.title);
      return navigate(`/offices/${office.code}/ledgers/${ledger.id}/entries/${changed.id}/amend`, { replace: true });
    }
    await sendFiles(changed, files);
  };
  useFormKeys(frame, () => void handleSave());

  const handlePicked = async (picked: File[], kind: string) => {
    const ready = await Promise.all(picked.map((file) => pendingFile(file, kind)));
    setFiles((old) => [...old, ...ready]);
    const dated = ledger.fields.find((field) => field.id === ledger.dated_by);
    const day = ready.map((file) => file.happenedOn).find(Boolean);
    if (day && dated?.type === "date" && (!form.values[dated.id] || !form.touched)) {
      form.set({ field: dated.id }, day);
      toast("done", `照片拍于${day}，已填到“${dated.title}”，不对可以改。`);
    }
  };

  const back = async () => {
    await form.discard();
    void client.invalidateQueries({ queryKey: ["drafts"] });
    navigate(`/offices/${office.code}/ledgers/${ledger.id}`, { replace: true });
  };

  return (
    <FieldsProvider value={{ office, choosing: { ledger: ledger.id, values: form.values } }}>
      <h1>
        登记：{ledger.title}
        {copied && <span className="quiet small">（照“{copied.title}”填好，请改不同的地方）</span>}
      </h1>
      {made && (
        <div className="notice-box bad" role="alert">
          条目已经登记，但有{files.length}个文件没有传上去。请重试，或者先打开条目，以后再传。{" "}
          <button type="button" className="button" onClick={() => openEntry(made)}>
            打开条目
          </button>
        </div>
      )}
      <div className="card" ref={frame}>
        <RefusalBox error={form.error} parts={form.unplaced} retry={() => void handleSave()} />
        <FieldGrid fields={split.now} values={form.values} errors={form.errors} set={form.set} />
        <FoldedFieldGrid fields={split.later} values={form.values} errors={form.errors} set={form.set} />
        <details className="more" open={Boolean(form.extra.handler || form.extra.reference)}>
          <summary>单位、经办人、原编号</summary>
          <div className="field-grid">
            <div className="field">
              <label className="label" htmlFor="extra-unit">
                单位
              </label>
              <Select
                id="extra-unit"
                className="fill"
                showSearch
                optionFilterProp="label"
                value={form.extra.unit || undefined}
                placeholder="本人所在单位"
                options={office.units.map((unit) => ({ value: unit.code, label: unit.name }))}
                onChange={(code) => form.setExtra("unit", code)}
              />
            </div>
            <div className="field">
              <label className="label" htmlFor="extra-handler">
                经办人
              </label>
              <Select
                id="extra-handler"
                className="fill"
                showSearch
                allowClear
                optionFilterProp="label"
                value={form.extra.handler || undefined}
                placeholder={`本人（${session.person.name}）`}
                options={office.persons.map((person) => ({ value: person.code, label: person.name }))}
                onChange={(code: string | undefined) => form.setExtra("handler", code ?? "")}
              />
            </div>
            <div className="field">
              <label className="label" htmlFor="extra-reference">
                原编号
              </label>
              <input
                id="extra-reference"
                className="input"
                value={form.extra.reference}
                placeholder="纸质台账上的编号，没有不填"
                onChange={(event) => form.setExtra("reference", event.target.value)}
              />
            </div>
          </div>
        </details>
        {ledger.evidence.length > 0 && (
          <>
            <h2 className="above">佐证材料</h2>
            <EvidencePicker kinds={ledger.evidence} onPicked={(picked, kind) => void handlePicked(picked, kind)} />
            {files.length > 0 && (
              <>
                <PendingList kinds={ledger.evidence} files={files} onChange={setFiles} />
                <p className="quiet small">文件在保存时上传；关掉网页要重新选。</p>
              </>
            )}
          </>
        )}
        <FormFoot
          label={files.length > 0 && !made ? `保存并上传${files.length}个文件` : "保存"}
          busy={form.busy || files.some((file) => file.busy)}
          pending={form.pending !== null}
          storeFull={form.storeFull}
          wasKept={form.wasKept}
          onSave={() => void handleSave()}
          onDiscard={() => void back()}
        />
      </div>
    </FieldsProvider>
  );
}

const privateOf = (ledger: Ledger) =>
  new Set(ledger.fields.filter((field) => field.private).map((field) => field.id));
