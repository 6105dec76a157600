// One key, one action; silent while somebody types, while a dialog is open and with modifier keys.
export function onKeys(actions) {
  addEventListener("keydown", (event) => {
    const field = event.target.closest?.("input:not([type=checkbox]), textarea, select");
    if (field) {
      inField(event, field);
      return;
    }
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    action();
  });
}

function inField(event, field) {
  if (event.key === "Escape") {
    field.blur();
    field.closest(".card")?.focus();
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form?.requestSubmit(field.form.querySelector("[value=note]"));
}
