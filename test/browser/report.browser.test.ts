import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { renderHtml } from "pulumi-seam/report";
import type { AccessRow, ReviewDocument } from "../../report/document";
import { startChromium } from "./chromium";
import { HOSTILE, reviewOf } from "./document";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const SMALL = reviewOf({ people: 40, doors: 12, doorsOfOne: 4 }, Object.values(HOSTILE));
const LARGE = reviewOf({ people: 500, doors: 200, doorsOfOne: 60 });
const UNREAD = {
  ...SMALL,
  complete: false,
  notSeen: ["The stack prod, which could not be read.", ...SMALL.notSeen],
};

const A_DOOR = SMALL.rows[0]?.door.acsEntranceId;

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

let folder: string;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-seam-report-"));
  writeFileSync(join(folder, "small.html"), renderHtml(SMALL));
  writeFileSync(join(folder, "large.html"), renderHtml(LARGE));
  writeFileSync(join(folder, "unread.html"), renderHtml(UNREAD));
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});

interface Opened {
  readonly page: Page;
  /** What the page asked of others, refused to do, or failed at. */
  readonly mishaps: readonly string[];
}

async function open(file: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({
    offline: true,
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  const mishaps: string[] = [];
  const own = pathToFileURL(join(folder, file.replace(/#.*/s, ""))).href;
  page.on("request", (request) => {
    if (request.url().replace(/#.*/s, "") !== own) mishaps.push(`request: ${request.url()}`);
  });
  page.on("console", (message) => mishaps.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => mishaps.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => mishaps.push(`dialog: ${dialog.message()}`));
  await page.goto(own + (file.match(/#.*/s)?.[0] ?? ""));
  return { page, mishaps };
}

const search = (page: Page) => page.getByRole("searchbox", { name: "Search" });
const found = (page: Page) => page.locator(".found");
const view = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Views" }).getByRole("link", { name });
const title = (page: Page) => page.locator("#detail-title");
const lines = (page: Page) => page.locator(".detail-pane tbody tr");

/** Waits until the text of the place is this one. */
async function expectText(place: ReturnType<Page["locator"]>, text: string | RegExp): Promise<void> {
  await place.filter({ hasText: text }).first().waitFor();
}

/** As by a link on the page. */
async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    window.addEventListener("hashchange", () => resolve(), { once: true });
    location.hash = ${JSON.stringify(hash)};
  })`);
}

function distinct(rows: readonly AccessRow[], idOf: (row: AccessRow) => string): number {
  return new Set(rows.map(idOf)).size;
}

function countsOf(rows: readonly AccessRow[]): RegExp {
  const people = distinct(rows, ({ person }) => person.acsUserId);
  const doors = distinct(rows, ({ door }) => door.acsEntranceId);
  const number = (count: number) => count.toLocaleString("en");
  return new RegExp(
    `: ${number(rows.length)} ways in of .*, ${number(people)} (person|people), ${number(doors)} doors?,`,
  );
}

describe.each([
  ["40 people and 12 doors", "small.html", SMALL],
  ["500 people and 200 doors", "large.html", LARGE],
])("the report of %s", (_name, file, review: ReviewDocument) => {
  it("shows how much there is, and every finding as its first view", async () => {
    const { page } = await open(file);
    for (const [count, what] of [
      [distinct(review.rows, ({ person }) => person.acsUserId), "people"],
      [distinct(review.rows, ({ door }) => door.acsEntranceId), "doors"],
      [distinct(review.rows, ({ acsCredentialId }) => acsCredentialId), "keys"],
      [review.findings.length, "findings"],
    ] as const) {
      await expectText(page.locator(".figure"), `${what}${count.toLocaleString("en")}`);
    }
    expect(await view(page, "Findings").getAttribute("aria-current")).toBe("page");
    for (const kind of new Set(review.findings.map((finding) => finding.kind))) {
      const more = page.locator(`.view .kind-${kind} .more`);
      while (await more.isVisible()) await more.click();
      const expected = review.findings.filter((finding) => finding.kind === kind);
      expect(await page.locator(`.view .kind-${kind} li`).count()).toBe(expected.length);
    }
  });

  it("finds people as one types, without regard to capitals and accents", async () => {
    const { page } = await open(`${file}#view=people`);
    await search(page).pressSequentially("CLEO ekstrom");
    const expected = review.rows.filter(({ person }) => person.name === "Cléo Ekström");
    const people = distinct(expected, ({ person }) => person.acsUserId);
    await expectText(found(page), countsOf(expected));
    expect(await page.locator(".subjects li").count()).toBe(people);
    await search(page).press("Escape");
    await page.locator(".found:empty").waitFor({ state: "attached" });
  });

  it("combines filters, and keeps them over all views and in the address", async () => {
    const { page } = await open(file);
    await page.getByLabel("Owner").selectOption("undeclared");
    await page.getByLabel("Status").selectOption("active");
    await page.getByLabel("System").selectOption({ label: "Warehouse" });
    const expected = review.rows.filter(
      ({ owner, status, system }) =>
        owner.kind === "undeclared" && status === "active" && system.name === "Warehouse",
    );
    expect(expected.length).toBeGreaterThan(0);
    await expectText(found(page), countsOf(expected));
    await view(page, "Doors").click();
    await page.reload();
    await expectText(found(page), countsOf(expected));
    expect(await page.locator(".subjects li").count()).toBe(
      Math.min(
        100,
        distinct(expected, ({ door }) => door.acsEntranceId),
      ),
    );
    await page.getByRole("button", { name: "Clear" }).click();
    await page.locator(".found:empty").waitFor({ state: "attached" });
  });

  it("counts the days of a filter from the report, not from the day it is opened on", async () => {
    const { page } = await open(file);
    await page.getByLabel("Until").selectOption("30");
    const readAt = Date.parse(review.generatedAt);
    await expectText(
      found(page),
      countsOf(
        review.rows.filter(({ endsAt }) => {
          const end = Date.parse(endsAt ?? "");
          return end > readAt && end <= readAt + 30 * 86_400_000;
        }),
      ),
    );
  });

  it("opens a door by its deep link, leads to a person, and goes back", async () => {
    const door = review.rows.at(-1)?.door ?? { name: "", acsEntranceId: "" };
    const { page } = await open(`${file}#door=${door.acsEntranceId}`);
    await expectText(title(page), door.name);
    const ofDoor = review.rows.filter((row) => row.door.acsEntranceId === door.acsEntranceId);
    const more = page.locator(".detail-pane .table .more");
    while (await more.isVisible()) await more.click();
    expect(await lines(page).count()).toBe(ofDoor.length);

    const last = lines(page).last().getByRole("link");
    const id = new URLSearchParams((await last.getAttribute("href"))?.slice(1)).get("person");
    await last.click();
    const ofPerson = review.rows.filter(({ person }) => person.userIdentityId === id);
    await expectText(title(page), ofPerson[0]?.person.name ?? "");
    expect(await lines(page).count()).toBe(ofPerson.length);
    await page.goBack();
    await expectText(title(page), door.name);
  });

  it("draws a matrix of what passes, whose cells tell what is behind them", async () => {
    const { page } = await open(`${file}#view=matrix&q=keller%20warehouse`);
    const expected = review.rows.filter(
      ({ person, system }) => person.name.endsWith("Keller") && system.name === "Warehouse",
    );
    const doors = distinct(expected, ({ door }) => door.acsEntranceId);
    let cells = await page.locator("td.way").count();
    const next = page.getByRole("button", { name: "Next doors" });
    for (let shown = 30; shown < doors; shown += 30) {
      await next.click();
      cells += await page.locator("td.way").count();
    }
    const pairs = distinct(expected, ({ person, door }) => person.acsUserId + door.acsEntranceId);
    expect([await next.count(), cells]).toEqual([doors > 30 ? 1 : 0, pairs]);
    await page.locator("td.way").first().click();
    await expectText(page.locator(".cell-detail h3"), "Keller");
    expect(await page.locator(".cell-detail tbody tr").count()).toBeGreaterThan(0);
  });
});

describe("the report", () => {
  it("works by the keyboard alone", async () => {
    const { page } = await open("small.html#view=matrix");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the content");
    await page.keyboard.press("/");
    await page.keyboard.type("keller");
    await expectText(found(page), /^“keller”/);
    await page.getByRole("grid", { name: "People by doors" }).locator('[tabindex="0"]').focus();
    const doors = distinct(
      SMALL.rows.filter(({ person }) => person.name.endsWith("Keller")),
      ({ door }) => door.acsEntranceId,
    );
    const place = () =>
      page.evaluate("[document.activeElement.parentElement.rowIndex, document.activeElement.cellIndex]");
    for (const [key, at] of [
      ["ArrowDown", [2, 1]],
      ["ArrowRight", [2, 2]],
      ["ArrowUp", [1, 2]],
      ["End", [1, doors]],
      ["Home", [1, 1]],
      ["ArrowLeft", [1, 1]],
    ] as const) {
      await page.keyboard.press(key);
      expect([key, await place()]).toEqual([key, at]);
    }
    await page.locator("td.way").first().focus();
    await page.keyboard.press("Enter");
    await page.locator(".cell-detail table").waitFor();

    await view(page, "People").focus();
    await page.keyboard.press("Enter");
    await page.locator(".subjects a").first().focus();
    await page.keyboard.press("Enter");
    await page.locator("#detail-title:focus").waitFor();
  });

  it("shows hostile names as the texts they are", async () => {
    const { page, mishaps } = await open("small.html");
    const person = SMALL.rows[0]?.person.userIdentityId;
    for (const at of ["#view=findings", "#view=people", "#view=matrix", `#person=${person}`]) {
      await go(page, at);
      expect(await page.evaluate("document.title")).toBe("Who can open what: Example Properties");
      expect(await page.locator("img, iframe, object, form").count()).toBe(0);
      expect(await page.evaluate("document.scripts.length")).toBe(2);
      expect(await page.locator(".view").textContent()).toContain(HOSTILE.script);
    }
    expect(mishaps).toEqual([]);
  });

  it("asks nothing of anybody, and its policy would not let it", async () => {
    const { page, mishaps } = await open("small.html");
    for (const name of ["Doors", "People", "Matrix", "Findings"]) await view(page, name).click();
    expect(mishaps).toEqual([]);
    const refused = await page.evaluate(`(async () => {
      const violations = [];
      document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
      document.body.append(Object.assign(new Image(), { src: "http://127.0.0.1:9/" }));
      await fetch("http://127.0.0.1:9/").catch(() => {});
      try { document.body.innerHTML = "<b></b>"; } catch (error) { violations.push(error.name); }
      await new Promise((resolve) => setTimeout(resolve, 50));
      return violations.sort();
    })()`);
    expect(refused).toEqual(expect.arrayContaining(["TypeError", "connect-src", "img-src"]));
  });

  it("has no serious fault of accessibility, in light and in dark colours", async () => {
    const { page } = await open("unread.html", { bypassCSP: true });
    await page.evaluate(AXE);
    const faults = async (rules: string) => {
      const { violations } = (await page.evaluate(`axe.run(${rules})`)) as AxeResult;
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
    };
    for (const at of [
      "#view=findings&q=kira",
      `#door=${A_DOOR}&owner=undeclared`,
      "#view=people&q=keller",
      "#view=matrix&q=keller",
    ]) {
      await go(page, at);
      if (at.includes("matrix")) await page.locator("td.way").first().click();
      await page.emulateMedia({ colorScheme: "light" });
      expect([at, await faults("")]).toEqual([at, []]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect([at, await faults(`{ runOnly: ["color-contrast"] }`)]).toEqual([at, []]);
    }
  });

  it("has the colours that the reader prefers, until the button is pressed", async () => {
    const { page } = await open("small.html", { colorScheme: "dark" });
    const background = () => page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
    const dark = await background();
    await page.getByRole("button", { name: "Colours" }).click();
    const light = await background();
    expect([dark, light]).toEqual(["rgb(14, 17, 22)", "rgb(246, 247, 249)"]);
  });

  it("fits a phone", async () => {
    const { page } = await open("small.html", { viewport: { width: 360, height: 740 } });
    for (const at of ["#view=findings", `#door=${A_DOOR}`, "#view=people", "#view=matrix"]) {
      await go(page, at);
      expect([at, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([at, 360]);
    }
  });

  it("tells without script what was found and what was not seen", async () => {
    const { page } = await open("unread.html", { javaScriptEnabled: false });
    const text = await page.locator("main").textContent();
    for (const finding of UNREAD.findings.slice(-10)) expect(text).toContain(finding.text);
    for (const unseen of UNREAD.notSeen) expect(text).toContain(unseen);
    expect(await page.locator("header").textContent()).toContain("This report is not complete.");
    expect(text).toContain("Script is off.");
  });

  it("prints all findings, all of the door that is looked at, and room to sign", async () => {
    const id = LARGE.rows[0]?.door.acsEntranceId;
    const ofDoor = LARGE.rows.filter(({ door }) => door.acsEntranceId === id);
    const { page } = await open(`large.html#door=${id}`);
    expect(await lines(page).count()).toBe(100);
    expect(await page.locator(".sign-off").isVisible()).toBe(false);
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(await lines(page).count()).toBe(ofDoor.length);

    await page.emulateMedia({ media: "print" });
    for (const place of [".sign-off", "#findings", "#not-seen", "#about"]) {
      expect([place, await page.locator(place).isVisible()]).toEqual([place, true]);
    }
    expect(await page.locator("#findings li").count()).toBe(LARGE.findings.length);
    for (const place of ["#search", ".views", ".actions", ".list-pane"]) {
      expect([place, await page.locator(place).isVisible()]).toEqual([place, false]);
    }
  });
});
