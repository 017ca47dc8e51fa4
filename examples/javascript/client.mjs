// What a client of Polylogue needs, for Node and for browsers: ask, tell, follow.
//
// Why worth copying: a lost connection costs it nothing. It follows with `after`, so that no entry is missed or comes
// twice, and sends a mutation again with the same `idempotencyKey`, so that nothing is said twice.
import { createClient } from "graphql-ws";

// Browsers and Node from 22 on have a WebSocket of their own; for Node 20 there is the package ws.
const Socket = globalThis.WebSocket ?? (await import("ws")).default;

// Milliseconds before each further try.
const PATIENCE = [200, 500, 1_000, 2_000, 5_000, 10_000];
const ANSWER_MS = 30_000;
const SILENCE_MS = 10_000;

const ENTRIES = `subscription Entries($session: ID!, $after: Seq!) {
  entry: sessionEntries(sessionId: $session, after: $after) {
    __typename
    ... on Event { seq at kind seat detail {
      ... on PositionPosted { text { text } }
      ... on ObjectionRaised { provision reason { text } }
    } }
    ... on Withheld { seq leafHash }
  }
}`;

const COME_IN = `mutation ComeIn($input: RedeemInvitationInput!) {
  done: redeemInvitation(input: $input) {
    __typename
    ... on RedeemInvitationPayload { token role seats }
    ... on Refusal { code message rule }
  }
}`;

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The rules do not allow it now. `code` is stable, `message` is a sentence for people, `rule` its number. */
export class Refused extends Error {
  name = "Refused";
  constructor({ code, message, rule, currentSeq, currentRevision }) {
    super(message);
    Object.assign(this, { code, rule, currentSeq, currentRevision });
  }
}

/** The request itself was wrong: a token that is nobody's, a document that does not fit. `code` as in docs/api.md. */
export class Failed extends Error {
  name = "Failed";
  constructor(errors) {
    super(errors.map((error) => error.message).join(" "));
    this.code = errors[0]?.extensions?.code;
  }
}

/** It is not known whether the request arrived: no connection, no answer in time, or an answer from something between. */
export class Lost extends Error {
  name = "Lost";
}

/** The data of a query or mutation, sent once. `at` is `{ url, token }`, and `fetch` if it is to be another; a stranger has no token. */
export async function ask(at, query, variables = {}) {
  let body;
  try {
    const answer = await (at.fetch ?? fetch)(`${at.url}/graphql`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/graphql-response+json",
        ...(at.token && { Authorization: `Bearer ${at.token}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    body = await answer.json();
  } catch (problem) {
    throw new Lost(`${at.url} does not answer: ${problem.cause?.message || problem.message}`, { cause: problem });
  }
  if (body.errors?.some((error) => ["UNAVAILABLE", "SERVER_BUSY"].includes(error.extensions?.code)))
    throw new Lost(body.errors[0].message);
  if (body.errors) throw new Failed(body.errors);
  return body.data;
}

/**
 * The payload of a mutation whose result is called `done`. While it is not known whether it arrived, it is sent again,
 * word for word. The key makes that safe: it is drawn once, before the first try, and the server answers a key it knows
 * with the receipt of the first time.
 */
export async function tell(at, mutation, input) {
  const given = { input: { idempotencyKey: newKey(), ...input } };
  for (const wait of [...PATIENCE, undefined]) {
    try {
      const { done } = await ask(at, mutation, given);
      if (done.__typename.endsWith("Payload")) return done;
      if (done.code !== "SESSION_BUSY" || wait === undefined) throw new Refused(done);
    } catch (problem) {
      if (!(problem instanceof Lost) || wait === undefined) throw problem;
    }
    await sleep(wait);
  }
}

/**
 * What a join card makes of its holder: `{ token, role, seats }`. A card may count once, so keep the token. The key stays
 * in here: with the code it would give another token, and end this one.
 */
export async function comeIn(at, code, name) {
  return tell({ ...at, token: undefined }, COME_IN, { code, name });
}

/** A key for one thing that is to be said. `crypto.randomUUID` is there only on pages that came over HTTPS. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The record of a session, as this viewer may read it. `after` is the last entry that was handed out. */
export class Following {
  #socket;
  #client;

  constructor(at, session, after = 0) {
    Object.assign(this, { at, session, after });
  }

  /** Each entry once and in order: those that are there, then as they come, over however many connections. */
  async *entries() {
    for (let tries = 0; ; tries += 1) {
      this.#client = this.#connection();
      try {
        // graphql-ws can connect again by itself, but would ask for the same `after` and get entries twice. So each
        // connection is a subscription of its own that asks for what is still missing.
        const variables = { session: this.session, after: this.after };
        for await (const { data, errors } of this.#client.iterate({ query: ENTRIES, variables })) {
          if (errors) throw errors;
          tries = 0;
          this.after = data.entry.seq;
          yield data.entry;
        }
      } catch (problem) {
        if (!worthAnotherTry(problem)) throw Array.isArray(problem) ? new Failed(problem) : new Failed([closed(problem)]);
      } finally {
        this.#client.dispose();
      }
      await sleep(PATIENCE[Math.min(tries, PATIENCE.length - 1)]);
    }
  }

  /** Drop the connection, as a failing network would. */
  cut() {
    this.#client?.terminate();
    this.#socket?.terminate?.();
  }

  #connection() {
    let silence;
    const client = createClient({
      url: `${this.at.url}/graphql`.replace(/^http/, "ws"),
      webSocketImpl: Socket,
      connectionParams: { token: this.at.token }, // headers do not count: browsers cannot set them
      retryAttempts: 0,
      keepAlive: SILENCE_MS, // a phone that slept does not know that its connection is gone
      on: {
        connected: (socket) => (this.#socket = socket),
        ping: (received) => received || (silence = setTimeout(() => client.terminate(), SILENCE_MS)),
        pong: (received) => received && clearTimeout(silence),
        closed: () => clearTimeout(silence),
      },
    });
    return client;
  }
}

/** Whether to connect again: not when the server says that this client is wrong (close codes 4400 to 4499). */
function worthAnotherTry(problem) {
  if (Array.isArray(problem))
    return problem.some((error) => ["SUBSCRIPTION_LAGGING", "UNAVAILABLE"].includes(error.extensions?.code));
  const code = problem?.code;
  const ours = [4408, 4499].includes(code); // 4499: we ended it ourselves
  return typeof code !== "number" || ours || code < 4400 || code > 4499;
}

const closed = ({ code, reason }) => ({
  message: code === 4403 ? "The token is unknown or has been revoked." : `The connection was closed: ${reason} (${code}).`,
  extensions: { code: code === 4403 ? "UNAUTHENTICATED" : String(code) },
});
