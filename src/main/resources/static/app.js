// What all pages share: keys, toasts, charts, choice of columns. Every page works without it.
(() => {
  "use strict";

  const root = document.documentElement;
  root.classList.add("js");

  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;
  const token = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();

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
  window.openrcm = { toast };

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
  document.querySelectorAll("[data-dialog]").forEach((opener) => {
    opener.hidden = false;
  });

  // --- keys

  const typing = (element) =>
    element.isContentEditable ||
    element.matches("input:not([type=radio], [type=checkbox]), select, textarea");
  let going = -Infinity;

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
    if (event.key === "Escape") {
      const menu = event.target.closest?.("details.menu[open]");
      closeMenus();
      menu?.querySelector("summary").focus();
      return;
    }
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (held || typing(event.target) || document.querySelector("dialog[open]")) {
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
      "?": () => document.getElementById("keys")?.showModal(),
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

  // --- the work screen: what is chosen shows its first field, Enter saves, and whether somebody is
  // at it is told with each question

  const work = document.querySelector("form.work");
  if (work) {
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
  }

  // --- after "load more" the focus goes to the first new row

  let rowsBefore = 0;
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.closest(".more")) {
      rowsBefore = document.querySelectorAll("main tbody tr").length;
    }
  });
  document.addEventListener("htmx:afterSettle", () => {
    const row = rowsBefore > 0 ? document.querySelectorAll("main tbody tr")[rowsBefore] : null;
    if (row) {
      rowsBefore = 0;
      const link = row.querySelector("a");
      if (!link) {
        row.tabIndex = -1;
      }
      (link ?? row).focus();
    }
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

  // --- columns: table.data[data-columns=name] (th[data-seldom]: at first not shown); the choice is
  // kept by place, without data

  function columns(table) {
    const heads = [...table.querySelectorAll("thead th")];
    const key = `columns:${table.dataset.columns}`;
    const usual = heads.flatMap((head, at) => ("seldom" in head.dataset ? [at] : []));
    let hidden = new Set(usual);
    try {
      hidden = new Set(JSON.parse(localStorage.getItem(key)) ?? usual);
    } catch {
      localStorage.removeItem(key);
    }
    const show = () => {
      for (const row of table.rows) {
        if (row.cells.length === heads.length) {
          [...row.cells].forEach((cell, at) => { cell.hidden = hidden.has(at); });
        }
      }
    };
    show();
    document.addEventListener("htmx:afterSettle", show);

    const menu = document.createElement("details");
    menu.className = "menu";
    menu.innerHTML = '<summary>Columns</summary><div class="popup"></div>';
    heads.forEach((head, at) => {
      const name = head.textContent.trim();
      if (at === 0 || name === "") {
        return;
      }
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = !hidden.has(at);
      box.addEventListener("change", () => {
        hidden[box.checked ? "delete" : "add"](at);
        localStorage.setItem(key, JSON.stringify([...hidden]));
        show();
      });
      label.append(box, name);
      menu.lastChild.append(label);
    });
    const wrap = table.closest(".table-wrap") ?? table;
    let tools = wrap.previousElementSibling;
    if (!tools?.classList.contains("table-tools")) {
      tools = document.createElement("div");
      tools.className = "table-tools";
      tools.append(document.createElement("span"));
      wrap.before(tools);
    }
    tools.append(menu);
  }

  document.querySelectorAll("table[data-columns]").forEach(columns);

  // --- a table wider than its place can be scrolled by keyboard

  function reachable() {
    document.querySelectorAll(".table-wrap, ol.raw, ol.story").forEach((place) => {
      const scrolls = place.scrollWidth > place.clientWidth;
      if (scrolls) {
        place.tabIndex = 0;
      } else {
        place.removeAttribute("tabindex");
      }
    });
  }

  reachable();
  window.addEventListener("resize", reachable);
  document.addEventListener("htmx:afterSettle", reachable);

  // --- charts: canvas[data-chart], Chart.js data in the colours of the theme. Besides what Chart.js
  // knows: "money": true (values are cents), "stacked": true, and per dataset "meaning"
  // (good, attention, wrong, neutral) or, without, the next colour of the series.

  const dollars = (cents) =>
    (cents / 100).toLocaleString("en-US", { style: "currency", currency: "USD" });
  const short = (cents) =>
    (cents / 100).toLocaleString("en-US", {
      style: "currency", currency: "USD", notation: "compact", maximumFractionDigits: 1,
    });

  function options(wanted) {
    const text = { color: token("ink-2"), font: { family: token("sans"), size: 12 } };
    const scale = (more) => ({
      stacked: wanted.stacked === true,
      border: { color: token("line-strong") },
      ...more,
      ticks: { ...text, ...more.ticks },
    });
    // a few names are all shown, at a slant; of many days only some
    const names = wanted.data.labels.length <= 12;
    const labels = names
      ? { autoSkip: false, maxRotation: 45 }
      : { maxRotation: 0, autoSkipPadding: 12 };
    return {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      interaction: { mode: "index", intersect: false },
      scales: {
        x: scale({ grid: { display: false }, ticks: labels }),
        y: scale({
          beginAtZero: true,
          border: { display: false },
          grid: { color: token("line") },
          ticks: { precision: 0, maxTicksLimit: 5, ...(wanted.money ? { callback: short } : {}) },
        }),
      },
      plugins: {
        legend: {
          display: wanted.data.datasets.length > 1,
          position: "bottom",
          align: "start",
          labels: { ...text, boxWidth: 10, boxHeight: 10 },
        },
        tooltip: wanted.money
          ? { callbacks: { label: (item) => `${item.dataset.label}: ${dollars(item.raw)}` } }
          : {},
      },
    };
  }

  function draw(canvas) {
    const wanted = JSON.parse(canvas.dataset.chart);
    wanted.data.datasets.forEach((set, at) => {
      const colour = token(set.meaning ? `chart-${set.meaning}` : `series-${(at % 6) + 1}`);
      set.backgroundColor = colour;
      set.borderColor = wanted.type === "line" ? colour : token("paper");
      set.borderWidth = wanted.type === "line" ? 2 : { top: 1 };
      set.borderRadius = 2;
      set.maxBarThickness = 28;
    });
    window.Chart.getChart(canvas)?.destroy();
    if (!canvas.parentElement.classList.contains("canvas")) {
      const frame = document.createElement("div"); // Chart.js fills the parent
      frame.className = "canvas";
      canvas.before(frame);
      frame.append(canvas);
    }
    new window.Chart(canvas, { type: wanted.type, data: wanted.data, options: options(wanted) });
  }

  const charts = document.querySelectorAll("canvas[data-chart]");
  if (charts.length > 0) {
    const script = document.createElement("script");
    script.src = meta("chart-script");
    script.addEventListener("load", () => {
      charts.forEach(draw);
      window.matchMedia("(prefers-color-scheme: dark)")
        .addEventListener("change", () => charts.forEach(draw));
    });
    document.head.append(script);
  }
})();
