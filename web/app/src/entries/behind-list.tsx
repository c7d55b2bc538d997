// The entries behind a figure.
import { Link } from "react-router-dom";
import { useBehind } from "../api/queries";
import type { Query } from "../api/client";
import { QueryFault } from "../shell/page-fault";

const NO_ENTRIES = ["unit", "person", "jurisdiction"]; // what a measure may count besides entries

interface BehindListProps {
  office: string;
  path: string; // below the office
  query?: Query;
}

export function BehindList({ office, path, query = {} }: BehindListProps) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useBehind(office, path, query);
  if (error) return <QueryFault error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在读取…</p>;
  const rows = data.pages.flatMap((page) => page.items);
  const total = data.pages[0]?.total ?? rows.length;
  const hidden = data.pages.reduce((sum, page) => sum + (page.hidden ?? 0), 0);
  return (
    <div aria-busy={isFetching}>
      <p className="quiet">
        共{total}条{hidden > 0 && `，其中${hidden}条您不能查看`}
      </p>
      <ul className="plain-list behind">
        {rows.map((row) => (
          <li key={`${row.ledger}-${row.id}`}>
            {NO_ENTRIES.includes(row.ledger) ? (
              row.title
            ) : (
              <Link to={`/offices/${office}/ledgers/${row.ledger}/entries/${row.id}`}>{row.title}</Link>
            )}
            <br />
            <span className="quiet small">
              {[row.ledger_title, row.dated_on, row.state_title, row.note].filter(Boolean).join(" · ")}
            </span>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="button" onClick={() => void fetchNextPage()}>
          再看一些
        </button>
      )}
    </div>
  );
}
