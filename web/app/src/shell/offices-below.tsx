// Where a jurisdiction keeps no ledgers of its own (a district): those below it, each as far as one's posts reach.
import { Link } from "react-router-dom";
import { useLedgers } from "../api/queries";
import { sentence } from "../api/refusal";
import type { OfficeName } from "../api/types";
import { useSession } from "./session";

export function OfficesBelow({ of }: { of: OfficeName }) {
  const { session } = useSession();
  const offices = session.offices.filter((each) => each.has_ledgers);
  return (
    <>
      <h1>{of.name}：下辖单位</h1>
      <p className="quiet">点开一个单位，看它的台账、期限和报告。这里只能查看，登记和办理由各单位自己做。</p>
      <ul className="office-list">
        {offices.map((each) => (
          <OfficeBelow key={each.code} office={each} />
        ))}
      </ul>
      {offices.length === 0 && <p>下面还没有启用台账的单位。请找系统管理员。</p>}
    </>
  );
}

function OfficeBelow({ office }: { office: OfficeName }) {
  const ledgers = useLedgers(office.code);
  const seen = ledgers.data?.filter((ledger) => ledger.may.includes("view")) ?? [];
  return (
    <li>
      <b>{office.name}</b>
      <span className="quiet">{office.full_name}</span>
      <span className="push">
        {ledgers.error && <span className="bad-text">{sentence(ledgers.error)}</span>}
        {ledgers.data && seen.length === 0 && <span className="quiet">您的岗位不能查看它的台账</span>}
        {seen.length > 0 && (
          <>
            <Link to={`/offices/${office.code}/workbench`}>工作台</Link>
            {"　"}
            <Link to={`/offices/${office.code}/ledgers`}>台账（{seen.length}本）</Link>
          </>
        )}
      </span>
    </li>
  );
}
