// What has become of the findings since the draft before.
import { useReviewDiff } from "../api/queries";
import type { ReviewDiff as Diff } from "../api/types";
import { QueryFault } from "../shell/page-fault";
import { LEVEL_MARKS, LEVELS } from "./words";

type Change = Diff["items"][number]["change"];

function Group({ items, change, title, none }: { items: Diff["items"]; change: Change; title: string; none: string }) {
  const own = items.filter((each) => each.change === change);
  return (
    <div>
      <h3>
        {title} <span className="quiet">{own.length}</span>
      </h3>
      {own.length === 0 && <p className="quiet small">{none}</p>}
      <ul className="plain-list small">
        {own.map((each, n) => (
          <li key={n}>
            <span className={`mark first ${LEVEL_MARKS[each.level]}`}>{LEVELS[each.level]}</span> {each.say}
          </li>
        ))}
      </ul>
    </div>
  );
}

// What is new stands open; the rest would push the text off the screen.
export function ReviewDiff({ office, id }: { office: string; id: string }) {
  const { data, error, refetch } = useReviewDiff(office, id);
  if (error) return <QueryFault error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在比较两稿…</p>;
  const { items } = data;
  const count = (change: Change) => items.filter((each) => each.change === change).length;
  return (
    <section className="card" aria-label="与上一稿比较">
      <h2>与上一稿比较</h2>
      <Group items={items} change="new" title="新出现的" none="没有新出现的问题。" />
      <details className="more">
        <summary>
          还在的{count("stayed")}处，已经没有的{count("gone")}处
        </summary>
        <div className="columns">
          <Group items={items} change="stayed" title="还在的" none="上一稿的问题都不在了。" />
          <Group items={items} change="gone" title="已经没有的" none="上一稿的问题一处也没有少。" />
        </div>
      </details>
    </section>
  );
}
