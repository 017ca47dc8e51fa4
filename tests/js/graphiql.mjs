// Opens the page named in a real browser that may reach nothing but its host, and uses it as a person would: a query, a
// subscription with the token of the box, one with the token of the headers. Prints what the page showed and asked for.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const found = () => {
  if (process.env.POLYLOGUE_CHROMIUM) return process.env.POLYLOGUE_CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
};

const packaged = async () => {
  process.env.AWS_LAMBDA_JS_RUNTIME = "nodejs22.x"; // makes the package unpack the libraries a bare machine lacks
  const { default: bundled } = await import("@sparticuz/chromium");
  return bundled.executablePath();
};

const url = process.argv[2];
const picture = process.argv[3];
const args = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-sync", "--no-first-run"];
let browser;
try {
  browser = await chromium.launch({ executablePath: found() ?? (await packaged()), args });
} catch (problem) {
  console.log(JSON.stringify({ noBrowser: String(problem).slice(0, 500) }));
  process.exit(0);
}

const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const saw = { hosts: [], failed: [], console: [] };
page.on("request", (request) => saw.hosts.push(new URL(request.url()).host));
page.on("websocket", (socket) => saw.hosts.push(new URL(socket.url()).host));
page.on("requestfailed", (request) => saw.failed.push(request.url()));
page.on("response", (response) => response.status() >= 400 && saw.failed.push(response.url()));
page.on("console", (message) => message.type() === "error" && saw.console.push(message.text()));
page.on("pageerror", (problem) => saw.console.push(String(problem)));

const run = async (query, expected) => {
  await page.goto(`${url}?query=${encodeURIComponent(query)}`);
  await page.locator(".graphiql-execute-button").click();
  return answered(expected);
};
const answered = async (expected) => {
  const shown = page.locator(".result-window");
  await shown.getByText(expected).first().waitFor();
  return (await shown.innerText()).replace(/\s+/g, " ");
};

saw.query = await run("{ hello me }", "hello world");
await page.locator(".graphiql-un-styled[aria-label*='Documentation']").first().click();
await page.locator(".graphiql-doc-explorer").getByText("Query").first().waitFor();
saw.documentation = await page.locator(".graphiql-doc-explorer").innerText();
if (picture) await page.screenshot({ path: picture });

await page.locator("#token").fill("plg_ann");
saw.subscription = await run("subscription { forever }", "ann");

await page.goto(`${url}?query=${encodeURIComponent("subscription { forever }")}`);
await page.getByRole("button", { name: "Headers" }).click();
await page.locator(".graphiql-editor-tool .graphiql-editor:not(.hidden) .CodeMirror").click();
await page.keyboard.insertText('{"authorization": "Bearer plg_bob"}');
await page.locator(".graphiql-execute-button").click();
saw.headers = await answered("bob");

await page.locator("#token").fill("plg_nobody");
saw.refused = await run("subscription { forever }", "4403");
saw.refusedHttp = await run("{ hello }", "UNAUTHENTICATED");

saw.hosts = [...new Set(saw.hosts)];
await browser.close();
console.log(JSON.stringify(saw));
