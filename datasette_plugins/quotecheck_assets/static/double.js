// Double review: keys 1, 2 and 3 for the conflict on top or in focus, names on demand.
import { comboboxes } from "./combobox.js";
import { onKeys } from "./keys.js";

document.body.classList.add("scripted");
const conflict = () => document.activeElement.closest?.(".conflict-card") ?? document.querySelector(".conflict-card");

function take(index) {
  const button = conflict()?.querySelectorAll("button[name=take].primary")[index];
  button?.click();
}

document.getElementById("show-names")?.addEventListener("change", ({ target }) => {
  for (const name of document.querySelectorAll(".reader-name")) name.hidden = !target.checked;
});
comboboxes(document);
onKeys({
  1: () => take(0),
  2: () => take(1),
  3: () => {
    const panel = conflict()?.querySelector(".settle details");
    if (!panel) return;
    panel.open = true;
    panel.querySelector("input").focus();
  },
  g: () => document.getElementById("search")?.focus(),
});
