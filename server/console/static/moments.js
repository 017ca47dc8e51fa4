// Times that are typed: in the zone of this device, which is named. They come and are sent in UTC, as without scripts.
(() => {
  const FIELDS = 'input[type="datetime-local"]';
  const [MINUTES, SECONDS] = [16, 19]; // letters of a time that is said as exactly
  const root = document.documentElement;

  const here = (utc) => {
    const moment = new Date(`${utc}Z`);
    return new Date(moment - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, utc.length);
  };
  const utc = (here) => new Date(here).toISOString().slice(0, here.length > MINUTES ? SECONDS : MINUTES);
  const zone = () => {
    const locale = root.lang === "en" ? "en-GB" : root.lang;
    const parts = new Intl.DateTimeFormat(locale, { timeZoneName: "long" }).formatToParts(new Date());
    return parts.find((part) => part.type === "timeZoneName").value;
  };
  // What the server wrote is in the attribute, whatever was typed since.
  const turn = () => {
    for (const field of document.querySelectorAll(FIELDS)) {
      if (field.defaultValue && field.value === field.defaultValue) field.value = here(field.defaultValue);
    }
    for (const words of document.querySelectorAll("[data-utc]")) words.hidden = true;
    for (const words of document.querySelectorAll("[data-here]")) words.hidden = false;
    for (const name of document.querySelectorAll("[data-zone-name]")) name.textContent = zone();
  };

  document.addEventListener("formdata", (event) => {
    for (const field of event.target.querySelectorAll(FIELDS)) {
      if (field.value) event.formData.set(field.name, utc(field.value));
    }
  });
  document.addEventListener("DOMContentLoaded", turn);
  document.addEventListener("htmx:after:swap", turn);
  addEventListener("pageshow", turn); // a browser that goes back fills in fields by itself
})();
