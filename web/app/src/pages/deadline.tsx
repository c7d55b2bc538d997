// When does a period end: the day, and the days it was counted by.
import { type FormEvent, useState } from "react";
import { Link, useParams, useSearchParams } from "react-router-dom";
import { useDeadline, useLaws } from "../api/queries";
import { DayList } from "../entries/clocks-panel";
import { chineseDay } from "../lib/dates";
import { RefusalBox } from "../shell/refusal-box";

export function Page() {
  const { office = "" } = useParams();
  const [words, setWords] = useSearchParams();
  const laws = useLaws();
  const [typed, setTyped] = useState({
    from: words.get("from") ?? "",
    within: words.get("within") ?? "",
    law: words.get("law") ?? "",
    party: words.get("party") ?? "",
  });
  const [fault, setFault] = useState("");
  const { data, error, isFetching, refetch } = useDeadline(Object.fromEntries(words));
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!typed.from || !typed.within.trim()) return setFault("请填起算的日期和多长时间。");
    setFault("");
    setWords(new URLSearchParams(Object.entries({ ...typed, within: typed.within.trim() }).filter(([, value]) => value)));
  };
  return (
    <>
      <p className="small">
        <Link to={`/offices/${office}/clocks`}>期限</Link>
      </p>
      <h1>推算一个期限</h1>
      <form className="card" onSubmit={handleSubmit}>
        <div className="filters">
          <label>
            从哪一天起
            <input
              className="input"
              type="date"
              value={typed.from}
              onChange={(event) => setTyped({ ...typed, from: event.target.value })}
            />
          </label>
          <label>
            多长时间
            <input
              className="input"
              value={typed.within}
              placeholder="如 20个工作日、30日、2个月"
              onChange={(event) => setTyped({ ...typed, within: event.target.value })}
            />
          </label>
          <label>
            依据哪部法律
            <input
              className="input"
              list="laws"
              value={typed.law}
              placeholder="不清楚可以不填"
              onChange={(event) => setTyped({ ...typed, law: event.target.value })}
            />
            <datalist id="laws">
              {laws.data?.map((law) => (
                <option key={law.title} value={law.title} />
              ))}
            </datalist>
          </label>
          <label>
            是谁的期限
            <select
              className="input"
              value={typed.party}
              onChange={(event) => setTyped({ ...typed, party: event.target.value })}
            >
              <option value="">机关的</option>
              <option value="1">当事人的</option>
            </select>
          </label>
        </div>
        {fault && (
          <p className="wrong" role="alert">
            {fault}
          </p>
        )}
        <button type="submit" className="button primary above">
          推算
        </button>
      </form>
      <RefusalBox error={error} retry={() => void refetch()} />
      {isFetching && !data && <p className="waiting">正在推算…</p>}
      {data && !error && (
        <section className="card" aria-live="polite">
          <h2>最后一天是{data.due_text || chineseDay(data.due_on)}</h2>
          {data.safe_day && data.safe_day !== data.due_on && <p>这一天休息，稳妥的办理日是{chineseDay(data.safe_day)}。</p>}
          <p>{data.how}</p>
          <DayList days={data.days} />
        </section>
      )}
    </>
  );
}
