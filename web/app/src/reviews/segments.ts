// A paragraph cut where findings begin and end, so that each can be marked in its place.
import type { Finding } from "../api/types";

export interface Segment {
  text: string;
  findings: Finding[]; // none: plain text
}

// Places count characters (code points), as the server does.
export function segmentsOf(text: string, findings: Finding[]): Segment[] {
  const characters = Array.from(text);
  const placed = findings.filter((each) => (each.end ?? 0) > (each.begin ?? 0));
  const cuts = new Set([0, characters.length]);
  for (const each of placed) {
    cuts.add(Math.min(each.begin ?? 0, characters.length));
    cuts.add(Math.min(each.end ?? 0, characters.length));
  }
  const at = [...cuts].sort((a, b) => a - b);
  const out: Segment[] = [];
  for (let n = 0; n + 1 < at.length; n += 1) {
    const [from, to] = [at[n] ?? 0, at[n + 1] ?? 0];
    out.push({
      text: characters.slice(from, to).join(""),
      findings: placed.filter((each) => (each.begin ?? 0) <= from && to <= (each.end ?? 0)),
    });
  }
  return out;
}
