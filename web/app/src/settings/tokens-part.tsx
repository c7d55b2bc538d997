// Tokens by which programs act in one's name; shown once.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { newKey, request } from "../api/client";
import { useLedgers, useTokens } from "../api/queries";
import { sentence } from "../api/refusal";
import type { NewToken, Token } from "../api/types";
import { chineseDay, chineseTime } from "../lib/dates";
import { Dialog } from "../shell/dialog";
import { QueryFault } from "../shell/page-fault";
import { RefusalBox } from "../shell/refusal-box";
import { toast } from "../shell/toasts";

const ABILITIES: [id: string, title: string][] = [
  ["view", "查看"],
  ["record", "登记"],
  ["move", "办理步骤"],
  ["export", "导出"],
];
const titleOf = (ability: string) => ABILITIES.find(([id]) => id === ability)?.[1] ?? ability;

export function TokensPart({ office }: { office: string }) {
  const client = useQueryClient();
  const { data, error, refetch } = useTokens();
  const ledgers = useLedgers(office);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<Token | null>(null);
  const again = () => client.invalidateQueries({ queryKey: ["tokens"] });
  const revoke = useMutation({
    mutationFn: (id: number) => request("DELETE", `/tokens/${id}`),
    onSuccess: again,
    onError: (failure) => toast("failed", sentence(failure)),
  });
  if (error) return <QueryFault error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在读取…</p>;
  const ledgerTitle = (id: string) => ledgers.data?.find((ledger) => ledger.id === id)?.title ?? id;
  return (
    <section className="card">
      <p>别的系统（如热线平台）用令牌代您登记或取数，能做的事不会超过您本人。不用了就收回。</p>
      <ul className="plain-list">
        {data.map((token) => (
          <li key={token.id} className="bar spread tight">
            <span>
              <b>{token.title}</b>
              <br />
              <span className="quiet small">
                {(token.abilities ?? []).map(titleOf).join("、")}；
                {token.ledgers && token.ledgers.length > 0 ? token.ledgers.map(ledgerTitle).join("、") : "全部台账"}；
                {token.expires_at && `到${chineseDay(token.expires_at)}失效；`}
                {token.last_used_at ? `最近${chineseTime(token.last_used_at)}用过` : "还没有用过"}
              </span>
            </span>
            <button type="button" className="button" onClick={() => revoke.mutate(token.id)}>
              收回
            </button>
          </li>
        ))}
      </ul>
      {data.length === 0 && <p className="quiet">没有令牌。</p>}
      <button type="button" className="button" onClick={() => setAdding(true)}>
        新建令牌
      </button>
      {adding && (
        <AddToken
          ledgers={ledgers.data ?? []}
          onClose={() => setAdding(false)}
          onMade={(token) => {
            setAdding(false);
            setMade(token);
            void again();
          }}
        />
      )}
      {made?.token && (
        <Dialog title={`令牌：${made.title}`} onClose={() => setMade(null)}>
          <p className="secret">{made.token}</p>
          <p>关掉以后再也看不到，请现在抄到那个系统里。</p>
          <button type="button" className="button primary" onClick={() => setMade(null)}>
            抄好了
          </button>
        </Dialog>
      )}
    </section>
  );
}

interface AddTokenProps {
  ledgers: { id: string; title: string }[];
  onClose: () => void;
  onMade: (token: Token) => void;
}

function AddToken({ ledgers, onClose, onMade }: AddTokenProps) {
  const [token, setToken] = useState<NewToken>({ title: "", abilities: ["view"], ledgers: [], expires_on: "" });
  const [key] = useState(newKey);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      onMade(await request<Token>("POST", "/tokens", { body: token, key }));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  const toggle = (list: string[], id: string, on: boolean) => (on ? [...list, id] : list.filter((each) => each !== id));
  return (
    <Dialog title="新建令牌" onClose={onClose}>
      <form className="sign-in" onSubmit={(event) => void handleSubmit(event)}>
        <label>
          给哪个系统用
          <input className="input" value={token.title} onChange={(event) => setToken({ ...token, title: event.target.value })} />
        </label>
        <label>
          到哪一天失效
          <input
            className="input"
            type="date"
            value={token.expires_on}
            onChange={(event) => setToken({ ...token, expires_on: event.target.value })}
          />
        </label>
        <fieldset className="row-card">
          <legend>能做什么</legend>
          {ABILITIES.map(([id, title]) => (
            <label key={id} className="check">
              <input
                type="checkbox"
                checked={token.abilities.includes(id)}
                onChange={(event) => setToken({ ...token, abilities: toggle(token.abilities, id, event.target.checked) })}
              />{" "}
              {title}
            </label>
          ))}
        </fieldset>
        <details>
          <summary>只限这些台账（不选就是全部）</summary>
          {ledgers.map((ledger) => (
            <label key={ledger.id} className="check">
              <input
                type="checkbox"
                checked={token.ledgers?.includes(ledger.id) ?? false}
                onChange={(event) => setToken({ ...token, ledgers: toggle(token.ledgers ?? [], ledger.id, event.target.checked) })}
              />{" "}
              {ledger.title}
            </label>
          ))}
        </details>
        <RefusalBox error={error} />
        <div className="bar">
          <button type="submit" className="button primary" aria-disabled={busy}>
            {busy ? "正在建…" : "新建"}
          </button>
          <button type="button" className="button" onClick={onClose}>
            不建了
          </button>
        </div>
      </form>
    </Dialog>
  );
}
