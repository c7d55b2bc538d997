// What stands in <script type="application/json" id="fazhi-figures"> (src/document/html_writer.h).

export interface Figure {
  title: string;
  measure: string;
  value: string;
  unit: string;
  shown: string;
  from: string;
  to: string;
  filter: string;
  definitions: string;
  numerator?: number;
  denominator?: number;
  ledgers: { ledger: string; entries: number[] }[];
}

export interface Row {
  id: number;
  cells: string[];
  imported: boolean;
  late: boolean;
  evidence: { kind: string; digest: string }[];
}

export interface LedgerRows {
  title: string;
  all: number;
  columns: string[];
  entries: Row[];
}

export interface JournalRecord {
  seq: number;
  body: string;
}

export interface JournalPart {
  jurisdiction: string;
  hash: string;
  size: number;
  root: string;
  key: string;
  note?: string;
  frozen?: number;
  records: JournalRecord[];
  proof: string[];
}

export interface PageData {
  figures: Record<string, Figure>;
  journal?: JournalPart;
  ledgers: Record<string, LedgerRows>;
}

// Registers that are counted but are no ledger: their rows have no record of their own.
export const REGISTERS = new Set(["unit", "person"]);
