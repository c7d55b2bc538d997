// Any measure over any days, by unit, month or a field; every bar and every number opens.
import { Select } from "antd";
import { lazy, Suspense, useMemo } from "react";
import { useParams, useSearchParams } from "react-router-dom";
import { useLedgers, useMeasures, useOffice, useStatistics } from "../api/queries";
import type { Figure, MeasureName, Statistics } from "../api/types";
import { BehindList } from "../entries/behind-list";
import { todayHere } from "../lib/dates";
import { QueryFault } from "../shell/page-fault";

const BarChart = lazy(() => import("../entries/bar-chart").then(({ BarChart: chart }) => ({ default: chart })));
const BARS_MAX = 60;

export function figureText(figure: Figure): string {
  return figure.has_value ? `${figure.value}${figure.unit}` : "—";
}

export function Page() {
  const { office = "" } = useParams();
  const [words, setWords] = useSearchParams();
  const officeQuery = useOffice(office);
  const ledgers = useLedgers(office);
  const measures = useMeasures(office);
  const year = (officeQuery.data?.today ?? todayHere()).slice(0, 4);
  const measure = words.get("measure") ?? "";
  const from = words.get("from") ?? `${year}-01-01`;
  const to = words.get("to") ?? `${year}-12-31`;
  const by = words.get("by") ?? "unit";
  const chosen = measures.data?.find((each) => each.id === measure);
  const rankable = chosen?.ranked === true && by !== "month";
  const ranked = rankable && words.get("ranked") === "true";
  const statistics = useStatistics(office, measure, { from, to, by, ...(ranked && { ranked: "true" }) });
  const set = (changes: Record<string, string>) => {
    const next = new URLSearchParams(words);
    next.delete("key");
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setWords(next);
  };
  // "" is a group too: what has nothing in that field.
  const choose = (key: string | null) => {
    const next = new URLSearchParams(words);
    if (key === null) next.delete("key");
    else next.set("key", key);
    setWords(next);
  };
  const options = useMemo(() => {
    const title = (id: string) => ledgers.data?.find((ledger) => ledger.id === id)?.title ?? id;
    const groups = new Map<string, MeasureName[]>();
    for (const each of measures.data ?? []) groups.set(title(each.ledger), [...(groups.get(title(each.ledger)) ?? []), each]);
    return [...groups].map(([label, own]) => ({
      label,
      title: label,
      options: own.map((each) => ({ value: each.id, label: `${each.title}（${each.unit}）` })),
    }));
  }, [measures.data, ledgers.data]);
  if (measures.error) return <QueryFault whole error={measures.error} retry={() => void measures.refetch()} />;
  const yearButton = (label: string, of: string) => (
    <button
      type="button"
      className="button"
      aria-pressed={from === `${of}-01-01` && to === `${of}-12-31`}
      onClick={() => set({ from: `${of}-01-01`, to: `${of}-12-31` })}
    >
      {label}
    </button>
  );
  return (
    <>
      <h1>统计</h1>
      <div className="card">
        <div className="filters">
          <label className="span-two">
            统计什么
            <Select
              showSearch
              optionFilterProp="label"
              placeholder="输入文字查找，如“普法”"
              aria-label="统计什么"
              value={measure || undefined}
              options={options}
              loading={!measures.data}
              onChange={(value) => set({ measure: value, by: "unit" })}
            />
          </label>
          <label>
            从
            <input className="input" type="date" value={from} onChange={(event) => set({ from: event.target.value })} />
          </label>
          <label>
            到
            <input className="input" type="date" value={to} onChange={(event) => set({ to: event.target.value })} />
          </label>
          <label>
            怎么分
            <select className="input" value={by} onChange={(event) => set({ by: event.target.value })}>
              <option value="unit">按单位</option>
              <option value="month">按月</option>
              <option value="handler">按经办人</option>
              {(chosen?.dimensions ?? [])
                .filter((each) => !["unit", "month", "handler"].includes(each.id))
                .map((each) => (
                  <option key={each.id} value={each.id}>
                    按{each.title}
                  </option>
                ))}
            </select>
          </label>
        </div>
        <div className="bar above">
          {yearButton("今年", year)}
          {yearButton("去年", String(Number(year) - 1))}
          {rankable && (
            <button
              type="button"
              className="button"
              aria-pressed={ranked}
              onClick={() => set({ ranked: ranked ? "" : "true" })}
            >
              排名
            </button>
          )}
        </div>
      </div>
      {measure === "" && <p className="quiet">请选择要统计的指标。</p>}
      {statistics.error && <QueryFault error={statistics.error} retry={() => void statistics.refetch()} />}
      {measure !== "" && !statistics.data && !statistics.error && <p className="waiting">正在统计…</p>}
      {statistics.data && measure !== "" && (
        <Shown
          statistics={statistics.data}
          chosen={words.get("key")}
          onChoose={choose}
          office={office}
          query={{ from, to, by }}
        />
      )}
    </>
  );
}

interface ShownProps {
  statistics: Statistics;
  chosen: string | null; // a group's key, ALL, or none
  onChoose: (key: string | null) => void;
  office: string;
  query: { from: string; to: string; by: string };
}

const ALL = "*";

function Shown({ statistics, chosen, onChoose, office, query }: ShownProps) {
  const all = chosen === ALL;
  const { measure, total, groups } = statistics;
  const bars = useMemo(
    () =>
      groups
        .filter((group) => group.figure.has_value)
        .slice(0, BARS_MAX)
        .map(({ key, title, figure }) => ({ key, title, value: (figure.scaled ?? 0) / 100, shown: figureText(figure) })),
    [groups],
  );
  const ranked = groups.some((group) => group.place !== undefined);
  const title = groups.find((group) => group.key === chosen)?.title;
  const warnings = total.warnings ?? [];
  return (
    <>
      <section className="card">
        <h2>
          {measure.title}：{figureText(total)}
          {total.numerator !== null && total.numerator !== undefined && (
            <span className="quiet small">
              （{total.numerator}/{total.denominator}）
            </span>
          )}{" "}
          <button type="button" className="button link" aria-pressed={all} onClick={() => onChoose(ALL)}>
            看全部条目
          </button>
        </h2>
        {warnings.map((warning) => (
          <p key={warning} className="warn-text">
            {warning}
          </p>
        ))}
        <div className="columns">
          {bars.length > 0 && (
            <Suspense fallback={<p className="waiting">正在画图…</p>}>
              <BarChart bars={bars} chosen={chosen} onChoose={onChoose} />
            </Suspense>
          )}
          <div className="scroll-x" tabIndex={0} role="region" aria-label={measure.title}>
            <table className="plain">
              <thead>
                <tr>
                  {ranked && (
                    <th scope="col" className="number">
                      名次
                    </th>
                  )}
                  <th scope="col">分项</th>
                  <th scope="col" className="number">
                    {measure.title}
                  </th>
                </tr>
              </thead>
              <tbody>
                {groups.map((group) => (
                  <tr key={group.key}>
                    {ranked && <td className="number">{group.place ?? "—"}</td>}
                    <th scope="row">{group.title || "没有填"}</th>
                    <td className="number">
                      <button
                        type="button"
                        className="button link"
                        aria-pressed={chosen === group.key}
                        onClick={() => onChoose(group.key)}
                      >
                        {figureText(group.figure)}
                      </button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {groups.length === 0 && <p className="quiet">这段时间没有数据。</p>}
            {groups.length > bars.length && bars.length === BARS_MAX && (
              <p className="quiet small">图上是前{BARS_MAX}项，表里是全部。</p>
            )}
          </div>
        </div>
      </section>
      {chosen !== null && (
        <section className="card" aria-live="polite">
          <h2>
            {all ? "全部条目" : title || "没有填"}
            <button type="button" className="button link" onClick={() => onChoose(null)}>
              收起
            </button>
          </h2>
          <BehindList
            key={`${measure.id}-${chosen}-${query.from}-${query.to}-${query.by}`}
            office={office}
            path={`/measures/${measure.id}/entries`}
            query={all ? { from: query.from, to: query.to } : { ...query, key: chosen }}
          />
        </section>
      )}
    </>
  );
}
