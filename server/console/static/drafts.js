// What somebody types is kept until it is accepted: through a refusal, a reload, a lost connection, a change of the page.
(() => {
  const place = () => location.pathname + (new URLSearchParams(location.search).get("seat") ?? "");
  const key = (field) => `draft ${place()} ${field.form.id} ${field.name}`;
  const drafts = (where) => [...where.querySelectorAll("[data-draft]")].filter((field) => field.form);

  const keep = (field) => {
    if (field.value !== field.defaultValue && field.value !== "") sessionStorage.setItem(key(field), field.value);
    else sessionStorage.removeItem(key(field));
  };
  const kept = () => Object.keys(sessionStorage).filter((name) => name.startsWith(`draft ${place()} `));
  const forget = (form) => {
    for (const name of kept()) if (name.split(" ")[2] === form.id) sessionStorage.removeItem(name);
    for (const field of drafts(form)) field.value = field.defaultValue;
    form.closest("details")?.removeAttribute("open");
  };
  // Into its field again; where the form has gone, because something moved on meanwhile, beside the page: before the eyes of
  // whoever has just been writing in it.
  let written = null;
  const restore = () => {
    const here = new Map(drafts(document).map((field) => [key(field), field]));
    const lost = [];
    for (const name of kept()) {
      const [field, text] = [here.get(name), sessionStorage.getItem(name)];
      if (!field) lost.push(text);
      else if (field.value === field.defaultValue && field !== document.activeElement) {
        field.value = text;
        field.closest("details")?.setAttribute("open", "");
      }
    }
    const box = document.getElementById("kept");
    if (!box) return;
    const taken = written && !written.isConnected && lost.includes(written.value);
    if (taken) written = null;
    box.hidden = !lost.length;
    box.querySelector(".texts").replaceChildren(
      ...lost.map((text) => Object.assign(document.createElement("pre"), { className: "typed", textContent: text })),
    );
    if (taken && document.activeElement === document.body) box.querySelector("h2").focus();
  };
  // A receipt is shown for a while; the way up to what is asked as long as that is out of sight.
  const SHOWN_MS = 6000;
  const fade = () => {
    const receipt = document.querySelector("#notice .receipt");
    if (receipt) setTimeout(() => receipt.remove(), SHOWN_MS);
  };
  const seen = new IntersectionObserver((entries) => {
    document.documentElement.dataset.asked = entries.some((entry) => entry.isIntersecting) ? "seen" : "above";
  });
  const watch = () => {
    seen.disconnect();
    const asks = document.getElementById("asks");
    if (asks) seen.observe(asks);
  };
  const offline = (is) => {
    const line = document.getElementById("offline");
    if (line) line.hidden = !is;
  };

  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-draft]") || !event.target.form) return;
    keep(event.target);
    written = event.target;
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#kept button")) return;
    const here = new Set(drafts(document).map(key));
    for (const name of kept()) if (!here.has(name)) sessionStorage.removeItem(name);
    restore();
  });
  // A form that leads to a page of its own: what was refused is in that page again.
  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("hx-post")) return;
    for (const field of drafts(event.target)) sessionStorage.removeItem(key(field));
  });
  const toRefused = () => {
    const refused = document.querySelector("#main [aria-invalid], #main form .refusal, #refused");
    if (!refused) return;
    refused.closest("details")?.setAttribute("open", "");
    if (!refused.matches("[aria-invalid]")) refused.tabIndex = -1;
    refused.focus();
    refused.scrollIntoView({ block: "center" });
  };
  // A link to something that is folded unfolds it.
  const unfold = () => {
    const aim = document.getElementById(location.hash.slice(1));
    for (let box = aim?.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    if (aim?.closest("details")) aim.scrollIntoView({ block: "start" });
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.('a[href^="#"]')) setTimeout(unfold);
  });
  // When the connection is back, nothing needs to be said of it.
  addEventListener("online", () => offline(false));
  new MutationObserver(() => {
    if (document.documentElement.dataset.live === "on") offline(false);
  }).observe(document.documentElement, { attributeFilter: ["data-live"] });
  document.addEventListener("DOMContentLoaded", () => {
    const address = new URL(location.href);
    if (address.searchParams.has("done")) {
      const place = document.getElementById(location.hash.slice(1).replace(/-box$/, ""));
      if (place?.matches("form")) forget(place);
      address.searchParams.delete("done"); // a reload is no new receipt
      history.replaceState(history.state, "", address);
    }
    restore();
    fade();
    watch();
    toRefused();
  });
  document.addEventListener("htmx:after:swap", watch);
  document.addEventListener("htmx:after:request", (event) => {
    const { sourceElement, response } = event.detail.ctx;
    if (!sourceElement?.matches?.("form")) return;
    offline(false);
    if (response.status < 400) forget(sourceElement);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    restore();
    if (!event.detail.ctx.sourceElement?.matches?.("form, main")) return;
    fade();
    toRefused();
  });
  document.addEventListener("htmx:error", (event) => {
    const form = event.detail.ctx?.sourceElement;
    if (!form?.matches?.("form")) return;
    offline(true);
    form.querySelector("button[type=submit]")?.scrollIntoView({ block: "center" }); // what is to be pressed again
  });
})();
