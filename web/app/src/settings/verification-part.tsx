// Recomputing the journal, and comparing the tables with it.
import { useMutation } from "@tanstack/react-query";
import { newKey, request } from "../api/client";
import { officePath } from "../api/queries";
import type { Verification } from "../api/types";
import { RefusalBox } from "../shell/refusal-box";

export function VerificationPart({ office }: { office: string }) {
  const verify = useMutation({
    mutationFn: () => request<Verification>("POST", officePath(office, "/verification"), { key: newKey() }),
  });
  const found = verify.data;
  return (
    <section className="card">
      <h2>台账核验</h2>
      <p>把全部登记从头算一遍，看有没有被人绕过系统改动。登记多的时候要等一会儿。</p>
      <button type="button" className="button primary" aria-disabled={verify.isPending} onClick={() => !verify.isPending && verify.mutate()}>
        {verify.isPending ? "正在核验…" : "现在核验"}
      </button>
      <div role="status" className="above">
        <RefusalBox error={verify.error} retry={() => verify.mutate()} />
        {found && (
          <div className={found.ok ? "notice-box good" : "notice-box bad"}>
            <p>
              {found.ok ? `核验通过，共${found.records}条登记。` : `核验没有通过：${found.problems.length}处不一致，请马上告诉系统管理员。`}
            </p>
            <ul>
              {(found.ok ? (found.proven ?? []) : found.problems).map((line, n) => (
                <li key={n}>{line}</li>
              ))}
            </ul>
            {found.root && <p className="small">流水的摘要：<code className="long-text">{found.root}</code></p>}
          </div>
        )}
      </div>
    </section>
  );
}
