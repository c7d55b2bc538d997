// Recording an entry, and amending one: the same form, drawn from the ledger's definition.
import { useParams, useSearchParams } from "react-router-dom";
import { useDrafts, useEntry, useLedger, useOffice } from "../api/queries";
import { AmendForm } from "../entries/amend-form";
import { RecordForm } from "../entries/record-form";
import { QueryFault } from "../shell/page-fault";

export function Page() {
  const { office = "", ledger = "", id } = useParams();
  const [words] = useSearchParams();
  const source = id ?? words.get("copy") ?? "";
  const officeQuery = useOffice(office);
  const definition = useLedger(office, ledger);
  const drafts = useDrafts();
  const failed = [officeQuery, definition].find((query) => query.error);
  if (failed) return <QueryFault whole error={failed.error} retry={() => void failed.refetch()} />;
  // Drafts are a help: without them the form opens all the same.
  if (!officeQuery.data || !definition.data || drafts.isPending) return <p className="waiting">正在读取…</p>;
  const common = { office: officeQuery.data, ledger: definition.data, drafts: drafts.data };
  if (!source) return <RecordForm key={ledger} {...common} />;
  return <WithEntry {...common} id={source} amends={id !== undefined} />;
}

type WithEntryProps = Omit<Parameters<typeof RecordForm>[0], "copied"> & { id: string; amends: boolean };

function WithEntry({ id, amends, ...common }: WithEntryProps) {
  const { data, error, refetch } = useEntry(common.office.code, common.ledger.id, id);
  if (error) return <QueryFault whole error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在读取…</p>;
  return amends ? <AmendForm key={id} {...common} entry={data} /> : <RecordForm key={`copy-${id}`} {...common} copied={data} />;
}
