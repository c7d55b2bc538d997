// Taking in a spreadsheet: checked first, written only when nothing is wrong; faults by cell.
import { useQueryClient } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import { Link, useParams } from "react-router-dom";
import { newKey, request, requestFile } from "../api/client";
import { ledgerPath, useLedger } from "../api/queries";
import { Refusal, sentence } from "../api/refusal";
import type { ImportOutcome, ProblemPart } from "../api/types";
import { download, saveBlob } from "../lib/download";
import { fileSize } from "../lib/sizes";
import { QueryFault } from "../shell/page-fault";
import { RefusalBox } from "../shell/refusal-box";
import { toast } from "../shell/toasts";

const BYTES_MAX = 20_000_000;

// "Sheet1!C12" or "Sheet1!第12行" as sheet and cell; null where it is no place in a table.
export function cellOf(where: string | undefined): { sheet: string; cell: string } | null {
  const match = /^(?:(.*)!)?([A-Z]{1,3}\d+|第\d+行)$/.exec(where ?? "");
  return match ? { sheet: match[1] ?? "", cell: match[2] ?? "" } : null;
}

export function Page() {
  const { office = "", ledger = "" } = useParams();
  const client = useQueryClient();
  const definition = useLedger(office, ledger);
  const [file, setFile] = useState<File | null>(null);
  const [year, setYear] = useState("");
  const [key, setKey] = useState(newKey);
  const [busy, setBusy] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  const path = ledgerPath(office, ledger, "/import");
  const title = definition.data?.title ?? "";

  const run = async (chosen: File, check: boolean) => {
    setBusy(check ? "正在检查…" : "正在写入…");
    setError(null);
    setOutcome(null);
    try {
      const done = await request<ImportOutcome>("POST", path, {
        query: { name: chosen.name, check, year },
        file: chosen,
        key: check ? undefined : key,
      });
      setOutcome(done);
      if (!check) {
        setKey(newKey());
        for (const name of ["entries", "ledgers"]) await client.invalidateQueries({ queryKey: [name, office] });
      }
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy("");
    }
  };
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setOutcome(null);
    if (chosen.size > BYTES_MAX) {
      setError(null);
      toast("failed", `文件有${fileSize(chosen.size)}，最大${fileSize(BYTES_MAX)}，请分成几个再导入。`);
      return;
    }
    setFile(chosen);
    setKey(newKey());
    void run(chosen, true);
  };
  const remarks = () => {
    if (!file) return;
    const name = file.name.replace(/\.[^.]+$/, "");
    void requestFile("POST", `${path}/remarks`, { query: { name: file.name, year }, file })
      .then(({ blob }) => saveBlob(blob, `${name}（有批注）.xlsx`))
      .catch((failure: unknown) => toast("failed", sentence(failure)));
  };
  const handleDrop = (event: DragEvent) => {
    event.preventDefault();
    choose(event.dataTransfer.files[0]);
  };
  if (definition.error) return <QueryFault whole error={definition.error} retry={() => void definition.refetch()} />;
  const parts = error instanceof Refusal ? error.parts.filter((part) => cellOf(part.where)) : [];

  return (
    <>
      <p className="small">
        <Link to={`/offices/${office}/ledgers/${ledger}`}>{title}</Link>
      </p>
      <h1>从表格导入：{title}</h1>
      <section className="card">
        <ol>
          <li>
            没有现成的表格，就先
            <button
              type="button"
              className="button link"
              onClick={() =>
                void download(ledgerPath(office, ledger, "/template"), `${title}模板.xlsx`).catch((failure: unknown) =>
                  toast("failed", sentence(failure)),
                )
              }
            >
              下载空白模板
            </button>
            照着填；现成的表格，表头写栏目的名称就行。
          </li>
          <li>选好文件后先检查，检查不写入任何内容。</li>
          <li>有不对的地方，改好表格再选一次；全部对了才能写入。</li>
        </ol>
        <div className="drop" onDragOver={(event) => event.preventDefault()} onDrop={handleDrop}>
          <div className="bar centred">
            <label className="button primary file-button">
              {file ? "换一个文件" : "选择文件"}
              <input
                type="file"
                className="unseen"
                accept=".xlsx,.csv"
                onChange={(event) => {
                  choose(event.target.files?.[0]);
                  event.target.value = "";
                }}
              />
            </label>
            <label className="bar centred">
              日期没写年份时，按
              <input
                className="input year"
                inputMode="numeric"
                maxLength={4}
                value={year}
                aria-label="没写年份时按哪一年"
                onChange={(event) => setYear(event.target.value.replace(/\D/g, ""))}
              />
              年算
            </label>
          </div>
          <p className="quiet small">{file ? `${file.name}（${fileSize(file.size)}）` : "Excel（.xlsx）或CSV，也可以拖到这里。"}</p>
        </div>
      </section>
      <div role="status">{busy && <p className="notice-box">{busy}</p>}</div>
      {Boolean(error) && (
        <section className="card">
          {(parts.length === 0 || parts.length < (error instanceof Refusal ? error.parts.length : 0)) && <RefusalBox
            error={error}
            parts={error instanceof Refusal ? error.parts.filter((part) => !cellOf(part.where)) : undefined}
            retry={() => file && void run(file, true)}
          />}
          {parts.length > 0 && (
            <>
              <div className="bar spread">
                <h2>有{parts.length}处要改，表格一行也没有写入</h2>
                <button type="button" className="button" onClick={remarks}>
                  下载带批注的表格
                </button>
              </div>
              <Faults parts={parts} />
            </>
          )}
          {file && (
            <p className="above">
              <button type="button" className="button" onClick={() => void run(file, true)}>
                再检查一次
              </button>
            </p>
          )}
        </section>
      )}
      {outcome?.checked && file && (
        <section className="notice-box good" role="status">
          <p>
            检查过了，{outcome.rows}行都可以写入：新登记{outcome.made ?? 0}条，更新{outcome.updated ?? 0}条，没有变化
            {outcome.unchanged ?? 0}条。
          </p>
          <button type="button" className="button primary" onClick={() => !busy && void run(file, false)}>
            写入台账
          </button>
        </section>
      )}
      {outcome && !outcome.checked && (
        <section className="notice-box good" role="status">
          <p>
            已经写入：新登记{outcome.made ?? 0}条，更新{outcome.updated ?? 0}条，没有变化{outcome.unchanged ?? 0}条。
          </p>
          <Link className="button" to={`/offices/${office}/ledgers/${ledger}`}>
            打开台账
          </Link>
        </section>
      )}
    </>
  );
}

function Faults({ parts }: { parts: ProblemPart[] }) {
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="要改的地方">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">工作表</th>
            <th scope="col">单元格</th>
            <th scope="col">哪里不对，怎么改</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part, n) => {
            const { sheet, cell } = cellOf(part.where) ?? { sheet: "", cell: "" };
            return (
              <tr key={n}>
                <td>{sheet}</td>
                <td className="nowrap">{cell}</td>
                <td>{part.detail}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
