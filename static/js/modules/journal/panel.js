// The panel beside the grid: one at a time, made from a <template>, Esc closes it and gives the focus back.

export class Panel {
  constructor(element, { workspace, back, words, writes }) {
    Object.assign(this, { element, workspace, back, words, writes });
    this.name = null;
    this.dirty = false;
    element.addEventListener("keydown", (event) => this.key(event));
    element.addEventListener("input", () => { this.dirty = true; });
    element.addEventListener("click", (event) => {
      if (event.target.closest("[data-do='close']")) this.close();
    });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    addEventListener("beforeunload", (event) => { if (this.dirty) event.preventDefault(); });
  }

  get open() {
    return this.name !== null;
  }

  // `fill(element)` puts the values in; `save()` answers with a sentence for the foot or null
  show(name, { fill, save = null, keys = null }) {
    const content = document.getElementById(`panel-${name}`).content.cloneNode(true);
    Object.assign(this, { name, save, keys, dirty: false });
    this.element.replaceChildren(content);
    fill(this.element);
    const submit = this.element.querySelector("[type='submit']");
    if (submit) submit.hidden = !this.writes;   // who only reads has nothing to save
    this.element.hidden = false;
    this.workspace.classList.add("with-panel");
  }

  enter() {
    const first = this.element.querySelector("[data-first]:not(:disabled, [readonly]), :is(input, textarea, select):not(:disabled, [readonly])");
    (first ?? this.element.querySelector("[data-do='close']"))?.focus();
  }

  // unsaved typing is not thrown away without a question
  close({ focus = true } = {}) {
    if (!this.open || (this.dirty && !window.confirm(this.words.say("leave_panel")))) return false;
    this.name = null;
    this.dirty = false;
    this.element.hidden = true;
    this.element.replaceChildren();
    this.workspace.classList.remove("with-panel");
    if (focus) this.back();
    return true;
  }

  submit() {
    if (!this.save) return;
    const said = this.save();
    if (said.ok) this.dirty = false;
    const foot = this.element.querySelector("[data-said]");
    if (foot) foot.textContent = said.text;
    if (!said.ok) said.field?.focus();
  }

  key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if ((event.ctrlKey || event.metaKey) && event.code === "KeyS") {
      event.preventDefault();
      this.submit();
    } else {
      this.keys?.(event);
    }
  }
}

// shows why a part cannot be written, and the way out; its fields stay readable
export const lockPart = (part, why, way = []) => {
  const place = part.querySelector("[data-why]");
  place.replaceChildren(why ?? "", ...(why ? way : []));
  place.hidden = !why;
  for (const field of part.querySelectorAll("input, textarea, select, button")) {
    if (field.matches("textarea, input[type=text], input:not([type])")) field.readOnly = Boolean(why);
    else field.disabled = Boolean(why);
  }
};

export const between = (text, low, high) => {
  const number = Number(text);
  return Number.isInteger(number) && number >= low && number <= high;
};

// nothing is cut off in silence: what is too long stays in its field and is said
export const tooLong = (element, words) => {
  const long = [...element.querySelectorAll("[data-longest]")].find((one) => one.value.trim().length > Number(one.dataset.longest));
  return long ? { field: long, text: words.say("too_long", { max: long.dataset.longest, n: long.value.trim().length }) } : null;
};

export const options = (select, pairs, chosen) => {
  select.replaceChildren(...pairs.map(([value, text]) => new Option(text, value, false, String(value) === String(chosen))));
};
