// Sending a form of the page; the server answers with the card as it then stands. One at a time, in order.
const OUT_OF_DATE = "Not saved: this page is out of date. Reload it and decide again.";
let last = Promise.resolve();

export function inOrder(work) {
  last = last.then(work, work);
  return last;
}

export async function send(address, body, action) {
  const headers = { accept: "application/json", "x-csrftoken": body.get("csrftoken") };
  try {
    const response = await fetch(address, { method: "POST", body, headers });
    return await read(response, action);
  } catch {
    return { ok: false, message: "Not saved: the desk does not answer." };
  }
}

async function read(response, action) {
  const isJson = (response.headers.get("content-type") ?? "").startsWith("application/json");
  const answer = isJson ? await response.json() : {};
  if (response.ok) return { ...answer, message: saved(answer, action) };
  if (response.status === 409 && answer.html) return { ...answer, message: "Not saved: somebody else was here first." };
  if (response.status >= 500) return { ok: false, message: "Not saved: the desk failed. Try again in a moment." };
  return { ok: false, message: answer.error ?? OUT_OF_DATE };
}

const DONE = { undo: "Taken back", redo: "Brought back", add: "Statement added", note: "Note saved" };

function saved(answer, action) {
  const time = new Date().toLocaleTimeString();
  if (action in DONE) return `${DONE[action]} ${time}${answer.status ? `: ${answer.status}` : ""}`;
  return `Saved ${time}${answer.status ? `: ${answer.status}` : ""} · z takes it back`;
}
