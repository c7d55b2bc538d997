// Filters kept under a name, with the account.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { request } from "../api/client";
import { useSavedViews } from "../api/queries";
import { sentence } from "../api/refusal";
import type { SavedView } from "../api/types";
import { Dialog } from "../shell/dialog";
import { toast } from "../shell/toasts";

interface SavedViewsProps {
  ledger: string;
  words: URLSearchParams;
  setWords: (words: URLSearchParams) => void;
}

export function SavedViews({ ledger, words, setWords }: SavedViewsProps) {
  const client = useQueryClient();
  const { data } = useSavedViews();
  const [naming, setNaming] = useState(false);
  const [title, setTitle] = useState("");
  const own = (data ?? []).filter((view) => view.ledger === ledger);
  const query = (() => {
    const kept = new URLSearchParams(words);
    kept.delete("cursor");
    return kept.toString();
  })();
  const current = own.find((view) => view.query === query);
  const done = () => client.invalidateQueries({ queryKey: ["views"] });
  const save = useMutation({
    mutationFn: () => request<SavedView>("POST", "/views", { body: { ledger, title: title.trim(), query } satisfies SavedView }),
    onSuccess: async () => {
      setNaming(false);
      setTitle("");
      await done();
    },
    onError: (error) => toast("failed", sentence(error)),
  });
  const remove = useMutation({
    mutationFn: (id: number) => request("DELETE", `/views/${id}`),
    onSuccess: done,
    onError: (error) => toast("failed", sentence(error)),
  });
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() && !save.isPending) save.mutate();
  };
  return (
    <>
      {own.map((view) => (
        <button
          key={view.id}
          type="button"
          className="button"
          aria-pressed={view.query === query}
          onClick={() => setWords(new URLSearchParams(view.query))}
        >
          {view.title}
        </button>
      ))}
      {current?.id !== undefined && (
        <button type="button" className="button link" onClick={() => remove.mutate(current.id as number)}>
          删除“{current.title}”
        </button>
      )}
      {query !== "" && !current && (
        <button type="button" className="button link" onClick={() => setNaming(true)}>
          把这些条件存起来
        </button>
      )}
      {naming && (
        <Dialog title="把筛选条件存起来" onClose={() => setNaming(false)}>
          <form className="sign-in" onSubmit={handleSubmit}>
            <label>
              名称
              <input
                className="input"
                value={title}
                maxLength={40}
                placeholder="如：本季度未办结"
                onChange={(event) => setTitle(event.target.value)}
              />
            </label>
            <div className="bar">
              <button type="submit" className="button primary" aria-disabled={save.isPending}>
                保存
              </button>
              <button type="button" className="button" onClick={() => setNaming(false)}>
                不存了
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
