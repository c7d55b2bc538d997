// A second person approves a waiver, or says why not.
import { useState } from "react";
import { newKey, request } from "../api/client";
import { officePath } from "../api/queries";
import type { HumanVerdict } from "../api/types";
import { RefusalBox } from "../shell/refusal-box";

interface ApproveWaiverProps {
  office: string;
  verdict: HumanVerdict;
  onDone: (said: string) => void;
}

export function ApproveWaiver({ office, verdict, onDone }: ApproveWaiverProps) {
  const [key] = useState(newKey);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const decide = async (approve: boolean) => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await request("POST", officePath(office, `/review-verdicts/${verdict.id}/approval`), {
        body: { approve, note: note.trim() },
        key: approve ? key : undefined, // a refusal with another note is another request
      });
      onDone(approve ? "已经批准豁免。" : "已经登记：不批准豁免。");
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <div className="verdict-form">
      <p className="small">
        {verdict.given_by}申请豁免到{verdict.expires_on}：{verdict.reason}
      </p>
      <label>
        意见（不批准要写）
        <textarea className="input" rows={2} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <RefusalBox error={error} />
      <div className="bar">
        <button type="button" className="button primary" aria-disabled={busy} onClick={() => void decide(true)}>
          批准
        </button>
        <button type="button" className="button" aria-disabled={busy} onClick={() => void decide(false)}>
          不批准
        </button>
      </div>
    </div>
  );
}
