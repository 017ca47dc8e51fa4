// Take a seat in a session and speak for it, from a terminal.
//
// Why two files: client.mjs is for your own program, also in a browser; this one shows what to do with it.
//
//   node seat.mjs CARD                               take the seat, say two things, lose the connection in between
//   node seat.mjs CARD follow                        follow the record until Ctrl-C
//   node seat.mjs CARD object NUMBER REASON CHANGE   object to a clause in a call for consensus
//
// CARD is the code of a join card, or the token that an earlier one gave.
import { Failed, Following, Lost, Refused, ask, comeIn, newKey, tell } from "./client.mjs";

const WHO_AM_I = "query WhoAmI { me { sessions { session { id title } seats } } }";

const ON_THE_TABLE = `query OnTheTable($session: ID!) {
  session(id: $session) {
    agenda { id title phase text { state provisions { id number revision versions { language text } } } }
  }
}`;

const STATE_STANCES = `mutation State($input: StateStancesInput!) {
  done: stateStances(input: $input) {
    __typename
    ... on StateStancesPayload { receipt { firstSeq seq leafHash at } stances { level } }
    ... on Refusal { code message rule }
    ... on Conflict { currentSeq currentRevision }
  }
}`;

const POST_POSITION = `mutation Post($input: PostPositionInput!) {
  done: postPosition(input: $input) {
    __typename
    ... on PostPositionPayload { receipt { firstSeq seq leafHash at } position { id } }
    ... on Refusal { code message rule }
  }
}`;

const RAISE_OBJECTION = `mutation Object($input: RaiseObjectionInput!) {
  done: raiseObjection(input: $input) {
    __typename
    ... on RaiseObjectionPayload { receipt { firstSeq seq leafHash at } objection { state } }
    ... on Refusal { code message rule }
  }
}`;

/** The token of whoever holds a card: the one it gives, or the one that was given instead of it. */
async function tokenOf(url, card) {
  if (card.startsWith("plg_")) return card;
  const { token, role, seats } = await comeIn({ url }, card, process.env.USER ?? "Somebody at a terminal");
  console.log(`came in by the card of ${seats.join(", ") || role}; for the next time:\n${token}`);
  return token;
}

/** The session and the seat that this token holds, with what is on the table there. */
async function takeSeat(at) {
  const { me } = await ask(at, WHO_AM_I);
  const held = me?.sessions.find(({ seats }) => seats.length > 0);
  if (!held) throw new Failed([{ message: "This token holds no seat." }]);
  const [seat] = held.seats;
  console.log(`${seat} in ${held.session.title}, ${held.session.id}`);
  const { session } = await ask(at, ON_THE_TABLE, { session: held.session.id });
  return { id: held.session.id, seat, agenda: session.agenda };
}

/** An entry in one line for a terminal. */
function line(entry) {
  if (entry.__typename === "Withheld") return `#${entry.seq} withheld ${entry.leafHash.slice(0, 8)}`;
  const said = entry.detail.text?.text ?? entry.detail.reason?.text;
  return `#${entry.seq} ${entry.seat ?? "-"} ${entry.kind}${said ? `: ${said}` : ""}`;
}

/** A fetch that carries each request and loses the answer to the first. */
function losingTheFirstAnswer() {
  let lost = false;
  return async (...request) => {
    const answer = await fetch(...request);
    await answer.clone().text();
    if (lost) return answer;
    lost = true;
    console.log("answer lost, sent again with the same key");
    throw new TypeError("the answer is lost");
  };
}

async function play(at) {
  const { id, seat, agenda } = await takeSeat(at);
  const following = new Following(at, id);
  const record = following.entries();
  const heard = [];
  const listen = async (until) => {
    while (heard.at(-1) !== until) {
      const { value: entry } = await record.next();
      console.log(line(entry));
      heard.push(entry.seq);
    }
  };

  const own = { sessionId: id, seat, itemId: agenda[0].id };
  const last = agenda[0].text.provisions.at(-1);
  // `ifRevision`: should the wording have changed since it was read, this is a conflict and not a stance.
  const reserved = { provisionId: last.id, level: "RESERVE", importance: 3, ifRevision: last.revision };
  const stated = await tell(at, STATE_STANCES, { ...own, stances: [reserved], forRest: "SUPPORT" });
  await listen(stated.receipt.seq);
  console.log(`stances stated, entry ${stated.receipt.seq}`);

  following.cut();
  console.log("connection dropped");
  const text = `${seat} can go along with the text and would rather say two days.`;
  const position = { ...own, text, language: "en", idempotencyKey: newKey() };
  const posted = await tell({ ...at, fetch: losingTheFirstAnswer() }, POST_POSITION, position);
  const again = await tell(at, POST_POSITION, position);
  if (again.receipt.leafHash !== posted.receipt.leafHash) throw new Error("one key, one receipt");
  console.log(`position posted, and sent again: one receipt, entry ${again.receipt.seq}`);

  await listen(posted.receipt.seq); // posted while nobody listened
  if (heard.some((seq, place) => seq !== place + 1)) throw new Error("no gap, no double");
  console.log(`heard ${heard.length} entries, each once`);
  await record.return();
}

async function follow(at) {
  const { id } = await takeSeat(at);
  for await (const entry of new Following(at, id).entries()) console.log(line(entry));
}

async function object(at, number, reason, wouldBeRemovedBy) {
  const { id, seat, agenda } = await takeSeat(at);
  // The call is on the item whose text is called; without one the rules say what is missing.
  const item = agenda.find(({ text }) => text.state === "CALLED") ?? agenda[0];
  const clause = item.text.provisions.find((provision) => String(provision.number) === number);
  if (!clause) throw new Failed([{ message: `There is no clause ${number} in “${item.title}”.` }]);
  const input = { sessionId: id, seat, itemId: item.id, provisionId: clause.id, reason, wouldBeRemovedBy, language: "en" };
  const { receipt } = await tell(at, RAISE_OBJECTION, input);
  console.log(`objection to clause ${number} is on record, entries ${receipt.firstSeq} to ${receipt.seq}`);
}

const USAGE = `node seat.mjs CARD [follow | object NUMBER REASON CHANGE]
The server is at POLYLOGUE_URL, else at http://127.0.0.1:8440.`;

const [card, action = "play", ...words] = process.argv.slice(2);
const actions = { play: [play, 0], follow: [follow, 0], object: [object, 3] };
const [act, needed] = actions[action] ?? [];
try {
  if (!card || !act || words.length !== needed) throw new Failed([{ message: USAGE }]);
  if (card.startsWith("plg_") && !/^[!-~]+$/.test(card))
    throw new Failed([{ message: "That is no token: one is letters and digits without spaces. Was it copied whole?" }]);
  const url = process.env.POLYLOGUE_URL ?? "http://127.0.0.1:8440";
  await act({ url, token: await tokenOf(url, card) }, ...words);
} catch (problem) {
  if (problem instanceof Refused) console.error(`Refused (${problem.code}, ${problem.rule}): ${problem.message}`);
  else if (problem instanceof Failed || problem instanceof Lost) console.error(problem.message);
  else throw problem;
  process.exitCode = 1;
}
