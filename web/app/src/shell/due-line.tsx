// One deadline or task in a list: how long is left, in a colour and in words, what, whose.
import { Link } from "react-router-dom";
import type { DueItem } from "../api/types";
import { chineseDay } from "../lib/dates";

export function DueLine({ office, item }: { office: string; item: DueItem }) {
  const whose = [item.unit?.short_name || item.unit?.name, item.handler?.name].filter(Boolean).join(" · ");
  const left =
    item.state_text ||
    (item.days_left < 0
      ? `逾期${-item.days_left}个工作日`
      : item.days_left === 0
        ? "今天到期"
        : `还剩${item.days_left}个工作日`);
  return (
    <li>
      <div className="due">
        <span className={`due-left ${item.colour}`}>{left}</span>
        <span>
          <Link to={`/offices/${office}/ledgers/${item.ledger}/entries/${item.entry}`}>{item.title}</Link>
          <br />
          <span className="quiet small">
            {[item.kind === "task" ? "任务" : item.clock_title, item.ledger_title, whose].filter(Boolean).join(" · ")}
            {item.party && "（当事人的期限）"}
          </span>
        </span>
        <span className="nowrap small">
          {chineseDay(item.due_on)}
          {item.waiting_calendar && <span className="mark">待放假通知</span>}
        </span>
      </div>
    </li>
  );
}
