// Something that is only done with a reason: voiding, looking at what is private.
import { type FormEvent, useState } from "react";
import { sentence } from "../api/refusal";
import { Dialog } from "./dialog";

interface ReasonDialogProps {
  title: string;
  about: string;
  label: string;
  confirm: string;
  onClose: () => void;
  onConfirm: (reason: string) => Promise<void>;
}

export function ReasonDialog({ title, about, label, confirm, onClose, onConfirm }: ReasonDialogProps) {
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!reason.trim()) return setFault(`请填${label}。`);
    setBusy(true);
    try {
      await onConfirm(reason.trim());
      onClose();
    } catch (error) {
      setFault(sentence(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="sign-in" onSubmit={(event) => void handleSubmit(event)}>
        <p>{about}</p>
        <label>
          {label}
          <textarea className="input" rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
        {fault && (
          <p className="wrong" role="alert">
            {fault}
          </p>
        )}
        <div className="bar">
          <button type="submit" className="button primary" aria-disabled={busy}>
            {busy ? "正在办…" : confirm}
          </button>
          <button type="button" className="button" onClick={onClose}>
            不办了
          </button>
        </div>
      </form>
    </Dialog>
  );
}
