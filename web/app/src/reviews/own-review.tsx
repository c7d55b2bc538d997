// What the review finds in one's own report before it is signed.
import { useQueryClient } from "@tanstack/react-query";
import type { OwnReview } from "../api/types";
import { toast } from "../shell/toasts";
import { FindingCard } from "./finding-card";
import { isBlocking } from "./words";

interface OwnFindingsProps {
  office: string;
  report: string;
  year: string;
  review: OwnReview;
}

export function OwnFindings({ office, report, year, review }: OwnFindingsProps) {
  const client = useQueryClient();
  const blocking = review.findings.filter(isBlocking).length;
  const judging = {
    office,
    path: `/own-reviews/${report}/${year}/verdicts`,
    mayJudge: review.may_judge,
    mayApprove: review.may_approve,
    onChanged: (said: string) => {
      toast("done", said);
      void client.invalidateQueries({ queryKey: ["own-review", office] });
    },
  };
  return (
    <section className="card" aria-label="签发前审查">
      <h2>签发前审查</h2>
      <p className={blocking > 0 ? "bad-text" : "good-text"} role="status">
        {blocking > 0 ? `有${blocking}处错误还没有处理，处理以前不能签发。` : "没有挡住签发的错误。"}
      </p>
      {review.findings.length === 0 && <p className="quiet small">没有发现问题。</p>}
      <ul className="plain-list">
        {review.findings.map((finding) => (
          <FindingCard key={finding.fingerprint} finding={finding} opened={false} judging={judging} />
        ))}
      </ul>
    </section>
  );
}
