// A dialog that saves one thing of an office, and what its forms are made of.
import { type FormEvent, type ReactNode, useState } from "react";
import { newKey, request } from "../api/client";
import type { Office } from "../api/types";
import { Dialog } from "../shell/dialog";
import { RefusalBox } from "../shell/refusal-box";

interface OfficeDialogProps {
  title: string;
  method: "POST" | "PUT";
  path: string;
  body: unknown;
  save: string;
  leave: string;
  children: ReactNode;
  onClose: () => void;
  onSaved: () => void;
}

export function OfficeDialog({ title, method, path, body, save, leave, children, onClose, onSaved }: OfficeDialogProps) {
  const [key, setKey] = useState(newKey);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await request(method, path, { body, key });
      onSaved();
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
            {busy ? "正在保存…" : save}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {leave}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function Text(props: { label: string; value: string; hint?: string; onChange: (value: string) => void }) {
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

interface UnitChoiceProps {
  office: Office;
  label: string;
  value: string;
  none: string;
  kind?: string;
  onChange: (code: string) => void;
}

export function UnitChoice({ office, label, value, none, kind, onChange }: UnitChoiceProps) {
  return (
    <label>
      {label}
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{none}</option>
        {office.units
          .filter((unit) => kind === undefined || unit.kind === kind)
          .map((unit) => (
            <option key={unit.id} value={unit.code}>
              {unit.name}
            </option>
          ))}
      </select>
    </label>
  );
}
