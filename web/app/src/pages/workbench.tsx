// The first page of the day: what is due, what came back, what is half written. It draws with plain elements:
// the table and form machinery is not loaded for it.
import { Link, useParams } from "react-router-dom";
import { useOffice, useWorkbench } from "../api/queries";
import type { Draft, Workbench } from "../api/types";
import { chineseDay, chineseTime } from "../lib/dates";
import { DueLine } from "../shell/due-line";
import { QueryFault } from "../shell/page-fault";

// A draft's key is office.ledger.what; what: "new", "copy-12", "12.amend", "12.<step>".
export function draftAddress(draft: Draft): string | null {
  const match = /^([a-z0-9_]+)\.([a-z0-9_]+)\.(?:new|copy-(\d+)|(\d+)\.([a-z0-9_]+))$/.exec(draft.key);
  if (!match) return null;
  const [, office, ledger, copied, entry, step] = match;
  const base = `/offices/${office}/ledgers/${ledger}`;
  if (entry) return `${base}/entries/${entry}/${step === "amend" ? "amend" : `steps/${step}`}`;
  return `${base}/new${copied ? `?copy=${copied}` : ""}`;
}

export function Page() {
  const { office = "" } = useParams();
  const { data, error, refetch } = useWorkbench(office);
  const officeQuery = useOffice(office);
  const codeOf = (unit: number) => officeQuery.data?.units.find((each) => each.id === unit)?.code;
  if (error) return <QueryFault whole error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在读取…</p>;
  return (
    <>
      <h1>
        {chineseDay(data.today)} {data.weekday}
        {data.day_text && <span className="quiet small"> {data.day_text}</span>}
      </h1>
      <div className="columns main-aside">
        <div>
          <Due office={office} workbench={data} />
          <Returned office={office} workbench={data} />
        </div>
        <div>
          <Drafts workbench={data} />
          <Late office={office} workbench={data} codeOf={codeOf} />
          <Notices office={office} workbench={data} />
        </div>
      </div>
    </>
  );
}

interface Part {
  office: string;
  workbench: Workbench;
}

function Due({ office, workbench }: Part) {
  const { due, due_total } = workbench;
  return (
    <section className="card">
      <div className="bar spread">
        <h2>今天和本周要办的</h2>
        <Link to={`/offices/${office}/clocks`}>全部期限</Link>
      </div>
      {due.length === 0 && <p className="quiet">今天和本周没有到期的事。</p>}
      <ul className="plain-list">
        {due.map((item) => (
          <DueLine key={`${item.ledger}-${item.entry}-${item.clock ?? ""}`} office={office} item={item} />
        ))}
      </ul>
      {(due_total ?? 0) > due.length && (
        <p className="quiet">
          这里是前{due.length}件，共{due_total}件。<Link to={`/offices/${office}/clocks`}>看全部</Link>
        </p>
      )}
    </section>
  );
}

function Returned({ office, workbench }: Part) {
  if (workbench.returned.length === 0) return null;
  return (
    <section className="card">
      <h2>退回给我的</h2>
      <ul className="plain-list">
        {workbench.returned.map((entry) => (
          <li key={`${entry.ledger}-${entry.id}`}>
            <span className="quiet">{entry.ledger_title}</span>{" "}
            <Link to={`/offices/${office}/ledgers/${entry.ledger}/entries/${entry.id}`}>{entry.title}</Link>
            {entry.state_title && <span className="mark plain">{entry.state_title}</span>}
            {entry.note && <p className="small">{entry.note}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Drafts({ workbench }: { workbench: Workbench }) {
  return (
    <section className="card">
      <h2>没交的草稿</h2>
      {workbench.drafts.length === 0 && <p className="quiet">没有。</p>}
      <ul className="plain-list">
        {workbench.drafts.map((draft) => {
          const address = draftAddress(draft);
          return (
            <li key={draft.key}>
              {address ? <Link to={address}>{draft.title || "没有名称"}</Link> : draft.title}
              <br />
              <span className="quiet small">{chineseTime(draft.at)}存</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Late({ office, workbench, codeOf }: Part & { codeOf: (unit: number) => string | undefined }) {
  const { late_by_unit, missing_duties } = workbench;
  if (late_by_unit.length === 0 && !missing_duties) return null;
  return (
    <section className="card">
      <h2>各单位逾期</h2>
      {late_by_unit.length > 0 && (
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">单位</th>
              <th scope="col" className="number">
                逾期
              </th>
            </tr>
          </thead>
          <tbody>
            {late_by_unit.map((unit) => (
              <tr key={unit.unit}>
                <td>
                  {codeOf(unit.unit) ? (
                    <Link to={`/offices/${office}/clocks?unit=${codeOf(unit.unit)}`}>{unit.name}</Link>
                  ) : (
                    unit.name
                  )}
                </td>
                <td className="number">{unit.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(missing_duties ?? 0) > 0 && (
        <p className="above">
          本期定期义务还缺<Link to={`/offices/${office}/duties`}>{missing_duties}项</Link>。
        </p>
      )}
    </section>
  );
}

function Notices({ office, workbench }: Part) {
  if (workbench.notices.length === 0) return null;
  return (
    <section className="card">
      <h2>提醒</h2>
      <ul className="plain-list">
        {workbench.notices.map((notice) => (
          <li key={`${notice.ledger}-${notice.entry}-${notice.kind ?? ""}-${notice.day}`}>
            <b>{notice.kind_title}</b>：
            <Link to={`/offices/${office}/ledgers/${notice.ledger}/entries/${notice.entry}`}>
              {notice.clock_title || notice.title}
            </Link>
            <br />
            <span className="quiet small">{chineseDay(notice.due_on)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
