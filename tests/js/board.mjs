// Opens boards in a real browser that may reach nothing but their host, and changes what they show through the API while
// they are open. Prints what it saw; `board.mjs ADDRESS SCENES [FOLDER]`, where scenes are JSON and pictures go to a folder.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launched } from "./browser.mjs";

const [url, given, pictures] = process.argv.slice(2);
const scenes = JSON.parse(given);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await launched();

const saw = { hosts: [], console: [], axe: [], tooWide: [], cut: [], looked: 0 };
const PATIENCE = 30_000;

const open = async (path, { width = 1280, height = 800, scheme = "light", scripts = true } = {}) => {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, javaScriptEnabled: scripts });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("request", (request) => saw.hosts.push(new URL(request.url()).host));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && saw.console.push(message.text()));
  page.on("pageerror", (problem) => saw.console.push(String(problem)));
  page.answer = await page.goto(url + path);
  return page;
};
const board = (session) => `/s/${session}/board`;
const live = (page) => page.locator("html[data-live=on]").waitFor({ state: "attached" });
const close = (page) => page.context().close();

const give = async (scene, mutation, input) => {
  const kind = `${mutation[0].toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation($input: ${kind}!) { done: ${mutation}(input: $input) { __typename ... on Refusal { message } } }`;
  const variables = { input: { sessionId: scene.id, idempotencyKey: crypto.randomUUID(), ...input } };
  const answer = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${scene.chair}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (!data?.done?.__typename.endsWith("Payload")) throw new Error(JSON.stringify(errors ?? data));
};

// What changes is shown without loading the page again, and the focus stays where it was.
const talking = scenes.talking;
const page = await open(board(talking.id));
await live(page);
const row = page.locator("#row-BIRCH");
saw.before = await row.locator("td").first().innerText();
await page.locator("#matrix").focus();
await page.evaluate(() => {
  globalThis.same = true;
  document.querySelector("#row-BIRCH").kept = true;
});
await give(talking, "stateStances", {
  seat: "BIRCH",
  itemId: talking.item,
  stances: [{ provisionId: talking.clause, level: "OBJECT", reason: "Вода общая.", wouldBeRemovedBy: "Name all three." }],
  language: "ru",
});
await row.locator(".stance.OBJECT").waitFor();
saw.after = await row.locator("td").first().innerText();
saw.concern = await page.locator("#concerns > ul > li .why").innerText();
saw.concernLanguage = await page.locator("#concerns .why [lang]").getAttribute("lang");
await page.locator("#ways .way").waitFor();
saw.way = await page.locator("#ways .way").innerText();
saw.news = await page.locator("#news").textContent();
saw.sameElement = await page.evaluate(() => globalThis.same && document.querySelector("#row-BIRCH").kept === true);
saw.focus = await page.evaluate(() => document.activeElement.id);
await page.locator("#figures dl").waitFor();

// A clause more is a line more in the text and a column more in the table.
await give(talking, "proposeProvision", { seat: "CEDAR", itemId: talking.item, text: "各方每年会晤一次。", language: "zh-Hans" });
await page.locator(".clause", { hasText: "各方每年会晤一次。" }).waitFor();
saw.columns = await page.locator("#matrix thead th").count();
saw.han = await page.locator(".clause [lang=zh-Hans]").last().innerText();
saw.stillSame = await page.evaluate(() => globalThis.same === true);

// The time that is left runs by itself.
await give(talking, "circulateText", { itemId: talking.item });
const left = page.locator("#item .left");
await left.waitFor();
saw.left = [await left.innerText()];
await page.waitForFunction((before) => document.querySelector("#item .left").innerText !== before, saw.left[0]);
saw.left.push(await left.innerText());
saw.status = await page.locator("#item .states").innerText();
await close(page);

// Without scripts the page is what it was when it was asked for, with everything on it, and asks for nothing more.
const plain = await open(board(scenes.negotiated), { scripts: false });
saw.plain = (await plain.locator("body").innerText()).replace(/\s+/g, " ");
await close(plain);

const missing = await open(board(scenes.private));
saw.missing = [missing.answer.status(), await missing.locator("h1").innerText()];
saw.console = saw.console.filter((line) => !(line.includes("404") && line.includes("Failed to load resource")));
await close(missing);

// Every scene, wide and narrow, light and dark.
const pages = Object.entries({ ...scenes.boards, russian: `${scenes.boards.negotiated}?text=ru`, home: "/" });
const once = ["scheduled", "russian"]; // these differ in words alone
for (const scheme of ["light", "dark"]) {
  for (const width of [360, 1280, 1920]) {
    for (const [name, path] of pages) {
      if (scheme === "dark" && once.includes(name)) continue;
      const each = await open(path, { width, height: width === 1920 ? 1080 : 800, scheme });
      if (name !== "home") await live(each);
      await each.evaluate(() => document.fonts.ready);
      const over = await each.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) saw.tooWide.push(`${name} ${width}: ${over}`);
      const isCut = (titles) => titles.filter((title) => title.scrollWidth > title.clientWidth).map((t) => t.innerText);
      saw.cut.push(...(await each.locator(".tabs .title").evaluateAll(isCut)).map((title) => `${name} ${width}: ${title}`));
      if (width < 1920 && !once.includes(name)) {
        await each.evaluate(axe); // a script tag would be against the page's policy
        const { violations, passes } = await each.evaluate(() => globalThis.axe.run(document));
        saw.looked += passes.length;
        saw.axe.push(...violations.map((v) => `${name} ${width} ${scheme}: ${v.id} ${v.nodes[0].html.slice(0, 200)}`));
      }
      if (pictures) await each.screenshot({ path: join(pictures, `${name}-${width}-${scheme}.png`) });
      await close(each);
    }
  }
}
saw.hosts = [...new Set(saw.hosts)];
await browser.close();
console.log(JSON.stringify(saw));
