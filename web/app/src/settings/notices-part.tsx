// Who was told of what, and whether it arrived.
import { Link } from "react-router-dom";
import { useNotices } from "../api/queries";
import { chineseDay } from "../lib/dates";
import { QueryFault } from "../shell/page-fault";

const CHANNELS: Record<string, string> = { mail: "邮件", webhook: "别的系统" };

export function NoticesPart({ office }: { office: string }) {
  const { data, error, refetch } = useNotices(office);
  if (error) return <QueryFault error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在读取…</p>;
  if (data.length === 0) return <p className="quiet">还没有提醒。</p>;
  return (
    <section className="card">
      <ul className="plain-list">
        {data.map((notice) => (
          <li key={`${notice.ledger}-${notice.entry}-${notice.kind ?? ""}-${notice.clock_title ?? ""}-${notice.day}-${notice.person}`}>
            <Link to={`/offices/${office}/ledgers/${notice.ledger}/entries/${notice.entry}`}>{notice.kind_title}</Link>
            <br />
            <span className="quiet small">
              {[`到期${chineseDay(notice.due_on)}`, notice.person ? `告知${notice.person}` : "没有人可以告知"]
                .filter(Boolean)
                .join(" · ")}
            </span>
            {notice.deliveries?.map((delivery) => (
              <span key={delivery.channel} className={delivery.state === "failed" ? "mark bad" : "mark plain"}>
                {CHANNELS[delivery.channel] ?? delivery.channel}：{delivery.said || delivery.state}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
