// One's own password, the second factor, and where one is signed in.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { request } from "../api/client";
import { useSessions } from "../api/queries";
import { sentence } from "../api/refusal";
import { chineseTime } from "../lib/dates";
import { Dialog } from "../shell/dialog";
import { PasswordForm } from "../shell/first-password";
import { QueryFault } from "../shell/page-fault";
import { useSession } from "../shell/session";
import { toast } from "../shell/toasts";
import { AddCodes } from "./totp-form";

export function AccountPart() {
  const { session, login } = useSession();
  return (
    <>
      <p>
        您是{session.person.name}，账号 <b>{login}</b>
        {session.posts.length > 0 && `，岗位：${[...new Set(session.posts.map((post) => post.title))].join("、")}`}。
      </p>
      <div className="columns">
        <section className="card">
          <h2>换密码</h2>
          <PasswordForm rules={session.password_rules} onChanged={() => toast("done", "密码已经换好，其他地方的登录都退出了。")} />
        </section>
        <Totp />
      </div>
      <Sessions />
    </>
  );
}

function Totp() {
  const [adding, setAdding] = useState(0); // each time a form of its own
  const [removing, setRemoving] = useState(false);
  return (
    <section className="card">
      <h2>动态码</h2>
      <p className="quiet">启用以后，登录除了密码，还要填手机上每30秒换一次的六位数字。</p>
      <AddCodes
        key={adding}
        onAdded={() => {
          setAdding(adding + 1);
          toast("done", "动态码已经启用，下次登录要用手机上的六位数字。");
        }}
        onClose={() => setAdding(adding + 1)}
      />
      <p className="above">
        <button type="button" className="button link" onClick={() => setRemoving(true)}>
          停用动态码
        </button>
      </p>
      {removing && <RemoveCodes onClose={() => setRemoving(false)} />}
    </section>
  );
}

function RemoveCodes({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState("");
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await request("DELETE", "/session/totp", { body: { password } });
      toast("done", "已经停用动态码。");
      onClose();
    } catch (error) {
      setFault(sentence(error));
    }
  };
  return (
    <Dialog title="停用动态码" onClose={onClose}>
      <form className="sign-in" onSubmit={(event) => void handleSubmit(event)}>
        <label>
          现在的密码
          <input
            className="input"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        {fault && (
          <p className="wrong" role="alert">
            {fault}
          </p>
        )}
        <div className="bar">
          <button type="submit" className="button primary">
            停用
          </button>
          <button type="button" className="button" onClick={onClose}>
            不停用了
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Sessions() {
  const client = useQueryClient();
  const { data, error, refetch } = useSessions();
  const revoke = useMutation({
    mutationFn: (id: string) => request("DELETE", `/session/list/${encodeURIComponent(id)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ["sessions"] }),
    onError: (failure) => toast("failed", sentence(failure)),
  });
  return (
    <section className="card">
      <h2>在哪里登录着</h2>
      {error && <QueryFault error={error} retry={() => void refetch()} />}
      <ul className="plain-list">
        {data?.map((session) => (
          <li key={session.id} className="bar spread tight">
            <span>
              {session.agent || "未知浏览器"}
              {session.current && <span className="mark good">就是这里</span>}
              <br />
              <span className="quiet small">
                {session.address && `${session.address}，`}
                {chineseTime(session.created_at)}登录，最近{chineseTime(session.last_seen_at)}
              </span>
            </span>
            {!session.current && (
              <button type="button" className="button" onClick={() => revoke.mutate(session.id)}>
                让它退出
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
