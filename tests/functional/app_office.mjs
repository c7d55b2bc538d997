// What the tests of the staff's application share: an office of the examples in a database of its own, the real
// program serving it, people who sign in, and a browser that reports what goes wrong in the page.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root = new URL("../../", import.meta.url).pathname;
const require = createRequire(join(root, "web/package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const FAZHI = process.env.FAZHI ?? join(root, "build/dev/fazhi");
const WEB = process.env.FAZHI_WEB ?? join(root, "web/dist/app");
const PASSWORD = "Correct-horse-9";
const READY_MS = 60_000;

export const testFile = (name) => join(root, "tests/data", name);

async function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// A database with these offices, and the program that serves it.
export class Offices {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "fazhi-app-"));
    this.first = new Map(); // passwords as they were given out
    this.passwords = new Map(); // as they were changed
    assert.ok(existsSync(join(WEB, "index.html")), `${WEB}: npm run app has not been run`);
  }

  fazhi(...words) {
    return execFileSync(FAZHI, ["--database", join(this.folder, "app.db"), ...words], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
  }

  // `accounts`: [office, code, who makes it]; made before the program serves, which then has the database.
  async open(offices, accounts) {
    this.fazhi("init");
    for (const office of offices) this.fazhi("load", `examples/${office}`);
    for (const [office, code, admin] of accounts) this.first.set(`${code}@${office}`, this.firstPassword(office, code, admin));
    this.port = await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    await this.start();
  }

  async start() {
    this.server = spawn(
      FAZHI,
      ["--database", join(this.folder, "app.db"), "serve", "--listen", `127.0.0.1:${this.port}`, "--web", WEB],
      { cwd: root, stdio: ["ignore", "ignore", "pipe"] },
    );
    this.said = "";
    this.server.stderr.on("data", (text) => (this.said += text));
    const until = Date.now() + READY_MS;
    for (;;) {
      const up = await fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false);
      if (up) return;
      assert.ok(this.server.exitCode === null && Date.now() < until, `the program does not serve: ${this.said}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async stop(signal = "SIGTERM") {
    if (!this.server || this.server.exitCode !== null || this.server.signalCode !== null) return;
    const gone = new Promise((resolve) => this.server.once("exit", resolve));
    this.server.kill(signal);
    await gone;
  }

  async close() {
    await this.stop();
    rmSync(this.folder, { recursive: true });
  }

  firstPassword(office, code, admin) {
    return JSON.parse(this.fazhi("--json", "account", "create", "--jurisdiction", office, "--as", admin, code)).password;
  }

  // An account whose first password has been changed: its login and password.
  async account(office, code) {
    const login = `${code}@${office}`;
    if (!this.passwords.has(login)) {
      const first = this.first.get(login);
      const api = await this.api(login, first);
      const changed = await api.send("POST", "/api/session/password", { old: first, new: PASSWORD });
      assert.equal(changed.status, 204, await changed.text());
      this.passwords.set(login, PASSWORD);
    }
    return { login, password: this.passwords.get(login) };
  }

  // The API as that person uses it, without a page.
  async api(login, password) {
    const opened = await fetch(`${this.url}/api/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ login, password }),
    });
    assert.equal(opened.status, 200, await opened.clone().text());
    const { csrf } = await opened.json();
    const cookie = opened.headers.getSetCookie()[0].split(";")[0];
    const send = (method, path, body) =>
      fetch(this.url + path, {
        method,
        headers: { Cookie: cookie, "X-CSRF-Token": csrf, "Content-Type": "application/json" },
        body: body === undefined || body instanceof Uint8Array ? body : JSON.stringify(body),
      });
    const get = async (path) => {
      const answer = await send("GET", path);
      assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`);
      return answer.json();
    };
    return { send, get };
  }
}

export async function openBrowser() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    env: { ...process.env, LANGUAGE: "zh_CN" },
    args: ["--headless", "--lang=zh-CN", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

// A refused request is no fault of the page; a forbidden style, a broken script or a request elsewhere is.
const isExpected = (text) => /Failed to load resource/.test(text);

// A person's window; `problems` must stay empty.
export async function openWindow(browser, offices, { width = 1280, account } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    hasTouch: width < 600,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !isExpected(message.text())) problems.push(message.text());
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(offices.url) && !/^(blob|data):/.test(url)) problems.push(`asked for ${url}`);
  });
  const go = async (path) => {
    await page.goto(offices.url + path);
    await settled(page);
  };
  if (account) {
    await page.goto(offices.url);
    await signIn(page, account);
    await page.waitForSelector("main#main h1");
  }
  return { page, problems, go, context };
}

export async function signIn(page, { login, password }) {
  await page.fill("[name=username]", login);
  await page.fill("[name=password]", password);
  await page.click("button[type=submit]");
}

// Nothing is being fetched or drawn any more.
export async function settled(page) {
  await page.waitForSelector("h1");
  await page.waitForFunction(() => !document.querySelector(".waiting, .loading-line, [aria-busy=true]"));
}

// What axe calls serious or worse.
export async function seriousFaults(page) {
  await page.evaluate(axe).catch(() => page.addScriptTag({ content: axe }));
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
