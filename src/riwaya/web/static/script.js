// The one script: every page works without it. It sends facets when they change and ties chips to their letters.
"use strict";

for (const form of document.querySelectorAll("form[data-auto]")) {
  form.addEventListener("change", () => form.requestSubmit());
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.value === "") field.disabled = true;
  });
}

// On a phone the menu is a strip: show where we are in it.
document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

const piecesOf = (id) => document.querySelectorAll(`.m[data-ids~="${CSS.escape(id)}"]`);
const light = (chip, on) => piecesOf(chip.dataset.id).forEach((piece) => piece.classList.toggle("lit", on));
for (const chip of document.querySelectorAll(".chip[data-id]")) {
  for (const [event, on] of [["mouseenter", true], ["focus", true], ["mouseleave", false], ["blur", false]]) {
    chip.addEventListener(event, () => light(chip, on));
  }
}

// The queue: j and k move, the letter on a button presses it.
const tasks = [...document.querySelectorAll(".task")];
if (tasks.length) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const at = tasks.indexOf(document.activeElement?.closest(".task"));
    const step = { j: 1, k: -1 }[event.key];
    if (step) {
      event.preventDefault();
      tasks[Math.max(0, Math.min(tasks.length - 1, at + step))].focus();
    } else if (at >= 0) {
      tasks[at].querySelector(`button[data-key="${CSS.escape(event.key)}"]`)?.click();
    }
  });
}
