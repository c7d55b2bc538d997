// Who signed in, looked at what is private, exported, or touched accounts; kept for at least six months.
import { useState } from "react";
import { Link } from "react-router-dom";
import { useAccessLog } from "../api/queries";
import { chineseTime } from "../lib/dates";
import { QueryFault } from "../shell/page-fault";

export function AccessLogPart({ office }: { office: string }) {
  const [days, setDays] = useState({ from: "", to: "" });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useAccessLog(office, days);
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card">
      <div className="filters">
        <label>
          从
          <input className="input" type="date" value={days.from} onChange={(event) => setDays({ ...days, from: event.target.value })} />
        </label>
        <label>
          到
          <input className="input" type="date" value={days.to} onChange={(event) => setDays({ ...days, to: event.target.value })} />
        </label>
      </div>
      {error && <QueryFault error={error} retry={() => void refetch()} />}
      <div className="scroll-x above" tabIndex={0} role="region" aria-label="访问日志" aria-busy={isFetching}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">时间</th>
              <th scope="col">谁</th>
              <th scope="col">做了什么</th>
              <th scope="col">条目</th>
              <th scope="col">理由</th>
              <th scope="col">地址</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, n) => (
              <tr key={n}>
                <td className="nowrap">{chineseTime(row.at)}</td>
                <td className="nowrap">{row.who}</td>
                <td>{row.what_title}</td>
                <td>
                  {row.ledger && row.entry ? (
                    <Link to={`/offices/${office}/ledgers/${row.ledger}/entries/${row.entry}`}>打开</Link>
                  ) : (
                    ""
                  )}
                </td>
                <td>{row.reason}</td>
                <td>{row.address}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {data && rows.length === 0 && <p className="quiet">这段时间没有记录。</p>}
      {hasNextPage && (
        <button type="button" className="button above" onClick={() => void fetchNextPage()}>
          再看一些
        </button>
      )}
    </section>
  );
}
