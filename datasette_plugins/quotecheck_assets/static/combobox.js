// Type-ahead for a speaker's name: the article's names first, then known people, then "unknown", then the name as typed.
let serial = 0;

export class Combobox {
  constructor(input) {
    this.input = input;
    this.list = document.createElement("ul");
    this.list.className = "options";
    this.list.id = `options-${(serial += 1)}`;
    this.list.role = "listbox";
    this.list.setAttribute("aria-label", "Names");
    this.list.hidden = true;
    (input.closest("label") ?? input).after(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": this.list.id })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.#fill());
    input.addEventListener("focus", () => this.#fill());
    input.addEventListener("blur", () => this.#close());
    input.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.#choose(event.target.closest("[role=option]"));
    });
  }

  async #fill() {
    const typed = this.input.value.trim();
    const asked = (this.asked = typed);
    this.#show(typed, []);
    if (!typed) return;
    const known = await this.#known(typed);
    if (asked === this.asked && document.activeElement === this.input) this.#show(typed, known);
  }

  async #known(typed) {
    try {
      const response = await fetch(`${new URL("../speakers.json", import.meta.url).pathname}?q=${encodeURIComponent(typed)}`);
      return response.ok ? await response.json() : [];
    } catch {
      return [];
    }
  }

  #show(typed, known) {
    const matches = (name) => name.toLowerCase().includes(typed.toLowerCase());
    const here = [...document.querySelectorAll("#names option")].map((option) => option.value).filter(matches);
    const others = known.filter(({ name }) => !here.includes(name));
    const options = [...here.map((name) => [name, "in this article"]), ...others.map(({ name, kind }) => [name, kind])];
    if (this.input.name === "who" && matches("unknown")) options.push(["unknown", "nobody can say"]);
    const isNew = typed && !options.some(([name]) => name.toLowerCase() === typed.toLowerCase());
    if (isNew && this.input.name === "who") options.push([typed, "new"]);
    this.list.replaceChildren(...options.slice(0, 12).map(([name, note], index) => this.#option(name, note, index)));
    this.at = -1;
    const isSettled = options.length === 1 && options[0][0].toLowerCase() === typed.toLowerCase();
    this.#open(options.length > 0 && !isSettled);
  }

  #option(name, note, index) {
    const option = document.createElement("li");
    option.role = "option";
    option.id = `${this.list.id}-${index}`;
    option.dataset.value = name;
    option.setAttribute("aria-selected", "false");
    const hint = document.createElement("span");
    hint.className = "hint";
    hint.textContent = note.replace("_", " ");
    option.append(name, " ", hint);
    return option;
  }

  #open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.input.removeAttribute("aria-activedescendant");
  }

  #close() {
    this.#open(false);
  }

  #key(event) {
    const options = [...this.list.children];
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.#close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.at = (this.at + step + options.length + (this.at < 0 && step < 0 ? 1 : 0)) % options.length;
      this.#open(true);
      options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.at)));
      this.input.setAttribute("aria-activedescendant", options[this.at].id);
      options[this.at].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && this.at >= 0 && !this.list.hidden) {
      this.#choose(options[this.at], event);
    }
  }

  // Choosing with Enter fills the field and lets the form go; choosing by pointer fills it only.
  #choose(option) {
    if (!option) return;
    this.input.value = option.dataset.value;
    this.#close();
  }
}

export function comboboxes(root) {
  for (const input of root.querySelectorAll("[data-combobox]:not([role])")) new Combobox(input);
}
