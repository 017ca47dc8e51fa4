// Sheets of join cards on paper: how many pages each has, and which cards do not hold what stands on them.
import { pathToFileURL } from "node:url";
import { launched } from "./browser.mjs";

const saw = {};
const browser = await launched();
for (const file of process.argv.slice(2)) {
  const page = await browser.newPage({ viewport: { width: 794, height: 1123 } });
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(() => document.fonts.ready);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  await page.emulateMedia({ media: "print" });
  const printed = await page.evaluate(() => {
    const inside = (part, card) => {
      const [a, b] = [part.getBoundingClientRect(), card.getBoundingClientRect()];
      return a.left >= b.left && a.right <= b.right + 0.5 && a.top >= b.top && a.bottom <= b.bottom + 0.5;
    };
    const cards = [...document.querySelectorAll(".card")];
    const over = (card) => [...card.querySelectorAll("p, header, svg")].some((part) => !inside(part, card));
    const square = document.querySelector(".qr").getBoundingClientRect();
    return {
      cards: cards.length,
      over: cards.filter(over).map((card) => card.innerText),
      square: [square.width, square.height].map(Math.round),
      family: document.fonts.check('16px "Noto Sans SC"'),
    };
  });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const pages = pdf.match(/\/Type\s*\/Page\b(?!s)/g).length;
  saw[file] = { ...printed, wide, pages, asked: asked.filter((url) => !url.startsWith("file:") && !url.startsWith("data:")) };
  if (process.env.POLYLOGUE_PICTURES) await page.screenshot({ path: `${file}.png` });
  await page.close();
}
await browser.close();
console.log(JSON.stringify(saw));
