// Every screen of the staff's application, as somebody whose work it is sees it, on a desk's screen and on a phone: axe
// finds nothing serious, the page does not scroll sideways on the phone, and a picture is kept of each.
// FAZHI_SCREENS=1 writes the pictures to docs/screens; else they go with the test's own folder.
// Run by CTest with FAZHI naming the program; FAZHI_WEB the built application (web/dist/app without it).
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Offices, openBrowser, openWindow, root, seriousFaults, settled, signIn, testFile } from "./app_office.mjs";
import { smallPng } from "./small_png.mjs";

const OFFICE = "qianjin";
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];
const PICTURE_BYTES_MAX = 200_000;
const ALL_BYTES_MAX = 6_500_000;
const [LEADER, LAW, ADMIN, CLERK, MEDIATOR] = ["p001", "p003", "p006", "p011", "p041"];
const base = `/offices/${OFFICE}`;
const ledgers = `${base}/ledgers`;

const offices = new Offices();
const folder = process.env.FAZHI_SCREENS ? join(root, "docs/screens") : join(offices.folder, "screens");
const made = {}; // entries made for the screens: what for → address
let browser;
let written = 0;

const day = (offset) => new Date(Date.now() + 8 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);

// Somebody's entries by the API, as their form would make them.
async function recorder(code) {
  const { login, password } = await offices.account(OFFICE, code);
  const api = await offices.api(login, password);
  return async (ledger, fields, more = {}) => {
    const answer = await api.send("POST", `/api${ledgers}/${ledger}/entries`, { fields, ...more });
    const text = await answer.text();
    assert.equal(answer.status, 201, `${ledger}: ${text}`);
    const address = `${ledgers}/${ledger}/entries/${JSON.parse(text).id}`;
    const move = async (transition, rest = {}) => {
      const moved = await api.send("POST", `/api${address}/moves`, { transition, ...rest });
      assert.equal(moved.status, 200, `${transition}: ${await moved.text()}`);
    };
    return { address, move };
  };
}

// Reports of other units, handed in for review; the last one twice. One finding of it is judged.
async function handInReports() {
  const { login, password } = await offices.account(OFFICE, LAW);
  const api = await offices.api(login, password);
  const handIn = async (file, more) => {
    const query = new URLSearchParams({ name: file.split("/").at(-1), origin: "below", ...more });
    const answer = await api.send("POST", `/api${base}/reviews?${query}`, readFileSync(testFile(`review/${file}`)));
    assert.equal(answer.status, 201, `${file}: ${await answer.clone().text()}`);
    return (await answer.json()).id;
  };
  await handIn("35_grain_mile_2022.txt", {});
  await handIn("08_pine_dell_2022.pdf", {});
  await handIn("04_fir_view_2022.txt", {});
  const first = await handIn("24_inkstone_pool_2024.docx", { unit_name: "禾里乡", year: "2024" });
  const second = await handIn("11_grain_mile_2024.txt", { unit_name: "禾里乡", year: "2024", replaces: String(first) });
  made.review = `${base}/reviews/${second}`;
  const { findings } = await api.get(`/api${made.review}`);
  const { fingerprint } = findings[0];
  const said = await api.send("POST", `/api${made.review}/verdicts`, { fingerprint, verdict: "wrong", reason: "区里通用的说法" });
  assert.equal(said.status, 201, await said.text());
}

// A week as an office has it: cases under way, something due, something to be closed.
async function fillTheDesk() {
  const mediator = await recorder(MEDIATOR);
  const law = await recorder(LAW);
  const clerk = await recorder(CLERK);
  const dispute = (place, category, summary, offset) =>
    mediator("dispute", { occurred_on: day(offset), source: "party", category, place, summary });
  const open = await dispute("建设路18号院3号楼", "neighbour", "楼上空调外机滴水，楼下墙面受潮，双方为修复费用争执。", -12);
  await open.move("accept", { happened_on: day(-11) });
  made.dispute = open.address;
  await (await dispute("春晓社区便民市场", "contract", "摊位转租后押金未退，承租人要求返还。", -29)).move("accept", { happened_on: day(-28) });
  await dispute("文苑社区7号楼", "property", "业主对公共收益账目有异议，要求物业公示。", -2);
  const task = (title, kind, due) => law("task", { title, kind, due_on: due, occurred_on: day(-20) });
  made.task = (await task("整理行政执法案卷，准备区里评查", "responsibility", day(2))).address;
  await task("梳理重大行政决策事项目录", "responsibility", day(-3));
  await task("补齐三季度法律顾问服务记录", "problem", day(9));
  await clerk("publicity", { occurred_on: day(-4), title: "宪法宣传周进社区", occasion: "everyday", audience: 60 });
}

before(async () => {
  const people = [LEADER, LAW, ADMIN, CLERK, MEDIATOR, "p008"].map((code) => [OFFICE, code, ADMIN]);
  await offices.open([OFFICE], [...people, ["hubin", "b001", "b002"]]);
  mkdirSync(folder, { recursive: true });
  await fillTheDesk();
  await handInReports();
  browser = await openBrowser();
  assert.ok(await drawsChinese(), "no Chinese font here: install fonts-noto-cjk (tools/packages.txt)");
});

// Without a font every character is the same box, and the widths are not those of a clerk's screen.
async function drawsChinese() {
  const page = await browser.newPage();
  const drawn = await page.evaluate(() =>
    ["法", "台"].map((character) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 40 });
      const paper = canvas.getContext("2d");
      paper.font = "30px sans-serif";
      paper.fillText(character, 2, 32);
      return canvas.toDataURL();
    }),
  );
  await page.close();
  return drawn[0] !== drawn[1];
}

after(async () => {
  await browser?.close();
  await offices.close();
});

const click = (selector) => (page) => page.click(selector);
const wait = (selector) => (page) => page.waitForSelector(selector, { timeout: 120_000 });

// name, whose, where, what is done there before the picture.
const SCREENS = [
  ["workbench", LAW, () => `${base}/workbench`],
  ["workbench-mediator", MEDIATOR, () => `${base}/workbench`],
  ["workbench-leader", LEADER, () => `${base}/workbench`],
  ["ledgers", LAW, () => ledgers],
  ["entry-list", LAW, () => `${ledgers}/dispute`],
  ["entry-list-publicity", LAW, () => `${ledgers}/publicity?from=2023-01-01&to=2023-12-31`],
  ["entry-form", MEDIATOR, () => `${ledgers}/dispute/new`],
  ["entry", MEDIATOR, () => made.dispute],
  ["entry-closed", LAW, () => `${ledgers}/dispute?state=closed`, async (page) => {
    await page.click(":is(.ant-table-row, .entry-card) a >> visible=true >> nth=0");
    await settled(page);
    await page.waitForSelector("#timeline");
  }],
  ["entry-amend", MEDIATOR, () => `${made.dispute}/amend`],
  ["step-form", MEDIATOR, () => `${made.dispute}/steps/begin`],
  ["step-refused", LAW, () => `${made.task}/steps/finish`, async (page) => {
    await page.keyboard.press("Control+s");
    await page.waitForSelector(".notice-box.bad, .wrong");
  }],
  ["case-print", LAW, () => `${made.dispute}/print`],
  ["ledger-print", LAW, () => `${ledgers}/litigation/print`],
  ["ledger-import", LAW, () => `${ledgers}/publicity/import`],
  ["search", LAW, () => `${base}/search?words=${encodeURIComponent("音响扰民")}`],
  ["tasks", LAW, () => `${base}/tasks`],
  ["clocks", LAW, () => `${base}/clocks`],
  ["deadline", CLERK, () => `${base}/deadline?from=${day(0)}&within=${encodeURIComponent("20个工作日")}`],
  ["duties", LAW, () => `${base}/duties`],
  ["reviews", LAW, () => `${base}/reviews`],
  ["reviews-table", LAW, () => `${base}/reviews?view=table&year=2022`, wait("table.plain")],
  ["review", LAW, () => made.review, wait(".finding-mark")],
  ["review-verdict", LAW, () => made.review, async (page) => {
    await page.locator(".finding", { hasText: "错误" }).or(page.locator(".finding")).first().locator("button:has-text('复核')").click();
    await page.click('.verdict-form label:has-text("豁免")');
    await page.locator(".verdict-form").scrollIntoViewIfNeeded();
  }],
  ["reports", LAW, () => `${base}/reports`],
  ["report", LAW, () => `${base}/reports/annual/2023`, wait(".paper .figure")],
  ["report-figure", LAW, () => `${base}/reports/annual/2023`, async (page) => {
    await page.waitForSelector(".paper .figure", { timeout: 120_000 });
    await page.locator(".paper p", { hasText: "宣传" }).locator(".figure").first().click();
    await page.waitForSelector(".behind li a");
  }],
  ["statistics", LAW, () => `${base}/statistics?measure=publicity_activities&by=month&from=2023-01-01&to=2023-12-31`, wait("main canvas")],
  ["organisation", ADMIN, () => `${base}/organisation`],
  ["organisation-add", ADMIN, () => `${base}/organisation`, click('text="增加人员"')],
  ["organisation-unit", ADMIN, () => `${base}/organisation`, click('[aria-label="修改华创社区"]')],
  ["organisation-place", ADMIN, () => `${base}/organisation`, click('[aria-label^="调整"]')],
  ["settings-account", CLERK, () => `${base}/settings/account`],
  ["settings-office", ADMIN, () => `${base}/settings/office`],
  ["settings-accounts", ADMIN, () => `${base}/settings/accounts`],
  ["settings-access-log", ADMIN, () => `${base}/settings/access-log`],
  ["settings-packs", ADMIN, () => `${base}/settings/packs`],
  ["settings-calendar-new", ADMIN, () => `${base}/settings/calendars`, async (page) => {
    await page.click('summary:has-text("采用新的")');
    await page.fill("#calendar-text", "calendar: 2027\nnotice: https://www.gov.cn/zhengce/\nrest: {2027-01-01: 元旦}\nwork: {}\n");
    await page.click('text="先看会改动哪些期限"');
    await page.waitForSelector('h3:has-text("2027年")');
  }],
  ["settings-calendars", ADMIN, () => `${base}/settings/calendars`, click('main details summary:has-text("2026年")')],
  ["settings-notices", ADMIN, () => `${base}/settings/notices`],
  ["settings-verification", ADMIN, () => `${base}/settings/verification`],
  ["settings-tokens", CLERK, () => `${base}/settings/tokens`],
  ["not-there", CLERK, () => `${base}/nothing`],
];

// Takes the picture; what axe and the phone's width have against the screen.
async function looked(page, name, size) {
  const path = join(folder, `${name}-${size.width}.png`);
  await page.mouse.move(0, 0);
  const picture = smallPng(await page.screenshot({ animations: "disabled", caret: "hide" }));
  writeFileSync(path, picture);
  const bytes = picture.length;
  written += bytes;
  const faults = (await seriousFaults(page)).map((each) => `${name}: ${each}`);
  if (bytes > PICTURE_BYTES_MAX) faults.push(`${name}: the picture has ${bytes} bytes`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (size.width < 600 && wide > 0) faults.push(`${name}: scrolls ${wide} px sideways`);
  return faults;
}

for (const size of SIZES) {
  test(`signing in at ${size.width} × ${size.height}`, async () => {
    const { page, context, problems } = await openWindow(browser, offices, size);
    await page.setViewportSize(size);
    await page.goto(offices.url);
    await page.waitForSelector("[name=username]");
    const faults = await looked(page, "sign-in", size);
    if (size === SIZES[0]) offices.waiting = offices.first.get(`p008@${OFFICE}`);
    await signIn(page, { login: `p008@${OFFICE}`, password: offices.waiting });
    await page.waitForSelector("h1:has-text('密码')");
    faults.push(...(await looked(page, "first-password", size)));
    assert.deepEqual([...faults, ...problems], []);
    await context.close();
  });

  test(`every page of an office at ${size.width} × ${size.height}`, async () => {
    const windows = new Map();
    const faults = [];
    for (const [name, who, path, prepare] of SCREENS) {
      if (!windows.has(who)) {
        const opened = await openWindow(browser, offices, { ...size, account: await offices.account(OFFICE, who) });
        await opened.page.setViewportSize(size);
        windows.set(who, opened);
      }
      const { page, go } = windows.get(who);
      try {
        await go(path());
        await prepare?.(page);
        faults.push(...(await looked(page, name, size)));
      } catch (error) {
        faults.push(`${name}: ${error.message.split("\n")[0]} at ${page.url()}`);
      }
    }
    for (const { problems, context } of windows.values()) {
      faults.push(...problems);
      await context.close();
    }
    assert.deepEqual(faults, []);
  });

  test(`the bureau chooses an office at ${size.width} × ${size.height}`, async () => {
    const { page, context, problems } = await openWindow(browser, offices, { ...size, account: await offices.account("hubin", "b001") });
    await page.setViewportSize(size);
    await page.waitForSelector('main a:has-text("台账（")');
    const faults = await looked(page, "district", size);
    assert.deepEqual([...faults, ...problems], []);
    await context.close();
  });
}

test("all pictures together are small enough for the repository", () => {
  assert.ok(written > 0 && written <= ALL_BYTES_MAX, `${written} bytes`);
});
