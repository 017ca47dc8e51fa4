// A browser for the scripts that need one: from POLYLOGUE_CHROMIUM, else on PATH, else the one in an npm package. Where
// none runs this prints `{ noBrowser }` and ends.
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

const args = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-sync", "--no-first-run"];

export const launched = async () => {
  try {
    return await chromium.launch({ executablePath: found() ?? (await packaged()), args });
  } catch (problem) {
    console.log(JSON.stringify({ noBrowser: String(problem).slice(0, 500) }));
    process.exit(0);
  }
};
