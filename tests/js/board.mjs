// Opens boards in a real browser that may reach nothing but their host, and changes what they show through the API while
// they are open. Prints what it saw; `board.mjs ADDRESS SCENES [FOLDER]`, where scenes are JSON and pictures go to a folder.
import { api } from "./api.mjs";
import { room } from "./room.mjs";

const [url, given, pictures] = process.argv.slice(2);
const scenes = JSON.parse(given);
const { saw, device, live, same, look, end } = await room(url, pictures);
const { give } = api(url);
saw.cut = [];

const open = async (path, more = {}) => {
  const page = await device({ width: 1280, height: 800, ...more });
  page.answer = await page.goto(url + path);
  return page;
};
const board = (session) => `/s/${session}/board`;
const close = (page) => page.context().close();
const says = (scene, mutation, input) => give(scene.chair, mutation, { sessionId: scene.id, ...input });

// What changes is shown without loading the page again, and the focus stays where it was.
const talking = scenes.talking;
const page = await open(board(talking.id));
await live(page);
const row = page.locator("#row-BIRCH");
saw.before = await row.locator("td").first().innerText();
await page.locator("#matrix").focus();
await page.evaluate(() => (document.querySelector("#row-BIRCH").kept = true));
await says(talking, "stateStances", {
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
saw.sameElement = await page.evaluate(() => document.querySelector("#row-BIRCH").kept === true);
saw.focus = await page.evaluate(() => document.activeElement.id);
await page.locator("#figures dl").waitFor();

// A clause more is a line more in the text and a column more in the table.
await says(talking, "proposeProvision", { seat: "CEDAR", itemId: talking.item, text: "各方每年会晤一次。", language: "zh-Hans" });
await page.locator(".clause", { hasText: "各方每年会晤一次。" }).waitFor();
await page.locator("#matrix thead th").nth(3).waitFor();
saw.columns = await page.locator("#matrix thead th").count();
saw.han = await page.locator(".clause [lang=zh-Hans]").last().innerText();
saw.stillSame = await same(page);

// The time that is left runs by itself.
await says(talking, "circulateText", { itemId: talking.item });
const left = page.locator("#item .left");
await left.waitFor();
saw.left = [await left.innerText()];
await page.waitForFunction((before) => document.querySelector("#item .left").innerText !== before, saw.left[0]);
saw.left.push(await left.innerText());
saw.status = await page.locator("#item .states").innerText();

// Candidates come beside the text.
await says(talking, "requestDraft", { itemId: talking.item, candidates: 4 });
await page.locator("#candidates .ranking").waitFor();
await look(page, "candidates");
await close(page);

// Without scripts the page is what it was when it was asked for, with everything on it, and asks for nothing more.
const plain = await open(board(scenes.negotiated), { javaScriptEnabled: false });
saw.plain = (await plain.locator("body").innerText()).replace(/\s+/g, " ");
await close(plain);

const missing = await open(board(scenes.private));
saw.missing = [missing.answer.status(), await missing.locator("h1").innerText()];
saw.console = saw.console.filter((line) => !(line.includes("404") && line.includes("Failed to load resource")));
await close(missing);

// Every scene, wide and narrow; in the dark, where nothing but colours differs, at one width.
const pages = Object.entries({ ...scenes.boards, russian: `${scenes.boards.negotiated}?text=ru`, home: "/" });
const once = ["scheduled", "russian"]; // these differ in words alone
for (const [scheme, width] of [["light", 360], ["light", 1280], ["light", 1920], ["dark", 1280]]) {
  for (const [name, path] of pages) {
    if (scheme === "dark" && once.includes(name)) continue;
    const each = await open(path, { width, height: width === 1920 ? 1080 : 800, colorScheme: scheme });
    if (name !== "home") await live(each);
    await look(each, `${name}-${width}-${scheme}`, width < 1920 && !once.includes(name));
    const isCut = (titles) => titles.filter((title) => title.scrollWidth > title.clientWidth).map((t) => t.innerText);
    saw.cut.push(...(await each.locator(".tabs .title").evaluateAll(isCut)).map((title) => `${name} ${width}: ${title}`));
    await close(each);
  }
}
await end();
