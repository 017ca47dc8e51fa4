// What the page needs of a clock: remaining times by the server's, times of day in the reader's own zone, whether it is live.
(() => {
  const root = document.documentElement;
  let ahead = 0; // milliseconds by which the server's clock is ahead of this one

  const remaining = (milliseconds) => {
    const seconds = Math.ceil(milliseconds / 1000);
    const two = (n) => String(n).padStart(2, "0");
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  };
  const write = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };
  const tick = () => {
    for (const element of document.querySelectorAll("[data-until]")) {
      const left = Date.parse(element.dataset.until) - Date.now() - ahead;
      write(element, left > 0 ? remaining(left) : element.dataset.passed);
      element.classList.toggle("passed", left <= 0);
      const time = element.parentElement.querySelector("time");
      if (time) time.hidden = left <= 0;
    }
  };
  const locale = root.lang === "en" ? "en-GB" : root.lang; // the day before the month, as the server writes it
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: "medium", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
  const localise = () => {
    for (const time of document.querySelectorAll("time[datetime]")) {
      const at = new Date(time.dateTime);
      write(time, ("day" in time.dataset ? day : clock).format(at));
      time.title = time.dateTime;
    }
  };
  let shown;
  const follow = () => {
    const tab = document.querySelector(".tabs [aria-current]");
    if (tab && tab.href !== shown) tab.scrollIntoView({ block: "nearest", inline: "center" });
    shown = tab?.href;
  };
  const mend = () => {
    localise();
    tick();
    follow();
  };
  const live = (state) => () => (root.dataset.live = state);

  document.addEventListener("DOMContentLoaded", mend);
  document.addEventListener("htmx:after:swap", mend);
  document.addEventListener("clock", (event) => {
    ahead = Date.parse(event.detail.data) - Date.now();
    live("on")();
    tick();
  });
  document.addEventListener("anew", () => location.reload());
  document.addEventListener("htmx:sse:before:connection", live("off"));
  document.addEventListener("htmx:sse:error", live("off"));
  document.addEventListener("htmx:sse:close", live("off"));
  setInterval(tick, 250);
})();
