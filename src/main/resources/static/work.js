// The work screen of collectors: what is chosen shows its first field, Enter saves, and whether
// somebody is at it is told with each question.
(() => {
  "use strict";

  const { typing } = window.openrcm;
  const work = document.querySelector("form.work");
  if (!work) {
    return;
  }
  let active = true;
  const fields = () =>
    [...work.querySelectorAll(".field input, .field select, .field textarea")].filter(
      (field) => field.offsetParent !== null && field.type !== "checkbox");
  work.addEventListener("chosen", () => fields()[0]?.focus());
  work.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.target.blur();
    } else if (event.key === "Enter" && !event.shiftKey && event.target.matches("textarea, select")) {
      event.preventDefault();
      work.requestSubmit(work.querySelector("button.primary"));
    }
  });
  for (const sign of ["keydown", "pointermove", "scroll"]) {
    document.addEventListener(sign, () => { active = true; }, { passive: true });
  }
  document.addEventListener("keydown", (event) => {
    const free = !typing(event.target) && !event.target.closest?.("a, button, summary, dialog");
    if (event.key === "Enter" && free && !event.defaultPrevented) {
      event.preventDefault();
      work.requestSubmit(work.querySelector("button.primary"));
    }
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target.matches("[data-lease]")) {
      event.detail.parameters.active = active ? "1" : "";
      active = false;
    }
  });
})();
