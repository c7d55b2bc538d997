// The packs that say what the office's ledgers are: what is installed, what a newer one would change, going over to it.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { newKey, request } from "../api/client";
import { officePath, usePacks } from "../api/queries";
import type { PackAdoption } from "../api/types";
import { Dialog } from "../shell/dialog";
import { QueryFault } from "../shell/page-fault";
import { RefusalBox } from "../shell/refusal-box";
import { toast } from "../shell/toasts";

export function PacksPart({ office }: { office: string }) {
  const client = useQueryClient();
  const { data, error, refetch } = usePacks(office);
  const [asked, setAsked] = useState(false);
  const [key, setKey] = useState(newKey);
  const adopt = useMutation({
    mutationFn: () => request<PackAdoption>("POST", officePath(office, "/packs/adoption"), { key }),
    onSuccess: async (done) => {
      setAsked(false);
      setKey(newKey());
      toast("done", `已经改用新的定义，${done.clocks}条的期限有变动。`);
      await client.invalidateQueries();
    },
  });
  if (error) return <QueryFault error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在读取…</p>;
  return (
    <section className="card">
      <h2>本单位采用的定义包</h2>
      <ul>
        {data.installed.map((pack) => (
          <li key={pack.name}>
            {pack.title}{" "}
            <span className="quiet">
              （{pack.name}）已安装{pack.version}版
            </span>
          </li>
        ))}
      </ul>
      {data.is_newest ? (
        <p className="good-text">现在用的就是已安装的这一版，没有要改用的。</p>
      ) : (
        <>
          <h3>改用新安装的版本，会有这些变化</h3>
          <ul className="long-text">
            {data.changes.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {data.changes.length === 0 && <p className="quiet">台账的栏目、步骤和期限没有变化。</p>}
          {data.against.length > 0 && (
            <div className="notice-box bad">
              <p>现在还不能改用：</p>
              <ul>
                {data.against.map((part) => (
                  <li key={`${part.code}-${part.where ?? ""}`}>{part.detail}</li>
                ))}
              </ul>
            </div>
          )}
          {data.against.length === 0 && (
            <button type="button" className="button primary" onClick={() => setAsked(true)}>
              改用新的定义
            </button>
          )}
        </>
      )}
      {asked && (
        <Dialog title="改用新的定义" onClose={() => setAsked(false)}>
          <p>从现在起按新的定义登记和办理；以前登记的内容不变，正在走的期限会重新推算，逐条留下记录。</p>
          <RefusalBox error={adopt.error} retry={() => adopt.mutate()} />
          <div className="bar">
            <button type="button" className="button primary" aria-disabled={adopt.isPending} onClick={() => !adopt.isPending && adopt.mutate()}>
              {adopt.isPending ? "正在改用…" : "改用"}
            </button>
            <button type="button" className="button" onClick={() => setAsked(false)}>
              先不改
            </button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
