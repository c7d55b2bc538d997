// A report handed in for review: dropped or chosen, and what the file may not say itself.
import { useState } from "react";
import { newKey, request } from "../api/client";
import { officePath } from "../api/queries";
import type { Changed, ReviewedReport } from "../api/types";
import { fileSize } from "../lib/sizes";
import { DropZone } from "../shell/drop-zone";
import { RefusalBox } from "../shell/refusal-box";
import { ORIGINS } from "./words";

const BYTES_MAX = 20_000_000;
const TAKEN = ".pdf,.docx,.ofd,.txt,.md,.html,.htm,.png,.jpg,.jpeg,.tif,.tiff";

interface HandInProps {
  office: string;
  replaces?: ReviewedReport; // the draft that the new one takes the place of
  onDone: (id: number) => void;
}

export function HandIn({ office, replaces, onDone }: HandInProps) {
  const [file, setFile] = useState<File | null>(null);
  const [origin, setOrigin] = useState<ReviewedReport["origin"]>(replaces?.origin ?? "own");
  const [unit, setUnit] = useState(replaces?.unit_name ?? "");
  const [year, setYear] = useState(replaces ? String(replaces.year) : "");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [fault, setFault] = useState("");
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setError(null);
    setFault(chosen.size > BYTES_MAX ? `文件有${fileSize(chosen.size)}，最大${fileSize(BYTES_MAX)}。` : "");
    setFile(chosen.size > BYTES_MAX ? null : chosen);
  };
  const send = async () => {
    if (!file || busy) return;
    setBusy(true);
    setError(null);
    try {
      const done = await request<Changed>("POST", officePath(office, "/reviews"), {
        query: { name: file.name, origin, unit_name: unit.trim(), year, kind: replaces?.kind, replaces: replaces?.id },
        file,
        key: newKey(),
      });
      onDone(done.id);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h2>{replaces ? "送审新的一稿" : "送审一份报告"}</h2>
      <DropZone onDropped={([dropped]) => choose(dropped)}>
        <div className="bar centred">
          <label className="button file-button">
            {file ? "换一个文件" : "选择文件"}
            <input
              type="file"
              className="unseen"
              accept={TAKEN}
              onChange={(event) => {
                choose(event.target.files?.[0]);
                event.target.value = "";
              }}
            />
          </label>
          {file && <b>{file.name}</b>}
        </div>
        <p className="quiet small">也可以把文件拖到这里：PDF、Word（docx）、OFD、网页、Markdown、文本，或扫描的图片。</p>
      </DropZone>
      {fault && <p className="wrong" role="alert">{fault}</p>}
      <div className="field-grid above">
        <label className="field">
          来源
          <select className="input" value={origin} disabled={Boolean(replaces)} onChange={(event) => setOrigin(event.target.value as ReviewedReport["origin"])}>
            {Object.entries(ORIGINS).map(([value, title]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          报告年度
          <input className="input" inputMode="numeric" pattern="[0-9]{4}" placeholder="不填就按文件里写的" value={year} onChange={(event) => setYear(event.target.value)} />
        </label>
        {origin !== "own" && (
          <label className="field wide">
            谁的报告
            <input className="input" placeholder="不填就按文件里写的" value={unit} onChange={(event) => setUnit(event.target.value)} />
          </label>
        )}
      </div>
      {origin === "third_party" && <p className="quiet small above">第三方文本只保存到设定的期限，到期自动销毁。</p>}
      <RefusalBox error={error} retry={() => void send()} />
      <div className="bar above">
        <button type="submit" className="button primary" aria-disabled={busy || !file}>
          {busy ? "正在读文件、审查…" : "开始审查"}
        </button>
      </div>
    </form>
  );
}
