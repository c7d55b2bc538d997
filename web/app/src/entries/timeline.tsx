// What has happened to an entry, newest first, from the journal.
import type { Event } from "../api/types";
import { chineseDay, chineseTime } from "../lib/dates";

export const newestFirst = (events: Event[]) => [...events].sort((a, b) => b.seq - a.seq);

export function Timeline({ events }: { events: Event[] }) {
  return (
    <section className="card" id="timeline">
      <h2>经过</h2>
      <ol className="timeline">
        {newestFirst(events).map((event) => (
          <li key={event.seq}>
            <b>{event.title}</b>
            {event.happened_on && `（${chineseDay(event.happened_on)}）`}
            <br />
            <time dateTime={event.at}>
              {chineseTime(event.at)} {event.who || "系统"}
            </time>
            {event.note && <p className="long-text small">{event.note}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
