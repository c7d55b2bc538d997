// One's own sign-in, and what of the office can be set, each in a part of its own.
import { type ComponentType } from "react";
import { NavLink, useParams } from "react-router-dom";
import { useOffice } from "../api/queries";
import { AccessLogPart } from "../settings/access-log-part";
import { AccountPart } from "../settings/account-part";
import { AccountsPart } from "../settings/accounts-part";
import { CalendarsPart } from "../settings/calendars-part";
import { NoticesPart } from "../settings/notices-part";
import { OfficeSettingsPart } from "../settings/office-settings-part";
import { PacksPart } from "../settings/packs-part";
import { TokensPart } from "../settings/tokens-part";
import { VerificationPart } from "../settings/verification-part";
import { QueryFault } from "../shell/page-fault";

interface Part {
  id: string;
  title: string;
  component: ComponentType<{ office: string }>;
  administers?: boolean; // only for those who may
}

const PARTS: Part[] = [
  { id: "account", title: "密码与登录", component: AccountPart },
  { id: "office", title: "单位设置", component: OfficeSettingsPart },
  { id: "accounts", title: "账号", component: AccountsPart, administers: true },
  { id: "access-log", title: "访问日志", component: AccessLogPart, administers: true },
  { id: "packs", title: "台账定义", component: PacksPart, administers: true },
  { id: "calendars", title: "放假安排", component: CalendarsPart },
  { id: "notices", title: "提醒", component: NoticesPart },
  { id: "verification", title: "台账核验", component: VerificationPart },
  { id: "tokens", title: "接口令牌", component: TokensPart },
];

export function Page() {
  const { office = "", part = "account" } = useParams();
  const { data, error, refetch } = useOffice(office);
  if (error) return <QueryFault whole error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在读取…</p>;
  const parts = PARTS.filter((each) => !each.administers || data.abilities.includes("administer"));
  const shown = parts.find((each) => each.id === part);
  const Shown = shown?.component;
  return (
    <>
      <h1>设置</h1>
      <nav className="tabs" aria-label="设置">
        {parts.map((each) => (
          <NavLink key={each.id} to={`/offices/${office}/settings/${each.id}`} aria-current={each.id === part ? "page" : undefined}>
            {each.title}
          </NavLink>
        ))}
      </nav>
      {Shown ? <Shown office={office} /> : <p>没有这一项设置，或者您不能管理它。</p>}
    </>
  );
}
