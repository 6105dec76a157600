// The article page: choosing a claim lights its marks; every action is sent and answered without a reload.
import { comboboxes } from "./combobox.js";
import { Handles } from "./handles.js";
import { helpDialog, onKeys } from "./keys.js";
import { Marks } from "./marks.js";
import { caret, selected } from "./offsets.js";
import { inOrder, send } from "./reviews.js";

const text = document.getElementById("text");
const list = document.querySelector(".cards");
const stances = document.getElementById("show-stances");
const pick = document.getElementById("pick");
const why = document.getElementById("why");
const addForm = document.getElementById("add-form");
const actForm = document.querySelector("form.undo");
let marks = new Marks(text);
const handles = pick ? new Handles(text, dragged) : null;
document.body.classList.add("scripted");

const cards = () => [...list.querySelectorAll(".card")].filter((card) => card.checkVisibility());
const active = () => list.querySelector(".card.active");

function choose(card, { scroll = "text", focus = true } = {}) {
  if (!card) return;
  if (card.classList.contains("stance") && stances) stances.checked = true;
  active()?.classList.remove("active");
  card.classList.add("active");
  marks.light(card.id);
  history.replaceState(null, "", `#${card.id}`);
  if (focus) card.focus({ preventScroll: true });
  const isSheet = getComputedStyle(card).position === "fixed";
  if (isSheet) marks.show(card.id, 0.42);
  else if (scroll === "text") marks.show(card.id, 0.85);
  if (!isSheet) keepInView(card);
  handles?.place();
}

function keepInView(card) {
  const box = card.getBoundingClientRect();
  const frame = list.getBoundingClientRect();
  if (box.top < frame.top || box.bottom > Math.min(frame.bottom, innerHeight)) card.scrollIntoView({ block: "nearest" });
}

function leave() {
  active()?.classList.remove("active");
  marks.light(null);
  handles?.place();
  history.replaceState(null, "", location.pathname + location.search);
}

function step(by) {
  const all = cards();
  const at = all.indexOf(active());
  choose(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]);
}

function stepTo(by) {
  if (by) step(by);
  else leave();
}

function say(message) {
  document.getElementById("said").textContent = message;
}

function countReviewed() {
  const open = ["unreviewed", "stale"];
  const done = [...list.querySelectorAll(".card:not(.stance)")].filter((card) => !open.includes(card.dataset.status));
  document.getElementById("reviewed").textContent = done.length;
}

function replace(card, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const fresh = holder.content.querySelector(".card");
  card.replaceWith(fresh);
  comboboxes(fresh);
  return fresh;
}

// Take text, cards and what stands around them from the server again: other claims or marks have changed.
async function refresh() {
  const response = await fetch(location.pathname + location.search, { headers: { accept: "text/html" } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const selector of ["#text", ".cards", ".byline", "#names", "#complete-state", ".missed form:not(#add-form)"]) {
    const [ours, theirs] = [document.querySelector(selector), page.querySelector(selector)];
    if (ours && theirs) ours.replaceChildren(...theirs.childNodes);
  }
  marks = new Marks(text);
  comboboxes(list);
}

// Send an action of the page; `claim` is the card that it is about, if it is about one.
function act(address, body, { advance = false } = {}) {
  return inOrder(async () => {
    const card = body.has("version") && document.getElementById(body.get("claim"));
    if (card) body.set("version", card.dataset.version);
    const answer = await send(address, body, body.get("action"));
    if (answer.structural) await refresh();
    const shown = document.getElementById(answer.claim_id);
    if (answer.html && shown && !answer.structural) choose(replace(shown, answer.html));
    else choose(shown);
    if (answer.html) countReviewed();
    if (!answer.claim_id) handles?.place();
    if (advance && answer.ok) step(1);
    say(answer.message);
    return answer;
  });
}

// The chosen claim's review, sent with these fields.
function review(fields, options) {
  const card = active();
  const form = card?.querySelector("form.decide");
  if (!form) return null;
  const body = new URLSearchParams(fields);
  body.set("csrftoken", form.elements.csrftoken.value);
  body.set("version", card.dataset.version);
  body.set("claim", card.id);
  return act(form.getAttribute("action"), body, options);
}

function actOnArticle(fields) {
  if (!actForm) return null;
  const body = new URLSearchParams(fields);
  body.set("csrftoken", actForm.elements.csrftoken.value);
  return act(actForm.getAttribute("action"), body);
}

function decide(action) {
  review({ action }, { advance: true });
}

function reject() {
  if (!active()?.querySelector("form.decide")) return;
  why.showModal();
}

function rejectBecause(reason) {
  why.close();
  review({ action: "reject", reason }, { advance: true });
}

why?.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button && "reason" in button.dataset) rejectBecause(button.dataset.reason);
  else if (button) why.close();
});
why?.addEventListener("keydown", (event) => {
  const button = why.querySelectorAll(".why-list button")[Number(event.key) - 1];
  if (!button && (event.key !== "Enter" || event.target.closest("[data-cancel]"))) return;
  event.preventDefault();
  rejectBecause(button?.dataset.reason ?? "");
});

function openPanel(name, field) {
  const panel = active()?.querySelector(name === "note" ? ".note-field" : `[data-panel=${name}]`);
  if (!panel) return;
  panel.open = true;
  panel.querySelector(field).focus();
}

function nextKind() {
  const buttons = [...(active()?.querySelectorAll("[data-panel=kind] button") ?? [])];
  const at = buttons.findIndex((button) => button.getAttribute("aria-pressed") === "true");
  if (buttons.length) review({ action: "kind", kind: buttons[(at + 1) % buttons.length].value });
}

const nudge = (edge, steps, by) => () => review({ action: "move", role: "content", move: `${edge} ${steps}`, by });

function dragged(edge, offset) {
  const lit = marks.span(active()?.id, "content");
  if (!lit) return;
  const pieces = lit.map(([start, end]) => [start, end]);
  if (edge === "start") pieces[0][0] = offset;
  else pieces.at(-1)[1] = offset;
  const kept = pieces.filter(([start, end]) => start < end);
  if (kept.length) review({ action: "words", role: "content", offsets: kept.map((piece) => piece.join("-")).join(",") });
  handles.place();
}

// Selected words: what they are to be.
function choosing(purpose) {
  const chosen = selected(text);
  if (purpose === "split") return splitHere();
  if (purpose === "new") return openAdd(chosen);
  if (!chosen) return openPanel("words", "button");
  hidePick();
  const role = purpose === "also" ? "content" : purpose;
  return review({ action: "words", role, offsets: `${chosen.start}-${chosen.end}`, ...(purpose === "also" ? { also: "1" } : {}) });
}

function splitHere() {
  const at = caret(text);
  hidePick();
  if (at === null) say("Click in the text where the statement is to be split, then press M.");
  else review({ action: "split", at });
}

function openAdd(chosen) {
  if (!addForm) return;
  document.getElementById("add-panel").open = true;
  const words = document.getElementById("chosen-words");
  words.hidden = !chosen;
  words.textContent = chosen ? `“${chosen.text}”` : "";
  addForm.querySelector(".typed-words").hidden = Boolean(chosen);
  addForm.elements.offsets.value = chosen ? `${chosen.start}-${chosen.end}` : "";
  hidePick();
  addForm.elements[chosen ? "who" : "first"].focus();
  addForm.scrollIntoView({ block: "nearest" });
}

function hidePick() {
  if (pick) pick.hidden = true;
}

function showPick() {
  const chosen = pick && selected(text);
  if (!chosen) return hidePick();
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  pick.hidden = false;
  const hasClaim = Boolean(active());
  for (const button of pick.querySelectorAll("button:not([data-pick=new])")) button.hidden = !hasClaim;
  pick.style.left = `${Math.max(8, Math.min(innerWidth - pick.offsetWidth - 8, box.left))}px`;
  pick.style.top = `${box.top > pick.offsetHeight + 70 ? box.top - pick.offsetHeight - 8 : box.bottom + 8}px`;
  return null;
}

list.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const button = event.submitter;
  const card = form.closest(".card");
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  body.set("claim", card.id);
  if (!body.has("action")) body.set("action", "note");
  act(form.getAttribute("action"), body, { advance: form.classList.contains("decide") && ["accept", "reject", "unsure"].includes(body.get("action")) });
});
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form.act-article");
  if (!form) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  if (event.submitter?.name) body.set(event.submitter.name, event.submitter.value);
  const answer = await act(form.getAttribute("action"), body);
  if (answer.ok && form === addForm) {
    addForm.reset();
    openAdd(null);
    document.getElementById("add-panel").open = false;
    document.getElementById(answer.claim_id)?.focus();
  }
});
list.addEventListener("click", (event) => {
  const { target } = event;
  const stepper = target.closest("[data-step]");
  if (stepper) stepTo(Number(stepper.dataset.step));
  const link = target.closest(".to-text");
  if (link) event.preventDefault();
  const card = target.closest(".card");
  if (card && (link || !target.closest("a, button, summary, textarea, select, label, input"))) choose(card, { focus: !link });
});
list.addEventListener("focusin", (event) => {
  const card = event.target.closest(".card");
  if (card && card !== active()) choose(card, { focus: false });
});
list.addEventListener("mouseover", (event) => marks.hint(event.target.closest(".card")?.id));
list.addEventListener("mouseleave", () => marks.hint(null));
text.addEventListener("click", (event) => {
  if (!getSelection().isCollapsed) return;
  const id = marks.claimAt(event.target, active()?.id);
  if (id) choose(document.getElementById(id), { scroll: "card" });
  else if (!event.target.closest(".mark") && !pick) leave();
});
document.addEventListener("selectionchange", () => pick && !pick.contains(document.activeElement) && showPick());
pick?.addEventListener("pointerdown", (event) => event.preventDefault());
pick?.addEventListener("click", ({ target }) => target.closest("button") && choosing(target.closest("button").dataset.pick));
addEventListener("scroll", () => hidePick(), { passive: true });
addEventListener("hashchange", () => choose(document.getElementById(location.hash.slice(1))?.closest(".card")));

const openHelp = helpDialog();
onKeys({
  j: () => step(1),
  k: () => step(-1),
  J: () => document.getElementById("next-article")?.click(),
  K: () => document.getElementById("previous-article")?.click(),
  a: () => decide("accept"),
  x: reject,
  u: () => decide("unsure"),
  s: () => openPanel("speaker", "input[name=who]"),
  t: nextKind,
  d: () => openPanel("date", "input[name=said_date]"),
  c: () => openPanel("note", "textarea"),
  l: () => openPanel("link", "input[type=url]"),
  f: () => review({ action: "flag" }),
  "[": nudge("start", -1, "word"),
  "]": nudge("start", 1, "word"),
  "{": nudge("end", -1, "word"),
  "}": nudge("end", 1, "word"),
  "Alt+[": nudge("start", -1, "character"),
  "Alt+]": nudge("start", 1, "character"),
  "Alt+{": nudge("end", -1, "character"),
  "Alt+}": nudge("end", 1, "character"),
  e: () => choosing("content"),
  n: () => choosing("new"),
  m: () => review({ action: "merge" }),
  M: splitHere,
  z: () => actOnArticle({ action: "undo" }),
  Z: () => actOnArticle({ action: "redo" }),
  b: () => stances?.click(),
  g: () => document.getElementById("search")?.focus(),
  "?": openHelp,
  Escape: leave,
});
comboboxes(document);
choose(document.getElementById(location.hash.slice(1))?.closest(".card"), { focus: false });
