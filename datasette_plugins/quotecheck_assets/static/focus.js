// Focus view: the keys press the page's own buttons; every action is a form that leads on.
import { comboboxes } from "./combobox.js";
import { helpDialog, onKeys } from "./keys.js";

document.body.classList.add("scripted");
const $ = (selector) => document.querySelector(selector);

// The claim's words before all else, where the context pushes them off the screen.
const words = $("#text [data-lit]");
if (words && words.getBoundingClientRect().bottom > innerHeight * 0.72) words.scrollIntoView({ block: "center" });

// Undo leads back to this very page.
for (const form of document.querySelectorAll("form.undo")) form.elements.back.value = location.pathname + location.search;

function press(selector) {
  $(selector)?.click();
}

function openPanel(name, field) {
  const panel = $(`[data-panel=${name}]`);
  if (!panel) return;
  panel.open = true;
  panel.querySelector(field).focus();
  panel.scrollIntoView({ block: "nearest" });
}

const FIELDS = { speaker: "input[name=who]", words: "button", date: "input[name=said_date]", note: "textarea", link: "input[type=url]" };

function nudge(move, by) {
  const form = $(".focus-nudges form");
  if (!form) return;
  form.elements.by.value = by;
  form.querySelector(`[value="${move}"]`).click();
}

function nextKind() {
  const buttons = [...document.querySelectorAll("[data-panel=kind] button")];
  const at = buttons.findIndex((button) => button.getAttribute("aria-pressed") === "true");
  buttons[(at + 1) % buttons.length]?.click();
}

for (const button of document.querySelectorAll("[data-open]")) {
  button.addEventListener("click", () => openPanel(button.dataset.open, FIELDS[button.dataset.open]));
}
const openHelp = helpDialog();
onKeys({
  a: () => press("button.accept"),
  x: () => press("button.reject"),
  u: () => press("button.unsure"),
  f: () => press(".flag-form button"),
  j: () => press("#next"),
  k: () => press("#previous"),
  s: () => openPanel("speaker", FIELDS.speaker),
  e: () => openPanel("words", FIELDS.words),
  d: () => openPanel("date", FIELDS.date),
  c: () => openPanel("note", FIELDS.note),
  l: () => openPanel("link", FIELDS.link),
  t: nextKind,
  "[": () => nudge("start -1", "word"),
  "]": () => nudge("start 1", "word"),
  "{": () => nudge("end -1", "word"),
  "}": () => nudge("end 1", "word"),
  "Alt+[": () => nudge("start -1", "character"),
  "Alt+]": () => nudge("start 1", "character"),
  "Alt+{": () => nudge("end -1", "character"),
  "Alt+}": () => nudge("end 1", "character"),
  m: () => press("[data-panel=words] button[value=merge]"),
  z: () => press("form.undo [value=undo]"),
  Z: () => press("form.undo [value=redo]"),
  g: () => $("#search")?.focus(),
  "?": openHelp,
});
comboboxes(document);
