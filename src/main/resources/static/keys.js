// Single keys: places, rows, and what a page gives a key of its own. Who dictates, or rests a hand on
// the keys, can do without (WCAG 2.2, 2.1.4); this browser remembers it.
(() => {
  "use strict";

  const { typing } = window.openrcm;
  let going = -Infinity;

  const box = document.querySelector("#keys input");
  const use = (wanted) => {
    box.checked = wanted;
    document.documentElement.classList.toggle("no-keys", !wanted);
  };
  if (!box) {
    return;
  }
  use(localStorage.getItem("keys") !== "off");
  box.addEventListener("change", () => {
    localStorage.setItem("keys", box.checked ? "on" : "off");
    use(box.checked);
  });

  function step(by) {
    const rows = [...document.querySelectorAll("main .row-link")];
    if (rows.length > 0) {
      const at = rows.indexOf(document.activeElement);
      const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1);
      rows[next].focus();
      rows[next].closest("tr")?.scrollIntoView({ block: "nearest" });
    }
  }

  document.addEventListener("keydown", (event) => {
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (!box.checked || held || typing(event.target) || document.querySelector("dialog[open]")) {
      return;
    }
    if (event.timeStamp - going < 1500) {
      going = -Infinity;
      const place = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (place) {
        event.preventDefault();
        place.click();
        return;
      }
    }
    const keyed = document.querySelector(`main [data-key="${CSS.escape(event.key)}"]`);
    if (keyed) {
      event.preventDefault();
      keyed.click();
      keyed.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
      return;
    }
    const keys = {
      g: () => { going = event.timeStamp; },
      j: () => step(1),
      k: () => step(-1),
      "?": () => document.getElementById("keys").showModal(),
      "/": () =>
        document.querySelector(
          "main input[type=search], main form.filters input:not([type=hidden]), main .chips a")
          ?.focus(),
    };
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
})();
