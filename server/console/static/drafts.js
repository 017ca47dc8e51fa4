// What somebody types is kept until it is accepted: through a refusal, a reload, a lost connection, a change of the page.
(() => {
  const key = (field) => `draft ${location.pathname}${new URLSearchParams(location.search).get("seat") ?? ""} ${field.form.id} ${field.name}`;
  const drafts = (place) => [...place.querySelectorAll("[data-draft]")].filter((field) => field.form);
  const typed = (field) => field.value !== "" && field.value !== field.defaultValue;

  const keep = (field) => {
    if (typed(field)) sessionStorage.setItem(key(field), field.value);
    else sessionStorage.removeItem(key(field));
  };
  const restore = () => {
    for (const field of drafts(document)) {
      const kept = sessionStorage.getItem(key(field));
      if (kept === null || field.value !== field.defaultValue) continue;
      field.value = kept;
      field.closest("details")?.setAttribute("open", "");
    }
  };
  const forget = (form) => {
    for (const field of drafts(form)) {
      sessionStorage.removeItem(key(field));
      field.value = field.defaultValue;
    }
    form.closest("details")?.removeAttribute("open");
  };
  const offline = (is) => {
    const line = document.getElementById("offline");
    if (line) line.hidden = !is;
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-draft]") && event.target.form) keep(event.target);
  });
  document.addEventListener("DOMContentLoaded", () => {
    if (new URLSearchParams(location.search).has("done")) {
      const form = document.getElementById(location.hash.slice(1));
      if (form?.matches("form")) forget(form);
    }
    restore();
  });

  // A form with words in it does not go away under its writer's hands; what is sent from it is answered in words.
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = event.detail;
    if (ctx.sourceElement?.id !== "stream") return;
    for (let n = tasks.length - 1; n >= 0; n--) {
      const target = typeof tasks[n].target === "string" ? document.querySelector(tasks[n].target) : tasks[n].target;
      const gone = (field) => typed(field) && !tasks[n].fragment.querySelector(`#${CSS.escape(field.form.id)}`);
      if (target && drafts(target).some(gone)) {
        tasks.splice(n, 1);
        target.classList.add("moved-on");
      }
    }
  });
  document.addEventListener("htmx:after:request", (event) => {
    const { sourceElement, response } = event.detail.ctx;
    if (!sourceElement?.matches?.("form")) return;
    offline(false);
    if (response.status < 400) forget(sourceElement);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    restore();
    if (!event.detail.ctx.sourceElement?.matches?.("form, main")) return;
    const refused = document.querySelector("#main [aria-invalid], #main form .refusal, #refused");
    if (!refused) return;
    refused.closest("details")?.setAttribute("open", "");
    if (!refused.matches("[aria-invalid]")) refused.tabIndex = -1;
    refused.focus();
    refused.scrollIntoView({ block: "center" });
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx?.sourceElement?.matches?.("form")) offline(true);
  });
})();
