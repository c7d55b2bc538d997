// The first page: one's own workbench; for those who look after several offices, which of them.
import { Link, Navigate } from "react-router-dom";
import { useParams } from "react-router-dom";
import { useSession } from "./session";

export function Landing({ choose = false }: { choose?: boolean }) {
  const { session } = useSession();
  const { office } = useParams();
  if (office) return <Navigate to={`/offices/${office}/workbench`} replace />;
  const withLedgers = session.offices.filter((each) => each.has_ledgers);
  const own = session.offices.find((each) => each.own) ?? session.office;
  if (!choose && (own.has_ledgers ?? withLedgers.length === 0)) {
    return <Navigate to={`/offices/${own.code}/workbench`} replace />;
  }
  return (
    <>
      <h1>选择单位</h1>
      <ul className="office-list">
        {withLedgers.map((each) => (
          <li key={each.code}>
            <Link to={`/offices/${each.code}/workbench`}>{each.name}</Link>
            <span className="quiet">{each.full_name}</span>
          </li>
        ))}
      </ul>
      {withLedgers.length === 0 && <p>还没有可以查看的单位。请找系统管理员。</p>}
    </>
  );
}
