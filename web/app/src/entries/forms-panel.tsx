// Official forms that can be made of an entry: looked at first, then issued.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router-dom";
import { newKey, request } from "../api/client";
import { entryPath } from "../api/queries";
import { sentence } from "../api/refusal";
import type { Changed, Entry, Ledger } from "../api/types";
import { download } from "../lib/download";
import { RefusalBox } from "../shell/refusal-box";
import { toast } from "../shell/toasts";

export function FormsPanel({ office, ledger, entry }: { office: string; ledger: Ledger; entry: Entry }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [keys] = useState(() => new Map<string, string>());
  const issue = useMutation({
    mutationFn: (form: string) => {
      const key = keys.get(form) ?? newKey();
      keys.set(form, key);
      return request<Changed>("POST", entryPath(office, ledger.id, entry.id, `/forms/${form}`), { key });
    },
    onSuccess: async (made, form) => {
      keys.delete(form);
      toast("done", `文书已经开具${made.number ? `：${made.number}` : ""}。`);
      await client.invalidateQueries({ queryKey: ["entry", office] });
      navigate(`/offices/${office}/ledgers/${made.ledger}/entries/${made.id}`);
    },
  });
  const preview = (form: string, title: string, kind: string) =>
    download(entryPath(office, ledger.id, entry.id, `/forms/${form}.${kind}`), `${title}.${kind}`).catch(
      (error: unknown) => toast("failed", sentence(error)),
    );
  if (!ledger.forms || ledger.forms.length === 0) return null;
  return (
    <section className="card" id="forms">
      <h2>文书</h2>
      <ul className="plain-list">
        {ledger.forms.map((form) => (
          <li key={form.id} className="bar spread tight">
            <span>{form.title}</span>
            <span>
              <button type="button" className="button link" onClick={() => void preview(form.id, form.title, "pdf")}>
                预览PDF
              </button>
              <button type="button" className="button link" onClick={() => void preview(form.id, form.title, "docx")}>
                预览Word
              </button>
              {entry.abilities.includes("move") && (
                <button
                  type="button"
                  className="button link"
                  aria-disabled={issue.isPending}
                  onClick={() => {
                    if (!issue.isPending) issue.mutate(form.id);
                  }}
                >
                  开具
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <RefusalBox error={issue.error} retry={() => issue.variables && issue.mutate(issue.variables)} />
    </section>
  );
}
