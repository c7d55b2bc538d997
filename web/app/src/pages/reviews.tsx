// Reports handed in for review, newest first; a new one; and every unit's findings by rule.
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearchParams } from "react-router-dom";
import { useReviews } from "../api/queries";
import { chineseDay } from "../lib/dates";
import { HandIn } from "../reviews/hand-in";
import { ReviewTable } from "../reviews/review-table";
import { ORIGINS } from "../reviews/words";
import { QueryFault } from "../shell/page-fault";

const YEARS_SHOWN = 5;

export function Page() {
  const { office = "" } = useParams();
  const client = useQueryClient();
  const go = useNavigate();
  const [words, setWords] = useSearchParams();
  const view = words.get("view") ?? "list";
  const lastYear = new Date().getFullYear() - 1;
  const year = Number(words.get("year")) || lastYear;
  const { data, error, refetch, hasNextPage, fetchNextPage } = useReviews(office);
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(words);
    if (value) next.set(name, value);
    else next.delete(name);
    setWords(next);
  };
  const done = (id: number) => {
    void client.invalidateQueries({ queryKey: ["reviews", office] });
    void client.invalidateQueries({ queryKey: ["review-table"] });
    go(`/offices/${office}/reviews/${id}`);
  };
  if (error) return <QueryFault whole error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在读取…</p>;
  const items = data.pages.flatMap((page) => page.items);
  return (
    <>
      <h1>审查</h1>
      <div className="tabs">
        <button type="button" aria-pressed={view === "list"} onClick={() => set("view", "")}>
          受审报告
        </button>
        <button type="button" aria-pressed={view === "table"} onClick={() => set("view", "table")}>
          按单位和检查项
        </button>
      </div>
      {view === "table" && (
        <>
          <label className="bar">
            报告年度
            <select className="input narrow" value={year} onChange={(event) => set("year", event.target.value)}>
              {Array.from({ length: YEARS_SHOWN }, (_, n) => lastYear + 1 - n).map((each) => (
                <option key={each} value={each}>
                  {each}年
                </option>
              ))}
            </select>
          </label>
          <ReviewTable year={year} />
        </>
      )}
      {view === "list" && (
        <>
          {data.pages[0]?.may_hand_in && <HandIn office={office} onDone={done} />}
          {items.length === 0 && <p className="quiet">还没有受审的报告。</p>}
          {items.length > 0 && (
            <ul className="plain-list card">
              {items.map((each) => (
                <li key={each.id}>
                  <Link to={`/offices/${office}/reviews/${each.id}`}>
                    {each.unit_name}
                    {each.year}年{each.kind}
                  </Link>
                  <span className="mark plain">{ORIGINS[each.origin]}</span>
                  <span className={each.state === "submitted" ? "mark good" : "mark plain"}>{each.state_title}</span>
                  {Boolean(each.replaced_by) && <span className="mark plain">已有新的一稿</span>}
                  <span className="quiet small"> {chineseDay(each.received_on)}收到，{each.file}</span>
                </li>
              ))}
            </ul>
          )}
          {hasNextPage && (
            <button type="button" className="button" onClick={() => void fetchNextPage()}>
              更早的
            </button>
          )}
        </>
      )}
    </>
  );
}
