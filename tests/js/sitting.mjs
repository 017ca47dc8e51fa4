// A small sitting in browsers, from the organiser's first page to the decision: a laptop for the chair, two phones, the
// board on the wall. Prints what was seen.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launched } from "./browser.mjs";

const [url, token, pictures] = process.argv.slice(2);
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
if (pictures) mkdirSync(pictures, { recursive: true });
const browser = await launched();
const saw = { hosts: [], console: [], axe: [], looked: 0, tooWide: [], board: {} };

const device = async ({ width = 360, height = 740, locale = "en", scheme = "light" } = {}) => {
  const context = await browser.newContext({ viewport: { width, height }, locale, colorScheme: scheme, deviceScaleFactor: 1 });
  const page = await context.newPage();
  page.on("request", (request) => saw.hosts.push(new URL(request.url()).host));
  page.on("pageerror", (error) => saw.console.push(String(error)));
  page.on("console", (message) => {
    const expected = /status of 422|ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !expected) saw.console.push(message.text());
  });
  return page;
};
const live = (page) => page.waitForFunction(() => document.documentElement.dataset.live === "on");
const look = async (page, name) => {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== "running"));
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) saw.tooWide.push(`${name}: ${over}`);
  await page.evaluate(axe); // a script tag would be against the page's policy
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document));
  saw.looked += passes.length;
  saw.axe.push(...violations.map((v) => `${name}: ${v.id} ${v.nodes[0].html.slice(0, 200)}`));
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
};
const words = async (page, selector) => (await page.locator(selector).innerText()).replace(/\s+/g, " ").trim();
// As a phone is that nobody looks at: its stream is let go, and taken up again when it is woken.
const asleep = (page, is) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, is);
const opened = (form) => form.evaluate((it) => it.closest("details")?.setAttribute("open", ""));
const chairDoes = async (mutation) => {
  const form = laptop.locator(`form[action*="/do/${mutation}?"]`).first();
  await form.waitFor({ state: "attached" });
  await opened(form);
  await form.locator("button[type=submit]").click();
};
const timed = async (name, until) => {
  const begin = Date.now();
  await until;
  saw.board[name] = Date.now() - begin;
};

// The organiser signs in, schedules a session from a scenario, makes the cards, and is the chair on this laptop.
const laptop = await device({ width: 1280, height: 900 });
await laptop.goto(url);
await laptop.fill("#token", token);
await laptop.click("#sign-in button");
await look(laptop, "home");
await laptop.selectOption("#scenario", "small-council");
await laptop.click("#schedule button");
await look(laptop, "invite");
await laptop.click("#invite-all button");
const codes = await laptop.locator(".card .code").allInnerTexts();
await look(laptop, "cards");
await laptop.click("text=Come in as the chair on this device");
await look(laptop, "join-chair");
await laptop.click("#join button");
await live(laptop);
saw.session = new URL(laptop.url()).pathname.split("/")[2];
await look(laptop, "chair");

// Two phones come in by their cards; the board goes on the wall.
const comesIn = async (code, locale, name) => {
  const phone = await device({ locale });
  await phone.goto(`${url}/join/${code}`);
  await look(phone, `join-${locale}`);
  await phone.fill("#name", name);
  await phone.click("#join button");
  await live(phone);
  return phone;
};
const alder = await comesIn(codes[1], "en", "Anna");
const birch = await comesIn(codes[2], "ru", "Борис");
const wall = await device({ width: 1920, height: 1080 });
await wall.goto(`${url}/s/${saw.session}/board`);
await live(wall);
saw.names = [await words(alder, "h1"), await words(birch, "h1")];
await look(alder, "seat-scheduled");

await chairDoes("openSession");
await alder.locator("#ask-state").waitFor();
for (const seat of ["ALDER", "BIRCH", "CEDAR"]) await laptop.locator(`#roll-${seat}`).setChecked(seat !== "CEDAR");
await chairDoes("recordRollCall");
await chairDoes("openItem");
await wall.locator("#items .pill.DELIBERATION").waitFor();
saw.asked = await words(alder, "#asks");
saw.firstScreen = await alder.evaluate(() => document.querySelector("#asks").getBoundingClientRect().bottom < innerHeight);
await look(alder, "seat-asked");

// One tap is a stance; the wall shows it.
const clause = (page, number) => page.locator(".clauses > .clause").nth(number - 1);
await clause(alder, 1).locator(".level.SUPPORT").click();
await timed("stance", wall.locator("#row-ALDER .stance.SUPPORT").waitFor());
await clause(alder, 1).locator('.level.SUPPORT[aria-pressed="true"]').waitFor();
await alder.evaluate(() => (globalThis.same = true));
await clause(alder, 2).locator(".level.ACCEPT").dblclick();
await clause(alder, 2).locator('.level.ACCEPT[aria-pressed="true"]').waitFor();
await alder.locator("#ask-nothing").waitFor();
saw.receipts = await alder.locator("#entered li").count();

// What is missing is said at its field, and nothing typed is lost.
const objecting = clause(birch, 2).locator("details.objecting");
await objecting.locator("summary").click();
await objecting.locator("textarea").first().fill("Колодец далеко, сутки — это слишком мало.");
await objecting.locator("button").click();
await birch.locator("#main .refusal:visible").waitFor();
saw.refusal = await words(birch, "#main .refusal:visible");
saw.focused = await birch.evaluate(() => document.activeElement.closest("form")?.id.startsWith("object-") ?? false);
saw.kept = await objecting.locator("textarea").first().inputValue();
await look(birch, "seat-refused");
await objecting.locator("textarea").nth(1).fill("Трое суток.");
await objecting.locator("button").click();
await timed("objection", wall.locator("#row-BIRCH .stance.OBJECT").waitFor());
await clause(birch, 2).locator("details.held").waitFor();
await look(birch, "seat-objected");

// A phone loses its connection while somebody writes: the words are still there, through a reload too.
await alder.locator("#position-box summary").click();
await alder.fill("#position-text", "We share one well, and tell each other in time.");
await alder.context().setOffline(true);
await alder.click("#position button");
await alder.locator("#offline:visible").waitFor();
saw.offline = await words(alder, "#offline");
await look(alder, "seat-offline");
saw.draft = [await alder.inputValue("#position-text")];
await alder.context().setOffline(false);
await alder.reload();
await live(alder);
saw.draft.push(await alder.inputValue("#position-text"));
await alder.click("#position button");
await alder.locator("#notice .receipt").waitFor();
saw.afterwards = await alder.inputValue("#position-text");
saw.position = await words(alder, "#entered");

// A phone sleeps while the text is circulated and called; it catches up without a reload.
await alder.evaluate(() => (globalThis.same = true));
await clause(alder, 2).locator("details.objecting summary").click();
await clause(alder, 2).locator("textarea").first().fill("Half a thought");
await asleep(alder, true);
await chairDoes("circulateText");
await wall.locator("#item .pill.CIRCULATED").waitFor();
await chairDoes("cleanText");
await wall.locator("#item .pill.CLEAN").waitFor();
// The text lies for study for a day of the session, which is a second here: until then the call is refused.
const call = wall.locator("#call section.call");
const deadline = Date.now() + 60_000;
while (!(await call.count()) && Date.now() < deadline) {
  const button = laptop.locator('form[action*="/do/callForConsensus?"] button').first();
  await button.click({ timeout: 2000 }).catch(() => {}); // it goes when the call is open
  await laptop.waitForTimeout(300);
}
saw.called = await call.count();
await look(birch, "seat-called");
saw.slept = await alder.locator("#ask-call").count();
await asleep(alder, false);
await timed("catching up", alder.locator("#ask-call").waitFor());
saw.same = await alder.evaluate(() => globalThis.same === true);
saw.half = await words(alder, "#kept .texts");
await look(alder, "seat-called-other");
await alder.click("#kept button");
saw.thrown = await alder.locator("#kept").isHidden();

// The objection from before the call is withdrawn; nobody objects; the text is adopted.
await birch.locator("#ask-answer").waitFor();
saw.answer = await words(birch, "#ask-answer .wording");
await birch.locator("#ask-answer form[action*=withdrawObjection] button").click();
await timed("withdrawal", wall.locator("#call .answers", { hasNotText: "BIRCH" }).waitFor());
await birch.locator("#ask-answer").waitFor({ state: "detached" });
await look(laptop, "chair-called");
await chairDoes("closeCall");
await timed("adoption", wall.locator("#text .decision").waitFor());
await alder.locator("#work .adopted").waitFor();
await birch.locator("#opinion-box summary").click();
await birch.fill("#opinion-text", "Мы понимаем сутки как двадцать четыре часа.");
await birch.click("#opinion button");
await wall.locator("#text .opinions").waitFor();
await look(birch, "seat-adopted");
await look(wall, "wall");
saw.decision = await words(wall, "#text .decision strong");

// Without scripts: a card, a stance, an objection.
const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 }, locale: "en" });
const bare = await plain.newPage();
await bare.goto(`${url}/join/${codes[3]}`);
await bare.fill("#name", "Chen");
await bare.click("#join button");
saw.plain = [await words(bare, "h1"), await words(bare, "#asks")];
await plain.close();

saw.hosts = [...new Set(saw.hosts)];
await browser.close();
console.log(JSON.stringify(saw));
