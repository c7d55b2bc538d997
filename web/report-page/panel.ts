// What opens beside the text when a figure is pressed: what it is, and the entries it was counted from.
import type { Figure, LedgerRows, PageData } from "./data";
import type { Verdict } from "./verify";

function add(parent: Element, tag: string, text?: string, className?: string): HTMLElement {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (className !== undefined) node.className = className;
  parent.appendChild(node);
  return node;
}

function pair(list: Element, name: string, value: string): void {
  if (value === "") return;
  add(list, "dt", name);
  add(list, "dd", value);
}

function showRows(panel: Element, ledger: LedgerRows, ids: number[], bodies: Map<number, string>): void {
  add(panel, "h2", `${ledger.title}（${ids.length}条，该台账共${ledger.all}条）`);
  const table = add(add(panel, "div", undefined, "rows"), "table");
  const head = add(add(table, "thead"), "tr");
  for (const title of [...ledger.columns, "流水", "佐证"]) add(head, "th", title);
  const body = add(table, "tbody");
  const wanted = new Set(ids);
  for (const entry of ledger.entries) {
    if (!wanted.has(entry.id)) continue;
    const row = add(body, "tr");
    for (const cell of entry.cells) add(row, "td", cell);
    const trace = add(row, "td");
    add(trace, "div", `第${entry.id}条`);
    if (entry.imported) add(trace, "span", "导入", "mark");
    if (entry.late) add(trace, "span", "补录", "mark");
    const record = bodies.get(entry.id);
    if (record !== undefined) {
      const details = add(trace, "details");
      add(details, "summary", "原始记录");
      add(details, "code", record);
    }
    const papers = add(row, "td");
    for (const paper of entry.evidence) {
      add(papers, "div", paper.kind);
      add(papers, "code", paper.digest);
    }
    if (entry.evidence.length === 0) add(papers, "span", "无");
  }
}

function showFigure(panel: Element, figure: Figure): void {
  add(panel, "h2", figure.title);
  const list = add(panel, "dl");
  pair(list, "数值", figure.value + figure.unit);
  pair(list, "文中写作", figure.shown);
  pair(list, "期间", `${figure.from} 至 ${figure.to}`);
  pair(list, "筛选", figure.filter);
  if (figure.numerator !== undefined && figure.denominator !== undefined) {
    pair(list, "分子／分母", `${figure.numerator}／${figure.denominator}`);
  }
  pair(list, "指标", figure.measure);
  pair(list, "定义摘要", figure.definitions);
}

// In one sentence, and what it cannot say.
export function verdictText(verdict: Verdict, data: PageData): string {
  if (verdict.faults.length > 0) return `核验不通过：${verdict.faults.slice(0, 5).join("；")}。`;
  const size = data.journal?.size ?? 0;
  const what = `核验通过：所列${verdict.entries}条登记逐条核对，都在${size}条流水之中`;
  const how = verdict.signed
    ? "，流水已签名，数据和条目与签发时一致"
    : "；这是草稿，流水没有签名，数据还没有固定";
  return `${what}${how}。核验不能说明没有漏列条目，请对照台账总条数。`;
}

export function verdictClass(verdict: Verdict): string {
  return verdict.faults.length === 0 ? "agrees" : "differs";
}

export class Panel {
  private opener: HTMLElement | SVGElement | null = null;
  private readonly bodies: Map<number, string>;

  constructor(
    private readonly panel: HTMLElement,
    private readonly data: PageData,
    private readonly verdict: () => Verdict,
  ) {
    this.bodies = new Map((data.journal?.records ?? []).map(({ seq, body }) => [seq, body]));
  }

  open(opener: HTMLElement | SVGElement): void {
    const figure = this.data.figures[opener.dataset["figure"] ?? ""];
    if (figure === undefined) return;
    this.panel.textContent = "";
    const shut = add(this.panel, "button", "关闭", "close") as HTMLButtonElement;
    shut.type = "button";
    shut.addEventListener("click", () => this.close());
    showFigure(this.panel, figure);
    const verdict = this.verdict();
    add(this.panel, "p", verdictText(verdict, this.data), verdictClass(verdict));
    for (const { ledger, entries } of figure.ledgers) {
      const rows = this.data.ledgers[ledger];
      if (rows !== undefined) showRows(this.panel, rows, entries, this.bodies);
    }
    this.showJournal();
    this.panel.hidden = false;
    this.opener = opener;
    shut.focus();
  }

  close(): void {
    if (this.panel.hidden) return;
    this.panel.hidden = true;
    this.opener?.focus();
    this.opener = null;
  }

  private showJournal(): void {
    const journal = this.data.journal;
    if (journal === undefined) return;
    const list = add(this.panel, "dl");
    pair(list, "流水", `${journal.size}条，摘要算法 ${journal.hash}`);
    pair(list, "根摘要", journal.root);
    pair(list, "核验公钥", journal.key);
  }
}
