// Who stands in for whom, and until when; and handing over all work of somebody who leaves.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { newKey, request } from "../api/client";
import { officePath, useStandIns } from "../api/queries";
import { sentence } from "../api/refusal";
import type { HandedOver, NewHandOver, NewStandIn, Office } from "../api/types";
import { chineseDay } from "../lib/dates";
import { Dialog } from "../shell/dialog";
import { QueryFault } from "../shell/page-fault";
import { RefusalBox } from "../shell/refusal-box";
import { toast } from "../shell/toasts";

interface PersonChoiceProps {
  office: Office;
  label: string;
  value: string;
  onChange: (code: string) => void;
}

function PersonChoice({ office, label, value, onChange }: PersonChoiceProps) {
  return (
    <label>
      {label}
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">请选择</option>
        {office.persons.map((person) => (
          <option key={person.id} value={person.code}>
            {person.name}
          </option>
        ))}
      </select>
    </label>
  );
}

export function StandIns({ office }: { office: Office }) {
  const client = useQueryClient();
  const { data, error, refetch } = useStandIns(office.code);
  const [adding, setAdding] = useState(false);
  const mayManage = office.abilities.includes("administer");
  const again = () => client.invalidateQueries({ queryKey: ["stand-ins", office.code] });
  const end = useMutation({
    mutationFn: (id: number) => request("DELETE", officePath(office.code, `/stand-ins/${id}`)),
    onSuccess: again,
    onError: (failure) => toast("failed", sentence(failure)),
  });
  return (
    <section className="card">
      <h2>代理</h2>
      {error && <QueryFault error={error} retry={() => void refetch()} />}
      {data?.length === 0 && <p className="quiet">现在没有人代理。</p>}
      <ul className="plain-list">
        {data?.map((each) => (
          <li key={each.id} className="bar spread tight">
            <span>
              {each.person.name}代理{each.for_person.name}
              {each.is_on && <span className="mark good">今天在代理</span>}
              <br />
              <span className="quiet small">
                {chineseDay(each.from_on)}至{chineseDay(each.until_on)}
              </span>
            </span>
            {mayManage && (
              <button type="button" className="button" onClick={() => end.mutate(each.id)}>
                终止
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayManage && (
        <button type="button" className="button" onClick={() => setAdding(true)}>
          安排代理
        </button>
      )}
      {adding && (
        <AddStandIn
          office={office}
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            toast("done", "代理已经安排好。");
            void again();
          }}
        />
      )}
    </section>
  );
}

function AddStandIn({ office, onClose, onAdded }: { office: Office; onClose: () => void; onAdded: () => void }) {
  const [typed, setTyped] = useState<NewStandIn>({ for_person: "", person: "", from_on: office.today, until_on: "" });
  const add = useMutation({
    mutationFn: () => request("POST", officePath(office.code, "/stand-ins"), { body: typed, key: newKey() }),
    onSuccess: onAdded,
  });
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!add.isPending) add.mutate();
  };
  return (
    <Dialog title="安排代理" onClose={onClose}>
      <form className="sign-in" onSubmit={handleSubmit}>
        <p className="quiet">代理期间，代理人持有对方的岗位；经手的事仍在对方名下。</p>
        <PersonChoice office={office} label="不在岗的人" value={typed.for_person} onChange={(for_person) => setTyped({ ...typed, for_person })} />
        <PersonChoice office={office} label="代理人" value={typed.person} onChange={(person) => setTyped({ ...typed, person })} />
        <label>
          从
          <input className="input" type="date" value={typed.from_on} onChange={(event) => setTyped({ ...typed, from_on: event.target.value })} />
        </label>
        <label>
          到（当天也算）
          <input className="input" type="date" value={typed.until_on} onChange={(event) => setTyped({ ...typed, until_on: event.target.value })} />
        </label>
        <RefusalBox error={add.error} />
        <div className="bar">
          <button type="submit" className="button primary" aria-disabled={add.isPending}>
            安排
          </button>
          <button type="button" className="button" onClick={onClose}>
            不安排了
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function HandOver({ office, onClose, onDone }: { office: Office; onClose: () => void; onDone: (said: string) => void }) {
  const [typed, setTyped] = useState<NewHandOver>({ from: "", to: "", note: "", stays: false });
  const run = useMutation({
    mutationFn: () => request<HandedOver>("POST", officePath(office.code, "/hand-over"), { body: typed, key: newKey() }),
    onSuccess: ({ entries, tasks, posts, account_disabled }) =>
      onDone(
        `交接了${entries}条条目、${tasks}件任务${posts > 0 ? `，终止岗位${posts}个` : ""}${account_disabled ? "，账号已停用" : ""}。`,
      ),
  });
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!run.isPending) run.mutate();
  };
  return (
    <Dialog title="交接工作" onClose={onClose}>
      <form className="sign-in" onSubmit={handleSubmit}>
        <p className="quiet">没有办结的条目和任务全部转到接手人名下，每一条都留下记录。</p>
        <PersonChoice office={office} label="移交人" value={typed.from} onChange={(from) => setTyped({ ...typed, from })} />
        <PersonChoice office={office} label="接手人" value={typed.to} onChange={(to) => setTyped({ ...typed, to })} />
        <label>
          说明
          <input className="input" value={typed.note} placeholder="如：调往城管办" onChange={(event) => setTyped({ ...typed, note: event.target.value })} />
        </label>
        <label className="check">
          <input type="checkbox" checked={typed.stays} onChange={(event) => setTyped({ ...typed, stays: event.target.checked })} />{" "}
          人还在，只交接工作（不勾，就终止他的岗位、停用账号）
        </label>
        <RefusalBox error={run.error} />
        <div className="bar">
          <button type="submit" className="button primary" aria-disabled={run.isPending}>
            {run.isPending ? "正在交接…" : "交接"}
          </button>
          <button type="button" className="button" onClick={onClose}>
            不办了
          </button>
        </div>
      </form>
    </Dialog>
  );
}
