// The client of npm graphql-ws against the endpoint named, with a token: a query, a mutation, subscriptions side by
// side, one that lags, one left early, and what a wrong token meets. Prints what the client saw.
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const [url, token] = process.argv.slice(2);
const connect = (connectionParams) => createClient({ url, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0 });

const all = async (client, query, variables) => {
  const seen = [];
  try {
    for await (const result of client.iterate({ query, variables })) seen.push(result);
  } catch (problem) {
    seen.push({ thrown: Array.isArray(problem) ? problem : { code: problem.code, reason: problem.reason } });
  }
  return seen;
};

const client = connect({ authorization: `Bearer ${token}` });
const saw = {
  query: await all(client, "{ me }"),
  mutation: await all(client, "mutation ($n: Int!) { add(number: $n) }", { n: 2 }),
  besides: await Promise.all([1, 2, 3].map((to) => all(client, `subscription { count(to: ${to}) }`))),
  lagging: await all(client, "subscription { lagging }"),
  invalid: await all(client, "{ nothing }"),
};

const forever = client.iterate({ query: "subscription { forever }" });
saw.first = (await forever.next()).value;
await forever.return();
saw.after = await all(client, "{ hello }");
await client.dispose();

const nobody = connect({ token: "plg_nobody" });
saw.refused = await all(nobody, "{ me }");
await nobody.dispose();

console.log(JSON.stringify(saw));
