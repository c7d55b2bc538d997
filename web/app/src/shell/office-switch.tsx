// Whose ledgers these are; a bureau's person chooses among the offices below.
import { useNavigate } from "react-router-dom";
import { useSession } from "./session";

export function OfficeSwitch({ office }: { office: string }) {
  const { session } = useSession();
  const navigate = useNavigate();
  const offices = session.offices.filter((each) => each.has_ledgers || each.code === office);
  const current = offices.find((each) => each.code === office) ?? session.office;
  if (offices.length < 2) return <span className="office-name">{current.name}</span>;
  return (
    <select
      className="office-switch"
      aria-label="查看哪个单位"
      value={office}
      onChange={(event) => navigate(event.target.value ? `/offices/${event.target.value}/workbench` : "/offices")}
    >
      <option value="">选择单位…</option>
      {offices.map((each) => (
        <option key={each.code} value={each.code}>
          {each.name}
        </option>
      ))}
    </select>
  );
}
