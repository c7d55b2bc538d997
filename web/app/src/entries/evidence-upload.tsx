// Files to become evidence: dropped, chosen, or taken with the camera; each with what it is and its day.
import { useId, useState } from "react";
import { newKey, request } from "../api/client";
import { entryPath } from "../api/queries";
import { sentence } from "../api/refusal";
import type { Evidence, EvidenceKind } from "../api/types";
import { fileSize } from "../lib/sizes";
import { DropZone } from "../shell/drop-zone";
import { prepared } from "./photo";

export const FILE_BYTES_MAX = 20_000_000;

export interface PendingFile {
  key: string; // its Idempotency-Key: sent again, it is not attached twice
  file: File;
  kind: string;
  happenedOn: string;
  fault: string;
  busy: boolean;
}

export async function pendingFile(file: File, kind: string): Promise<PendingFile> {
  const base = { key: newKey(), kind, busy: false, happenedOn: "" };
  if (file.size > FILE_BYTES_MAX) {
    const fault = `文件有${fileSize(file.size)}，最大${fileSize(FILE_BYTES_MAX)}，请压缩后再传。`;
    return { ...base, file, fault };
  }
  if (file.size === 0) return { ...base, file, fault: "这是个空文件。" };
  try {
    const ready = await prepared(file);
    return { ...base, file: ready.file, happenedOn: ready.takenOn, fault: "" };
  } catch {
    return { ...base, file, fault: "这张HEIC照片读不出来，请在手机上转成JPG再传。" };
  }
}

export async function upload(office: string, ledger: string, id: number, pending: PendingFile): Promise<Evidence> {
  return request<Evidence>("POST", entryPath(office, ledger, id, "/evidence"), {
    query: { kind: pending.kind, name: pending.file.name, happened_on: pending.happenedOn },
    file: pending.file,
    key: pending.key,
  });
}

// Sends one after another; what fails stays, with the reason.
export async function uploadAll(
  office: string,
  ledger: string,
  id: number,
  files: PendingFile[],
  report: (files: PendingFile[]) => void,
): Promise<PendingFile[]> {
  let left = files;
  for (const each of files) {
    if (each.fault && !each.busy && each.file.size > FILE_BYTES_MAX) continue;
    left = left.map((file) => (file.key === each.key ? { ...file, busy: true, fault: "" } : file));
    report(left);
    try {
      await upload(office, ledger, id, each);
      left = left.filter((file) => file.key !== each.key);
    } catch (error) {
      left = left.map((file) => (file.key === each.key ? { ...file, busy: false, fault: sentence(error) } : file));
    }
    report(left);
  }
  return left;
}

interface PickerProps {
  kinds: EvidenceKind[];
  onPicked: (files: File[], kind: string) => void;
}

export function EvidencePicker({ kinds, onPicked }: PickerProps) {
  const [kind, setKind] = useState(kinds.length === 1 ? (kinds[0]?.id ?? "") : (kinds.find((each) => each.expected)?.id ?? kinds[0]?.id ?? ""));
  const id = useId();
  const chooser = (label: string, extra: { capture?: "environment"; accept?: string; multiple?: boolean }) => (
    <label className="button file-button">
      {label}
      <input
        type="file"
        className="unseen"
        {...extra}
        onChange={(event) => {
          onPicked([...(event.target.files ?? [])], kind);
          event.target.value = "";
        }}
      />
    </label>
  );
  return (
    <DropZone onDropped={(files) => onPicked(files, kind)}>
      <div className="bar centred">
        {kinds.length > 1 && (
          <>
            <label htmlFor={id}>这是</label>
            <select id={id} className="input narrow" value={kind} onChange={(event) => setKind(event.target.value)}>
              {kinds.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.title}
                </option>
              ))}
            </select>
          </>
        )}
        {kinds.length === 1 && <span>{kinds[0]?.title}</span>}
        {chooser("选择文件", { multiple: true })}
        {chooser("拍照", { accept: "image/*", capture: "environment" })}
      </div>
      <p className="quiet small">也可以把文件拖到这里。每个不超过{fileSize(FILE_BYTES_MAX)}，苹果手机的HEIC照片会自动转成JPG。</p>
    </DropZone>
  );
}

interface PendingListProps {
  kinds: EvidenceKind[];
  files: PendingFile[];
  onChange: (files: PendingFile[]) => void;
}

export function PendingList({ kinds, files, onChange }: PendingListProps) {
  const change = (key: string, part: Partial<PendingFile>) =>
    onChange(files.map((file) => (file.key === key ? { ...file, ...part } : file)));
  return (
    <ul className="plain-list">
      {files.map(({ key, file, kind, happenedOn, fault, busy }) => (
        <li key={key}>
          <div className="bar pending">
            <span className="long-text">
              {file.name}
              <span className="quiet small">（{fileSize(file.size)}）</span>
            </span>
            <select
              className="input narrow"
              aria-label={`${file.name}是什么材料`}
              value={kind}
              onChange={(event) => change(key, { kind: event.target.value })}
            >
              {kinds.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.title}
                </option>
              ))}
            </select>
            <label className="small">
              拍摄或形成日期{" "}
              <input
                type="date"
                className="input narrow"
                value={happenedOn}
                onChange={(event) => change(key, { happenedOn: event.target.value })}
              />
            </label>
            <button
              type="button"
              className="button link"
              onClick={() => onChange(files.filter((each) => each.key !== key))}
            >
              不要了
            </button>
          </div>
          {busy && <p className="quiet small">正在上传…</p>}
          {fault && (
            <p className="wrong" role="alert">
              {fault}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
