// Who may sign in: first passwords and resets are shown once; accounts are stopped and opened again.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { newKey, request } from "../api/client";
import { officePath, useAccounts } from "../api/queries";
import { sentence } from "../api/refusal";
import type { FirstPassword } from "../api/types";
import { chineseTime } from "../lib/dates";
import { Dialog } from "../shell/dialog";
import { QueryFault } from "../shell/page-fault";
import { toast } from "../shell/toasts";

interface Asked {
  code: string;
  name: string;
  has: boolean;
}

export function AccountsPart({ office }: { office: string }) {
  const client = useQueryClient();
  const { data, error, refetch } = useAccounts(office);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [made, setMade] = useState<FirstPassword | null>(null);
  const again = () => client.invalidateQueries({ queryKey: ["accounts", office] });
  const failed = (failure: unknown) => toast("failed", sentence(failure));
  const reset = useMutation({
    mutationFn: (code: string) =>
      request<FirstPassword>("POST", officePath(office, `/accounts/${encodeURIComponent(code)}/password`), { key: newKey() }),
    onSuccess: async (password) => {
      setAsked(null);
      setMade(password);
      await again();
    },
    onError: failed,
  });
  const enable = useMutation({
    mutationFn: ({ code, value }: { code: string; value: boolean }) =>
      request("PUT", officePath(office, `/accounts/${encodeURIComponent(code)}/enabled`), { body: { value } }),
    onSuccess: again,
    onError: failed,
  });
  if (error) return <QueryFault error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在读取…</p>;
  return (
    <section className="card">
      <div className="scroll-x" tabIndex={0} role="region" aria-label="账号">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">姓名</th>
              <th scope="col">账号</th>
              <th scope="col">情况</th>
              <th scope="col">最近登录</th>
              <th scope="col">办理</th>
            </tr>
          </thead>
          <tbody>
            {data.map((account) => {
              const has = account.has_account !== false;
              return (
                <tr key={account.person.id}>
                  <th scope="row">{account.person.name}</th>
                  <td>{has ? account.login : "还没有账号"}</td>
                  <td className="facts">
                    {[
                      has && !account.enabled && "已停用",
                      has && account.must_change_password && "还没换首次密码",
                      account.totp_on && "用动态码",
                      account.locked_until && `锁定到${chineseTime(account.locked_until)}`,
                    ]
                      .filter(Boolean)
                      .join("，") || (has ? "正常" : "")}
                  </td>
                  <td className="nowrap">{chineseTime(account.last_signed_in_at) || (has ? "还没有登录过" : "")}</td>
                  <td className="nowrap">
                    <button
                      type="button"
                      className="button link"
                      onClick={() => setAsked({ code: account.person.code, name: account.person.name, has })}
                    >
                      {has ? "重置密码" : "建账号"}
                    </button>
                    {has && (
                      <button
                        type="button"
                        className="button link"
                        onClick={() => enable.mutate({ code: account.person.code, value: !account.enabled })}
                      >
                        {account.enabled ? "停用" : "启用"}
                      </button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {asked && (
        <Dialog title={asked.has ? `重置${asked.name}的密码` : `给${asked.name}建账号`} onClose={() => setAsked(null)}>
          <p>
            {asked.has
              ? "原来的密码马上作废，他在别处的登录也会退出。新密码只显示一次，请当面交给本人。"
              : "首次密码只显示一次，请当面交给本人；第一次登录要换掉。"}
          </p>
          <div className="bar">
            <button type="button" className="button primary" onClick={() => !reset.isPending && reset.mutate(asked.code)}>
              {asked.has ? "重置" : "建账号"}
            </button>
            <button type="button" className="button" onClick={() => setAsked(null)}>
              不办了
            </button>
          </div>
        </Dialog>
      )}
      {made && (
        <Dialog title="首次密码" onClose={() => setMade(null)}>
          <p>账号：{made.login}</p>
          <p className="secret">{made.password}</p>
          <p>关掉以后再也看不到，请现在抄下来交给本人。</p>
          <button type="button" className="button primary" onClick={() => setMade(null)}>
            抄好了
          </button>
        </Dialog>
      )}
    </section>
  );
}
