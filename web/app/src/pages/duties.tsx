// What must happen again and again: which unit has it, which still misses it, for the period a day lies in.
import { Link, useParams, useSearchParams } from "react-router-dom";
import { useDuties, useOffice } from "../api/queries";
import type { Duty } from "../api/types";
import { chineseDay, chinesePeriod, todayHere } from "../lib/dates";
import { QueryFault } from "../shell/page-fault";

export function groupDuties(duties: Duty[]): { duty: Duty; targets: Duty[]; met: number }[] {
  const groups = new Map<string, Duty[]>();
  for (const duty of duties) {
    const key = `${duty.duty} ${duty.period}`;
    groups.set(key, [...(groups.get(key) ?? []), duty]);
  }
  return [...groups.values()].map((targets) => ({
    duty: targets[0] as Duty,
    targets,
    met: targets.filter((each) => each.met || each.declared_nil).length,
  }));
}

export function Page() {
  const { office = "" } = useParams();
  const [words, setWords] = useSearchParams();
  const officeQuery = useOffice(office);
  const on = words.get("on") ?? officeQuery.data?.today ?? todayHere();
  const unit = words.get("unit") ?? "";
  const { data, error, refetch } = useDuties(office, on);
  const unitId = officeQuery.data?.units.find((each) => each.code === unit)?.id;
  const shown = (data ?? []).filter((duty) => !unit || duty.unit === unitId);
  const groups = groupDuties(shown);
  return (
    <>
      <div className="bar spread">
        <h1>定期义务</h1>
        <label className="bar">
          看哪一天所在的期间
          <input
            className="input narrow"
            type="date"
            value={on}
            onChange={(event) => {
              const next = new URLSearchParams(words);
              next.set("on", event.target.value);
              if (event.target.value) setWords(next);
            }}
          />
        </label>
      </div>
      {error && <QueryFault error={error} retry={() => void refetch()} />}
      {!data && !error && <p className="waiting">正在读取…</p>}
      {data && groups.length === 0 && <p className="quiet">这一天没有定期义务。</p>}
      {groups.map(({ duty, targets, met }) => (
        <section key={`${duty.duty}-${duty.period}`} className="card">
          <div className="bar spread tight">
            <h2>
              {duty.title} <span className="quiet small">{chinesePeriod(duty.period)}</span>
            </h2>
            <span className={met === targets.length ? "mark good" : "mark bad"}>
              {met}/{targets.length}
            </span>
          </div>
          <p className="quiet small">
            {chineseDay(duty.from)}至{chineseDay(duty.to)}
            {duty.basis && duty.basis.length > 0 && `；依据：${duty.basis.map((each) => each.text).join("；")}`}
          </p>
          <div className="scroll-x" tabIndex={0} role="region" aria-label={duty.title}>
            <table className="plain">
              <thead>
                <tr>
                  <th scope="col">谁</th>
                  <th scope="col">是否做到</th>
                  {duty.parts.map((part) => (
                    <th key={part.title} scope="col">
                      {part.title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {targets.map((each) => (
                  <tr key={each.target}>
                    <th scope="row">{each.target}</th>
                    <td>
                      {each.met ? (
                        <span className="good-text">做到了</span>
                      ) : each.declared_nil ? (
                        "已零报告"
                      ) : (
                        <span className="bad-text">还缺</span>
                      )}
                    </td>
                    {each.parts.map((part) => (
                      <td key={part.title} className={part.is < part.wanted ? "bad-text" : ""}>
                        {part.is}/{part.wanted}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ))}
      <p className="small">
        没有发生的，请<Link to={`/offices/${office}/ledgers/nil_declaration/new`}>零报告</Link>。
      </p>
    </>
  );
}
