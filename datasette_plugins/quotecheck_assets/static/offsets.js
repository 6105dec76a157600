// The one place where the browser's UTF-16 positions and the desk's offsets (Unicode code points) meet.
const points = (words) => [...words].length;

// The code point offset in `root`'s text of a position in its document (a node and an offset within it).
export function offsetOf(root, node, at) {
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEnd(node, at);
  return points(before.toString());
}

// The stretch of `root`'s text that is selected, as code points without blanks at its edges; null if there is none.
export function selected(root) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
  const words = range.toString();
  const start = offsetOf(root, range.startContainer, range.startOffset) + points(words) - points(words.trimStart());
  const text = words.trim();
  return text ? { start, end: start + points(text), text } : null;
}

// Where the caret was last set in `root`'s text, as a code point offset; null if it is elsewhere.
export function caret(root) {
  const selection = getSelection();
  if (!selection.rangeCount || !root.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  return offsetOf(root, range.startContainer, range.startOffset);
}

// The code point offset under a point of the window; null if it is not over `root`'s text.
export function offsetAt(root, x, y) {
  const place = document.caretPositionFromPoint?.(x, y);
  const range = place ? null : document.caretRangeFromPoint?.(x, y);
  const [node, at] = place ? [place.offsetNode, place.offset] : [range?.startContainer, range?.startOffset];
  return node && root.contains(node) ? offsetOf(root, node, at) : null;
}

// An offset moved to the edge of the word around it: spans begin and end with words.
export function atWord(text, offset, edge) {
  const letters = [...text];
  const isBlank = (place) => place < 0 || place >= letters.length || /\s/u.test(letters[place]);
  let place = offset;
  if (edge === "start") {
    if (isBlank(place)) while (place < letters.length && isBlank(place)) place += 1;
    else while (!isBlank(place - 1)) place -= 1;
  } else if (isBlank(place - 1)) while (place > 0 && isBlank(place - 1)) place -= 1;
  else while (!isBlank(place)) place += 1;
  return place;
}
