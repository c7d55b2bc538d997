// One finding: what is wrong, on what ground, how to mend it, what somebody said of it.
import { useState } from "react";
import type { Finding } from "../api/types";
import { ApproveWaiver } from "./approve-waiver";
import { VerdictForm } from "./verdict-form";
import { isSettled, LEVEL_MARKS, LEVELS } from "./words";

export interface Judging {
  office: string;
  path: string; // below the office: where verdicts on this review are sent
  mayJudge: boolean;
  mayApprove: boolean;
  onChanged: (said: string) => void;
}

interface FindingCardProps {
  finding: Finding;
  opened: boolean;
  judging: Judging;
  onOpen?: () => void; // shows its place in the text
}

export const cardId = (fingerprint: string) => `finding-${fingerprint}`;

export function FindingCard({ finding, opened, judging, onOpen }: FindingCardProps) {
  const [form, setForm] = useState<"" | "verdict" | "approval">("");
  const human = finding.human;
  const changed = (said: string) => {
    setForm("");
    judging.onChanged(said);
  };
  return (
    <li id={cardId(finding.fingerprint)} tabIndex={-1} className={opened ? "finding opened" : "finding"}>
      <p>
        <span className={`mark first ${isSettled(finding) ? "plain" : LEVEL_MARKS[finding.level]}`}>{LEVELS[finding.level]}</span>{" "}
        {finding.verdict === "UNCERTAIN" && <span className="mark plain first">待核</span>}{" "}
        {onOpen && finding.paragraph !== undefined ? (
          <button type="button" className="button link finding-say" onClick={onOpen}>
            {finding.say}
          </button>
        ) : (
          <span className="finding-say">{finding.say}</span>
        )}
      </p>
      {finding.fix && <p className="small">怎么改：{finding.fix}</p>}
      {finding.other && (
        <blockquote className="small">
          {finding.other.report}：“{finding.other.text}”
        </blockquote>
      )}
      {finding.why && <p className="quiet small">依据：{finding.why}</p>}
      {human && (
        <p className={isSettled(finding) ? "small good-text" : "small warn-text"}>
          人工复核：{human.text}
        </p>
      )}
      <div className="bar">
        {judging.mayJudge && (
          <button type="button" className="button" aria-expanded={form === "verdict"} onClick={() => setForm(form === "verdict" ? "" : "verdict")}>
            {human ? "重新复核" : "复核"}
          </button>
        )}
        {judging.mayApprove && human?.state === "asked" && (
          <button type="button" className="button" aria-expanded={form === "approval"} onClick={() => setForm(form === "approval" ? "" : "approval")}>
            批准豁免
          </button>
        )}
      </div>
      {form === "verdict" && <VerdictForm finding={finding} judging={judging} onDone={changed} onCancel={() => setForm("")} />}
      {form === "approval" && human && <ApproveWaiver office={judging.office} verdict={human} onDone={changed} />}
    </li>
  );
}
