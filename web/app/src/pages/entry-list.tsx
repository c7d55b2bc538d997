// One ledger's entries: filters in the address, columns, saved views, Excel in and out, steps for several.
import { useState } from "react";
import { Link, useLocation, useNavigate, useParams, useSearchParams } from "react-router-dom";
import { ledgerPath, useEntryPage, useEntryTotal, useLedger, useOffice } from "../api/queries";
import { sentence } from "../api/refusal";
import { BULK_MAX, BulkMove } from "../entries/bulk-move";
import { ColumnChooser } from "../entries/column-chooser";
import { EntryTable } from "../entries/entry-table";
import { ListFilters } from "../entries/list-filters";
import { entriesQuery, exportQuery, filterQuery, shownColumns, withFilter } from "../entries/list-query";
import { SavedViews } from "../entries/saved-views";
import { download } from "../lib/download";
import { QueryFault } from "../shell/page-fault";
import { toast } from "../shell/toasts";

export function Page() {
  const { office = "", ledger: ledgerId = "" } = useParams();
  const [words, setWords] = useSearchParams();
  const navigate = useNavigate();
  const location = useLocation();
  const officeQuery = useOffice(office);
  const ledger = useLedger(office, ledgerId);
  const page = useEntryPage(office, ledgerId, entriesQuery(words));
  const total = useEntryTotal(office, ledgerId, filterQuery(words)).data;
  const [selected, setSelected] = useState<number[]>([]);
  const [moving, setMoving] = useState(false);
  // The pages before this one, for the way back.
  const { trail = [] } = (location.state ?? {}) as { trail?: string[] };

  if (ledger.error) return <QueryFault whole error={ledger.error} retry={() => void ledger.refetch()} />;
  if (!ledger.data || !officeQuery.data) return <p className="waiting">正在读取…</p>;
  const definition = ledger.data;
  const columns = shownColumns(words, definition);
  const rows = page.data?.items ?? [];
  const may = (ability: string) => definition.may.includes(ability);
  const base = `/offices/${office}/ledgers/${ledgerId}`;

  const turnTo = (cursor: string, nextTrail: string[]) => {
    const next = new URLSearchParams(words);
    if (cursor) next.set("cursor", cursor);
    else next.delete("cursor");
    setSelected([]);
    navigate({ search: next.toString() }, { state: { trail: nextTrail } });
    window.scrollTo(0, 0);
  };
  const filter = (next: URLSearchParams) => {
    setSelected([]);
    setWords(next);
  };
  const secret = definition.fields.filter((field) => field.private).map((field) => field.title);
  const save = (format: string) => {
    const query = exportQuery(words, definition);
    if (!query) return toast("failed", "导出不能按“含有的词”筛选，请先去掉这个条件，再导出。");
    void download(ledgerPath(office, ledgerId, "/export"), `${definition.title}.${format}`, {
      query: { format, ...query },
    }).catch((error: unknown) => toast("failed", sentence(error)));
  };

  return (
    <>
      <div className="bar spread">
        <h1>{definition.title}</h1>
        <div className="bar">
          {may("record") && (
            <Link className="button primary" to={`${base}/new`}>
              登记一条
            </Link>
          )}
          {may("record") && (
            <Link className="button" to={`${base}/import`}>
              从表格导入
            </Link>
          )}
          {may("export") && (
            <>
              <button type="button" className="button" onClick={() => save("xlsx")}>
                导出Excel
              </button>
              <button type="button" className="button" onClick={() => save("csv")}>
                导出CSV
              </button>
            </>
          )}
          <Link className="button" to={{ pathname: `${base}/print`, search: words.toString() }}>
            打印
          </Link>
        </div>
      </div>
      {definition.about && <p className="quiet">{definition.about}</p>}
      {may("export") && secret.length > 0 && (
        <p className="quiet small">导出的表格不含保密的栏目（{secret.join("、")}）；要看，请打开那一条，写明理由后查看。</p>
      )}
      <div className="card">
        <ListFilters ledger={definition} words={words} setWords={filter} />
      </div>
      <div className="bar">
        <SavedViews ledger={ledgerId} words={words} setWords={filter} />
        <span className="push" />
        <button
          type="button"
          className="button"
          onClick={() => filter(withFilter(words, "sort", words.get("sort") === "old" ? "" : "old"))}
        >
          {words.get("sort") === "old" ? "最早的在前" : "最新的在前"}
        </button>
        <span className="wide-only">
          <ColumnChooser
            ledger={definition}
            columns={columns}
            onChange={(chosen) => {
              const next = new URLSearchParams(words);
              next.set("cols", chosen.join(","));
              setWords(next, { replace: true, state: location.state });
            }}
          />
        </span>
      </div>
      {selected.length > 0 && (
        <div className="notice-box">
          选中{selected.length}条{" "}
          <button
            type="button"
            className="button primary"
            onClick={() =>
              selected.length > BULK_MAX ? toast("failed", `一次最多办${BULK_MAX}条。`) : setMoving(true)
            }
          >
            成批办理
          </button>{" "}
          <button type="button" className="button" onClick={() => setSelected([])}>
            不选了
          </button>
        </div>
      )}
      {page.error && <QueryFault error={page.error} retry={() => void page.refetch()} />}
      <EntryTable
        office={office}
        ledger={definition}
        rows={rows}
        columns={columns}
        loading={page.isFetching && !page.data}
        selected={selected}
        setSelected={setSelected}
        selectable={may("move") && definition.transitions.length > 0}
      />
      {page.data && (
        <nav className="bar pages" aria-label="翻页">
          <span className="quiet">{typeof total !== "number" ? "" : `共${total}条`}</span>
          <span className="push" />
          {words.get("cursor") && (
            <button type="button" className="button" onClick={() => turnTo("", [])}>
              第一页
            </button>
          )}
          {trail.length > 0 && (
            <button type="button" className="button" onClick={() => turnTo(trail.at(-1) ?? "", trail.slice(0, -1))}>
              上一页
            </button>
          )}
          {page.data.next && (
            <button
              type="button"
              className="button"
              onClick={() => turnTo(page.data.next, [...trail, words.get("cursor") ?? ""])}
            >
              下一页
            </button>
          )}
        </nav>
      )}
      {moving && (
        <BulkMove
          office={officeQuery.data}
          ledger={definition}
          rows={rows.filter((row) => selected.includes(row.id))}
          onClose={() => {
            setMoving(false);
            setSelected([]);
          }}
        />
      )}
    </>
  );
}
