// The demo's council in browsers, from the organiser's first page to a decision in three languages: a laptop for the chair,
// Kazakhstan on a phone in Russian, China on one in Chinese, the board on the wall; the other members come in by their cards
// with clients of their own. `demo.mjs ADDRESS TOKEN SCENE [FOLDER]`: the scene is JSON, pictures go to a folder. Prints what
// was seen.
import { api } from "./api.mjs";
import { room } from "./room.mjs";

const [url, token, given, pictures] = process.argv.slice(2);
const scene = JSON.parse(given);
const { ask, give } = api(url);
const {
  saw, live, same, words, look, shows, press, asleep, convened, comesIn, onTheWall, form, send, does, callsTheRoll, takenUp, calls,
  closes, clause, states, end,
} = await room(url, pictures);

const { laptop, session, codes } = await convened(token, scene.scenario, look);
await look(laptop, "chair-scheduled");
const astana = await comesIn(codes.Kazakhstan, "ru", "Айгуль", look);
const beijing = await comesIn(codes.China, "zh", "李华");
const wall = await onTheWall(session);
saw.names = [await words(astana, "h1"), await words(beijing, "h1")];

// The others, with clients of their own.
const redeemed = async ([name, seat]) => [seat, (await give(null, "redeemInvitation", { code: codes[name], name }, "token")).token];
const tokens = Object.fromEntries(await Promise.all(Object.entries(scene.others).map(redeemed)));
const says = async (seat, mutation, input) => {
  const now = Date.now();
  await give(tokens[seat], mutation, { sessionId: session, seat, ...input });
  return now;
};
const TEXT = `query($id: ID!) { session(id: $id) { agenda { id
  text { provisions { id alternatives { id seat } } } } } }`;
const item = async () => (await ask(TEXT, { id: session })).session.agenda[0];
const { id: itemId, text } = await item();
const clauses = text.provisions.map((each) => each.id);

// The sitting is opened, the roll called, the item taken up.
await shows(wall, "#meta .pill.OPEN", () => does(laptop, "openSession"));
await shows(wall, "#meta .quorum.met", () => callsTheRoll(laptop, scene.absent));
await shows(wall, "#items .pill.DELIBERATION", () => does(laptop, "openItem"));

// Everybody says what they hold: with a tap, with a client, and one in the room, for whom the chair enters it.
await takenUp(astana);
saw.asked = await words(astana, "#asks");
await look(astana, "seat-asked");
await shows(wall, "#row-KAZ .stance.SUPPORT", () => states(astana, 1, "SUPPORT"));
await shows(wall, "#row-CHN .stance.ACCEPT", () => send(form(beijing, "stateStances")));
await Promise.all(
  scene.stances.map(([seat, stances]) =>
    says(seat, "stateStances", { itemId, stances: stances.map(({ clause, ...said }) => ({ provisionId: clauses[clause - 1], ...said })) }),
  ),
);
const desk = await laptop.context().newPage();
desk.setDefaultTimeout(60_000);
await desk.goto(`${url}/s/${session}/enter?seat=${scene.absent[0]}`);
await live(desk);
await look(desk, "enter");
const entering = desk.locator("#act-stateStances form").nth(4);
await shows(wall, `#row-${scene.absent[0]} .stance.SUPPORT`, () => send(entering));
await desk.close();

// What is missing is said at its field, the connection is lost, the page is loaded again: nothing typed is lost.
const second = clause(astana, 2);
await second.locator("details.objecting summary").click();
await second.locator("details.objecting textarea").first().fill(scene.reason);
await second.locator("details.objecting button").click();
await astana.locator("#main .refusal:visible").waitFor();
await astana.waitForFunction(() => document.activeElement?.closest("form")?.id.startsWith("object-"));
saw.refusal = await words(astana, "#main .refusal:visible");
saw.kept = [await second.locator("details.objecting textarea").first().inputValue()];
await look(astana, "seat-refused");
await second.locator("details.objecting textarea").nth(1).fill(scene.remedy);
await astana.context().setOffline(true);
await second.locator("details.objecting button").click();
await astana.locator("#offline:visible").waitFor();
saw.offline = await words(astana, "#offline");
await look(astana, "seat-offline");
await astana.context().setOffline(false);
saw.unbroken = await same(astana);
await astana.reload();
await live(astana);
for (const field of await second.locator("details.objecting textarea").all()) saw.kept.push(await field.inputValue());
await shows(wall, "#row-KAZ .stance.OBJECT", () => press(second.locator("details.objecting button")));
saw.saidIn = await wall.locator("#concerns .why [lang]").getAttribute("lang");
await does(astana, "stateStances");
await astana.locator("#ask-state").waitFor({ state: "detached" });

// China's phone is put away. Kazakhstan puts other words beside the clause, others back them; they are circulated and chosen.
await asleep(beijing, true);
await second.locator('details[id^="amend-"] > summary').click();
const beside = form(second, "proposeAlternative");
await beside.locator("textarea").fill(scene.wording);
await beside.locator("select").selectOption("en");
await shows(wall, ".clause .bracket .alternative", () => send(beside));
const [alternative] = (await item()).text.provisions[1].alternatives;
const backing = { provisionId: clauses[1], alternativeId: alternative.id, level: "ACCEPT" };
await Promise.all(scene.stances.map(([seat]) => says(seat, "stateStances", { itemId, stances: [backing] })));
await look(wall, "wall-bracketed", false); // other scripts have axe look at boards
await shows(wall, "#item .pill.CIRCULATED", () => does(laptop, "circulateText"));
const chosen = laptop.locator("#next .aim", { hasText: scene.wording });
await chosen.locator("button").waitFor();
await look(laptop, "chair-bracketed");
await shows(wall, ".clause.PROPOSED:nth-child(2)", () => press(chosen.locator("button")));

// The phone is woken and catches up; each gives the text in its language.
saw.slept = await beijing.locator("#ask-reaffirm").count();
await shows(beijing, "#ask-reaffirm", async () => {
  await asleep(beijing, false);
  return Date.now();
});
saw.caughtUp = await same(beijing);
await look(beijing, "seat-caught-up");
for (const [seat, number, language, words] of scene.versions) {
  const phone = { KAZ: astana, CHN: beijing }[seat];
  if (!phone) {
    await says(seat, "provideVersion", { provisionId: clauses[number - 1], language, text: words });
    continue;
  }
  const version = form(clause(phone, number), "provideVersion");
  await version.locator("textarea").evaluate((it) => (it.closest("details").open = true));
  await version.locator("textarea").fill(words);
  await send(version);
  await version.waitFor({ state: "detached" });
}
await does(beijing, "stateStances");
await beijing.locator("#ask-reaffirm").waitFor({ state: "detached" });
await shows(wall, "#item .pill.CLEAN", () => does(laptop, "cleanText"));
await shows(wall, "#call section.call", () => calls(laptop));

// In the call: one answers for what was objected to before, the other objects to what stands in Chinese, and takes it back.
await astana.locator("#ask-answer").waitFor();
await beijing.locator("#ask-call").waitFor();
await look(astana, "seat-answer");
await shows(wall, "#row-KAZ .stance.RESERVE", () => does(astana, "withdrawObjection"));
const fifth = clause(beijing, 5);
await fifth.locator("details.objecting summary").click();
const raising = form(fifth, "raiseObjection");
await raising.locator("select").first().selectOption("zh-Hans");
await raising.locator("textarea").first().fill(scene.objection);
await raising.locator("textarea").nth(1).fill(scene.change);
await shows(wall, "#call .answers .seat", () => send(raising)); // the clause itself is not objected to
await laptop.locator("#next", { hasText: "China" }).waitFor();
await beijing.locator("#ask-call .jumps").waitFor();
saw.standing = await words(laptop, "#next .standing");
saw.instead = await form(fifth, "withdrawObjection").locator("select").count();
await look(wall, "wall-called", false);
await look(laptop, "chair-called");
await look(beijing, "seat-stands");
await shows(wall, "#call .answers:not(:has(.seat))", () => does(fifth, "withdrawObjection"));
await shows(wall, "#text .decision", () => closes(laptop));

// The text as it was adopted, in its three languages.
saw.decision = await words(wall, "#text .decision strong");
saw.adopted = {};
for (const [language, page] of [["en", wall], ["ru", astana], ["zh-Hans", beijing]]) {
  await page.locator(".clauses.adopted .clause").nth(4).waitFor();
  saw.adopted[language] = await page.locator(".clauses.adopted .wording").allInnerTexts();
}
await beijing.locator("#opinion-box summary").click();
await beijing.fill("#opinion-text", scene.opinion);
await shows(wall, "#text .opinions", () => does(beijing, "placeOpinionOnRecord"));
await look(wall, "wall-adopted", false);
await look(astana, "seat-adopted-ru");
saw.same = await Promise.all([laptop, wall, astana, beijing].map(same));
await laptop.goto(`${url}/s/${session}/chair?lang=ru`);
await live(laptop);
saw.desk = await laptop.locator("#desk-text .wording").allInnerTexts();
await look(laptop, "chair-adopted");
await laptop.goto(`${url}/s/${session}/review`);
await look(laptop, "review");
await end();
