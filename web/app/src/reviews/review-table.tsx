// Every unit's findings by rule: how many there are, and how many nobody has dealt with.
import { Link } from "react-router-dom";
import { useReviewTable } from "../api/queries";
import type { ReviewTable as Table } from "../api/types";
import { QueryFault } from "../shell/page-fault";
import { LEVELS } from "./words";

type Count = Table["rows"][number]["counts"][number];

// The rules that found something anywhere, errors first.
function columnsOf(rows: Table["rows"]): Count[] {
  const known = new Map<string, Count>();
  for (const row of rows) for (const count of row.counts) known.set(count.check, count);
  const rank = { error: 0, warning: 1, note: 2 };
  return [...known.values()].sort((a, b) => rank[a.level] - rank[b.level]);
}

export function ReviewTable({ year }: { year: number }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useReviewTable(year);
  if (error) return <QueryFault error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在逐份审查…</p>;
  const rows = data.pages.flatMap((page) => page.rows);
  const total = data.pages[0]?.total ?? 0;
  const columns = columnsOf(rows);
  if (total === 0) return <p className="quiet">这一年还没有受审的报告。</p>;
  return (
    <section className="card">
      <h2>{year}年各单位的发现，按检查项</h2>
      <p className="quiet small" role="status">
        每格是发现的处数，括号里是还没有处理的。已审{rows.length}份，共{total}份。
      </p>
      <div className="scroll-x" tabIndex={0} role="group" aria-label="各单位的发现">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">单位</th>
              {columns.map((column) => (
                <th key={column.check} scope="col" className="wrap-head">
                  {column.title}
                  <span className="quiet small">（{LEVELS[column.level]}）</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.office}/${row.id}`}>
                <th scope="row">
                  <Link to={`/offices/${row.office}/reviews/${row.id}`}>{row.unit_name}</Link>
                </th>
                {row.fault && <td colSpan={Math.max(columns.length, 1)}>{row.fault}</td>}
                {!row.fault &&
                  columns.map((column) => {
                    const count = row.counts.find((each) => each.check === column.check);
                    return (
                      <td key={column.check} className="number">
                        {count ? `${count.found}${count.open < count.found ? `（${count.open}）` : ""}` : ""}
                      </td>
                    );
                  })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hasNextPage && (
        <button type="button" className="button above" aria-disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? "正在审查…" : "再审下面的几份"}
        </button>
      )}
    </section>
  );
}
