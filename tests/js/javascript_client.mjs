// Plays a seat with examples/javascript/client.mjs in a real browser, as its README has it: page and API under one
// address, behind a proxy. `javascript_client.mjs ADDRESS FOLDER IMPORTMAP INPUT`: prints what the page saw.
import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { launched } from "./browser.mjs";

const [url, folder, imports, given] = process.argv.slice(2);
const { hostname, port } = new URL(url);

const onward = ({ method, url: path, headers }) => request({ hostname, port, method, path, headers });
const proxy = createServer((asked, answer) => {
  if (asked.url === "/") return answer.setHeader("Content-Type", "text/html").end(`<!doctype html><title>Seat</title>${imports}`);
  if (asked.url.endsWith(".js") || asked.url.endsWith(".mjs"))
    return answer.setHeader("Content-Type", "text/javascript").end(readFileSync(join(folder, asked.url)));
  if (asked.url !== "/graphql") return answer.writeHead(404).end();
  const passed = onward(asked).on("response", (got) => got.pipe(answer.writeHead(got.statusCode, got.headers)));
  return asked.pipe(passed);
});
proxy.on("upgrade", (asked, socket) => {
  const passed = onward(asked).on("upgrade", (got, behind, head) => {
    const lines = Object.entries(got.headers).map(([name, value]) => `${name}: ${value}`);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("\r\n")}\r\n\r\n`);
    socket.write(head);
    for (const end of [socket, behind]) end.on("error", () => {}); // the other end may be gone already
    socket.pipe(behind).pipe(socket);
  });
  passed.end();
});
await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));

const browser = await launched();
const page = await browser.newPage();
const trouble = [];
page.on("pageerror", (problem) => trouble.push(String(problem)));
await page.goto(`http://127.0.0.1:${proxy.address().port}/`);

const saw = await page.evaluate(async ({ token, session, stance, stanceInput, position, positionInput }) => {
  const { Following, Refused, newKey, tell } = await import("/client.mjs");
  const at = { url: location.origin, token };
  const following = new Following(at, session);
  const record = following.entries();
  const heard = [];
  const listen = async (until) => {
    while (heard.at(-1) !== until) heard.push((await record.next()).value.seq);
  };
  const stated = await tell(at, stance, stanceInput);
  await listen(stated.receipt.seq);
  following.cut();

  let requests = 0;
  const losing = async (...request) => {
    const answer = await fetch(...request);
    await answer.clone().text();
    requests += 1;
    if (requests === 1) throw new TypeError("the answer is lost");
    return answer;
  };
  const key = newKey();
  const posted = await tell({ ...at, fetch: losing }, position, { ...positionInput, idempotencyKey: key });
  const again = await tell(at, position, { ...positionInput, idempotencyKey: key });
  await listen(posted.receipt.seq);
  await record.return();
  const refused = await tell(at, stance, { ...stanceInput, forRest: "OBJECT" }).catch((problem) => problem);
  return { heard, requests, posted, again, key, refused: [refused instanceof Refused, refused.code, refused.message] };
}, JSON.parse(given));

await browser.close();
proxy.close();
console.log(JSON.stringify({ ...saw, trouble }));
