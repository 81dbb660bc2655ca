// Uploads from the files page: dropped anywhere on it or chosen, one request for each file, with
// the progress of each. Without this script the form works as forms do.
(() => {
  "use strict";

  const form = document.querySelector("form.drop-zone");
  if (!form) {
    return;
  }
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("ul.uploads");
  const most = Number(form.dataset.most);
  const atOnce = 2;
  const waiting = [];
  let running = 0;
  let received = 0;

  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;

  const withFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

  function add(files) {
    for (const file of files) {
      const line = lineFor(file.name);
      if (file.size > most) {
        line.say("wrong", `Larger than ${form.dataset.mostText}. Ask for it in parts.`);
      } else {
        waiting.push({ file, line });
      }
    }
    next();
  }

  function lineFor(name) {
    const item = document.createElement("li");
    const label = document.createElement("span");
    label.className = "name";
    label.textContent = name;
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", `Uploading ${name}`);
    const state = document.createElement("span");
    state.className = "state neutral";
    state.textContent = "Waiting";
    item.append(label, bar, state);
    list.append(item);
    return {
      progress(percent) {
        bar.value = percent;
        state.textContent = percent < 100 ? `${percent} %` : "Being kept";
      },
      say(meaning, text, link) {
        bar.remove();
        state.className = `state ${meaning}`;
        state.textContent = text;
        if (link) {
          const anchor = document.createElement("a");
          anchor.href = link;
          anchor.textContent = name;
          label.replaceChildren(anchor);
        }
      },
    };
  }

  function next() {
    while (running < atOnce && waiting.length > 0) {
      running++;
      send(waiting.shift());
    }
    if (running === 0 && received > 0 && !document.getElementById("files")) {
      // the page said that there are no files: it has to be drawn anew
      location.assign(form.dataset.list);
    }
  }

  function send({ file, line }) {
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.upload);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.setRequestHeader("Accept", "application/json, application/problem+json");
    if (meta("csrf-header")) {
      request.setRequestHeader(meta("csrf-header"), meta("csrf-token"));
    }
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable && event.total > 0) {
        line.progress(Math.floor((event.loaded * 100) / event.total));
      }
    });
    request.addEventListener("load", () => answered(request, line));
    request.addEventListener("error", () =>
      line.say("wrong", "The connection broke off. Nothing was kept: upload it again."));
    request.addEventListener("loadend", () => {
      running--;
      next();
    });
    request.send(file);
  }

  function answered(request, line) {
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      // said below by the status
    }
    if (request.status === 202) {
      received++;
      line.say("good", "Received", `${form.dataset.list}/${answer.id}`);
      show(answer.id);
    } else if (request.status === 200 && answer.duplicateOf) {
      received++;
      line.say("attention", "It was here before", `${form.dataset.list}/${answer.duplicateOf}`);
      show(answer.id);
    } else if (request.status === 401 || request.status === 403) {
      line.say("wrong", "You are no longer signed in, or may not upload. Load the page again.");
    } else {
      line.say("wrong", answer.detail ?? `It was not taken (${request.status}). Upload it again.`);
    }
  }

  // puts the file's row on top of the list; the row keeps itself up to date
  async function show(id) {
    const rows = document.getElementById("files");
    if (!rows || document.getElementById(`file-${id}`)) {
      return;
    }
    const answer = await fetch(`${form.dataset.list}/${id}/state`, { credentials: "same-origin" });
    if (!answer.ok) {
      return;
    }
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const row = holder.content.querySelector("tr");
    if (row) {
      rows.prepend(row);
      window.htmx?.process(row);
    }
  }

  form.addEventListener("submit", (event) => {
    if (input.files.length > 0) {
      event.preventDefault();
      add([...input.files]);
      input.value = "";
    }
  });

  let inside = 0;
  const dropping = (on) => document.body.classList.toggle("dropping", on);
  document.addEventListener("dragenter", (event) => {
    if (withFiles(event)) {
      inside++;
      dropping(true);
    }
  });
  document.addEventListener("dragleave", (event) => {
    if (withFiles(event)) {
      inside = Math.max(0, inside - 1);
      dropping(inside > 0);
    }
  });
  document.addEventListener("dragover", (event) => {
    if (withFiles(event)) {
      event.preventDefault();
    }
  });
  document.addEventListener("drop", (event) => {
    if (withFiles(event)) {
      event.preventDefault();
      inside = 0;
      dropping(false);
      add([...event.dataTransfer.files]);
    }
  });
})();
