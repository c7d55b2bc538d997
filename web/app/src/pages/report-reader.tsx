// One year's report: outline left, the document, and right the rows behind the figure that was clicked.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router-dom";
import { officePath, useOwnReview, useReport } from "../api/queries";
import { sentence } from "../api/refusal";
import type { Report } from "../api/types";
import { BehindList } from "../entries/behind-list";
import { ReportPaper } from "../entries/report-paper";
import { type ReportStep, SignReport } from "../entries/sign-report";
import { chineseDay } from "../lib/dates";
import { download } from "../lib/download";
import { OwnFindings } from "../reviews/own-review";
import { Dialog } from "../shell/dialog";
import { QueryFault } from "../shell/page-fault";
import { toast } from "../shell/toasts";

const isNarrow = () => window.matchMedia("(max-width: 1100px)").matches;

export function Page() {
  const { office = "", report: name = "", year = "" } = useParams();
  const client = useQueryClient();
  const { data, error, refetch } = useReport(office, name, year);
  // Of a draft, for those who may know of it.
  const review = useOwnReview(office, name, year, data !== undefined && !data.signed);
  const [opened, setOpened] = useState("");
  const [step, setStep] = useState<ReportStep | null>(null);
  if (error) return <QueryFault whole error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在从台账里取数、写报告…</p>;
  const path = `/reports/${name}/${year}`;
  // Of a signed version the files are those that were signed.
  const files = data.signed ? `${path}/versions/${data.version}` : path;
  const save = (kind: string) =>
    download(officePath(office, `${files}/file.${kind}`), `${data.title}.${kind}`).catch((failure: unknown) =>
      toast("failed", sentence(failure)),
    );
  const stepDone = (said: string) => {
    setStep(null);
    toast("done", said);
    void client.invalidateQueries({ queryKey: ["report", office, name, year] });
    void client.invalidateQueries({ queryKey: ["reports", office] });
  };
  const goTo = (block: number) => {
    const element = document.getElementById(`block-${block}`);
    element?.scrollIntoView({ block: "start" });
    element?.focus({ preventScroll: true });
  };
  const panel = <FigurePanel office={office} path={path} report={data} figure={opened} />;
  return (
    <>
      <p className="small">
        <Link to={`/offices/${office}/reports`}>报告</Link>
      </p>
      <div className="bar spread">
        <h1>
          {data.title}
          {data.signed ? <span className="mark good">已签发</span> : <span className="mark plain">草稿</span>}
        </h1>
        <div className="bar">
          <button type="button" className="button" onClick={() => void save("docx")}>
            下载Word
          </button>
          <button type="button" className="button" onClick={() => void save("pdf")}>
            下载PDF
          </button>
          <button type="button" className="button" onClick={() => void save("html")}>
            下载可核验网页
          </button>
          {!data.signed && (
            <>
              <button type="button" className="button" onClick={() => setStep("clearing")}>
                保密审查
              </button>
              <button type="button" className="button primary" onClick={() => setStep("signing")}>
                签发
              </button>
            </>
          )}
        </div>
      </div>
      <div className="reader">
        <aside aria-label="目录" tabIndex={0}>
          <h2>目录</h2>
          <ul className="outline">
            {data.outline.map((item) => (
              <li key={item.at} className={item.level > 1 ? "deep" : ""}>
                <button type="button" className="button link" onClick={() => goTo(item.at)}>
                  {item.text}
                </button>
              </li>
            ))}
          </ul>
        </aside>
        <ReportPaper report={data} opened={opened} onOpen={setOpened} />
        <aside aria-label="数字的来源" tabIndex={0}>
          {!isNarrow() && (opened ? panel : <p className="quiet">点报告里带底色的数字，这里会列出它是从哪些条目来的。</p>)}
          {!data.signed && review.data && <OwnFindings office={office} report={name} year={year} review={review.data} />}
          <Notes title="可以写进不足的" lines={data.suggestions} />
          <Notes title="签发以后台账的变化" lines={data.changes} />
        </aside>
      </div>
      {opened && isNarrow() && (
        <Dialog title="数字的来源" onClose={() => setOpened("")} wide>
          {panel}
          <button type="button" className="button above" onClick={() => setOpened("")}>
            关闭
          </button>
        </Dialog>
      )}
      {step && (
        <SignReport
          office={office}
          path={path}
          title={data.title}
          step={step}
          review={review.data}
          onClose={() => setStep(null)}
          onDone={stepDone}
        />
      )}
    </>
  );
}

interface FigurePanelProps {
  office: string;
  path: string;
  report: Report;
  figure: string;
}

function FigurePanel({ office, path, report, figure }: FigurePanelProps) {
  const shown = report.figures.find((each) => each.key === figure);
  return (
    <section className="card" aria-live="polite">
      <h2>
        {shown?.title ?? "这个数字"}：{shown?.shown}
      </h2>
      {shown && (
        <p className="quiet small">
          {chineseDay(shown.from)}至{chineseDay(shown.to)}
          {shown.filter && `；${shown.filter}`}
        </p>
      )}
      <BehindList key={figure} office={office} path={`${path}/figures/${encodeURIComponent(figure)}`} />
    </section>
  );
}

function Notes({ title, lines }: { title: string; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <section className="card">
      <h2>{title}</h2>
      <ul>
        {lines.map((line, n) => (
          <li key={n}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
