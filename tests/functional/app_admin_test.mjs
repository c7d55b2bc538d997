// What the keeper of an office's accounts does in the staff's application, in Chromium, against the real program:
// units under other names, persons in other units with other posts, newly installed packs put in force.
// Run by CTest with FAZHI naming the program; FAZHI_WEB the built application (web/dist/app without it).
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Offices, openBrowser, openWindow, root } from "./app_office.mjs";

const OFFICE = "qianjin";
const ADMIN = "p006";
const CLERK = "p011";
const organisation = `/offices/${OFFICE}/organisation`;
const offices = new Offices();
let browser;

const windowOf = async (code) => openWindow(browser, offices, { account: await offices.account(OFFICE, code) });
const toast = (page, text) => page.waitForSelector(`.toast:has-text("${text}")`);

before(async () => {
  await offices.open([OFFICE], [ADMIN, CLERK].map((code) => [OFFICE, code, ADMIN]));
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await offices.close();
});

async function closeWindow({ page, problems, context }) {
  assert.deepEqual(problems, [], page.url());
  await context.close();
}

test("a community gets another name, which everybody sees at once", async () => {
  const window = await windowOf(ADMIN);
  const { page } = window;
  await page.goto(offices.url + organisation);
  await page.getByRole("button", { name: "修改华创社区" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("名称").fill("");
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.getByRole("alert").waitFor();
  await dialog.getByLabel("名称").fill("华创新社区");
  await dialog.getByRole("button", { name: "保存" }).click();
  await toast(page, "已修改单位：华创新社区");
  await page.getByRole("button", { name: "修改华创新社区" }).waitFor();
  await closeWindow(window);
});

test("a person takes on another post and moves; who keeps the accounts cannot lay that down alone", async () => {
  const window = await windowOf(ADMIN);
  const { page } = window;
  await page.goto(offices.url + organisation);
  const table = page.getByRole("region", { name: "人员" });
  const row = table.locator("tr", { has: page.locator(`td:text-is("${CLERK}")`) });
  const name = await row.locator("th").innerText();
  const before = await row.locator("td").nth(2).innerText();
  await page.getByRole("button", { name: `调整${name}的单位和岗位` }).click();
  let dialog = page.getByRole("dialog");
  const offered = await dialog.getByLabel("增加岗位").locator("option").allInnerTexts();
  const added = offered.slice(1).find((title) => !before.includes(title));
  await dialog.getByLabel("增加岗位").selectOption({ label: added });
  await dialog.getByRole("button", { name: "保存" }).click();
  await toast(page, `已调整${name}`);
  await row.locator("td", { hasText: added }).waitFor();

  const own = table.locator("tr", { has: page.locator(`td:text-is("${ADMIN}")`) });
  const keeper = await own.locator("th").innerText();
  await page.getByRole("button", { name: `调整${keeper}的单位和岗位` }).click();
  dialog = page.getByRole("dialog");
  for (const button of await dialog.getByRole("button", { name: /^免去/ }).all()) await button.click();
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.getByText("不能由本人免去").waitFor();
  await dialog.getByRole("button", { name: "不调了" }).click();
  await closeWindow(window);
});

test("a clerk sees the organisation, and changes nothing of it", async () => {
  const window = await windowOf(CLERK);
  const { page } = window;
  await page.goto(offices.url + organisation);
  await page.getByText("华创新社区").first().waitFor();
  assert.equal(await page.getByRole("button", { name: /^(修改|调整)/ }).count(), 0);
  await closeWindow(window);
});

test("a newer pack is installed, shown with what it changes, and put in force by a click", async () => {
  const packs = join(offices.folder, "packs");
  cpSync(join(root, "packs"), packs, { recursive: true });
  const head = join(packs, "qianjin/pack.yaml");
  writeFileSync(head, readFileSync(head, "utf8").replace(/version: "[^"]*"/, 'version: "1.9.0"'));
  const ledger = join(packs, "qianjin/ledgers/deputy_activity.yaml");
  const newer = readFileSync(ledger, "utf8").replace(/^title: .*$/m, "title: 代表活动新编");
  assert.notEqual(newer, readFileSync(ledger, "utf8"));
  writeFileSync(ledger, newer);
  await offices.stop();
  offices.fazhi("pack", "install", join(packs, "qianjin"));
  await offices.start();

  const window = await windowOf(ADMIN);
  const { page } = window;
  await page.goto(`${offices.url}/offices/${OFFICE}/settings/packs`);
  await page.getByText("已安装1.9.0版").waitFor();
  await page.getByText("前进街道", { exact: false }).first().waitFor();
  await page.getByRole("button", { name: "改用新的定义" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "改用", exact: true }).click();
  await toast(page, "已经改用新的定义");
  await page.getByText("现在用的就是已安装的这一版").waitFor();
  await page.goto(`${offices.url}/offices/${OFFICE}/ledgers`);
  await page.getByText("代表活动新编").first().waitFor();
  await closeWindow(window);
});
