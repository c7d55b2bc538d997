// What has become of the findings since the draft before.
import { useReviewDiff } from "../api/queries";
import type { ReviewDiff as Diff } from "../api/types";
import { QueryFault } from "../shell/page-fault";
import { LEVEL_MARKS, LEVELS } from "./words";

type Change = Diff["items"][number]["change"];
const GROUPS: [Change, string, string][] = [
  ["new", "新出现的", "没有新出现的问题。"],
  ["stayed", "还在的", "上一稿的问题都不在了。"],
  ["gone", "已经没有的", "上一稿的问题一处也没有少。"],
];

export function ReviewDiff({ office, id }: { office: string; id: string }) {
  const { data, error, refetch } = useReviewDiff(office, id);
  if (error) return <QueryFault error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在比较两稿…</p>;
  return (
    <section className="card" aria-label="与上一稿比较">
      <h2>与上一稿比较</h2>
      <div className="columns">
        {GROUPS.map(([change, title, none]) => {
          const items = data.items.filter((each) => each.change === change);
          return (
            <div key={change}>
              <h3>
                {title} <span className="quiet">{items.length}</span>
              </h3>
              {items.length === 0 && <p className="quiet small">{none}</p>}
              <ul className="plain-list small">
                {items.map((each, n) => (
                  <li key={n}>
                    <span className={`mark first ${LEVEL_MARKS[each.level]}`}>{LEVELS[each.level]}</span> {each.say}
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </div>
    </section>
  );
}
