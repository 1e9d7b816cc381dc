// A column of results by keyboard: digits and letters by physical key, Enter and arrows down and up,
// Ctrl+S saves. A mark that differs from the proposal asks for its reason. Leaving unsaved is asked about.

const BY_KEY = {
  KeyY: "н/а", KeyJ: "осв", KeyP: "зач", Minus: "незач", NumpadSubtract: "незач",
  Digit1: "1", Digit2: "2", Digit3: "3", Digit4: "4", Digit5: "5",
  Numpad1: "1", Numpad2: "2", Numpad3: "3", Numpad4: "4", Numpad5: "5",
};
const STEPS = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };

export default function termMarks(form) {
  const marks = [...form.querySelectorAll("input.decision")];
  const reasons = [...form.querySelectorAll("input.reason")];
  if (!marks.length) return;
  let dirty = Boolean(form.querySelector(".filled"));

  const ask = (mark) => {
    const { offer } = mark.dataset;
    const differs = offer !== "*" && mark.value !== "" && mark.value !== offer;
    mark.closest("tr").classList.toggle("wanted", differs);
  };

  const step = (list, field, by) => {
    const next = list[list.indexOf(field) + by];
    if (!next) return;
    next.focus();
    next.select();
  };

  form.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyS") {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target;
    const list = marks.includes(field) ? marks : reasons.includes(field) ? reasons : null;
    if (!list) return;
    if (event.key in STEPS) {
      event.preventDefault();
      step(list, field, STEPS[event.key]);
      return;
    }
    const value = list === marks && !event.shiftKey ? BY_KEY[event.code] : undefined;
    if (value === undefined) return;
    event.preventDefault();
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  form.addEventListener("input", (event) => {
    dirty = true;
    if (marks.includes(event.target)) ask(event.target);
  });
  form.addEventListener("submit", () => {
    dirty = false;
  });
  addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
  marks.forEach(ask);
}
