// What plain forms cannot do: drag an exercise, keep the focus, say that the server has ended. Every action works without it.
"use strict";

// The key has moved into a cookie: it need not stay in the address and the history.
if (new URLSearchParams(location.search).has("key")) history.replaceState(null, "", location.pathname);

function say(words) {
  const said = document.getElementById("said");
  const line = document.createElement("p");
  line.className = "wrong";
  line.textContent = words;
  said.replaceChildren(line);
}

document.addEventListener("htmx:sendError", () => say("The server has ended. Start it again: the draft is kept."));

// What was opened stays open when the page changes in place.
let opened = [];

document.addEventListener("htmx:beforeSwap", () => {
  opened = Array.from(document.querySelectorAll("details[open] > summary"), (one) => one.id);
});

// What had the focus may be gone, such as the button of an exercise that was taken out.
document.addEventListener("htmx:afterSettle", () => {
  for (const id of opened) {
    const summary = document.getElementById(id);
    if (summary) summary.parentElement.open = true;
  }
  const lost = !document.activeElement || document.activeElement === document.body;
  const title = document.getElementById("program-title");
  if (lost && title) title.focus({ preventScroll: true });
  for (const one of document.querySelectorAll("li.exercise")) one.draggable = true;
});

let dragged = null;

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest ? event.target.closest("li.exercise") : null;
});

document.addEventListener("dragover", (event) => {
  if (dragged && event.target.closest("li.exercise")) event.preventDefault();
});

document.addEventListener("drop", (event) => {
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
