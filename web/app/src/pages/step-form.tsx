// Taking one step of a case: its day, the fields and the evidence it asks for, a note.
import { useParams } from "react-router-dom";
import { useDrafts, useEntry, useLedger, useOffice } from "../api/queries";
import { StepForm } from "../entries/step-form";
import { QueryFault } from "../shell/page-fault";

export function Page() {
  const { office = "", ledger = "", id = "", step = "" } = useParams();
  const officeQuery = useOffice(office);
  const definition = useLedger(office, ledger);
  const entry = useEntry(office, ledger, id);
  const drafts = useDrafts();
  const failed = [officeQuery, definition, entry].find((query) => query.error);
  if (failed) return <QueryFault whole error={failed.error} retry={() => void failed.refetch()} />;
  if (!officeQuery.data || !definition.data || !entry.data || drafts.isPending) {
    return <p className="waiting">正在读取…</p>;
  }
  const transition = definition.data.transitions.find((each) => each.id === step);
  if (!transition) return <p>这本台账没有这一步。</p>;
  return (
    <StepForm
      key={`${id}-${step}`}
      office={officeQuery.data}
      ledger={definition.data}
      entry={entry.data}
      transition={transition}
      drafts={drafts.data}
    />
  );
}
