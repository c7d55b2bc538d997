// Two people stand behind a report: one has done the confidentiality review, another signs. Each says so here.
import { useState } from "react";
import { newKey, request } from "../api/client";
import { officePath } from "../api/queries";
import type { OwnReview, Signed } from "../api/types";
import { isBlocking } from "../reviews/words";
import { Dialog } from "../shell/dialog";
import { RefusalBox } from "../shell/refusal-box";
import { useSession } from "../shell/session";

export type ReportStep = "clearing" | "signing";

interface SignReportProps {
  office: string;
  path: string; // of the report, below the office
  title: string;
  step: ReportStep;
  review?: OwnReview;
  onClose: () => void;
  onDone: (said: string) => void;
}

const WORDS = {
  clearing: {
    title: "保密审查",
    about: "确认您已经逐段看过，报告里没有涉密和不宜公开的内容。签发要由另一个人办。",
    confirm: "审查通过",
    busy: "正在登记…",
  },
  signing: {
    title: "签发",
    about: "签发以后，报告里的数字和文字就定下来，台账再有变化也不会改动它。签发前要先有别人做过保密审查。",
    confirm: "签发",
    busy: "正在签发…",
  },
} as const;

export function SignReport({ office, path, title, step, review, onClose, onDone }: SignReportProps) {
  const { session } = useSession();
  const [key] = useState(newKey);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const words = WORDS[step];
  const confirm = async () => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      const signed = await request<Partial<Signed>>("POST", officePath(office, `${path}/${step}`), { key });
      onDone(step === "clearing" ? "已登记保密审查通过，可以签发了。" : `报告已经签发${signed.number ? `：${signed.number}` : ""}。`);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog title={`${words.title}：${title}`} onClose={onClose}>
      <p>{words.about}</p>
      {step === "signing" && review && <ReviewLine review={review} />}
      <p>办理人是您本人（{session.person.name}）。</p>
      <RefusalBox error={error} retry={() => void confirm()} />
      <div className="bar">
        <button type="button" className="button primary" aria-disabled={busy} onClick={() => void confirm()}>
          {busy ? words.busy : words.confirm}
        </button>
        <button type="button" className="button" onClick={onClose}>
          先不办
        </button>
      </div>
    </Dialog>
  );
}

// What the review found, before somebody signs.
function ReviewLine({ review }: { review: OwnReview }) {
  const blocking = review.findings.filter(isBlocking);
  if (review.findings.length === 0) return <p className="good-text">审查没有发现问题。</p>;
  if (blocking.length === 0) return <p>审查发现{review.findings.length}处，没有挡住签发的错误。</p>;
  return (
    <div className="notice-box bad">
      <p>审查有{blocking.length}处错误还没有处理，现在签发不了：</p>
      <ul>
        {blocking.map((each) => (
          <li key={each.fingerprint}>{each.say}</li>
        ))}
      </ul>
    </div>
  );
}
