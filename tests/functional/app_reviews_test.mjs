// A report under review in the staff's application, in Chromium, against the real program: handed in, marked in its place,
// judged, run again, handed in anew and compared; what the bureau sees of it; our own report before it is signed.
// Run by CTest with FAZHI naming the program; FAZHI_WEB the built application (web/dist/app without it).
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Offices, openBrowser, openWindow, seriousFaults, settled, testFile } from "./app_office.mjs";

const OFFICE = "qianjin";
const ADMIN = "p006";
const LAW = "p003";
const reviews = `/offices/${OFFICE}/reviews`;
const REPORT = "review/34_locust_ridge_2023.md";
const offices = new Offices();
let browser;
let first = ""; // address of the first draft

const toast = (page, text) => page.waitForSelector(`.toast:has-text("${text}")`);
const windowOf = async (code, office = OFFICE) =>
  openWindow(browser, offices, { account: await offices.account(office, code) });

async function closeWindow({ page, problems, context }) {
  assert.deepEqual(problems, [], page.url());
  await context.close();
}

// Hands in a file on the page that stands open, and waits for its review.
async function handIn(page, file) {
  const before = page.url();
  await page.setInputFiles("input[type=file]", file);
  await page.click("text=开始审查");
  await page.waitForURL((url) => String(url) !== before && /reviews\/\d+$/.test(String(url)));
  await page.waitForSelector(".paper");
  await settled(page);
}

before(async () => {
  await offices.open([OFFICE], [[OFFICE, LAW, ADMIN], ["hubin", "b001", "b002"]]);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await offices.close();
});

test("a report is handed in and its findings are marked in the text", async () => {
  const opened = await windowOf(LAW);
  const { page, go } = opened;
  await go(reviews);
  await handIn(page, testFile(REPORT));
  first = new URL(page.url()).pathname;
  const mark = page.locator(".finding-mark").first();
  await mark.waitFor();
  // By the keyboard: from the mark to its finding, and back.
  await mark.focus();
  await page.keyboard.press("Enter");
  const finding = page.locator(".finding.opened");
  await finding.waitFor();
  await finding.locator(".finding-say").click();
  await page.waitForSelector(".finding-mark[aria-pressed=true]");
  assert.deepEqual(await seriousFaults(page), []);
  await closeWindow(opened);
});

test("a verdict is given, and is there when the review is run again", async () => {
  const opened = await windowOf(LAW);
  const { page, go } = opened;
  await go(first);
  const finding = page.locator(".finding").first();
  const id = await finding.getAttribute("id");
  await finding.locator("button", { hasText: "复核" }).click();
  await page.click('.verdict-form label:has-text("误报")');
  await page.click("text=保存结论");
  assert.equal(await page.locator(".verdict-form").count(), 1, "a reason is asked for");
  await page.fill(".verdict-form textarea", "区里通用的说法");
  await page.click("text=保存结论");
  await toast(page, "已经记下复核结论");
  await page.waitForSelector(`#${id}:has-text("误报")`);
  await page.click("text=重新审查");
  await settled(page);
  await page.waitForSelector(`#${id}:has-text("区里通用的说法")`);
  await page.reload();
  await page.waitForSelector(`#${id}:has-text("误报")`);
  await closeWindow(opened);
});

test("a second draft is handed in and compared with the first; its verdicts hold", async () => {
  const opened = await windowOf(LAW);
  const { page, go } = opened;
  await go(first);
  const second = join(offices.folder, "second.md");
  writeFileSync(second, `${readFileSync(testFile(REPORT), "utf8")}\n全年调解成功率达120%。\n`);
  await page.click("text=送审新的一稿");
  await handIn(page, second);
  await page.waitForSelector('section[aria-label="与上一稿比较"] li:has-text("120%")');
  await page.waitForSelector('.finding:has-text("区里通用的说法")');
  await go(reviews);
  await page.waitForSelector('text="已有新的一稿"');
  await closeWindow(opened);
});

test("the bureau sees no draft, and the report once it was submitted", async () => {
  const law = await windowOf(LAW);
  const bureau = await windowOf("b001", "hubin");
  await bureau.go(reviews);
  await bureau.page.waitForSelector('text="还没有受审的报告。"');
  await bureau.page.goto(offices.url + first);
  await bureau.page.waitForSelector('main:has-text("没有找到")');
  await law.go(reviews);
  await law.page.locator(".plain-list.card li", { hasNotText: "已有新的一稿" }).locator("a").first().click();
  await law.page.waitForSelector(".paper");
  await law.page.getByRole("button", { name: "报送", exact: true }).click();
  await toast(law.page, "已经登记报送");
  await bureau.go(reviews);
  await bureau.page.click(".plain-list.card li a");
  await bureau.page.waitForSelector(".finding-mark");
  await bureau.go(`${reviews}?view=table&year=2023`);
  await bureau.page.waitForSelector("table.plain tbody tr");
  await closeWindow(bureau);
  await closeWindow(law);
});

test("our own report shows what its review finds before it is signed", async () => {
  const opened = await windowOf(LAW);
  const { page, go } = opened;
  await go(`/offices/${OFFICE}/reports/annual/2023`);
  await page.waitForSelector('section[aria-label="签发前审查"]:has-text("没有挡住签发的错误")', { timeout: 120_000 });
  await page.getByRole("button", { name: "签发", exact: true }).click();
  await page.waitForSelector("dialog[open] p:has-text('没有挡住签发的错误'), dialog[open] p:has-text('审查没有发现问题')");
  await closeWindow(opened);
});
