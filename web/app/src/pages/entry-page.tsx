// One entry: what is known of it, what comes next, its papers, deadlines, ties and history.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation, useParams } from "react-router-dom";
import { newKey, request } from "../api/client";
import { entryPath, useEntry, useLedger, useOffice } from "../api/queries";
import { sentence } from "../api/refusal";
import type { Changed, Entry, Ledger, LinkedEntry, Private } from "../api/types";
import { ClocksPanel } from "../entries/clocks-panel";
import { EvidencePanel } from "../entries/evidence-panel";
import { FormsPanel } from "../entries/forms-panel";
import { LinksPanel } from "../entries/links-panel";
import { StepsPanel } from "../entries/steps-panel";
import { Timeline } from "../entries/timeline";
import { FieldView, hasContent } from "../fields/field-view";
import { chineseDay } from "../lib/dates";
import { QueryFault } from "../shell/page-fault";
import { ReasonDialog } from "../shell/reason-dialog";
import { toast } from "../shell/toasts";

export function Page() {
  const { office = "", ledger: ledgerId = "", id = "" } = useParams();
  const officeQuery = useOffice(office);
  const ledger = useLedger(office, ledgerId);
  const entry = useEntry(office, ledgerId, id);
  const failed = [ledger, entry, officeQuery].find((query) => query.error);
  if (failed) return <QueryFault whole error={failed.error} retry={() => void failed.refetch()} />;
  if (!ledger.data || !entry.data || !officeQuery.data) return <p className="waiting">正在读取…</p>;
  const common = { office, ledger: ledger.data, entry: entry.data };
  const withSteps = ledger.data.transitions.length > 0;
  return (
    <>
      <Head {...common} />
      <div className="columns main-aside entry-columns">
        <div>
          <Fields {...common} />
          <EvidencePanel {...common} />
        </div>
        <div>
          {withSteps && !entry.data.voided && <StepsPanel {...common} />}
          {entry.data.clocks.length > 0 && <ClocksPanel clocks={entry.data.clocks} />}
          <FormsPanel {...common} />
          <LinksPanel office={officeQuery.data} entry={entry.data} />
          <Timeline events={entry.data.timeline} />
        </div>
      </div>
    </>
  );
}

interface Common {
  office: string;
  ledger: Ledger;
  entry: Entry;
}

function Head({ office, ledger, entry }: Common) {
  const client = useQueryClient();
  const location = useLocation();
  const [voiding, setVoiding] = useState(false);
  const base = `/offices/${office}/ledgers/${ledger.id}`;
  const opened = (location.state as { opened?: LinkedEntry[] } | null)?.opened ?? [];
  const may = (ability: Entry["abilities"][number]) => entry.abilities.includes(ability);
  const voidEntry = useMutation({
    mutationFn: (note: string) =>
      request<Changed>("POST", entryPath(office, ledger.id, entry.id, "/void"), {
        body: { note },
        revision: entry.revision,
        key: newKey(),
      }),
    onSuccess: async () => {
      toast("done", "已经作废；内容和理由都留着。");
      await client.invalidateQueries({ queryKey: ["entry", office] });
      await client.invalidateQueries({ queryKey: ["entries", office] });
    },
  });
  return (
    <>
      <p className="small">
        <Link to={base}>{ledger.title}</Link>
      </p>
      <div className="bar spread">
        <h1>
          {entry.title}
          {entry.state_title && <span className="mark plain">{entry.state_title}</span>}
          {entry.voided && <span className="mark bad">已作废</span>}
          {entry.imported && <span className="mark plain">历史导入</span>}
          {entry.late && <span className="mark">补录</span>}
        </h1>
        <div className="bar">
          {may("record") && !entry.voided && (
            <Link className="button" to={`${base}/entries/${entry.id}/amend`}>
              更正或补填
            </Link>
          )}
          {ledger.may.includes("record") && (
            <Link className="button" to={`${base}/new?copy=${entry.id}`}>
              照此再登记一条
            </Link>
          )}
          <Link className="button" to={`${base}/entries/${entry.id}/print`}>
            打印档案
          </Link>
          {may("record") && !entry.voided && (
            <button type="button" className="button" onClick={() => setVoiding(true)}>
              作废
            </button>
          )}
        </div>
      </div>
      {opened.length > 0 && (
        <div className="notice-box good" role="status">
          同时建立了：
          {opened.map((each) => (
            <Link key={`${each.ledger}-${each.id}`} to={`/offices/${office}/ledgers/${each.ledger}/entries/${each.id}`}>
              {each.ledger_title}“{each.title}”
            </Link>
          ))}
        </div>
      )}
      <p className="entry-head">
        {entry.number && (
          <span>
            编号 <b>{entry.number}</b>
          </span>
        )}
        {entry.reference && (
          <span>
            原编号 <b>{entry.reference}</b>
          </span>
        )}
        {entry.unit && (
          <span>
            单位 <b>{entry.unit.name}</b>
          </span>
        )}
        {entry.handler && (
          <span>
            经办人 <b>{entry.handler.name}</b>
          </span>
        )}
        <span>
          登记于 <b>{chineseDay(entry.recorded_at)}</b>
          {entry.recorded_by && `（${entry.recorded_by.name}）`}
        </span>
      </p>
      {voiding && (
        <ReasonDialog
          title="作废这一条"
          about="作废以后不再计入任何数字，内容和理由仍可查看，不能恢复。"
          label="作废的理由"
          confirm="作废"
          onClose={() => setVoiding(false)}
          onConfirm={async (note) => {
            await voidEntry.mutateAsync(note);
          }}
        />
      )}
    </>
  );
}

function Fields({ office, ledger, entry }: Common) {
  const [revealing, setRevealing] = useState(false);
  const [revealed, setRevealed] = useState<Private | null>(null);
  const shown = ledger.fields.filter((field) => hasContent({ field, entry }));
  const empty = ledger.fields.filter((field) => !hasContent({ field, entry }));
  const reveal = async (reason: string) => {
    setRevealed(
      await request<Private>("POST", entryPath(office, ledger.id, entry.id, "/private"), {
        body: { reason },
        key: newKey(),
      }),
    );
  };
  return (
    <section className="card">
      <div className="bar spread">
        <h2>登记内容</h2>
        {entry.private.length > 0 && !revealed && entry.abilities.includes("reveal") && (
          <button type="button" className="button" onClick={() => setRevealing(true)}>
            查看保密内容
          </button>
        )}
        {revealed && (
          <button type="button" className="button" onClick={() => setRevealed(null)}>
            收起保密内容
          </button>
        )}
      </div>
      <dl className="fields">
        {shown.map((field) => (
          <div key={field.id} className="pair">
            <dt>{field.title}</dt>
            <dd>
              <FieldView field={field} entry={entry} revealed={revealed?.shown} />
            </dd>
          </div>
        ))}
      </dl>
      {empty.length > 0 && (
        <p className="quiet small above">没有填的：{empty.map((field) => field.title).join("、")}</p>
      )}
      {revealing && (
        <ReasonDialog
          title="查看保密内容"
          about="谁在什么时候因为什么看过，会记入访问日志。"
          label="查看的理由"
          confirm="查看"
          onClose={() => setRevealing(false)}
          onConfirm={(reason) =>
            reveal(reason).catch((error: unknown) => {
              toast("failed", sentence(error));
              throw error;
            })
          }
        />
      )}
    </section>
  );
}
