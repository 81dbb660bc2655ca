// Tables: more rows, which columns, and scrolling by keyboard.
(() => {
  "use strict";

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
})();
