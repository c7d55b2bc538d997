// Tasks and their closing: each with its four columns (work, verdict, score, evidence), by where they stand, and a
// matrix of units and kinds.
import { useMemo } from "react";
import { Link, useParams, useSearchParams } from "react-router-dom";
import { useOffice, useTasks } from "../api/queries";
import type { Task } from "../api/types";
import { chineseDay } from "../lib/dates";
import { QueryFault } from "../shell/page-fault";

const LEDGER = "task"; // built into every office
const SHOWN_A_COLUMN = 50;
const SHOWN_IN_LIST = 200;

interface Column {
  id: string;
  title: string;
  about: string;
  holds: (task: Task) => boolean;
}

const COLUMNS: Column[] = [
  { id: "late", title: "已逾期", about: "没有按期完成", holds: (task) => task.state.id === "open" && (task.overdue_days ?? 0) > 0 },
  { id: "open", title: "待办", about: "还在期限内", holds: (task) => task.state.id === "open" && !((task.overdue_days ?? 0) > 0) },
  { id: "done", title: "待核验销号", about: "已完成，等另一个人核验", holds: (task) => task.state.id === "done" },
  { id: "ended", title: "已销号", about: "核验过或已取消", holds: (task) => task.state.id !== "open" && task.state.id !== "done" },
];

export interface Cell {
  open: number;
  late: number;
  total: number;
}

// unit → kind → how many.
export function matrixOf(tasks: Task[]): { kinds: string[]; rows: [unit: string, cells: Map<string, Cell>][] } {
  const kinds = [...new Set(tasks.map((task) => task.kind?.title ?? "其他"))];
  const rows = new Map<string, Map<string, Cell>>();
  for (const task of tasks) {
    const row = rows.get(task.unit ?? "") ?? new Map<string, Cell>();
    const kind = task.kind?.title ?? "其他";
    const cell = row.get(kind) ?? { open: 0, late: 0, total: 0 };
    cell.total += 1;
    if (task.state.id === "open" || task.state.id === "done") cell.open += 1;
    if ((task.overdue_days ?? 0) > 0) cell.late += 1;
    row.set(kind, cell);
    rows.set(task.unit ?? "", row);
  }
  return { kinds, rows: [...rows].sort(([a], [b]) => a.localeCompare(b, "zh-CN")) };
}

export function Page() {
  const { office = "" } = useParams();
  const [words, setWords] = useSearchParams();
  const unit = words.get("unit") ?? "";
  const view = words.get("view") ?? "list";
  const ended = words.get("state") === "all";
  const officeQuery = useOffice(office);
  const { data, error, refetch } = useTasks(office, { state: ended || view === "matrix" ? "all" : "open", unit, overdue: words.get("overdue") });
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(words);
    if (value) next.set(name, value);
    else next.delete(name);
    setWords(next);
  };
  const kind = words.get("kind") ?? "";
  const unitName = words.get("of") ?? "";
  const shown = useMemo(
    () => (data ?? []).filter((task) => (!kind || task.kind?.title === kind) && (!unitName || task.unit === unitName)),
    [data, kind, unitName],
  );
  if (error) return <QueryFault whole error={error} retry={() => void refetch()} />;
  return (
    <>
      <div className="bar spread">
        <h1>任务与销号</h1>
        <Link className="button primary" to={`/offices/${office}/ledgers/${LEDGER}/new`}>
          登记一件任务
        </Link>
      </div>
      <div className="tabs">
        <button type="button" aria-pressed={view === "list"} onClick={() => set("view", "")}>
          清单
        </button>
        <button type="button" aria-pressed={view === "board"} onClick={() => set("view", "board")}>
          按进展
        </button>
        <button type="button" aria-pressed={view === "matrix"} onClick={() => set("view", "matrix")}>
          按单位和来源
        </button>
      </div>
      {view !== "matrix" && (
        <div className="bar">
          <button type="button" className="button" aria-pressed={ended} onClick={() => set("state", ended ? "" : "all")}>
            连已销号的一起看
          </button>
          {(kind || unitName) && (
            <button
              type="button"
              className="button"
              onClick={() => {
                const next = new URLSearchParams(words);
                next.delete("kind");
                next.delete("of");
                setWords(next);
              }}
            >
              只看：{[unitName, kind].filter(Boolean).join("，")} ×
            </button>
          )}
        </div>
      )}
      {!data && <p className="waiting">正在读取…</p>}
      {data && view === "list" && shown.length > 0 && <List office={office} tasks={shown} />}
      {data && view === "board" && <Board office={office} tasks={shown} ended={ended} />}
      {data && view === "matrix" && (
        <Matrix
          tasks={shown}
          onOpen={(chosenUnit, chosenKind) => {
            const next = new URLSearchParams(words);
            next.delete("view");
            next.set("of", chosenUnit);
            next.set("kind", chosenKind);
            next.set("state", "all");
            setWords(next);
          }}
        />
      )}
      {officeQuery.data && data?.length === 0 && <p className="quiet">现在没有任务。</p>}
    </>
  );
}

function Board({ office, tasks, ended }: { office: string; tasks: Task[]; ended: boolean }) {
  const columns = COLUMNS.filter((column) => ended || column.id !== "ended");
  return (
    <div className="board">
      {columns.map((column) => {
        const own = tasks.filter(column.holds);
        return (
          <section key={column.id} aria-label={column.title}>
            <h2>
              {column.title} <span className="quiet">{own.length}</span>
            </h2>
            <p className="quiet small">{column.about}</p>
            {own.slice(0, SHOWN_A_COLUMN).map((task) => (
              <TaskCard key={task.entry} office={office} task={task} />
            ))}
            {own.length > SHOWN_A_COLUMN && (
              <p>
                这里是前{SHOWN_A_COLUMN}件，共{own.length}件。
                <Link to={`/offices/${office}/ledgers/${LEDGER}`}>到台账里看全部</Link>
              </p>
            )}
          </section>
        );
      })}
    </div>
  );
}

// Indicator by indicator: how the work stands, the verdict, the score, the evidence.
function List({ office, tasks }: { office: string; tasks: Task[] }) {
  const shown = tasks.slice(0, SHOWN_IN_LIST);
  return (
    <>
      <div className="wide-only">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">任务</th>
              <th scope="col">单位</th>
              <th scope="col">责任人</th>
              <th scope="col">期限</th>
              <th scope="col">进展</th>
              <th scope="col">核验</th>
              <th scope="col">得分</th>
              <th scope="col">佐证</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((task) => (
              <tr key={task.entry}>
                <td>
                  <Link to={`/offices/${office}/ledgers/${LEDGER}/entries/${task.entry}`}>{task.title}</Link>
                  {task.kind && <span className="quiet small"> {task.kind.title}</span>}
                </td>
                <td>{task.unit}</td>
                <td className="nowrap">{task.handler}</td>
                <td className="nowrap">{task.due_on}</td>
                <td className="nowrap">
                  {task.state.title}
                  {(task.overdue_days ?? 0) > 0 && <span className="mark bad">逾期{task.overdue_days}天</span>}
                </td>
                <td className="nowrap">{task.verdict.title || <span className="quiet">还没有</span>}</td>
                <td>{task.score ?? "—"}</td>
                <td className={task.evidence_attached < task.evidence_wanted ? "warn-text" : ""}>
                  {task.evidence_attached}/{task.evidence_wanted}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="cards-only">
        {shown.map((task) => (
          <TaskCard key={task.entry} office={office} task={task} />
        ))}
      </div>
      {tasks.length > shown.length && (
        <p>
          这里是前{shown.length}件，共{tasks.length}件。
          <Link to={`/offices/${office}/ledgers/${LEDGER}`}>到台账里看全部</Link>
        </p>
      )}
    </>
  );
}

function TaskCard({ office, task }: { office: string; task: Task }) {
  const late = task.overdue_days ?? 0;
  return (
    <article className="entry-card">
      <p>
        <Link to={`/offices/${office}/ledgers/${LEDGER}/entries/${task.entry}`}>{task.title}</Link>
      </p>
      <p className="small quiet">{[task.kind?.title, task.unit, task.handler].filter(Boolean).join(" · ")}</p>
      <dl className="task-facts">
        <dt>进展</dt>
        <dd>
          {task.state.title}
          {late > 0 && <span className="mark bad">逾期{late}天</span>}
        </dd>
        <dt>核验</dt>
        <dd>{task.verdict.title || "还没有"}</dd>
        <dt>得分</dt>
        <dd>{task.score ?? "—"}</dd>
        <dt>佐证</dt>
        <dd className={task.evidence_attached < task.evidence_wanted ? "warn-text" : ""}>
          {task.evidence_attached}/{task.evidence_wanted}
        </dd>
      </dl>
      <p className="small">
        {task.due_on ? `${chineseDay(task.due_on)}前` : "没有期限"}
        {task.first_closed_on && `；${chineseDay(task.first_closed_on)}销号`}
      </p>
    </article>
  );
}

function Matrix({ tasks, onOpen }: { tasks: Task[]; onOpen: (unit: string, kind: string) => void }) {
  const { kinds, rows } = useMemo(() => matrixOf(tasks), [tasks]);
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="各单位各类任务">
      <table className="plain">
        <caption>没有销号的/全部；红字是逾期的</caption>
        <thead>
          <tr>
            <th scope="col">单位</th>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {kind}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([unit, cells]) => (
            <tr key={unit}>
              <th scope="row">{unit || "未定"}</th>
              {kinds.map((kind) => {
                const cell = cells.get(kind);
                return (
                  <td key={kind}>
                    {cell ? (
                      <button type="button" className="button link" onClick={() => onOpen(unit, kind)}>
                        {cell.open}/{cell.total}
                        {cell.late > 0 && <span className="bad-text">（逾期{cell.late}）</span>}
                      </button>
                    ) : (
                      <span className="quiet">—</span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
