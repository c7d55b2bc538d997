// The text that was reviewed, every finding marked in its place.
import { Fragment } from "react";
import type { Finding, ReviewParagraph } from "../api/types";
import { segmentsOf } from "./segments";
import { isSettled, LEVELS } from "./words";

interface ReviewTextProps {
  paragraphs: ReviewParagraph[];
  findings: Finding[];
  opened: string; // fingerprint
  onOpen: (fingerprint: string) => void;
}

const RANK = { error: 0, warning: 1, note: 2 };

export const markId = (fingerprint: string) => `mark-${fingerprint}`;

// Cells of one row stand together.
function grouped(paragraphs: ReviewParagraph[]): { first: number; paragraphs: ReviewParagraph[] }[] {
  const out: { first: number; paragraphs: ReviewParagraph[] }[] = [];
  paragraphs.forEach((each, n) => {
    const last = out.at(-1);
    const before = last?.paragraphs.at(-1);
    if (last && before && each.kind === "cell" && before.kind === "cell" && each.table === before.table) last.paragraphs.push(each);
    else out.push({ first: n, paragraphs: [each] });
  });
  return out;
}

export function ReviewText({ paragraphs, findings, opened, onOpen }: ReviewTextProps) {
  const marked = new Set<string>();
  const words = (text: string, n: number) =>
    segmentsOf(text, findings.filter((each) => each.paragraph === n)).map((segment, at) => {
      const finding = [...segment.findings].sort((a, b) => RANK[a.level] - RANK[b.level])[0];
      if (!finding) return <Fragment key={at}>{segment.text}</Fragment>;
      const isFirst = !marked.has(finding.fingerprint);
      marked.add(finding.fingerprint);
      return (
        <button
          key={at}
          type="button"
          id={isFirst ? markId(finding.fingerprint) : undefined}
          className={`finding-mark ${finding.level}${isSettled(finding) ? " settled" : ""}`}
          aria-pressed={segment.findings.some((each) => each.fingerprint === opened)}
          title={`${LEVELS[finding.level]}：${finding.say}`}
          onClick={() => onOpen(finding.fingerprint)}
        >
          {segment.text}
        </button>
      );
    });
  return (
    <article className="paper" aria-label="报告原文">
      {grouped(paragraphs).map(({ first, paragraphs: group }) => {
        const head = group[0];
        if (!head) return null;
        if (head.kind === "cell") return <Cells key={first} cells={group} words={(text, n) => words(text, first + n)} />;
        if (head.kind === "heading") return <h3 key={first}>{words(head.text, first)}</h3>;
        return <p key={first}>{words(head.text, first)}</p>;
      })}
    </article>
  );
}

function Cells({ cells, words }: { cells: ReviewParagraph[]; words: (text: string, n: number) => React.ReactNode }) {
  const rows = new Map<number, number[]>();
  cells.forEach((cell, n) => rows.set(cell.row ?? 0, [...(rows.get(cell.row ?? 0) ?? []), n]));
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label="表格">
      <table className="plain">
        <tbody>
          {[...rows].map(([row, columns]) => (
            <tr key={row}>
              {columns.map((n) => (
                <td key={n}>{words(cells[n]?.text ?? "", n)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
