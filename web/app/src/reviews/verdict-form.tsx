// What a person says of a finding: right, wrong, or let stand for a time.
import { useId, useState } from "react";
import { newKey, request } from "../api/client";
import { officePath } from "../api/queries";
import { isWorthRetrying } from "../api/refusal";
import type { Finding, HumanVerdict } from "../api/types";
import { RefusalBox } from "../shell/refusal-box";
import type { Judging } from "./finding-card";

interface VerdictFormProps {
  finding: Finding;
  judging: Judging;
  onDone: (said: string) => void;
  onCancel: () => void;
}

const CHOICES: [HumanVerdict["verdict"], string][] = [
  ["confirmed", "属实，要改"],
  ["wrong", "误报，不必改"],
  ["waived", "属实，暂时豁免（要另一人批准）"],
];

export function VerdictForm({ finding, judging, onDone, onCancel }: VerdictFormProps) {
  const id = useId();
  const [key, setKey] = useState(newKey);
  const [verdict, setVerdict] = useState<HumanVerdict["verdict"]>("confirmed");
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async () => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await request("POST", officePath(judging.office, judging.path), {
        body: { fingerprint: finding.fingerprint, verdict, reason: reason.trim(), expires_on: verdict === "waived" ? until : "" },
        key,
      });
      onDone(verdict === "waived" ? "已经申请豁免，等另一人批准。" : "已经记下复核结论，重新审查也会保留。");
    } catch (failure) {
      // What is sent next may be another verdict.
      if (!isWorthRetrying(failure)) setKey(newKey());
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <form
      className="verdict-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <fieldset>
        <legend>复核结论</legend>
        {CHOICES.map(([value, title]) => (
          <label key={value}>
            <input type="radio" name={id} value={value} checked={verdict === value} onChange={() => setVerdict(value)} /> {title}
          </label>
        ))}
      </fieldset>
      {verdict !== "confirmed" && (
        <label>
          理由
          <textarea className="input" rows={3} required value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
      )}
      {verdict === "waived" && (
        <label>
          豁免到
          <input className="input" type="date" required value={until} onChange={(event) => setUntil(event.target.value)} />
        </label>
      )}
      <RefusalBox error={error} retry={() => void send()} />
      <div className="bar">
        <button type="submit" className="button primary" aria-disabled={busy}>
          {busy ? "正在保存…" : "保存结论"}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          取消
        </button>
      </div>
    </form>
  );
}
