// The deadlines that run on an entry, each with the days it was counted by.
import type { ClockRun, DayCount } from "../api/types";
import { chineseDay, chineseTime } from "../lib/dates";

export function DayList({ days }: { days: DayCount[] }) {
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="逐日清单">
      <table className="plain day-table">
        <thead>
          <tr>
            <th scope="col">日期</th>
            <th scope="col">星期</th>
            <th scope="col">第几天</th>
            <th scope="col">为什么</th>
          </tr>
        </thead>
        <tbody>
          {numbered(days).map(({ day, n }) => (
            <tr key={day.date} className={day.counted ? undefined : "free"}>
              <td className="nowrap">{day.date}</td>
              <td className="nowrap">{day.weekday}</td>
              <td className="number">{n ?? "不算"}</td>
              <td>{day.why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function numbered(days: DayCount[]): { day: DayCount; n: number | null }[] {
  let count = 0;
  return days.map((day) => ({ day, n: day.counted ? ++count : null }));
}

function colourOf(run: ClockRun): string {
  if (run.status !== "running" && run.status !== "waiting_calendar") return "grey";
  if (run.overdue) return "red";
  if (run.workdays_left !== null && run.workdays_left !== undefined && run.workdays_left <= 3) return "amber";
  return "green";
}

export function ClocksPanel({ clocks }: { clocks: ClockRun[] }) {
  return (
    <section className="card" id="clocks">
      <h2>期限</h2>
      <ul className="plain-list">
        {clocks.map((run) => (
          <li key={`${run.clock}-${run.run}`}>
            <div className="bar spread tight">
              <b>
                {run.title}
                {run.party && <span className="mark plain">当事人的期限</span>}
                {run.soft && <span className="mark plain">一般期限</span>}
              </b>
              <span className={`due-left ${colourOf(run)}`}>{run.state_text}</span>
            </div>
            <p className="small">
              从{chineseDay(run.started_on)}起
              {run.due_on && `，到${run.due_at ? chineseTime(run.due_at) : chineseDay(run.due_on)}止`}
              {run.safe_day && run.safe_day !== run.due_on && `；最后一天是休息日，稳妥日是${chineseDay(run.safe_day)}`}
              {run.stopped_on && `；${chineseDay(run.stopped_on)}办结`}
            </p>
            {run.days.length > 0 && (
              <details className="why">
                <summary>为什么是这一天</summary>
                <p className="small">{run.how}</p>
                {run.basis && run.basis.length > 0 && (
                  <p className="small quiet">依据：{run.basis.map((each) => each.text).join("；")}</p>
                )}
                <DayList days={run.days} />
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
