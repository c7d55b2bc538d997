// One report under review: its text with what was found marked in place, and the findings beside it.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router-dom";
import { newKey, request } from "../api/client";
import { officePath, useReview } from "../api/queries";
import { sentence } from "../api/refusal";
import type { Finding, Review } from "../api/types";
import { download } from "../lib/download";
import { cardId, FindingCard } from "../reviews/finding-card";
import { HandIn } from "../reviews/hand-in";
import { ReviewDiff } from "../reviews/review-diff";
import { markId, ReviewText } from "../reviews/review-text";
import { isSettled, LEVELS } from "../reviews/words";
import { QueryFault } from "../shell/page-fault";
import { toast } from "../shell/toasts";

const FILES: [file: string, title: string][] = [
  ["review.docx", "下载批注稿"],
  ["review.html", "下载审查页"],
];

export function Page() {
  const { office = "", id = "" } = useParams();
  // Another report begins anew, with nothing opened.
  return <Reader key={id} office={office} id={id} />;
}

function Reader({ office, id }: { office: string; id: string }) {
  const client = useQueryClient();
  const go = useNavigate();
  const { data, error, refetch, isFetching } = useReview(office, id);
  const [opened, setOpened] = useState("");
  const [level, setLevel] = useState<Finding["level"] | "">("");
  const [resubmitting, setResubmitting] = useState(false);
  if (error) return <QueryFault whole error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在读文件、逐项审查…</p>;
  const report = data.report;
  const path = `/reviews/${id}`;
  const changed = (said: string) => {
    toast("done", said);
    void client.invalidateQueries({ queryKey: ["review", office, id] });
  };
  const submit = () =>
    request("POST", officePath(office, `${path}/submission`), { key: newKey() })
      .then(() => changed("已经登记报送，上级看得到这一稿了。"))
      .catch((failure: unknown) => toast("failed", sentence(failure)));
  const save = (file: string) =>
    download(officePath(office, `${path}/files/${file}`), file).catch((failure: unknown) => toast("failed", sentence(failure)));
  const open = (fingerprint: string, goTo: string) => {
    setOpened(fingerprint);
    const element = document.getElementById(goTo);
    element?.scrollIntoView({ block: "center" });
    element?.focus({ preventScroll: true });
  };
  const shown = data.findings.filter((each) => !level || each.level === level);
  const judging = { office, path: `${path}/verdicts`, mayJudge: data.may_judge, mayApprove: data.may_approve, onChanged: changed };
  return (
    <>
      <p className="small">
        <Link to={`/offices/${office}/reviews`}>审查</Link>
      </p>
      <div className="bar spread">
        <h1>
          {report.unit_name}
          {report.year}年{report.kind}
          <span className={report.state === "submitted" ? "mark good" : "mark plain"}>{report.state_title}</span>
        </h1>
        <div className="bar">
          <button type="button" className="button" aria-disabled={isFetching} onClick={() => void refetch()}>
            {isFetching ? "正在审查…" : "重新审查"}
          </button>
          {FILES.map(([file, title]) => (
            <button key={file} type="button" className="button" onClick={() => void save(file)}>
              {title}
            </button>
          ))}
          {!report.replaced_by && data.may_judge && (
            <button type="button" className="button" aria-expanded={resubmitting} onClick={() => setResubmitting(!resubmitting)}>
              送审新的一稿
            </button>
          )}
          {data.may_submit && (
            <button type="button" className="button primary" onClick={() => void submit()}>
              报送
            </button>
          )}
        </div>
      </div>
      {resubmitting && <HandIn office={office} replaces={report} onDone={(made) => go(`/offices/${office}/reviews/${made}`)} />}
      <Summary review={data} />
      {Boolean(report.replaces) && <ReviewDiff office={office} id={id} />}
      <div className="review-reader">
        <ReviewText
          paragraphs={data.paragraphs}
          findings={shown}
          opened={opened}
          onOpen={(fingerprint) => open(fingerprint, cardId(fingerprint))}
        />
        <aside aria-label="审查发现" tabIndex={0}>
          <h2>发现{data.findings.length}处</h2>
          <LevelFilter findings={data.findings} level={level} onChange={setLevel} />
          {data.findings.length === 0 && <p className="quiet">没有发现问题。</p>}
          <ul className="plain-list card">
            {shown.map((finding) => (
              <FindingCard
                key={finding.fingerprint}
                finding={finding}
                opened={opened === finding.fingerprint}
                judging={judging}
                onOpen={() => open(finding.fingerprint, markId(finding.fingerprint))}
              />
            ))}
          </ul>
        </aside>
      </div>
    </>
  );
}

function Summary({ review }: { review: Review }) {
  const { document: facts, notices, compared_with: compared, not_compared: notCompared } = review;
  const settled = review.findings.filter(isSettled).length;
  return (
    <section className="card">
      <p className="entry-head">
        <span>
          单位 <b>{facts.unit || "没有写明"}</b>
        </span>
        <span>
          年度 <b>{facts.year || "没有写明"}</b>
        </span>
        <span>
          文号 <b>{facts.number || "无"}</b>
        </span>
        <span>
          日期 <b>{facts.date || "无"}</b>
        </span>
        <span>
          数字 <b>{review.figures.length}个</b>
        </span>
        <span>
          已处理 <b>{settled}处</b>
        </span>
      </p>
      {compared.length > 0 && <p className="small">对照了：{compared.join("、")}</p>}
      {compared.length === 0 && <p className="quiet small">没有可对照的报告：上一年的、同年其他单位的报告送审以后，会拿来对照。</p>}
      {notCompared.map((each) => (
        <p key={each} className="small warn-text">
          没有对照{each}
        </p>
      ))}
      {notices.map((each, n) => (
        <p key={n} className="small warn-text">
          原件提示：{each}
        </p>
      ))}
    </section>
  );
}

interface LevelFilterProps {
  findings: Finding[];
  level: Finding["level"] | "";
  onChange: (level: Finding["level"] | "") => void;
}

function LevelFilter({ findings, level, onChange }: LevelFilterProps) {
  const levels = (Object.keys(LEVELS) as Finding["level"][]).filter((each) => findings.some((one) => one.level === each));
  if (levels.length < 2) return null;
  return (
    <div className="bar">
      {levels.map((each) => (
        <button key={each} type="button" className="button" aria-pressed={level === each} onClick={() => onChange(level === each ? "" : each)}>
          {LEVELS[each]} {findings.filter((one) => one.level === each).length}
        </button>
      ))}
    </div>
  );
}
