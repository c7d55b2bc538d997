// The reports an office makes, by year.
import { Link, useParams } from "react-router-dom";
import { useReports } from "../api/queries";
import { QueryFault } from "../shell/page-fault";

export function Page() {
  const { office = "" } = useParams();
  const { data, error, refetch } = useReports(office);
  if (error) return <QueryFault whole error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在读取…</p>;
  return (
    <>
      <h1>报告</h1>
      {data.length === 0 && <p className="quiet">这个单位没有要写的报告。</p>}
      {data.map((report) => (
        <section key={report.report} className="card">
          <h2>{report.title}</h2>
          {report.years.length === 0 && <p className="quiet">还没有可以写报告的年份。</p>}
          <ul className="plain-list">
            {[...report.years]
              .sort((a, b) => b - a)
              .map((year) => (
                <li key={year}>
                  <Link to={`/offices/${office}/reports/${report.report}/${year}`}>{year}年</Link>
                  {report.signed_years?.includes(year) ? (
                    <span className="mark good">已签发</span>
                  ) : (
                    <span className="mark plain">草稿，随台账变化</span>
                  )}
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}
