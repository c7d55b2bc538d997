// All ledgers one may see, by area.
import { useMemo, useState } from "react";
import { Link, useParams } from "react-router-dom";
import { useLedgers } from "../api/queries";
import type { LedgerSummary } from "../api/types";
import { QueryFault } from "../shell/page-fault";

export function byArea(ledgers: LedgerSummary[], words: string): [area: string, ledgers: LedgerSummary[]][] {
  const areas = new Map<string, LedgerSummary[]>();
  for (const ledger of ledgers) {
    if (words && !`${ledger.title}${ledger.about}`.includes(words)) continue;
    areas.set(ledger.area, [...(areas.get(ledger.area) ?? []), ledger]);
  }
  return [...areas];
}

export function Page() {
  const { office = "" } = useParams();
  const { data, error, refetch } = useLedgers(office);
  const [words, setWords] = useState("");
  const areas = useMemo(() => byArea(data ?? [], words.trim()), [data, words]);
  if (error) return <QueryFault whole error={error} retry={() => void refetch()} />;
  return (
    <>
      <div className="bar spread">
        <h1>台账</h1>
        <input
          className="input narrow"
          type="search"
          aria-label="按名称找台账"
          placeholder="按名称找台账"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      {!data && <p className="waiting">正在读取…</p>}
      {data && areas.length === 0 && <p>没有叫这个名字的台账。</p>}
      {areas.map(([area, ledgers]) => (
        <section key={area} className="card">
          <h2>{area}</h2>
          <ul className="ledger-cards">
            {ledgers.map((ledger) => (
              <li key={ledger.id}>
                <h3>
                  <Link to={`/offices/${office}/ledgers/${ledger.id}`}>{ledger.title}</Link>
                  {ledger.is_register && <span className="mark plain">名册</span>}
                </h3>
                <p className="quiet small">{ledger.about}</p>
                <p className="small">
                  共{ledger.total}条{ledger.open > 0 && `，未办结${ledger.open}条`}
                  {ledger.may.includes("record") && (
                    <>
                      {" · "}
                      <Link to={`/offices/${office}/ledgers/${ledger.id}/new`}>登记一条</Link>
                    </>
                  )}
                </p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
