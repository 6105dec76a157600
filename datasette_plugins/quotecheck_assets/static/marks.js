import { offsetOf } from "./offsets.js";

// The marks in the text: which pieces belong to which claim, and in what part.
export class Marks {
  constructor(text) {
    this.text = text;
    this.pieces = new Map();
    this.shown = {};
    for (const piece of text.querySelectorAll("[data-claims]")) {
      for (const mark of piece.dataset.claims.split(" ")) {
        const at = mark.lastIndexOf(":");
        this.#add(mark.slice(0, at), piece, mark.slice(at + 1));
      }
    }
  }

  #add(id, piece, role) {
    if (!this.pieces.has(id)) this.pieces.set(id, new Map());
    const roles = this.pieces.get(id);
    roles.set(piece, roles.has(piece) ? `${roles.get(piece)} ${role}` : role);
  }

  // Light the marks of one claim and dim the others; null lights none.
  light(id) {
    this.#set("lit", id);
    this.text.classList.toggle("has-lit", this.pieces.has(id));
  }

  // Outline the marks of one claim while the pointer is over its card.
  hint(id) {
    this.#set("hint", id);
  }

  #set(name, id) {
    if (this.shown[name] === id) return;
    this.shown[name] = id;
    for (const piece of this.text.querySelectorAll(`[data-${name}]`)) delete piece.dataset[name];
    for (const [piece, roles] of this.pieces.get(id) ?? []) piece.dataset[name] = roles;
  }

  // The pieces of one part of a claim as code points, [[start, end], …]; null if it has none.
  span(id, role) {
    const pieces = [...(this.pieces.get(id) ?? [])].filter(([, roles]) => roles.split(" ").includes(role)).map(([piece]) => piece);
    if (!pieces.length) return null;
    const found = [];
    for (const piece of pieces) {
      const start = offsetOf(this.text, piece, 0);
      const end = start + [...piece.textContent].length;
      if (found.at(-1)?.[1] === start) found.at(-1)[1] = end;
      else found.push([start, end]);
    }
    return found;
  }

  // Scroll the start of a claim's content into the upper `share` of the window if it is not there already.
  show(id, share) {
    const pieces = [...(this.pieces.get(id) ?? [])];
    const [first] = pieces.find(([, roles]) => roles.includes("content")) ?? pieces[0] ?? [];
    if (!first) return;
    const { top, bottom } = first.getBoundingClientRect();
    if (top < 80 || bottom > innerHeight * share) first.scrollIntoView({ block: "start" });
  }

  // The claim to choose when this element is clicked: the next one if the current one is chosen again.
  claimAt(element, current) {
    const piece = element.closest?.("[data-claims]");
    if (!piece) return null;
    const ids = [...new Set(piece.dataset.claims.split(" ").map((mark) => mark.slice(0, mark.lastIndexOf(":"))))];
    const shown = ids.filter((id) => document.getElementById(id)?.checkVisibility());
    return shown[(shown.indexOf(current) + 1) % shown.length] ?? null;
  }
}
