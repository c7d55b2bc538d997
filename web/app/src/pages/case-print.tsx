// An entry's whole file on paper (一事一档): content, deadlines, papers, course.
import { Link, useParams } from "react-router-dom";
import { entryPath, useEntry, useLedger, useOffice } from "../api/queries";
import { newestFirst } from "../entries/timeline";
import { FieldView, hasContent } from "../fields/field-view";
import { chineseDay, chineseTime } from "../lib/dates";
import { QueryFault } from "../shell/page-fault";

export function Page() {
  const { office = "", ledger: ledgerId = "", id = "" } = useParams();
  const officeQuery = useOffice(office);
  const ledger = useLedger(office, ledgerId);
  const entry = useEntry(office, ledgerId, id);
  const failed = [ledger, entry, officeQuery].find((query) => query.error);
  if (failed) return <QueryFault whole error={failed.error} retry={() => void failed.refetch()} />;
  if (!ledger.data || !entry.data || !officeQuery.data) return <p className="waiting">正在读取…</p>;
  const data = entry.data;
  const pictures = data.evidence.filter((each) => /^image\/(jpeg|png|gif|webp)$/.test(each.media_type));
  return (
    <>
      <div className="bar no-print">
        <button type="button" className="button primary" onClick={() => window.print()}>
          打印
        </button>
        <Link className="button" to={`/offices/${office}/ledgers/${ledgerId}/entries/${id}`}>
          返回
        </Link>
      </div>
      <article className="print-sheet">
        <h1>{data.title}</h1>
        <p className="entry-head">
          <span>{officeQuery.data.full_name}</span>
          <span>{ledger.data.title}</span>
          {data.number && <span>编号：{data.number}</span>}
          {data.unit && <span>单位：{data.unit.name}</span>}
          {data.handler && <span>经办人：{data.handler.name}</span>}
          {data.state_title && <span>状态：{data.state_title}</span>}
          {data.voided && <span>已作废</span>}
        </p>
        <h2>登记内容</h2>
        <dl className="fields">
          {ledger.data.fields
            .filter((field) => hasContent({ field, entry: data }))
            .map((field) => (
              <div key={field.id} className="pair">
                <dt>{field.title}</dt>
                <dd>
                  <FieldView field={field} entry={data} />
                </dd>
              </div>
            ))}
        </dl>
        {data.clocks.length > 0 && (
          <>
            <h2 className="above">期限</h2>
            <ul>
              {data.clocks.map((run) => (
                <li key={`${run.clock}-${run.run}`}>
                  {run.title}：{chineseDay(run.started_on)}起，{run.due_on ? `${chineseDay(run.due_on)}止` : "没有到期日"}；
                  {run.state_text}
                </li>
              ))}
            </ul>
          </>
        )}
        {data.links.length > 0 && (
          <>
            <h2 className="above">关联</h2>
            <ul>
              {data.links.map((link) => (
                <li key={`${link.ledger}-${link.id}-${link.relation}`}>
                  {link.ledger_title}：{link.title}
                </li>
              ))}
            </ul>
          </>
        )}
        <h2 className="above">经过</h2>
        <div className="scroll-x" tabIndex={0} role="region" aria-label="经过">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">办理</th>
                <th scope="col">日期</th>
                <th scope="col">登记时间</th>
                <th scope="col">谁</th>
                <th scope="col">说明</th>
              </tr>
            </thead>
            <tbody>
              {newestFirst(data.timeline).reverse().map((event) => (
                <tr key={event.seq}>
                  <td>{event.title}</td>
                  <td className="nowrap">{event.happened_on}</td>
                  <td className="nowrap">{chineseTime(event.at)}</td>
                  <td>{event.who || "系统"}</td>
                  <td>{event.note}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <h2 className="above">材料目录</h2>
        {data.evidence.length === 0 ? (
          <p>没有材料。</p>
        ) : (
          <ol>
            {data.evidence.map((each) => (
              <li key={each.digest}>
                {each.kind_title}：{each.name} {chineseDay(each.happened_on)}
              </li>
            ))}
          </ol>
        )}
        <div className="print-pictures">
          {pictures.map((each) => (
            <figure key={each.digest}>
              <img src={`/api${entryPath(office, ledgerId, id, `/evidence/${each.digest}`)}`} alt={each.name} />
              <figcaption>
                {each.kind_title} {chineseDay(each.happened_on)}
              </figcaption>
            </figure>
          ))}
        </div>
        <p className="signatures">
          <span>经办人：</span>
          <span>审核人：</span>
          <span>日期：</span>
        </p>
      </article>
    </>
  );
}
