// A report as it will be printed; its figures open.
import type { Block, Report } from "../api/types";

interface PaperProps {
  report: Report;
  opened: string;
  onOpen: (figure: string) => void;
}

interface Run {
  text: string;
  figure?: string;
}

function Runs({ runs, opened, onOpen }: { runs: Run[] } & Omit<PaperProps, "report">) {
  return runs.map(({ text, figure }, n) =>
    figure ? (
      <button
        key={n}
        type="button"
        className="figure"
        aria-pressed={opened === figure}
        title="看这个数字是从哪些条目来的"
        onClick={() => onOpen(figure)}
      >
        {text}
      </button>
    ) : (
      <span key={n}>{text}</span>
    ),
  );
}

function BlockOf({ block, ...open }: { block: Block } & Omit<PaperProps, "report">) {
  const runs = <Runs runs={block.runs ?? []} {...open} />;
  switch (block.kind) {
    case "title":
      return <h1>{runs}</h1>;
    case "heading":
      return (block.level ?? 1) <= 1 ? <h2>{runs}</h2> : <h3>{runs}</h3>;
    case "page_break":
      return <hr />;
    case "table":
    case "chart":
      return (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={block.caption || "表格"}>
          <table className="plain">
            {block.caption && <caption>{block.caption}</caption>}
            {block.heads && block.heads.length > 0 && (
              <thead>
                <tr>
                  {block.heads.map((head, n) => (
                    <th key={n} scope="col">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
            )}
            <tbody>
              {(block.rows ?? []).map((row, n) => (
                <tr key={n}>
                  {row.map((cell, at) => (
                    <td key={at}>
                      <Runs runs={[cell]} {...open} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case "meta":
      return <p className="meta">{runs}</p>;
    case "paragraph":
    case "other":
      return <p>{runs}</p>;
  }
}

export function ReportPaper({ report, opened, onOpen }: PaperProps) {
  return (
    <article className="paper" lang="zh-CN">
      {report.blocks.map((block, n) => (
        <div key={n} id={`block-${n}`} tabIndex={-1}>
          <BlockOf block={block} opened={opened} onOpen={onOpen} />
        </div>
      ))}
    </article>
  );
}
