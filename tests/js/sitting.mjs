// A small sitting in browsers, from the organiser's first page to the decision: a laptop for the chair, a phone, one without
// scripts, the board on the wall. `sitting.mjs ADDRESS TOKEN [FOLDER]`: prints what was seen.
import { room } from "./room.mjs";

const [url, token, pictures] = process.argv.slice(2);
const { saw, device, same, words, look, shows, press, convened, comesIn, onTheWall, form, does, callsTheRoll, takenUp, calls, closes, clause, end } =
  await room(url, pictures);

const { laptop, session, codes } = await convened(token, "small-council");
const alder = await comesIn(codes.Alder, "en", "Anna");
const wall = await onTheWall(session);
await does(laptop, "openSession");
await callsTheRoll(laptop, ["CEDAR"]);
await does(laptop, "openItem");
await takenUp(alder);
saw.asked = await words(alder, "#asks");
saw.firstScreen = await alder.evaluate(() => document.querySelector("#asks").getBoundingClientRect().bottom < innerHeight);

// By keyboard alone: from the top of the page to a stance, and the focus stays there.
const onSupport = () => alder.evaluate(() => document.activeElement.matches(".level.SUPPORT"));
for (let tabs = 0; tabs < 40 && !(await onSupport()); tabs += 1) await alder.keyboard.press("Tab");
await alder.keyboard.press("Enter");
await clause(alder, 1).locator('.level.SUPPORT[aria-pressed="true"]').waitFor();
saw.byKeyboard = await onSupport();

// A double tap is one act.
await clause(alder, 2).locator(".level.ACCEPT").dblclick();
await clause(alder, 2).locator('.level.ACCEPT[aria-pressed="true"]').waitFor();
await alder.locator("#ask-nothing").waitFor();

// Without scripts: a card, a stance, an objection.
const birch = await device({ javaScriptEnabled: false, locale: "ru" });
await birch.goto(`${url}/join/${codes.Birch}`);
await birch.fill("#name", "Борис");
await birch.click("#join button");
saw.names = [await words(alder, "h1"), await words(birch, "h1")];
await press(clause(birch, 1).locator(".level.NEUTRAL"));
await clause(birch, 1).locator('.level.NEUTRAL[aria-pressed="true"]').waitFor();
const objecting = clause(birch, 2).locator("details.objecting");
await objecting.locator("summary").click();
await objecting.locator("textarea").first().fill("Колодец далеко, сутки — это слишком мало.");
await objecting.locator("textarea").nth(1).fill("Трое суток.");
// The chair's hand is on a button when it comes in.
const circulating = form(laptop, "circulateText").locator("button[type=submit]");
await circulating.hover();
await laptop.mouse.down();
const before = await laptop.locator(".desk").innerHTML();
await shows(wall, "#row-BIRCH .stance.OBJECT", () => press(objecting.locator("button")));
await laptop.waitForTimeout(1000);
saw.underTheHand = before === (await laptop.locator(".desk").innerHTML());
await laptop.mouse.up();
await clause(birch, 2).locator("details.held").waitFor();

// The text is cleaned and called while somebody writes: the place for it goes, and the words are kept beside the page.
await clause(alder, 2).locator("details.objecting summary").click();
await clause(alder, 2).locator("textarea").first().fill("Half a thought");
await does(laptop, "cleanText");
await shows(wall, "#call section.call", () => calls(laptop));
await alder.locator("#ask-call").waitFor();
await alder.locator("#kept").waitFor();
saw.half = await words(alder, "#kept .texts");
saw.broughtBefore = await alder.evaluate(() => {
  const { top, bottom } = document.querySelector("#kept").getBoundingClientRect();
  return document.activeElement.id === "kept-title" && top >= 0 && bottom <= innerHeight;
});
await look(alder, "seat-kept");
await alder.click("#kept button");
saw.thrown = await alder.locator("#kept").isHidden();

// The objection from before the call is withdrawn; nobody objects; the text is adopted.
await birch.reload();
saw.answer = await words(birch, "#ask-answer .wording");
await shows(wall, "#row-BIRCH .stance.RESERVE", () => press(form(birch, "withdrawObjection").locator("button")));
await shows(wall, "#text .decision", () => closes(laptop));
saw.decision = await words(wall, "#text .decision strong");
await alder.locator("#work .adopted").waitFor();
// A time is shown and typed in the zone of the device, and goes to and fro in UTC.
const record = await laptop.context().newPage();
await record.goto(`${url}/s/${session}/review?since=2026-03-01T01:30`);
saw.moment = await record.locator("#s-since").evaluate((field) => {
  const shown = field.value;
  field.value = "2026-03-01T09:45";
  return [shown, new FormData(field.form).get("since"), document.querySelector("[data-zone-name]").textContent];
});
saw.receipts = await alder.locator("#entered li").count();
saw.same = await Promise.all([laptop, alder, wall].map(same));
await end();
