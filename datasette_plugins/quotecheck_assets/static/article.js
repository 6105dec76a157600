// The article page: choosing a claim lights its marks, a decision is sent and answered without a reload.
import { Marks } from "./marks.js";
import { send } from "./reviews.js";
import { onKeys } from "./keys.js";

const text = document.getElementById("text");
const list = document.querySelector(".cards");
const marks = new Marks(text);
const stances = document.getElementById("show-stances");
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
}

function keepInView(card) {
  const box = card.getBoundingClientRect();
  const frame = list.getBoundingClientRect();
  if (box.top < frame.top || box.bottom > Math.min(frame.bottom, innerHeight)) card.scrollIntoView({ block: "nearest" });
}

function leave() {
  active()?.classList.remove("active");
  marks.light(null);
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
  return fresh;
}

async function submit(form, action, { advance = false } = {}) {
  const answer = await send(form, action);
  say(answer.message);
  if (!answer.html) return;
  const fresh = replace(document.getElementById(answer.claim_id), answer.html);
  countReviewed();
  choose(fresh);
  if (advance && answer.ok) step(1);
}

function decide(action) {
  const form = active()?.querySelector("form.review");
  if (form) submit(form, action, { advance: true });
}

function note() {
  const field = active()?.querySelector(".note-field");
  if (!field) return;
  field.open = true;
  field.querySelector("textarea").focus();
}

list.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(event.target, event.submitter?.value ?? "note");
});
document.querySelector("form.undo")?.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(event.target, null);
});
list.addEventListener("click", (event) => {
  const { target } = event;
  const stepper = target.closest("[data-step]");
  if (stepper) stepTo(Number(stepper.dataset.step));
  const link = target.closest(".to-text");
  if (link) event.preventDefault();
  const card = target.closest(".card");
  if (card && (link || !target.closest("a, button, summary, textarea, select, label"))) choose(card, { focus: !link });
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
  else leave();
});
addEventListener("hashchange", () => choose(document.getElementById(location.hash.slice(1))?.closest(".card")));

const help = document.getElementById("help");
document.getElementById("open-help").addEventListener("click", () => help.showModal());
onKeys({
  j: () => step(1),
  k: () => step(-1),
  a: () => decide("accept"),
  x: () => decide("reject"),
  u: () => decide("unsure"),
  c: note,
  z: () => document.querySelector("form.undo")?.requestSubmit(),
  b: () => stances?.click(),
  "?": () => help.showModal(),
  Escape: leave,
});
choose(document.getElementById(location.hash.slice(1))?.closest(".card"), { focus: false });
