// A page of entries: a table where there is room, cards where there is not.
import { Table, type TableColumnsType } from "antd";
import { Link } from "react-router-dom";
import type { EntryRow, Ledger } from "../api/types";
import { withUnit } from "../fields/values";

interface EntryTableProps {
  office: string;
  ledger: Ledger;
  rows: EntryRow[];
  columns: string[];
  loading: boolean;
  selected: number[];
  setSelected: (ids: number[]) => void;
  selectable: boolean;
}

export function EntryTable(props: EntryTableProps) {
  const { office, ledger, rows, columns, loading, selected, setSelected, selectable } = props;
  const linkTo = (row: EntryRow) => `/offices/${office}/ledgers/${ledger.id}/entries/${row.id}`;
  const fields = columns
    .map((id) => ledger.fields.find((field) => field.id === id))
    .filter((field) => field !== undefined)
    // The day has its column; what an entry is called often is one of its fields.
    .filter((field) => field.id !== ledger.dated_by)
    .filter((field) => rows.length === 0 || rows.some((row) => row.shown[field.id] !== row.title));
  const numbered = rows.some((row) => row.number || row.reference);
  const withDue = rows.some((row) => row.due_on);
  const table: TableColumnsType<EntryRow> = [
    { title: "日期", dataIndex: "dated_on", className: "nowrap" },
    ...(numbered
      ? [{ title: "编号", key: "number", className: "nowrap", render: (_: unknown, row: EntryRow) => row.number || row.reference }]
      : []),
    { title: "名称", key: "title", render: (_, row) => (
        <span className="entry-name">
          <Link to={linkTo(row)}>{row.title}</Link>
          {row.late && <span className="mark">补录</span>}
        </span>
      ) },
    { title: "单位", key: "unit", className: "nowrap", render: (_, row) => row.unit?.short_name || row.unit?.name },
    { title: "经办人", key: "handler", className: "nowrap", render: (_, row) => row.handler?.name },
    ...(ledger.states.length > 0 ? [{ title: "状态", dataIndex: "state_title", className: "nowrap" }] : []),
    ...(withDue ? [{ title: "最近期限", dataIndex: "due_on", className: "nowrap" }] : []),
    ...fields.map((field) => ({
      title: field.title,
      key: field.id,
      className: ["integer", "decimal", "money"].includes(field.type) ? "number" : undefined,
      render: (_: unknown, row: EntryRow) => <span className="clip" title={row.shown[field.id]}>
          {withUnit(field, row.shown[field.id])}
        </span>,
    })),
  ];
  const toggle = (id: number) =>
    setSelected(selected.includes(id) ? selected.filter((each) => each !== id) : [...selected, id]);
  return (
    <>
      <div className="wide-only scroll-x" tabIndex={0} role="region" aria-label={ledger.title}>
        <Table
          rowKey="id"
          size="small"
          columns={table}
          dataSource={rows}
          loading={loading}
          pagination={false}
          locale={{ emptyText: "没有符合条件的条目" }}
          rowSelection={
            selectable
              ? {
                  selectedRowKeys: selected,
                  onChange: (keys) => setSelected(keys as number[]),
                  getCheckboxProps: (row) => ({ "aria-label": `选中${row.title}` }) as object,
                }
              : undefined
          }
        />
      </div>
      <div className="cards-only" aria-busy={loading}>
        {rows.length === 0 && !loading && <p className="quiet">没有符合条件的条目</p>}
        {rows.map((row) => (
          <article key={row.id} className="entry-card">
            <p>
              {selectable && (
                <input
                  type="checkbox"
                  aria-label={`选中${row.title}`}
                  checked={selected.includes(row.id)}
                  onChange={() => toggle(row.id)}
                />
              )}{" "}
              <Link to={linkTo(row)}>{row.title}</Link>
              {row.state_title && <span className="mark plain">{row.state_title}</span>}
            </p>
            <p className="quiet small">
              {[row.dated_on, row.unit?.short_name || row.unit?.name, row.handler?.name, row.number].filter(Boolean).join(" · ")}
            </p>
            {row.due_on && <p className="small">最近期限：{row.due_on}</p>}
          </article>
        ))}
      </div>
    </>
  );
}
