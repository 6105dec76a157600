// The queue and the people pages: type-ahead for names, Enter on the queue starts it.
import { comboboxes } from "./combobox.js";
import { onKeys } from "./keys.js";

comboboxes(document);
onKeys({ g: () => document.getElementById("search")?.focus(), s: () => document.getElementById("start")?.click() });
