// From a key press to what is meant. Letters go by the physical key, so no layout has to be switched.

const LETTERS = { KeyY: "n", Comma: "b", KeyE: "u", KeyG: "p", KeyJ: "o" };
const CYRILLIC = { н: "n", б: "b", у: "u", п: "p", о: "o" };
const WORDS = { KeyP: "зач", KeyF: "н/а", KeyC: "осв" };                       // з, а, с
const CYRILLIC_WORDS = { з: "зач", а: "н/а", с: "осв" };
const SIGNS = {
  Slash: "•", Period: "•", NumpadDecimal: "•",
  Minus: "незач", NumpadSubtract: "незач", NumpadAdd: "зач",
};
const DOT = new Set(["Slash", "Period"]);
const MOVES = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
  PageUp: [-10, 0], PageDown: [10, 0], Home: [0, -Infinity], End: [0, Infinity],
};

const digit = (event) => {
  const found = /^(?:Digit|Numpad)([1-5])$/.exec(event.code);
  if (found && !(event.code.startsWith("Digit") && event.shiftKey && !/[1-5]/.test(event.key))) return found[1];
  return /^[1-5]$/.test(event.key) ? event.key : null;
};

const typed = (event) => {
  const mark = digit(event);
  if (mark) return { type: "mark", value: mark };
  const key = event.key.toLowerCase();
  if (key in CYRILLIC) return { type: "absence", code: CYRILLIC[key] };
  if (key in CYRILLIC_WORDS) return { type: "mark", value: CYRILLIC_WORDS[key] };
  if (key === "•") return { type: "mark", value: "•" };
  if (/^[а-яё]$/.test(key) && !DOT.has(event.code)) return null;
  if (event.code in LETTERS) return { type: "absence", code: LETTERS[event.code] };
  const value = WORDS[event.code] ?? SIGNS[event.code];
  return value ? { type: "mark", value } : null;
};

const withControl = (event) => {
  if (event.code === "KeyZ") return { type: "undo" };
  if (event.code === "KeyS") return { type: "send" };
  if (event.key === "Enter") return { type: "lesson" };
  if (event.key === "Home") return { type: "move", by: [-Infinity, -Infinity], extend: event.shiftKey };
  if (event.key === "End") return { type: "move", by: [Infinity, Infinity], extend: event.shiftKey };
  if (event.key in MOVES) return { type: "move", by: MOVES[event.key].map((step) => step * Infinity || 0), extend: event.shiftKey };
  return null;
};

const PLAIN = {
  Enter: (event) => ({ type: "enter", by: event.shiftKey ? -1 : 1 }),
  Tab: (event) => ({ type: "tab", by: event.shiftKey ? -1 : 1 }),
  Delete: () => ({ type: "clear" }),
  Backspace: () => ({ type: "clear" }),
  Escape: () => ({ type: "escape" }),
  F1: () => ({ type: "keys" }),
  F2: () => ({ type: "cell" }),
  F4: () => ({ type: "attendance" }),
};

export const meant = (event) => {
  if (event.isComposing) return null;
  if (event.altKey) return event.code === "KeyR" && !event.ctrlKey ? { type: "plan" } : null;   // К by its place
  if (event.ctrlKey || event.metaKey) return withControl(event);
  if (event.key in PLAIN) return PLAIN[event.key](event);
  if (event.key in MOVES) return { type: "move", by: MOVES[event.key], extend: event.shiftKey };
  return typed(event);
};
