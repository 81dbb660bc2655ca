// What all pages share: requests, toasts, menus, forms. Every page works without it.
(() => {
  "use strict";

  const root = document.documentElement;
  root.classList.add("js");

  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;
  const typing = (element) =>
    element.isContentEditable ||
    element.matches("input:not([type=radio], [type=checkbox]), select, textarea");

  // --- htmx: the form token goes with every request; a failure is said, not swallowed

  document.addEventListener("htmx:configRequest", (event) => {
    const header = meta("csrf-header");
    if (header && event.detail.verb !== "get") {
      event.detail.headers[header] = meta("csrf-token");
    }
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) {
      window.location.reload();
    } else {
      toast("That did not work. Reload the page and try again.");
    }
  });
  document.addEventListener("htmx:sendError", () =>
    toast("The server cannot be reached. Check the connection and try again."));

  // --- a page that was left open for longer than its session lasts is left by itself, so that it
  // does not stay on the screen; what is done in other windows counts, as they share the session

  const idle = Number(meta("idle")) * 1000;
  if (idle > 0) {
    const touched = () => localStorage.setItem("touched", Date.now());
    touched();
    document.addEventListener("htmx:afterRequest", touched);
    window.setInterval(() => {
      if (Date.now() - localStorage.getItem("touched") > idle + 15000) {
        window.location.replace(window.location.href);
      }
    }, 15000);
  }

  // --- toasts: those with something to undo stay until they are sent away

  function toast(text) {
    const box = document.createElement("div");
    box.className = "toast";
    const words = document.createElement("p");
    words.textContent = text;
    box.append(words);
    document.getElementById("toasts").append(box);
    settle(box);
  }

  function settle(box) {
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Dismiss";
    close.addEventListener("click", () => box.remove());
    box.append(close);
    if (box.querySelector("form")) {
      return;
    }
    let left = window.setTimeout(() => box.remove(), 8000);
    box.addEventListener("pointerenter", () => window.clearTimeout(left));
    box.addEventListener("focusin", () => window.clearTimeout(left));
    box.addEventListener("pointerleave", () => {
      left = window.setTimeout(() => box.remove(), 4000);
    });
  }

  document.querySelectorAll(".toast").forEach(settle);

  // what the scripts after this one ask for
  window.openrcm = { meta, toast, typing };

  // --- pages that are made to be printed

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // --- menus close on Escape and on a click elsewhere

  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (menu !== except) {
        menu.open = false;
      }
    });
  }

  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu"));
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      closeMenus();
      document.getElementById(opener.dataset.dialog).showModal();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = event.target.closest?.("details.menu[open]");
      closeMenus();
      menu?.querySelector("summary").focus();
    }
  });
  document.querySelectorAll("[data-dialog]").forEach((opener) => {
    opener.hidden = false;
  });

  // --- a filter leaves what is empty out of the address

  document.addEventListener("submit", (event) => {
    if (event.target.matches("form.filters")) {
      const empty = [...event.target.elements].filter((field) => field.name && field.value === "");
      empty.forEach((field) => { field.disabled = true; });
      window.setTimeout(() => empty.forEach((field) => { field.disabled = false; }));
    }
  });

  // --- a form that is being sent says so and is sent once

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!event.defaultPrevented && button && event.target.method === "post") {
      if (event.target.dataset.sent) {
        event.preventDefault();
        return;
      }
      event.target.dataset.sent = "true";
      window.setTimeout(() => button.setAttribute("aria-busy", "true"), 100);
    }
  });
  window.addEventListener("pageshow", () =>
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
    }));
})();
