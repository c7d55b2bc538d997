// An entry's evidence: what is there, to look at; what is expected; more to attach.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { entryPath } from "../api/queries";
import type { Entry, Evidence, Ledger } from "../api/types";
import { chineseDay } from "../lib/dates";
import { fileSize } from "../lib/sizes";
import { Dialog } from "../shell/dialog";
import { toast } from "../shell/toasts";
import { EvidencePicker, pendingFile, type PendingFile, PendingList, uploadAll } from "./evidence-upload";

interface EvidencePanelProps {
  office: string;
  ledger: Ledger;
  entry: Entry;
  kinds?: string[]; // only these may be attached here (a step's)
}

const isPicture = (evidence: Evidence) => /^image\/(jpeg|png|gif|webp)$/.test(evidence.media_type);

export function EvidencePanel({ office, ledger, entry, kinds }: EvidencePanelProps) {
  const client = useQueryClient();
  const [pending, setPending] = useState<PendingFile[]>([]);
  const [opened, setOpened] = useState<Evidence | null>(null);
  const url = (evidence: Evidence) => `/api${entryPath(office, ledger.id, entry.id, `/evidence/${evidence.digest}`)}`;
  const offered = ledger.evidence.filter((kind) => !kinds || kinds.includes(kind.id));
  const missing = ledger.evidence.filter(
    (kind) => kind.expected && !entry.evidence.some((evidence) => evidence.kind === kind.id),
  );
  const mayAttach = entry.abilities.includes("record") && !entry.voided && offered.length > 0;

  const send = async (files: PendingFile[]) => {
    setPending(files);
    const left = await uploadAll(office, ledger.id, entry.id, files, setPending);
    if (left.length < files.length) {
      toast("done", `传好${files.length - left.length}个文件。`);
      await client.invalidateQueries({ queryKey: ["entry", office, ledger.id] });
    }
  };
  const handlePicked = async (files: File[], kind: string) => {
    const made = await Promise.all(files.map((file) => pendingFile(file, kind)));
    setPending((old) => [...old, ...made]);
  };
  const busy = pending.some((file) => file.busy);

  return (
    <section className="card" id="evidence">
      <h2>佐证材料</h2>
      {entry.evidence.length > 0 && (
        <ul className="thumbs">
          {entry.evidence.map((evidence) => (
            <li key={`${evidence.kind}-${evidence.digest}`}>
              {isPicture(evidence) ? (
                <button type="button" className="thumb-button" onClick={() => setOpened(evidence)}>
                  <img src={url(evidence)} alt={`${evidence.kind_title}：${evidence.name}`} loading="lazy" />
                </button>
              ) : (
                <a className="thumb-file" href={url(evidence)} target="_blank" rel="noreferrer">
                  打开文件
                </a>
              )}
              <b>{evidence.kind_title}</b>
              <br />
              {evidence.name}
              <br />
              <span className="quiet">
                {[chineseDay(evidence.happened_on), fileSize(evidence.size)].filter(Boolean).join(" · ")}
              </span>
            </li>
          ))}
        </ul>
      )}
      {entry.evidence.length === 0 && <p className="quiet">还没有材料。</p>}
      {missing.length > 0 && <p className="warn-text">应有而没有的：{missing.map((kind) => kind.title).join("、")}</p>}
      {mayAttach && (
        <>
          <EvidencePicker kinds={offered} onPicked={(files, kind) => void handlePicked(files, kind)} />
          {pending.length > 0 && (
            <>
              <PendingList kinds={offered} files={pending} onChange={setPending} />
              <button
                type="button"
                className="button primary"
                aria-disabled={busy}
                onClick={() => {
                  if (!busy) void send(pending);
                }}
              >
                {busy ? "正在上传…" : `上传${pending.length}个文件`}
              </button>
            </>
          )}
        </>
      )}
      {opened && (
        <Dialog title={`${opened.kind_title}：${opened.name}`} onClose={() => setOpened(null)} wide>
          <img className="full-picture" src={url(opened)} alt={opened.name} />
          <div className="bar">
            <a className="button" href={url(opened)} download={opened.name}>
              下载
            </a>
            <button type="button" className="button" onClick={() => setOpened(null)}>
              关闭
            </button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
