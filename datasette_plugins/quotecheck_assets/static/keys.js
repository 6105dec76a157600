// One key, one action; silent while somebody types, while a dialog is open and with other modifier keys than Alt.
export function onKeys(actions) {
  addEventListener("keydown", (event) => {
    const field = event.target.closest?.("input:not([type=checkbox]), textarea, select");
    if (field) {
      inField(event, field);
      return;
    }
    if (event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const action = actions[event.altKey ? `Alt+${bracket(event)}` : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

// With Alt many keyboards write another sign: then the key's place counts.
function bracket(event) {
  const place = { BracketLeft: "[{", BracketRight: "]}" }[event.code];
  return place && !"[]{}".includes(event.key) ? place[event.shiftKey ? 1 : 0] : event.key;
}

function inField(event, field) {
  if (event.defaultPrevented) return;
  if (event.key === "Escape") {
    field.blur();
    field.closest(".card")?.focus();
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form?.requestSubmit(field.form.querySelector("[value=note]"));
}

// A dialog that every page with keys has.
export function helpDialog() {
  const help = document.getElementById("help");
  const open = () => help?.showModal();
  document.getElementById("open-help")?.addEventListener("click", open);
  return open;
}
