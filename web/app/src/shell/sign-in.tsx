// Name and password, and the code of the phone where the account asks for one.
import { type FormEvent, useRef, useState } from "react";
import { request } from "../api/client";
import { Refusal, sentence } from "../api/refusal";
import type { Session, SignIn } from "../api/types";
import { ExternalSignInButton } from "./external-sign-in";

const CODE_NEEDED = "access.code_needed";

export function SignInForm({ login = "", onSignedIn }: { login?: string; onSignedIn: (session: Session) => void }) {
  const [typed, setTyped] = useState<SignIn>({ login, password: "", code: "" });
  const [asksCode, setAsksCode] = useState(false);
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const code = useRef<HTMLInputElement>(null);

  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!typed.login.trim() || !typed.password) {
      setFault("请填账号和密码。");
      return;
    }
    setBusy(true);
    setFault("");
    try {
      const body: SignIn = { login: typed.login.trim(), password: typed.password };
      if (asksCode) body.code = (typed.code ?? "").replace(/\s/g, "");
      onSignedIn(await request<Session>("POST", "/session", { body, ownSignIn: true }));
    } catch (error) {
      const needed = error instanceof Refusal && error.problem.code === CODE_NEEDED;
      if (needed) {
        setAsksCode(true);
        setTimeout(() => code.current?.focus());
      }
      setFault(needed && !asksCode ? "" : sentence(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="sign-in" onSubmit={(event) => void handleSubmit(event)} noValidate>
      <label>
        账号
        <input
          className="input"
          name="username"
          autoComplete="username"
          autoFocus={!login}
          value={typed.login}
          readOnly={Boolean(login)}
          placeholder="姓名或代号@单位代号"
          onChange={(event) => setTyped({ ...typed, login: event.target.value })}
        />
      </label>
      <label>
        密码
        <input
          className="input"
          type="password"
          name="password"
          autoComplete="current-password"
          autoFocus={Boolean(login)}
          value={typed.password}
          onChange={(event) => setTyped({ ...typed, password: event.target.value })}
        />
      </label>
      {asksCode && (
        <label>
          手机上的六位动态码
          <input
            ref={code}
            className="input"
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
            value={typed.code}
            onChange={(event) => setTyped({ ...typed, code: event.target.value })}
          />
        </label>
      )}
      {fault && (
        <p className="wrong" role="alert">
          {fault}
        </p>
      )}
      <button type="submit" className="button primary" aria-disabled={busy}>
        {busy ? "正在登录…" : "登录"}
      </button>
      {!login && <ExternalSignInButton login={typed.login} />}
      <p className="quiet">忘记密码，请找本单位的系统管理员重置。</p>
    </form>
  );
}
