// A ledger on paper: A4 across, the rows of the filter, a row for signatures.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link, useParams, useSearchParams } from "react-router-dom";
import { get } from "../api/client";
import { ledgerPath, useLedger, useOffice } from "../api/queries";
import type { EntryPage } from "../api/types";
import { filterQuery, filterText, shownColumns } from "../entries/list-query";
import { withUnit } from "../fields/values";
import { chineseDay } from "../lib/dates";
import { QueryFault } from "../shell/page-fault";

const ROWS_A_REQUEST = 200;
const ROWS_MAX = 2000;

export function Page() {
  const { office = "", ledger: ledgerId = "" } = useParams();
  const [words] = useSearchParams();
  const officeQuery = useOffice(office);
  const ledger = useLedger(office, ledgerId);
  const query = filterQuery(words);
  const pages = useInfiniteQuery({
    queryKey: ["print", office, ledgerId, query],
    queryFn: ({ pageParam }) =>
      get<EntryPage>(ledgerPath(office, ledgerId, "/entries"), { ...query, limit: ROWS_A_REQUEST, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
  });
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  const { hasNextPage, isFetching, fetchNextPage } = pages;
  useEffect(() => {
    if (hasNextPage && !isFetching && rows.length < ROWS_MAX) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, rows.length]);
  const failed = [ledger, pages, officeQuery].find((each) => each.error);
  if (failed) return <QueryFault whole error={failed.error} retry={() => void failed.refetch()} />;
  if (!ledger.data || !officeQuery.data || !pages.data) return <p className="waiting">正在读取…</p>;
  const data = officeQuery.data;
  const columns = shownColumns(words, ledger.data).filter((id) => id !== ledger.data.dated_by);
  const fields = columns.map((id) => ledger.data.fields.find((field) => field.id === id)).filter((field) => field !== undefined);
  const said = filterText(words, ledger.data, (id) => data.units.find((unit) => unit.code === id)?.name ?? "");
  const ready = !hasNextPage || rows.length >= ROWS_MAX;
  const withNumber = rows.some((row) => row.number || row.reference);
  const withState = ledger.data.states.length > 0;
  return (
    <>
      <div className="bar no-print">
        <button type="button" className="button primary" aria-disabled={!ready} onClick={() => ready && window.print()}>
          {ready ? "打印" : `正在读取，已有${rows.length}条…`}
        </button>
        <Link className="button" to={{ pathname: `/offices/${office}/ledgers/${ledgerId}`, search: words.toString() }}>
          返回
        </Link>
        {total > ROWS_MAX && (
          <span className="warn-text">
            符合条件的有{total}条，一次最多打印{ROWS_MAX}条；请把日期范围缩小，分几次打印。
          </span>
        )}
      </div>
      <div className="print-sheet across">
        <h1>
          {data.name}
          {ledger.data.title}台账
        </h1>
        <p className="small">
          {said && `${said}。`}共{Math.min(total, rows.length)}条。打印日期：{chineseDay(data.today)}
        </p>
        <div className="scroll-x" tabIndex={0} role="region" aria-label="台账">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">序号</th>
                <th scope="col">日期</th>
                {withNumber && <th scope="col">编号</th>}
                <th scope="col">名称</th>
                <th scope="col">单位</th>
                <th scope="col">经办人</th>
                {withState && <th scope="col">状态</th>}
                {fields.map((field) => (
                  <th key={field.id} scope="col">
                    {field.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, n) => (
                <tr key={row.id}>
                  <td className="number">{n + 1}</td>
                  <td className="nowrap">{row.dated_on}</td>
                  {withNumber && <td>{row.number || row.reference}</td>}
                  <td>{row.title}</td>
                  <td>{row.unit?.short_name || row.unit?.name}</td>
                  <td>{row.handler?.name}</td>
                  {withState && <td>{row.state_title}</td>}
                  {fields.map((field) => (
                    <td key={field.id}>{withUnit(field, row.shown[field.id])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p className="signatures">
          <span>填表人：</span>
          <span>审核人：</span>
          <span>负责人：</span>
          <span>日期：</span>
        </p>
      </div>
    </>
  );
}
