// The years whose rest days are in force.
import { useCalendars, useOffice } from "../api/queries";
import { chineseDay, weekdayOf } from "../lib/dates";
import { QueryFault } from "../shell/page-fault";
import { AdoptYear } from "./adopt-year";

export function CalendarsPart({ office }: { office: string }) {
  const { data, error, refetch } = useCalendars(office);
  const officeQuery = useOffice(office);
  if (error) return <QueryFault error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在读取…</p>;
  const days = (of: Record<string, string>) =>
    Object.entries(of).sort(([a], [b]) => a.localeCompare(b));
  return (
    <>
      {officeQuery.data?.abilities.includes("administer") && <AdoptYear office={office} />}
      {[...data]
        .sort((a, b) => b.year - a.year)
        .map((year) => (
          <details key={year.year} className="card">
            <summary>
              <b>{year.year}年</b> <span className="quiet long-text">{year.notice}</span>
            </summary>
            <div className="columns above">
              {(
                [
                  ["放假", year.rest],
                  ["周末上班", year.work],
                ] as const
              ).map(([title, of]) => (
                <div key={title}>
                  <h3>{title}</h3>
                  <ul>
                    {days(of).map(([day, why]) => (
                      <li key={day}>
                        {chineseDay(day)}（{weekdayOf(day)}） {why}
                      </li>
                    ))}
                  </ul>
                </div>
              ))}
            </div>
          </details>
        ))}
    </>
  );
}
