// A room in browsers: devices and what is seen on them, and what people do there in every sitting. `saw` gathers what would
// be wrong on any page.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launched } from "./browser.mjs";

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const PATIENCE = 30_000; // a page may be slow on a busy machine

export const room = async (url, pictures) => {
  if (pictures) mkdirSync(pictures, { recursive: true });
  const browser = await launched();
  const saw = { hosts: [], console: [], axe: [], looked: 0, tooWide: [], shown: {} };

  // What stood on each device when something did not come about.
  const pages = [];
  process.on("uncaughtException", async (error) => {
    const open = pictures ? pages.filter((page) => !page.isClosed()) : [];
    for (const [n, page] of open.entries()) await page.screenshot({ path: join(pictures, `failed-${n}.png`), fullPage: true });
    console.error(error);
    process.exit(1);
  });

  const device = async ({ width = 360, height = 740, locale = "en", ...more } = {}) => {
    const context = await browser.newContext({ viewport: { width, height }, locale, deviceScaleFactor: 1, ...more });
    const page = await context.newPage();
    pages.push(page);
    page.setDefaultTimeout(PATIENCE);
    page.on("request", (request) => saw.hosts.push(new URL(request.url()).host));
    page.on("pageerror", (error) => saw.console.push(String(error)));
    page.on("console", (message) => {
      const expected = /status of 422|ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(message.text());
      if (["error", "warning"].includes(message.type()) && !expected) saw.console.push(message.text());
    });
    return page;
  };
  // A page that follows the record; the mark is gone when it is loaded again.
  const live = async (page) => {
    await page.locator("html[data-live=on]").waitFor({ state: "attached" }); // between two pages there is no html to ask
    await page.evaluate(() => (globalThis.same = true));
  };
  const same = (page) => page.evaluate(() => globalThis.same === true);
  const words = async (page, selector) => (await page.locator(selector).innerText()).replace(/\s+/g, " ").trim();

  const look = async (page, name, checked = true) => {
    await page.evaluate(() => document.fonts.ready);
    await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== "running"));
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) saw.tooWide.push(`${name}: ${over}`);
    if (checked) {
      await page.evaluate(axe); // a script tag would be against the page's policy
      const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document));
      saw.looked += passes.length;
      saw.axe.push(...violations.map((v) => `${name}: ${v.id} ${v.nodes[0].html.slice(0, 200)}`));
    }
    if (!pictures) return;
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    await page.screenshot({ path: join(pictures, `${name}-whole.png`), fullPage: true });
  };

  // Does something elsewhere, and notes how long a page that is open takes to show it, in milliseconds, by its own watch.
  const shows = async (page, selector, act) => {
    await page.evaluate((wanted) => {
      if (document.querySelector(wanted)) throw new Error(`${wanted} is there already`);
      globalThis.seen = new Promise((done) => {
        const look = () => document.querySelector(wanted) && done(Date.now());
        new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
      });
    }, selector);
    const begun = await act();
    await page.locator(selector).first().waitFor({ state: "attached" });
    saw.shown[selector] = (await page.evaluate(() => globalThis.seen)) - begun;
  };
  // Presses, and says when.
  const press = async (button) => {
    await button.waitFor();
    const now = Date.now();
    await button.click();
    return now;
  };

  // As a phone is that nobody looks at: its stream is let go, and taken up again when it is woken.
  const asleep = (page, is) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, is);

  // The organiser signs in, schedules a session from a scenario, makes the cards, and is the chair on this laptop. Gives
  // the laptop, and the codes of the cards by whose they are.
  const convened = async (token, scenario, seen = async () => {}) => {
    const laptop = await device({ width: 1280, height: 900, timezoneId: "Asia/Shanghai" });
    await laptop.goto(url);
    await laptop.fill("#token", token);
    await laptop.click("#sign-in button");
    await laptop.locator("#scenario").waitFor();
    await seen(laptop, "home");
    await laptop.selectOption("#scenario", scenario);
    await laptop.click("#schedule button");
    await laptop.locator("#invite-all").waitFor();
    await seen(laptop, "invite");
    await laptop.click("#invite-all button");
    await laptop.locator(".card").first().waitFor();
    const cards = await laptop.locator(".card").evaluateAll((all) =>
      all.map((card) => [card.querySelector(".name").innerText, card.querySelector(".code").innerText]),
    );
    await seen(laptop, "cards");
    await laptop.click("text=Come in as the chair on this device");
    await laptop.locator("#join").waitFor();
    await laptop.click("#join button");
    await live(laptop);
    return { laptop, session: new URL(laptop.url()).pathname.split("/")[2], codes: Object.fromEntries(cards) };
  };
  const comesIn = async (code, locale, name, seen = async () => {}) => {
    const phone = await device({ locale });
    await phone.goto(`${url}/join/${code}`);
    await seen(phone, `join-${locale}`);
    await phone.fill("#name", name);
    await phone.click("#join button");
    await live(phone);
    return phone;
  };
  const onTheWall = async (session) => {
    const wall = await device({ width: 1920, height: 1080 });
    await wall.goto(`${url}/s/${session}/board`);
    await live(wall);
    return wall;
  };

  // The first form that gives a mutation, unfolded where it is folded; sent by its button.
  const form = (within, mutation) => within.locator(`form[action*="/do/${mutation}?"]`).first();
  const send = async (found) => {
    await found.waitFor({ state: "attached" });
    await found.evaluate((it) => {
      for (let box = it.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    });
    return press(found.locator("button[type=submit]"));
  };
  const does = (page, mutation) => send(form(page, mutation));
  const callsTheRoll = async (laptop, absent) => {
    await laptop.locator("#roll-call").waitFor();
    for (const seat of await laptop.locator("#roll-call input[type=checkbox]").all())
      await seat.setChecked(!absent.includes(await seat.inputValue()));
    return does(laptop, "recordRollCall");
  };
  // What a seat waits for before an item is taken up is not said of it any more.
  const takenUp = async (phone) => {
    await phone.locator("#asks .fate").first().waitFor({ state: "detached" });
    await phone.locator("#ask-state").waitFor();
  };
  // Calls as soon as the text has been circulated long enough; until then there is no button for it.
  const calls = (laptop) => does(laptop.locator("#next"), "callForConsensus");
  const closes = (laptop) => does(laptop.locator("#next"), "closeCall");

  const clause = (page, number) => page.locator(".clauses > .clause").nth(number - 1);
  const states = async (page, number, level) => {
    const begun = await press(clause(page, number).locator(`.level.${level}`));
    await clause(page, number).locator(`.level.${level}[aria-pressed="true"]`).waitFor();
    return begun;
  };

  const end = async () => {
    saw.hosts = [...new Set(saw.hosts)];
    await browser.close();
    if (pictures) writeFileSync(join(pictures, "saw.json"), JSON.stringify(saw, null, 1));
    console.log(JSON.stringify(saw));
  };
  return {
    saw, device, live, same, words, look, shows, press, asleep, convened, comesIn, onTheWall, form, send, does,
    callsTheRoll, takenUp, calls, closes, clause, states, end,
  };
};
