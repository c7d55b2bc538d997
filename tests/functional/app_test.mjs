// A day's work in the staff's application, in Chromium, against the real program: what a clerk, the law office and
// the bureau do, and what happens when two work on one thing, a session ends, or the server dies.
// Run by CTest with FAZHI naming the program; FAZHI_WEB the built application (web/dist/app without it).
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Offices, openBrowser, openWindow, settled, signIn, testFile } from "./app_office.mjs";

const OFFICE = "qianjin";
const ADMIN = "p006";
const ledgers = `/offices/${OFFICE}/ledgers`;
const offices = new Offices();
let browser;

const accountOf = (code) => offices.account(OFFICE, code);
const windowOf = async (code, options = {}) => openWindow(browser, offices, { ...options, account: await accountOf(code) });
const toast = (page, text) => page.waitForSelector(`.toast:has-text("${text}")`);

before(async () => {
  const own = ["p003", "p004", "p011", "p041"].map((code) => [OFFICE, code, ADMIN]);
  await offices.open([OFFICE, "tongxin"], [...own, ["hubin", "b001", "b002"]]);
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

// Fills a field of a form by its title.
async function fill(page, title, value) {
  const field = page.locator(".field", { has: page.locator(`.label:text-is("${title}")`) }).first();
  const label = field.getByText(value, { exact: true });
  if (await field.locator(".ant-select").count()) {
    await field.locator(".ant-select input").fill(value);
    await page.locator(`.ant-select-dropdown:visible .ant-select-item-option:has-text("${value}")`).first().click();
  } else if (await field.locator(".ant-radio-group").count()) {
    await label.click();
  } else {
    const input = field.locator("input, textarea").first();
    await input.fill(value);
    if (await field.locator(".ant-picker").count()) await input.press("Tab");
  }
}

test("somebody signs in: a wrong password is refused, the first one must be changed", async () => {
  const first = offices.first.get(`p011@${OFFICE}`);
  const opened = await openWindow(browser, offices);
  const { page } = opened;
  await page.goto(offices.url);
  await signIn(page, { login: `p011@${OFFICE}`, password: "not it" });
  await page.waitForSelector(".wrong");
  await signIn(page, { login: `p011@${OFFICE}`, password: first });
  await page.waitForSelector('h1:has-text("请先换一个自己的密码")');
  for (const [label, text] of [["现在的密码", first], ["新密码", "Other-horse-8"], ["再填一次新密码", "Other-horse-7"]])
    await page.getByLabel(label, { exact: true }).fill(text);
  await page.click("button[type=submit]");
  await page.waitForSelector('.wrong:has-text("不一样")');
  await page.getByLabel("再填一次新密码").fill("Other-horse-8");
  await page.click("button[type=submit]");
  await page.waitForSelector(".menu");
  assert.match(page.url(), /workbench$/);
  await page.click(".user-menu summary");
  await page.click('text="退出登录"');
  await page.waitForSelector("[name=username]");
  await signIn(page, { login: `p011@${OFFICE}`, password: "Other-horse-8" });
  await page.waitForSelector(".menu");
  offices.passwords.set(`p011@${OFFICE}`, "Other-horse-8");
  await closeWindow(opened);
});

test("a clerk records a publicity activity by the keyboard alone, with photos, in the draft over a reload", async () => {
  const opened = await windowOf("p011");
  const { page, go } = opened;
  await go(`${ledgers}/publicity/new`);
  await page.locator("#field-occurred_on").focus();
  const key = async (...keys) => {
    for (const each of keys) {
      await page.keyboard.press(each);
      await page.waitForTimeout(150);
    }
  };
  await page.keyboard.type("2024.5.6");
  await key("Enter");
  await page.keyboard.type("键盘登记的宣传");
  await key("Enter");
  await page.keyboard.type("民法典宣传月");
  await page.waitForSelector(".ant-select-dropdown:visible");
  await key("Enter", "Space", "Enter", "Enter"); // chosen; 形式: first box ticked; past 主题
  await page.reload();
  await settled(page);
  assert.equal(await page.inputValue("#field-title"), "键盘登记的宣传");
  assert.equal(await page.inputValue("#field-occurred_on"), "2024-05-06");
  // Photos from disk: HEIC becomes JPEG, the day of the photo is shown.
  await page.setInputFiles("input[type=file] >> nth=0", [testFile("photo.heic"), testFile("photo.jpg")]);
  await page.waitForSelector('.pending:has-text("photo.jpg") >> nth=1', { timeout: 60_000 });
  assert.deepEqual(await page.locator(".pending input[type=date]").evaluateAll((all) => all.map((each) => each.value).sort()), [
    "",
    "2024-05-06",
  ]);
  await key("Control+s");
  await page.waitForURL(/entries\/\d+$/);
  await settled(page);
  assert.equal(await page.locator("h1").textContent().then((text) => text.startsWith("键盘登记的宣传")), true);
  assert.equal(await page.locator("#evidence .thumbs li").count(), 2);
  await page.waitForFunction(() => [...document.querySelectorAll("#evidence img")].every((each) => each.naturalWidth === 96));
  await page.click(".thumb-button >> nth=0");
  await page.waitForSelector("dialog .full-picture");
  await page.keyboard.press("Escape");
  // The draft is gone: nothing to go on with.
  await go(`${ledgers}/publicity/new`);
  assert.equal(await page.inputValue("#field-title"), "");
  await closeWindow(opened);
});

test("a double click records once, and the entry can be copied as a new one", async () => {
  const opened = await windowOf("p011");
  const { page, go } = opened;
  await go(`${ledgers}/publicity/new`);
  await fill(page, "活动日期", "2024-05-07");
  await fill(page, "活动名称", "点了两下的宣传");
  await fill(page, "节点", "日常");
  await page.dblclick("button.save");
  await page.waitForURL(/entries\/\d+$/);
  await go(`${ledgers}/publicity?words=${encodeURIComponent("点了两下")}`);
  assert.equal(await page.locator(".ant-table-row").count(), 1);
  await page.click(".ant-table-row a");
  await page.click('text="照此再登记一条"');
  await settled(page);
  assert.equal(await page.inputValue("#field-title"), "点了两下的宣传");
  await fill(page, "活动名称", "照抄的宣传");
  await page.click("button.save");
  await page.waitForURL(/entries\/\d+$/);
  await closeWindow(opened);
});

test("a bad sheet is refused cell by cell and writes nothing; put right, it is taken in", async () => {
  const opened = await windowOf("p003");
  const { page, go } = opened;
  const sheet = (audience) => {
    const file = join(offices.folder, "publicity.csv");
    writeFileSync(file, `活动日期,活动名称,节点,受众\n2024-03-08,表格里的宣传一,日常,30\n2024-03-09,表格里的宣传二,日常,${audience}\n`);
    return file;
  };
  await go(`${ledgers}/publicity/import`);
  await page.setInputFiles("input[type=file]", sheet("很多人"));
  const fault = page.locator("table.plain tbody tr");
  await fault.first().waitFor();
  assert.equal(await fault.count(), 1);
  assert.match(await fault.first().textContent(), /D3.*受众/);
  const [copy] = await Promise.all([page.waitForEvent("download"), page.click('text="下载带批注的表格"')]);
  assert.match(copy.suggestedFilename(), /\.xlsx$/);
  await go(`${ledgers}/publicity?words=${encodeURIComponent("表格里的宣传")}`);
  assert.equal(await page.locator(".ant-table-row").count(), 0);
  await go(`${ledgers}/publicity/import`);
  await page.setInputFiles("input[type=file]", sheet("45"));
  await page.click('text="写入台账"');
  await page.waitForSelector('text=/已经写入：新登记2条/');
  await go(`${ledgers}/publicity?words=${encodeURIComponent("表格里的宣传")}`);
  assert.equal(await page.locator(".ant-table-row").count(), 2);
  const [exported] = await Promise.all([
    go(`${ledgers}/publicity?from=2024-03-09&to=2024-03-09&f.occasion=everyday`).then(() => page.waitForEvent("download")),
    page.waitForTimeout(10).then(async () => {
      await settled(page);
      await page.click('text="导出CSV"');
    }),
  ]);
  const text = await exported.createReadStream().then(async (stream) => {
    let all = "";
    for await (const part of stream) all += part;
    return all;
  });
  assert.match(text, /表格里的宣传二/);
  assert.doesNotMatch(text, /表格里的宣传一/);
  await closeWindow(opened);
});

test("a task is finished by one and closed by another, by the keyboard", async () => {
  const first = await windowOf("p003");
  const { page, go } = first;
  await go(`${ledgers}/task/new`);
  await fill(page, "任务", "整理法治台账档案");
  await fill(page, "清单", "责任清单");
  await page.click("button.save");
  await page.waitForURL(/entries\/\d+$/);
  const entry = new URL(page.url()).pathname;
  await settled(page);
  await page.setInputFiles("#evidence input[type=file] >> nth=0", testFile("photo.jpg"));
  await page.click('text=/^上传1个文件/');
  await page.waitForSelector("#evidence .thumbs li");
  await go(`${entry}/steps/finish`);
  const today = await page.inputValue("#field-happened_on");
  assert.match(today, /^\d{4}-\d\d-\d\d$/);
  await page.locator("#field-happened_on").focus();
  await page.keyboard.press("Enter");
  await fill(page, "责任单位", "司法所");
  await page.locator("#field-result").fill("已经整理归档。");
  await page.keyboard.press("Control+s");
  await page.waitForURL(/entries\/\d+$/);
  // Who finished it does not close it.
  await go(`${entry}/steps/close`);
  await page.keyboard.press("Control+s");
  await page.waitForSelector(".notice-box.bad");
  await closeWindow(first);

  const second = await windowOf("p004");
  await second.go(`/offices/${OFFICE}/tasks`);
  await second.page.waitForSelector("table, .entry-card");
  await second.go(entry);
  const link = second.page.locator("#steps li", { hasText: "销号" }).first().getByText("办理", { exact: true });
  await link.focus();
  await second.page.keyboard.press("Enter");
  await second.page.waitForSelector("#field-happened_on");
  await second.page.keyboard.press("Control+s");
  await second.page.waitForSelector('h1 .mark:has-text("已销号")');
  await closeWindow(second);
});

test("a figure of the annual report opens to its entries, and to a photo", async () => {
  const opened = await windowOf("p003");
  const { page, go } = opened;
  await go(`/offices/${OFFICE}/reports/annual/2023`);
  await page.waitForSelector(".paper .figure", { timeout: 120_000 });
  const figures = await page.locator(".paper .figure").count();
  assert.ok(figures > 10, `${figures} figures`);
  const publicity = page.locator(".paper p", { hasText: "宣传" }).locator(".figure").first();
  await publicity.focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("aside .behind li a");
  const said = await page.locator('aside h2:has-text("：")').first().textContent();
  const listed = await page.locator('aside p:has-text("共")').first().textContent();
  assert.ok(said && /共\d+条/.test(listed ?? ""), `${said} ${listed}`);
  const [word] = await Promise.all([page.waitForEvent("download"), page.click('text="下载Word"')]);
  assert.match(word.suggestedFilename(), /\.docx$/);
  await page.click("aside .behind li a >> nth=0");
  await settled(page);
  await page.waitForSelector("#evidence");
  await closeWindow(opened);
});

test("a statistic's numbers open, and add up", async () => {
  const opened = await windowOf("p003");
  const { page, go } = opened;
  await go(`/offices/${OFFICE}/statistics?measure=publicity_activities&by=unit&from=2023-01-01&to=2023-12-31`);
  await page.waitForSelector("main canvas");
  const numbers = await page.locator("main table td.number button").allTextContents();
  const sum = numbers.reduce((all, each) => all + Number.parseInt(each, 10), 0);
  const total = Number.parseInt(/：(\d+)/.exec(await page.locator("section h2").first().textContent())[1], 10);
  assert.equal(sum, total);
  await page.locator("main table td.number button").first().click();
  await page.waitForSelector(".behind li");
  assert.match(await page.locator("section p:has-text('共')").first().textContent(), new RegExp(`共${Number.parseInt(numbers[0], 10)}条`));
  await closeWindow(opened);
});

test("two edit one entry: the second sees what is stored beside what was typed, and nothing is lost", async () => {
  const first = await windowOf("p003");
  await first.go(`${ledgers}/publicity?words=${encodeURIComponent("照抄的宣传")}`);
  await first.page.click(".ant-table-row a");
  await settled(first.page);
  const amend = `${new URL(first.page.url()).pathname}/amend`;
  const second = await windowOf("p011");
  await first.go(amend);
  await second.go(amend);
  await fill(first.page, "活动名称", "甲改的名称");
  await first.page.locator("#field-amend_note").fill("名称写错");
  await first.page.click("button.save");
  await first.page.waitForURL(/entries\/\d+$/);
  await fill(second.page, "活动名称", "乙改的名称");
  await fill(second.page, "受众", "88");
  await second.page.locator("#field-amend_note").fill("按通知更正");
  await second.page.click("button.save");
  await second.page.click('text="对照着看"');
  const rows = second.page.locator("dialog tbody tr");
  assert.match(await rows.filter({ hasText: "活动名称" }).textContent(), /两人都改了.*甲改的名称.*乙改的名称/);
  // Only hers: chosen already.
  assert.equal(await rows.filter({ hasText: "受众" }).locator("input").nth(1).isChecked(), true);
  await rows.filter({ hasText: "活动名称" }).locator("input").nth(0).check();
  await second.page.click('text="按选定的保存"');
  await second.page.waitForURL(/entries\/\d+$/);
  await settled(second.page);
  const fields = await second.page.locator("dl.fields").textContent();
  assert.match(fields, /甲改的名称/);
  assert.match(fields, /88人/);
  await closeWindow(first);
  await closeWindow(second);
});

test("the session ends in the middle of a form: signing in above the page goes on with it", async () => {
  const opened = await windowOf("p011");
  const { page, go } = opened;
  await go(`${ledgers}/publicity/new`);
  await fill(page, "活动日期", "2024-05-08");
  await fill(page, "活动名称", "登录到期的宣传");
  await fill(page, "节点", "日常");
  const account = await accountOf("p011");
  const elsewhere = await offices.api(account.login, account.password);
  for (const each of (await elsewhere.get("/api/session/list")).items) {
    if (!each.current) await elsewhere.send("DELETE", `/api/session/list/${each.id}`);
  }
  await page.click("button.save");
  await page.waitForSelector('dialog:has-text("请重新登录")');
  await page.fill("dialog [name=password]", account.password);
  await page.keyboard.press("Enter");
  await page.waitForSelector('h1:text("登录到期的宣传")');
  await closeWindow(opened);
});

test("the server is killed in the middle of a form: the content stays, and is recorded once", async () => {
  const opened = await windowOf("p011");
  const { page, go } = opened;
  await go(`${ledgers}/publicity/new`);
  await fill(page, "活动日期", "2024-05-09");
  await fill(page, "活动名称", "断线时的宣传");
  await fill(page, "节点", "日常");
  await offices.stop("SIGKILL");
  await page.click("button.save");
  await page.waitForSelector('.notice-box.bad:has-text("没有连上服务器")');
  assert.equal(await page.inputValue("#field-title"), "断线时的宣传");
  await offices.start();
  await page.click('.notice-box >> text="重试"');
  await page.waitForURL(/entries\/\d+$/);
  await go(`${ledgers}/publicity?words=${encodeURIComponent("断线时的宣传")}`);
  assert.equal(await page.locator(".ant-table-row").count(), 1);
  await closeWindow(opened);
});

test("the bureau sees the offices below it, and no others", async () => {
  const bureau = await offices.account("hubin", "b001");
  const opened = await openWindow(browser, offices);
  const { page, go } = opened;
  await page.goto(offices.url);
  await signIn(page, bureau);
  await page.waitForSelector('main >> text="前进街道"');
  const seen = await page.locator("main").textContent();
  assert.match(seen, /前进街道/);
  assert.doesNotMatch(seen, /同心街道/);
  await page.click('text="前进街道" >> nth=0');
  await settled(page);
  await go(`${ledgers}/publicity`);
  assert.ok((await page.locator(".ant-table-row").count()) > 0);
  assert.equal(await page.locator('text="登记一条"').count(), 0);
  await page.goto(`${offices.url}/offices/tongxin/ledgers/publicity`);
  await page.waitForSelector(".notice-box.bad");
  assert.equal(await page.locator(".ant-table-row").count(), 0);
  await closeWindow(opened);
});

test("several entries are taken a step further at once, each answering for itself", async () => {
  const mediator = await windowOf("p041");
  const { page, go } = mediator;
  for (const n of [1, 2]) {
    await go(`${ledgers}/dispute/new`);
    await fill(page, "发现日期", "2024-05-10");
    await fill(page, "来源", "网格排查");
    await fill(page, "纠纷类型", "物业");
    await fill(page, "地点", `成批${n}号楼`);
    await fill(page, "简要情况", "物业费争议。");
    await page.click("button.save");
    await page.waitForURL(/entries\/\d+$/);
  }
  await go(`${ledgers}/dispute?state=found&from=2024-05-10&to=2024-05-10`);
  await page.locator("thead input[type=checkbox]").check();
  await page.click('text="成批办理"');
  await page.locator("#bulk-step").click();
  await page.locator('.ant-select-item-option:has-text("受理")').click();
  await page.click(".ant-modal-footer .ant-btn-primary");
  await page.waitForSelector('text="办成2条。"');
  await page.click(".ant-modal-footer .ant-btn-primary");
  await go(`${ledgers}/dispute?state=accepted&from=2024-05-10&to=2024-05-10`);
  assert.equal(await page.locator(".ant-table-row").count(), 2);
  await closeWindow(mediator);
});

// Chooses an option of a choice that is searched on the server.
async function choose(page, title, words) {
  const field = page.locator(".field", { has: page.locator(`.label:text-is("${title}")`) }).first();
  await field.locator(".ant-select input").fill(words);
  const offered = page.locator(".ant-select-dropdown:visible .ant-select-item-option");
  await offered.filter({ hasText: words }).first().waitFor();
  await page.waitForFunction(() => !document.querySelector(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-spin"));
  const titles = await offered.allTextContents();
  await offered.filter({ hasText: words }).first().click();
  return titles;
}

// Attaches a file to the step's form or the entry's page, as a kind where several are offered.
async function attach(page, kind) {
  const kinds = page.locator("#evidence .drop select");
  if (await kinds.count()) await kinds.selectOption({ label: kind });
  const before = await page.locator("#evidence .thumbs li").count();
  await page.setInputFiles("#evidence input[type=file] >> nth=0", testFile("photo.jpg"));
  await page.click("text=/^上传1个文件/");
  await page.waitForFunction((had) => document.querySelectorAll("#evidence .thumbs li").length > had, before);
}

test("a case from start to closing with a refusal on the way", async () => {
  const first = await windowOf("p041");
  const { page, go } = first;
  // The mediator may not open the register of mediators, and chooses from it all the same: who is engaged on that day.
  await go(`${ledgers}/dispute/new`);
  await fill(page, "发现日期", "2024-05-10");
  await fill(page, "来源", "当事人申请");
  await fill(page, "纠纷类型", "邻里");
  await fill(page, "地点", "建设路18号院");
  await fill(page, "简要情况", "楼上空调外机滴水，双方争执。");
  await page.click('summary:has-text("以后办理时再填的")');
  assert.deepEqual(await choose(page, "调解员", "钟宝宁"), ["钟宝宁"]);
  await page.click("button.save");
  await page.waitForURL(/entries\/\d+$/);
  const entry = new URL(page.url()).pathname;
  const step = async (id, day) => {
    await go(`${entry}/steps/${id}`);
    await fill(page, "办理日期", day);
  };
  const stateIs = (title) => page.waitForSelector(`h1 .mark:has-text("${title}")`);

  await step("accept", "2024-05-10");
  await page.keyboard.press("Control+s");
  await stateIs("已受理");

  // One party refuses: no mediation, and the law says so.
  await go(`${entry}/amend`);
  await fill(page, "一方明确拒绝调解", "是");
  await page.click("button.save");
  await page.waitForURL(/entries\/\d+$/);
  await step("begin", "2024-05-11");
  await page.keyboard.press("Control+s");
  const refusal = page.locator(".notice-box.bad");
  await refusal.waitFor();
  const said = await refusal.textContent();
  assert.match(said, /一方明确拒绝调解的，不得调解/);
  assert.match(said, /《人民调解法》第十七条/);
  await go(entry);
  await stateIs("已受理");

  // The party comes round: the record is corrected, with the reason, and the step can be taken.
  await go(`${entry}/amend`);
  await fill(page, "一方明确拒绝调解", "否");
  await page.locator("#field-amend_note").fill("对方当事人5月11日上午改口，同意调解。");
  await page.click("button.save");
  await page.waitForURL(/entries\/\d+$/);
  await step("begin", "2024-05-11");
  await page.keyboard.press("Control+s");
  await stateIs("调解中");

  // A written agreement needs its paper: asked for with the article, then attached where it was asked for.
  await step("agree", "2024-05-15");
  await fill(page, "协议形式", "书面");
  await fill(page, "主要事实、争议事项与各方责任", "空调外机冷凝水无组织排放，楼下墙面受潮。");
  await fill(page, "协议内容（权利义务）", "三日内接管入雨水管，赔偿墙面修复费300元。");
  await fill(page, "履行方式、地点", "当面支付。");
  await fill(page, "协议生效日期", "2024-05-15");
  await page.keyboard.press("Control+s");
  await page.waitForFunction(() => /人民调解协议书/.test(document.querySelector(".notice-box.bad")?.textContent ?? ""));
  assert.match(await page.locator(".notice-box.bad").textContent(), /《人民调解法》第二十九条/);
  await attach(page, "人民调解记录");
  await attach(page, "人民调解协议书");
  await page.locator("button.save").click();
  await stateIs("达成协议");

  await go(`${entry}/steps/visit`);
  await attach(page, "回访记录");
  await fill(page, "办理日期", "2024-05-25");
  await page.keyboard.press("Control+s");
  await page.waitForURL(/entries\/\d+$/);
  // Who mediated does not close it.
  await go(`${entry}/steps/close`);
  await page.keyboard.press("Control+s");
  await page.waitForSelector(".notice-box.bad");
  await go(entry);
  await stateIs("达成协议");
  await closeWindow(first);

  const second = await windowOf("p003");
  await second.go(`${entry}/steps/close`);
  await fill(second.page, "办理日期", "2024-05-27");
  await second.page.keyboard.press("Control+s");
  await second.page.waitForSelector('h1 .mark:has-text("已销号")');
  const passages = await second.page.locator("main").textContent();
  for (const title of ["受理", "开始调解", "达成协议", "回访", "销号"]) assert.match(passages, new RegExp(title));
  assert.match(await second.page.locator("dl.fields").textContent(), /钟宝宁/);
  await closeWindow(second);
});
