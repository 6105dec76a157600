// Two handles at the edges of the chosen claim's words: dragging one moves the edge, word by word.
import { atWord, offsetAt } from "./offsets.js";

export class Handles {
  // `move(edge, offset)` is called when a handle is let go at another place.
  constructor(text, move) {
    this.text = text;
    this.move = move;
    this.handles = ["start", "end"].map((edge) => this.#handle(edge));
    addEventListener("resize", () => this.place());
  }

  #handle(edge) {
    const handle = document.createElement("span");
    handle.className = `handle handle-${edge}`;
    handle.setAttribute("aria-hidden", "true");
    handle.hidden = true;
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      handle.classList.add("dragged");
    });
    handle.addEventListener("pointermove", (event) => handle.classList.contains("dragged") && this.#follow(handle, event, edge));
    handle.addEventListener("pointerup", (event) => this.#drop(handle, event, edge));
    this.text.parentElement.append(handle);
    return handle;
  }

  #follow(handle, event) {
    const frame = this.text.parentElement.getBoundingClientRect();
    handle.style.left = `${event.clientX - frame.left}px`;
    handle.style.top = `${event.clientY - frame.top - 12}px`;
  }

  #drop(handle, event, edge) {
    handle.classList.remove("dragged");
    handle.hidden = true;
    const offset = offsetAt(this.text, event.clientX, event.clientY);
    handle.hidden = false;
    if (offset === null) this.place();
    else this.move(edge, atWord(this.text.textContent, offset, edge));
  }

  // Put the handles at the edges of the lit words, or away if none are lit.
  place() {
    const lit = [...this.text.querySelectorAll("[data-lit~=content]")];
    for (const handle of this.handles) handle.hidden = !lit.length;
    if (!lit.length) return;
    const frame = this.text.parentElement.getBoundingClientRect();
    const [first, last] = [lit[0].getClientRects()[0], [...lit.at(-1).getClientRects()].at(-1)];
    this.#put(this.handles[0], first.left - frame.left, first.top - frame.top, first.height);
    this.#put(this.handles[1], last.right - frame.left, last.top - frame.top, last.height);
  }

  #put(handle, left, top, height) {
    handle.style.left = `${left}px`;
    handle.style.top = `${top}px`;
    handle.style.height = `${height}px`;
  }
}
