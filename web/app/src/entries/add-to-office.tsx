// A new unit; a new person with posts.
import { type FormEvent, type ReactNode, useState } from "react";
import { newKey, request } from "../api/client";
import { officePath } from "../api/queries";
import type { NewPerson, NewUnit, Office } from "../api/types";
import { Dialog } from "../shell/dialog";
import { RefusalBox } from "../shell/refusal-box";

const KINDS = [
  ["section", "科室"],
  ["community", "社区"],
  ["village", "村"],
  ["bureau", "派驻和委办"],
  ["other", "其他"],
] as const;

interface AddProps {
  office: Office;
  onClose: () => void;
  onAdded: (name: string) => void;
}

interface AddDialogProps {
  title: string;
  path: string;
  body: NewUnit | NewPerson;
  children: ReactNode;
  onClose: () => void;
  onAdded: (name: string) => void;
}

function AddDialog({ title, path, body, children, onClose, onAdded }: AddDialogProps) {
  const [key, setKey] = useState(newKey);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await request("POST", path, { body, key });
      onAdded(body.name);
    } catch (failure) {
      setError(failure);
      setKey(newKey());
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="sign-in" onSubmit={(event) => void handleSubmit(event)}>
        {children}
        <RefusalBox error={error} />
        <div className="bar">
          <button type="submit" className="button primary" aria-disabled={busy}>
            {busy ? "正在保存…" : "增加"}
          </button>
          <button type="button" className="button" onClick={onClose}>
            不加了
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Text(props: { label: string; value: string; hint?: string; onChange: (value: string) => void }) {
  return (
    <label>
      {props.label}
      <input
        className="input"
        value={props.value}
        placeholder={props.hint}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </label>
  );
}

export function AddUnit({ office, onClose, onAdded }: AddProps) {
  const [unit, setUnit] = useState<NewUnit>({ code: "", kind: "community", name: "", short_name: "", lead_section: "" });
  return (
    <AddDialog title="增加单位" path={officePath(office.code, "/units")} body={unit} onClose={onClose} onAdded={onAdded}>
      <Text label="名称" value={unit.name} hint="如 华创社区" onChange={(name) => setUnit({ ...unit, name })} />
      <Text label="简称" value={unit.short_name ?? ""} hint="如 华创" onChange={(short_name) => setUnit({ ...unit, short_name })} />
      <Text
        label="代号"
        value={unit.code}
        hint="小写字母、数字，如 community_12"
        onChange={(code) => setUnit({ ...unit, code })}
      />
      <label>
        类别
        <select className="input" value={unit.kind} onChange={(event) => setUnit({ ...unit, kind: event.target.value })}>
          {KINDS.map(([kind, title]) => (
            <option key={kind} value={kind}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        分管科室
        <select
          className="input"
          value={unit.lead_section}
          onChange={(event) => setUnit({ ...unit, lead_section: event.target.value })}
        >
          <option value="">没有</option>
          {office.units
            .filter((each) => each.kind === "section")
            .map((each) => (
              <option key={each.id} value={each.code}>
                {each.name}
              </option>
            ))}
        </select>
      </label>
    </AddDialog>
  );
}

export function AddPerson({ office, onClose, onAdded }: AddProps) {
  const [person, setPerson] = useState<NewPerson>({ code: "", name: "", unit: "", posts: [], email: "" });
  return (
    <AddDialog title="增加人员" path={officePath(office.code, "/persons")} body={person} onClose={onClose} onAdded={onAdded}>
      <Text label="姓名" value={person.name} onChange={(name) => setPerson({ ...person, name })} />
      <Text label="代号" value={person.code} hint="登录时可用，如 p066" onChange={(code) => setPerson({ ...person, code })} />
      <label>
        单位
        <select className="input" value={person.unit} onChange={(event) => setPerson({ ...person, unit: event.target.value })}>
          <option value="">请选择</option>
          {office.units.map((unit) => (
            <option key={unit.id} value={unit.code}>
              {unit.name}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="row-card">
        <legend>岗位</legend>
        {office.roles.map((role) => (
          <label key={role.id} className="check">
            <input
              type="checkbox"
              checked={person.posts.includes(role.id)}
              onChange={(event) =>
                setPerson({
                  ...person,
                  posts: event.target.checked ? [...person.posts, role.id] : person.posts.filter((id) => id !== role.id),
                })
              }
            />{" "}
            {role.title}
          </label>
        ))}
      </fieldset>
      <Text label="邮箱" value={person.email ?? ""} hint="收提醒用，可以不填" onChange={(email) => setPerson({ ...person, email })} />
    </AddDialog>
  );
}
