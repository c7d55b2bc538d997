// The report's page: figures open, and everything shown is checked once the page stands.
import type { PageData } from "./data";
import { Panel, verdictClass, verdictText } from "./panel";
import { verify, type Verdict } from "./verify";

function start(): void {
  const stored = document.getElementById("fazhi-figures")?.textContent ?? "{}";
  const panelElement = document.getElementById("panel");
  const line = document.getElementById("verdict");
  if (panelElement === null || line === null || stored === "{}") return;
  let data: PageData;
  try {
    data = JSON.parse(stored) as PageData;
  } catch {
    line.textContent = "核验不通过：页面里的数据读不出来，文件已损坏或被改动过。";
    line.className = "differs";
    return;
  }

  let known: Verdict | undefined;
  const verdict = (): Verdict => (known ??= verify(data));
  const panel = new Panel(panelElement, data, verdict);

  const pressed = (event: Event): HTMLElement | SVGElement | null =>
    event.target instanceof Element ? event.target.closest<HTMLElement | SVGElement>("[data-figure]") : null;
  document.addEventListener("click", (event) => {
    const opener = pressed(event);
    if (opener !== null) panel.open(opener);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") panel.close();
    // What is drawn is no button of the browser's own: the keys that press one are named here.
    const opener = pressed(event);
    if (opener instanceof SVGElement && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      panel.open(opener);
    }
  });

  line.textContent = "正在核验数据……";
  // After the page has been drawn: a large report has thousands of records.
  setTimeout(() => {
    line.textContent = verdictText(verdict(), data);
    line.className = verdictClass(verdict());
  }, 0);
}

start();
