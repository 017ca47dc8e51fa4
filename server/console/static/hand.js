// What comes in waits while something is pressed or a form is under way: nothing moves from under a hand, and an answer never
// lies over what came after it.
(() => {
  const LONGEST = 15_000; // milliseconds; a finger may rest, and an answer may stay away
  const LOOK = 20;
  const sent = new Set();
  let pressed = false;

  const free = async () => {
    for (const end = Date.now() + LONGEST; (pressed || sent.size) && Date.now() < end; )
      await new Promise((done) => setTimeout(done, LOOK));
  };
  document.addEventListener("pointerdown", () => (pressed = true), { capture: true });
  // The click comes after the pointer is up.
  for (const name of ["pointerup", "pointercancel"])
    document.addEventListener(name, () => setTimeout(() => (pressed = false)), { capture: true });

  const ours = (event, then) => event.detail.ctx?.sourceElement?.matches?.("form") && then(event.detail.ctx);
  document.addEventListener("htmx:before:request", (event) => ours(event, (ctx) => sent.add(ctx)));
  for (const name of ["htmx:after:swap", "htmx:finally:request", "htmx:error"])
    document.addEventListener(name, (event) => sent.delete(event.detail.ctx));

  document.addEventListener("htmx:sse:before:message", (event) => {
    if (event.detail.message.event !== "clock") event.detail.waitUntil(free());
  });
})();
