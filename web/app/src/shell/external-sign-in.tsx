// Signing in with the city's identity provider, where one is set: the browser goes there and comes back signed in.
import { useEffect, useState } from "react";
import { pathOf, request } from "../api/client";
import type { ExternalSignIn } from "../api/types";

const OFFICE_KEY = "fazhi.external-office";

const REFUSALS: Record<string, string> = {
  "action.not_bound": "您在统一身份认证的编号还没有绑定这个单位的账号，请本单位的系统管理员绑定（访问日志里有这个编号）。",
  "action.external_needs_code": "您的账号登录要手机动态码，请用账号、密码和动态码登录。",
  "action.external_lost": "这次登录已失效或不是从这个浏览器开始的，请重新登录；单位代号写错了也会这样。",
  "action.external_refused": "统一身份认证没有通过，请重新登录，或用账号和密码登录。",
  "action.external_unreachable": "统一身份认证现在连不上，请稍后再试，或用账号和密码登录。",
  "action.external_busy": "现在登录的人太多，请过几分钟再试，或用账号和密码登录。",
};

// What the way back from the provider was refused for; "": nothing.
export function refusedWith(search: string): string {
  const code = new URLSearchParams(search).get("refused");
  if (!code) return "";
  return REFUSALS[code] ?? "统一身份认证的凭据不对，请重新登录；还不行，请联系管理员。";
}

// `login`: what has been typed, perhaps with the office after its @.
export function ExternalSignInButton({ login }: { login: string }) {
  const [offered, setOffered] = useState<ExternalSignIn | null>(null);
  const [fault, setFault] = useState(refusedWith(window.location.search));

  useEffect(() => {
    const asking = new AbortController();
    request<ExternalSignIn>("GET", "/session/external", { signal: asking.signal, ownSignIn: true }).then(
      setOffered,
      () => setOffered(null), // Then there is the password.
    );
    return () => asking.abort();
  }, []);

  const handleClick = () => {
    const typed = login.includes("@") ? login.slice(login.lastIndexOf("@") + 1).trim() : "";
    const office = typed || localStorage.getItem(OFFICE_KEY) || "";
    if (!office) {
      setFault("请先在账号一栏写“@单位代号”，如 @qianjin。");
      return;
    }
    localStorage.setItem(OFFICE_KEY, office);
    window.location.assign(pathOf("/session/external/start", { office }));
  };

  if (!offered?.configured) return null;
  return (
    <>
      {fault && (
        <p className="wrong" role="alert">
          {fault}
        </p>
      )}
      <button type="button" className="button" onClick={handleClick}>
        {offered.title}
      </button>
    </>
  );
}
