// The first page: one's own workbench; for those whose jurisdiction keeps no ledgers, the offices below.
import { lazy } from "react";
import { Navigate, Outlet, useParams } from "react-router-dom";
import { OfficesBelow } from "./offices-below";
import { useSession } from "./session";

const Account = lazy(() => import("../settings/account-part").then(({ AccountPart: part }) => ({ default: part })));

export function Landing({ choose = false }: { choose?: boolean }) {
  const { session } = useSession();
  const { office } = useParams();
  if (office) return <Navigate to={`/offices/${office}/workbench`} replace />;
  const own = session.offices.find((each) => each.own) ?? session.office;
  if (!choose && own.has_ledgers) return <Navigate to={`/offices/${own.code}/workbench`} replace />;
  return <OfficesBelow of={own} />;
}

// The pages of an office; of one without ledgers there is the list of those below, and one's own sign-in.
export function OfficePages() {
  const { session } = useSession();
  const { office = "", part } = useParams();
  const known = session.offices.find((each) => each.code === office);
  if (!known || known.has_ledgers) return <Outlet />;
  if (part !== undefined) {
    return (
      <>
        <h1>密码与登录</h1>
        <Account />
      </>
    );
  }
  return <OfficesBelow of={known} />;
}
