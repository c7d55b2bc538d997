// What differs by place: each setting with its value, its source, and who may change it.
import { useQueryClient } from "@tanstack/react-query";
import { Modal } from "antd";
import { useState } from "react";
import { request } from "../api/client";
import { officePath, useOffice, useSettings } from "../api/queries";
import { Refusal } from "../api/refusal";
import type { Field, Setting } from "../api/types";
import { FieldRow } from "../fields/field-row";
import { FieldsProvider } from "../fields/fields-context";
import { useFields } from "../fields/use-fields";
import { formValue, wireValue } from "../fields/values";
import { QueryFault } from "../shell/page-fault";
import { RefusalBox } from "../shell/refusal-box";
import { toast } from "../shell/toasts";

// Types that only settings have are typed as text.
const HINTS: Record<string, string> = { duration: "写成 30日、20个工作日、2个月", month_day: "写成 03-01" };

const fieldOf = (setting: Setting): Field => ({
  id: "value",
  title: setting.title,
  type: setting.type in HINTS ? "text" : (setting.type as Field["type"]),
  options: setting.options,
  unit: setting.unit,
  help: HINTS[setting.type],
});

export function OfficeSettingsPart({ office }: { office: string }) {
  const { data, error, refetch } = useSettings(office);
  const [changing, setChanging] = useState<Setting | null>(null);
  const [words, setWords] = useState("");
  if (error) return <QueryFault error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在读取…</p>;
  const shown = data.filter((setting) => setting.title.includes(words.trim()));
  return (
    <>
      <input
        className="input narrow"
        type="search"
        aria-label="按名称找设置"
        placeholder="按名称找设置"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <section className="card above">
        <ul className="plain-list">
          {shown.map((setting) => (
            <li key={setting.name} className="bar spread tight">
              <span>
                <b>{setting.title}</b>：{setting.shown || "没有设"}
                {setting.is_default && <span className="mark plain">默认</span>}
                {setting.source && (
                  <>
                    <br />
                    <span className="quiet small">来源：{setting.source}</span>
                  </>
                )}
              </span>
              {setting.may_change && (
                <button type="button" className="button" onClick={() => setChanging(setting)}>
                  修改
                </button>
              )}
            </li>
          ))}
        </ul>
        {shown.length === 0 && <p className="quiet">没有找到。</p>}
      </section>
      {changing && <ChangeSetting key={changing.name} office={office} setting={changing} onClose={() => setChanging(null)} />}
    </>
  );
}

function ChangeSetting({ office, setting, onClose }: { office: string; setting: Setting; onClose: () => void }) {
  const client = useQueryClient();
  const officeQuery = useOffice(office);
  const field = fieldOf(setting);
  const form = useFields({ value: formValue(field, setting.value) });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const save = async (value: unknown) => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await request("PUT", officePath(office, `/settings/${setting.name}`), { body: { value } });
      await client.invalidateQueries({ queryKey: ["settings", office] });
      toast("done", `“${setting.title}”已经改好。`);
      onClose();
    } catch (failure) {
      setError(failure);
      if (failure instanceof Refusal) form.setErrors({ value: [failure.problem.detail] });
    } finally {
      setBusy(false);
    }
  };
  if (!officeQuery.data) return null;
  return (
    <Modal
      open
      title={`修改：${setting.title}`}
      okText={busy ? "正在保存…" : "保存"}
      cancelText="不改了"
      onOk={() => void save(wireValue(field, form.values.value))}
      onCancel={onClose}
    >
      <FieldsProvider value={{ office: officeQuery.data }}>
        <FieldRow field={{ ...field, required: true }} place={{ field: "value" }} value={form.values.value} errors={form.errors} set={form.set} />
        {!(error instanceof Refusal) && <RefusalBox error={error} />}
        {!setting.is_default && (
          <button type="button" className="button link" onClick={() => void save(null)}>
            恢复默认
          </button>
        )}
      </FieldsProvider>
    </Modal>
  );
}
