// Sending a form of the page; the server answers with the card as it then stands.
const OUT_OF_DATE = "Not saved: this page is out of date. Reload it and decide again.";

export async function send(form, action) {
  const body = new URLSearchParams(new FormData(form));
  if (action) body.set("action", action);
  const headers = { accept: "application/json", "x-csrftoken": body.get("csrftoken") };
  try {
    const response = await fetch(form.getAttribute("action"), { method: "POST", body, headers });
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

function saved(answer, action) {
  const time = new Date().toLocaleTimeString();
  if (!action) return `Taken back ${time}: ${answer.status}`;
  return action === "note" ? `Note saved ${time}` : `Saved ${time}: ${answer.status} · z takes it back`;
}
