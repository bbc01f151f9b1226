// What plain forms cannot do: keep what was typed, drag an exercise, drop a file, say that the server has ended.
// Every action works without it.
"use strict";

// The key has moved into a cookie: it need not stay in the address and the history.
if (new URLSearchParams(location.search).has("key")) history.replaceState(null, "", location.pathname);

function byId(id) {
  return document.getElementById(id);
}

document.addEventListener("htmx:sendError", () => {
  changing = false;
  const line = document.createElement("p");
  line.className = "wrong";
  line.textContent = "The server has ended. Start it again: the draft is kept.";
  byId("said").replaceChildren(line);
});

// -- What was typed and not kept is kept first, whatever else is asked for: it must not be missing on paper. ----------

function changed(field) {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.defaultValue !== undefined) return field.value !== field.defaultValue;
  if (!field.options) return false; // a button
  const was = Array.from(field.options).findIndex((one) => one.defaultSelected);
  return field.selectedIndex !== Math.max(was, 0);
}

function unkept(except) {
  const forms = Array.from(document.querySelectorAll("form.kept"));
  return forms.find((one) => one !== except && Array.from(one.elements).some(changed));
}

function valueOf(field) {
  return field.type === "checkbox" ? field.checked : field.value;
}

let changing = false;
let asked = null;
let keeping = null;

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target.id !== "main") return;
  changing = true;
  for (const one of event.detail.elt.elements || []) one.sent = valueOf(one);
});

document.addEventListener("submit", (event) => {
  // While the page changes, a button waits: then it does what it says of the new page.
  if (changing) {
    event.preventDefault();
    event.stopImmediatePropagation();
    asked = (event.submitter || event.target.querySelector("button")).id;
    return;
  }
  const first = unkept(event.target);
  if (!first || event.target === keeping) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const closed = first.closest("details");
  if (closed) closed.open = true;
  // A field that cannot be sent is shown, and nothing else is done.
  if (first.reportValidity()) {
    asked = event.submitter && event.submitter.id;
    keeping = first;
    first.requestSubmit();
  }
}, true);

// The browser asks before it leaves for another page.
window.addEventListener("beforeunload", (event) => {
  if (unkept()) event.preventDefault();
});

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form && form.matches(".at-once") && event.target.matches("select, [type=checkbox]")) form.requestSubmit();
});

// -- The page changes in place: what was typed elsewhere, open, scrolled and focused stays so. -------------------------

let typed = [];
let opened = [];
let scrolled = [];
let following = [];

function controlsAfter(control) {
  const part = control && control.closest("section, .head");
  const ids = part ? Array.from(part.querySelectorAll("[id]:is(button, input, select)"), (one) => one.id) : [];
  return ids.slice(ids.indexOf(control.id) + 1);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "main") return;
  const fields = Array.from(document.querySelectorAll("main [id]:is(input, select)"));
  // What was sent is in the page that has come, unless it was refused: then it stays to be mended.
  const refused = event.detail.xhr.status === 422;
  typed = fields.filter((one) => changed(one) && one.type !== "file" && (refused || one.sent !== valueOf(one)));
  opened = Array.from(document.querySelectorAll("details[open] > summary"), (one) => one.id);
  following = controlsAfter(document.activeElement);
  scrolled = Array.from(document.querySelectorAll("section"), (one) => [one.id, one.scrollTop]);
  if (event.detail.requestConfig.verb === "get") scrolled = scrolled.filter(([id]) => id !== "find");
});

document.addEventListener("htmx:afterSettle", (event) => {
  for (const one of document.querySelectorAll("li.exercise")) one.draggable = true;
  if (event.detail.target.id !== "main") return;
  for (const one of typed) {
    const field = byId(one.id);
    if (field && one.type === "checkbox") field.checked = one.checked;
    else if (field) field.value = one.value;
  }
  typed = [];
  for (const id of opened) {
    const summary = byId(id);
    if (summary) summary.parentElement.open = true;
  }
  for (const [id, top] of scrolled) {
    if (byId(id)) byId(id).scrollTop = top;
  }
  // What had the focus may be gone, such as the button of an exercise that was taken out: then what came after it has it.
  const lost = !document.activeElement || document.activeElement === document.body;
  const next = following.map(byId).find((one) => one && !one.disabled && !one.closest("details:not([open])"));
  const title = byId("program-title");
  if (lost && (next || title)) (next || title).focus({ preventScroll: !next });
  changing = false;
  const then = asked && event.detail.xhr.status < 400 && byId(asked);
  asked = null;
  if (then) then.click();
});

// -- An exercise is dragged onto the place of another. ----------------------------------------------------------------

let dragged = null;

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest ? event.target.closest("li.exercise") : null;
});

document.addEventListener("dragover", (event) => {
  if (dragged ? event.target.closest("li.exercise") : byId("handout")) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const files = byId("handout");
  if (files && event.dataTransfer.files.length) {
    event.preventDefault();
    files.files = event.dataTransfer.files;
    files.form.requestSubmit();
  }
  const onto = dragged && event.target.closest("li.exercise");
  if (!onto) return;
  event.preventDefault();
  if (onto !== dragged) {
    const form = dragged.querySelector("form.move");
    form.elements.place.value = onto.dataset.place;
    const button = form.querySelector("button");
    button.disabled = false;
    form.requestSubmit(button);
  }
  dragged = null;
});

// A field inside an exercise is for selecting text, not for dragging.
document.addEventListener("focusin", (event) => {
  const row = event.target.closest("li.exercise");
  if (row) row.draggable = !event.target.matches("input, select");
});
for (const one of document.querySelectorAll("li.exercise")) one.draggable = true;
