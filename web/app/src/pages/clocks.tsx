// Every deadline that runs and every open task, as a list by day or in a month.
import { Link, useParams, useSearchParams } from "react-router-dom";
import { useClocks, useOffice } from "../api/queries";
import type { DueItem } from "../api/types";
import { addDays, chineseDay, firstOfMonth, lastOfMonth, todayHere, weeksOfMonth } from "../lib/dates";
import { DueLine } from "../shell/due-line";
import { QueryFault } from "../shell/page-fault";

const SHOWN_A_DAY = 4;
const WEEKDAYS = ["一", "二", "三", "四", "五", "六", "日"];

// First what is late, then by day.
export function groupsOf(items: DueItem[]): [title: string, items: DueItem[]][] {
  const groups = new Map<string, DueItem[]>();
  for (const item of items) {
    const title = item.days_left < 0 ? "已逾期" : item.due_on ? chineseDay(item.due_on) : "没有到期日";
    groups.set(title, [...(groups.get(title) ?? []), item]);
  }
  return [...groups];
}

export function Page() {
  const { office = "" } = useParams();
  const [words, setWords] = useSearchParams();
  const officeQuery = useOffice(office);
  const today = officeQuery.data?.today ?? todayHere();
  const view = words.get("view") === "month" ? "month" : "list";
  const month = firstOfMonth(words.get("month") ?? today);
  const mine = words.get("mine") === "1";
  const weeks = weeksOfMonth(month);
  const { data, error, refetch } = useClocks(office, {
    unit: words.get("unit"),
    mine,
    ...(view === "month" ? { from: weeks[0]?.[0], to: weeks.at(-1)?.at(-1) } : {}),
  });
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(words);
    if (value) next.set(name, value);
    else next.delete(name);
    setWords(next);
  };
  return (
    <>
      <div className="bar spread">
        <h1>期限</h1>
        <Link className="button" to={`/offices/${office}/deadline`}>
          推算一个期限
        </Link>
      </div>
      <div className="tabs">
        <button type="button" aria-pressed={view === "list"} onClick={() => set("view", "")}>
          清单
        </button>
        <button type="button" aria-pressed={view === "month"} onClick={() => set("view", "month")}>
          月历
        </button>
      </div>
      <div className="bar">
        <button type="button" className="button" aria-pressed={mine} onClick={() => set("mine", mine ? "" : "1")}>
          只看我经办的
        </button>
        {view === "month" && (
          <>
            <button type="button" className="button" onClick={() => set("month", addDays(month, -1).slice(0, 7) + "-01")}>
              上个月
            </button>
            <b>
              {Number(month.slice(0, 4))}年{Number(month.slice(5, 7))}月
            </b>
            <button type="button" className="button" onClick={() => set("month", addDays(lastOfMonth(month), 1))}>
              下个月
            </button>
          </>
        )}
      </div>
      {error && <QueryFault error={error} retry={() => void refetch()} />}
      {data?.alarm && <p className="notice-box">{data.alarm}</p>}
      {!data && !error && <p className="waiting">正在读取…</p>}
      {data && view === "list" && (
        <>
          {data.items.length === 0 && <p className="quiet">没有在走的期限。</p>}
          {groupsOf(data.items).map(([title, items]) => (
            <section key={title} className="card">
              <h2 className={title === "已逾期" ? "bad-text" : ""}>
                {title} <span className="quiet small">{items.length}件</span>
              </h2>
              <ul className="plain-list">
                {items.map((item) => (
                  <DueLine key={`${item.ledger}-${item.entry}-${item.clock ?? item.kind}`} office={office} item={item} />
                ))}
              </ul>
            </section>
          ))}
          {data.total > data.items.length && (
            <p className="quiet">
              这里是最近的{data.items.length}件，共{data.total}件；按单位或只看自己的，可以看到其余的。
            </p>
          )}
        </>
      )}
      {data && view === "month" && <Month office={office} weeks={weeks} month={month} today={today} items={data.items} />}
    </>
  );
}

interface MonthProps {
  office: string;
  weeks: string[][];
  month: string;
  today: string;
  items: DueItem[];
}

function Month({ office, weeks, month, today, items }: MonthProps) {
  const link = (item: DueItem) => (
    <Link
      key={`${item.ledger}-${item.entry}-${item.clock ?? item.kind}`}
      className={`due-left ${item.colour}`}
      title={`${item.clock_title ?? "任务"}：${item.title}（${item.state_text ?? ""}）`}
      to={`/offices/${office}/ledgers/${item.ledger}/entries/${item.entry}`}
    >
      {item.title}
    </Link>
  );
  const ofDay = (day: string) => items.filter((item) => item.due_on === day);
  return (
    <>
      <div className="wide-only">
        <table className="plain month">
          <thead>
            <tr>
              {WEEKDAYS.map((day) => (
                <th key={day} scope="col">
                  星期{day}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week[0]}>
                {week.map((day) => {
                  const due = ofDay(day);
                  return (
                    <td key={day} className={day === today ? "today" : day.startsWith(month.slice(0, 7)) ? "" : "other"}>
                      <span className="day-number">
                        {Number(day.slice(8))}
                        {day === today && " 今天"}
                      </span>
                      {due.slice(0, SHOWN_A_DAY).map(link)}
                      {due.length > SHOWN_A_DAY && (
                        <details>
                          <summary className="small">还有{due.length - SHOWN_A_DAY}件</summary>
                          {due.slice(SHOWN_A_DAY).map(link)}
                        </details>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="cards-only">
        {weeks.flat().map((day) => {
          const due = ofDay(day);
          if (due.length === 0 || !day.startsWith(month.slice(0, 7))) return null;
          return (
            <section key={day} className="card">
              <h2>{chineseDay(day)}</h2>
              <ul className="plain-list">
                {due.map((item) => (
                  <DueLine key={`${item.ledger}-${item.entry}-${item.clock ?? item.kind}`} office={office} item={item} />
                ))}
              </ul>
            </section>
          );
        })}
        {items.length === 0 && <p className="quiet">这个月没有到期的事。</p>}
      </div>
    </>
  );
}
