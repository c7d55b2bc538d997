// A first or reset password is changed before anything else; the same form changes it later.
import { type FormEvent, useState } from "react";
import { request } from "../api/client";
import { sentence } from "../api/refusal";
import type { PasswordRules } from "../api/types";

function rulesOf({ min_length, max_length, max_age }: PasswordRules): string {
  const age = max_age ? `；每${max_age}要换一次` : "";
  return `新密码${min_length}到${max_length}个字符，汉字也可以；不能是账号名、常见的密码、几个字反复或连着的字符（如abcdefgh）${age}。`;
}

export function PasswordForm({ rules, onChanged }: { rules: PasswordRules; onChanged: () => void }) {
  const [typed, setTyped] = useState({ old: "", fresh: "", again: "" });
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);

  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!typed.old || !typed.fresh) return setFault("请填现在的密码和新密码。");
    if (typed.fresh !== typed.again) return setFault("两次填的新密码不一样。");
    setBusy(true);
    setFault("");
    try {
      await request("POST", "/session/password", { body: { old: typed.old, new: typed.fresh } });
      setTyped({ old: "", fresh: "", again: "" });
      onChanged();
    } catch (error) {
      setFault(sentence(error));
    } finally {
      setBusy(false);
    }
  };
  const field = (name: keyof typeof typed, label: string, complete: string) => (
    <label>
      {label}
      <input
        className="input"
        type="password"
        autoComplete={complete}
        aria-describedby={name === "old" ? undefined : "password-rules"}
        value={typed[name]}
        onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <form className="sign-in" onSubmit={(event) => void handleSubmit(event)} noValidate>
      <p className="quiet small" id="password-rules">
        {rulesOf(rules)}
      </p>
      {field("old", "现在的密码", "current-password")}
      {field("fresh", "新密码", "new-password")}
      {field("again", "再填一次新密码", "new-password")}
      {fault && (
        <p className="wrong" role="alert">
          {fault}
        </p>
      )}
      <button type="submit" className="button primary" aria-disabled={busy}>
        {busy ? "正在保存…" : "保存新密码"}
      </button>
    </form>
  );
}

export function FirstPassword({ rules, onChanged }: { rules: PasswordRules; onChanged: () => void }) {
  return (
    <>
      <h1>请先换一个自己的密码</h1>
      <p>现在的密码是别人发给您的。换成只有您自己知道的，再开始办理。</p>
      <PasswordForm rules={rules} onChanged={onChanged} />
    </>
  );
}
