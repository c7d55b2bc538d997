// A signed report's page in Chromium, as a file and with the network off: its figures open, everything on it
// is verified, and a page with one byte changed says so. Run by CTest with FAZHI naming the program.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

const root = new URL("../../", import.meta.url).pathname;
const { chromium } = createRequire(join(root, "web/package.json"))("playwright-core");

const folder = mkdtempSync(join(tmpdir(), "fazhi-page-"));
const page_file = join(folder, "ed25519", "minsheng-2022.html");
const sm2_file = join(folder, "sm2", "minsheng-2022.html");
let browser;

// The same office with a key of its own for this algorithm, and its report signed.
function signReport(signature) {
  const fazhi = (...words) =>
    execFileSync(process.env.FAZHI, ["--database", join(folder, `${signature}.db`), ...words],
      { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  fazhi("init", "--signature", signature);
  fazhi("load", "examples/minsheng");
  fazhi("report", "build", "--jurisdiction", "minsheng", "--year", "2022", "--out", join(folder, signature),
    "--sign", "--as", "p001", "--cleared-by", "p003");
}

before(async () => {
  signReport("ed25519");
  signReport("sm2");
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

async function opened(file, width = 1280) {
  const context = await browser.newContext({ offline: true, viewport: { width, height: 800 } });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) problems.push(`asked for ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector("#verdict.agrees, #verdict.differs");
  return { page, problems };
}

test("everything on the page is verified, and every figure opens to its entries", async () => {
  for (const width of [1280, 390]) {
    const { page, problems } = await opened(page_file, width);
    const verdict = await page.textContent("#verdict");
    assert.match(verdict, /^核验通过：所列[1-9]\d*条登记/);
    assert.match(verdict, /流水已签名/);
    const data = JSON.parse(await page.textContent("#fazhi-figures"));
    const openers = page.locator("[data-figure]");
    assert.ok((await openers.count()) > 10);
    const keys = new Set(await openers.evaluateAll((all) => all.map((each) => each.dataset.figure)));
    for (const key of keys) {
      const expected = data.figures[key].ledgers.reduce((sum, each) => sum + each.entries.length, 0);
      await page.locator(`[data-figure="${key}"]`).first().dispatchEvent("click");
      assert.equal(await page.locator("#panel tbody tr").count(), expected, key);
      await page.keyboard.press("Escape");
      assert.ok(await page.locator("#panel").isHidden());
    }
    assert.deepEqual(problems, []);
    await page.context().close();
  }
});

test("a value drawn in a chart opens by the keyboard", async () => {
  const { page } = await opened(page_file);
  const drawn = page.locator("rect[data-figure]").first();
  await drawn.focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("#panel").isVisible());
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "rect");
});

test("a page with one byte changed says so", async () => {
  const html = readFileSync(page_file, "utf8");
  const data = html.indexOf('id="fazhi-figures"');
  const changes = {
    "a record": html.indexOf('\\"ledger\\":\\"', data) + '\\"ledger\\":\\"'.length,
    "a cell": html.search(/"cells":\["[^"]/) + 10,
    "a quotation mark": html.indexOf('"figures":', data) + 10,
    "a figure": html.indexOf('"value":"', data) + 9,
    "the root": html.indexOf('"root":"', data) + 8,
  };
  for (const [what, at] of Object.entries(changes)) {
    assert.ok(at > data + 20, what);
    const old = html[at];
    const changed = join(folder, "changed.html");
    writeFileSync(changed, html.slice(0, at) + (old === "1" ? "2" : "1") + html.slice(at + 1));
    const { page } = await opened(changed);
    assert.match(await page.textContent("#verdict.differs"), /^核验不通过/, what);
    await page.context().close();
  }
});

test("a page signed with SM2 is verified too, and under no other note or key", async () => {
  const html = readFileSync(sm2_file, "utf8");
  const journal = (text) => JSON.parse(/<script[^>]*id="fazhi-figures"[^>]*>([\s\S]*?)<\/script>/.exec(text)[1]).journal;
  const own = journal(html);
  const { page, problems } = await opened(sm2_file);
  assert.match(await page.textContent("#verdict.agrees"), /流水已签名/);
  assert.deepEqual(problems, []);
  await page.context().close();

  const inPage = (text) => JSON.stringify(text).slice(1, -1);
  const end = own.note.length - 20;
  const other = own.note[end] === "A" ? "B" : "A";
  const changes = {
    "the signature": [own.note, own.note.slice(0, end) + other + own.note.slice(end + 1)],
    "the key": [own.key, journal(readFileSync(page_file, "utf8")).key],
  };
  for (const [what, [from, to]] of Object.entries(changes)) {
    assert.ok(html.includes(inPage(from)), what);
    const changed = join(folder, "changed.html");
    writeFileSync(changed, html.replace(inPage(from), () => inPage(to)));
    const { page } = await opened(changed);
    assert.match(await page.textContent("#verdict.differs"), /^核验不通过/, what);
    await page.context().close();
  }
});
