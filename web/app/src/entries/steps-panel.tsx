// Which steps can be taken now, and what each still misses (还差什么).
import { Link } from "react-router-dom";
import type { Entry, Ledger, ProblemPart, Step } from "../api/types";

interface StepsPanelProps {
  office: string;
  ledger: Ledger;
  entry: Entry;
}

const isOfEvidence = (ledger: Ledger, part: ProblemPart) =>
  ledger.evidence.some((kind) => kind.id === part.where || part.where === `evidence.${kind.id}`);

export function StepsPanel({ office, ledger, entry }: StepsPanelProps) {
  const base = `/offices/${office}/ledgers/${ledger.id}/entries/${entry.id}`;
  const target = (step: Step) => ledger.states.find((state) => state.id === step.to)?.title ?? "";
  const isTaskLike = entry.steps.length > 0;
  const ended = ledger.states.find((state) => state.id === entry.state)?.final;
  return (
    <section className="card" id="steps">
      <h2>下一步</h2>
      {!isTaskLike && <p className="quiet">{ended ? "已经办结。" : "现在没有您可以办的步骤。"}</p>}
      <ul className="plain-list">
        {entry.steps.map((step) => (
          <li key={step.id}>
            <div className="bar spread tight">
              <b>
                {step.title}
                {step.to !== entry.state && target(step) !== step.title && <span className="quiet small"> → {target(step)}</span>}
              </b>
              <Link
                className={step.missing.length === 0 ? "button primary" : "button"}
                to={`${base}/steps/${step.id}`}
              >
                办理
              </Link>
            </div>
            {step.missing.length > 0 && (
              <div className="small">
                <span className="warn-text">还差：</span>
                <ul className="missing">
                  {step.missing.map((part, n) => (
                    <li key={n}>
                      {part.detail}
                      {isOfEvidence(ledger, part) && (
                        <>
                          {" "}
                          <a href="#evidence">去上传</a>
                        </>
                      )}
                      {part.basis && part.basis.length > 0 && (
                        <span className="quiet">（{part.basis.map((each) => each.text).join("；")}）</span>
                      )}
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
