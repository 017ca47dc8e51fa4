// Dates in the reader's own zone, which is named: whoever looks from elsewhere must not take one for theirs.
(() => {
  const locale = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const at = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
  const zone = new Intl.DateTimeFormat(locale, { timeZoneName: "long" });
  for (const time of document.querySelectorAll("time[data-zone]")) {
    const moment = new Date(time.dateTime);
    const named = zone.formatToParts(moment).find((part) => part.type === "timeZoneName").value;
    time.textContent = [at.format(moment), named].join(document.documentElement.lang.startsWith("zh") ? "，" : ", ");
  }
})();
