// What was found, with the words marked where they stand.
import { Link, useParams, useSearchParams } from "react-router-dom";
import { useLedgers, useSearch } from "../api/queries";
import { chineseDay } from "../lib/dates";
import { QueryFault } from "../shell/page-fault";

export function Page() {
  const { office = "" } = useParams();
  const [words, setWords] = useSearchParams();
  const query = {
    words: words.get("words") ?? "",
    ledger: words.get("ledger") ?? undefined,
    from: words.get("from") ?? undefined,
    to: words.get("to") ?? undefined,
  };
  const ledgers = useLedgers(office);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useSearch(office, query);
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(words);
    if (value) next.set(name, value);
    else next.delete(name);
    setWords(next);
  };
  const hits = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h1>查找{query.words && `“${query.words}”`}</h1>
      <div className="card filters">
        <label>
          台账
          <select className="input" value={query.ledger ?? ""} onChange={(event) => set("ledger", event.target.value)}>
            <option value="">全部</option>
            {ledgers.data?.map((ledger) => (
              <option key={ledger.id} value={ledger.id}>
                {ledger.title}
              </option>
            ))}
          </select>
        </label>
        <label>
          从
          <input className="input" type="date" value={query.from ?? ""} onChange={(event) => set("from", event.target.value)} />
        </label>
        <label>
          到
          <input className="input" type="date" value={query.to ?? ""} onChange={(event) => set("to", event.target.value)} />
        </label>
      </div>
      {error && <QueryFault error={error} retry={() => void refetch()} />}
      {query.words === "" && <p>请在上面输入要找的词。</p>}
      {data && hits.length === 0 && <p>没有找到。保密的内容和没有标为可查的栏目不在查找之列。</p>}
      <ul className="plain-list card" aria-busy={isFetching}>
        {hits.map((hit) => (
          <li key={`${hit.ledger}-${hit.id}`}>
            <span className="quiet">{hit.ledger_title}</span>{" "}
            <Link to={`/offices/${office}/ledgers/${hit.ledger}/entries/${hit.id}`}>{hit.title}</Link>
            {hit.state_title && <span className="mark plain">{hit.state_title}</span>}
            <span className="quiet small"> {chineseDay(hit.dated_on)}</span>
            {hit.found.map((found, n) => (
              <p key={n} className="small">
                {found.title}：
                {found.parts.map((part, at) => (part.marked ? <mark key={at}>{part.text}</mark> : part.text))}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="button" onClick={() => void fetchNextPage()}>
          再看一些
        </button>
      )}
    </>
  );
}
