// Who is signed in, with what posts; out from here.
import { useEffect, useRef } from "react";
import { Link, useLocation } from "react-router-dom";
import { sentence } from "../api/refusal";
import { useSession } from "./session";
import { toast } from "./toasts";

export function UserMenu({ office }: { office: string }) {
  const { session, signOut } = useSession();
  const details = useRef<HTMLDetailsElement>(null);
  const location = useLocation();
  const home = office || session.office.code;
  useEffect(() => {
    if (details.current) details.current.open = false;
  }, [location]);
  return (
    <details
      ref={details}
      className="user-menu"
      onKeyDown={(event) => {
        if (event.key === "Escape" && details.current) details.current.open = false;
      }}
      onBlur={(event) => {
        if (details.current && !details.current.contains(event.relatedTarget)) details.current.open = false;
      }}
    >
      <summary>{session.person.name}</summary>
      <div className="user-sheet">
        <p>
          {session.office.name}
          <br />
          <span className="quiet">{[...new Set(session.posts.map((post) => post.title))].join("、")}</span>
        </p>
        <Link to={`/offices/${home}/settings/account`}>密码与登录</Link>
        <button
          type="button"
          className="button"
          onClick={() => void signOut().catch((error: unknown) => toast("failed", sentence(error)))}
        >
          退出登录
        </button>
      </div>
    </details>
  );
}
