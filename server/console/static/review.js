// Where there is room, the form to search with stands open. Days are those of the reader's zone, as the times are.
document.addEventListener("DOMContentLoaded", () => {
  if (matchMedia("(min-width: 64rem)").matches) document.getElementById("search").open = true;
  const locale = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
  for (const heading of document.querySelectorAll(".entries .day")) heading.remove();
  let shown;
  for (const entry of document.querySelectorAll(".entries > .entry")) {
    const own = day.format(new Date(entry.querySelector("time").dateTime));
    if (own !== shown) entry.before(Object.assign(document.createElement("li"), { className: "day", textContent: own }));
    shown = own;
  }
});
