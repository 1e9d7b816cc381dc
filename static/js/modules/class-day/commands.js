// What each key and press does on the day of a class.
import { meant } from "../journal/keys.js";

const MOST_MINUTES = 600;
const WHOLE = new Set(["n", "b", "u", "p"]);   // with Shift: the whole day

export class DayCommands {
  constructor(day) {
    Object.assign(this, day);
    this.day = day;
    this.typing = false;
    this.drawing = false;
  }

  listen() {
    const { table } = this.view;
    table.addEventListener("keydown", (event) => this.key(event));
    table.addEventListener("mousedown", (event) => this.press(event));
    table.addEventListener("mouseover", (event) => this.drag(event));
    table.addEventListener("focusin", (event) => this.entered(event));
    document.addEventListener("mouseup", () => { this.drawing = false; });
    document.addEventListener("keydown", (event) => this.anywhere(event));
    this.workspace.addEventListener("click", (event) => this.button(event));
    table.addEventListener("change", (event) => this.chosen(event));
    this.minutes?.addEventListener("keydown", (event) => this.lateKey(event));
    this.minutes?.addEventListener("change", () => this.lateDone());
  }

  // opens at the lesson that goes on, or the first that is not taken
  open() {
    const columns = this.facts.data.columns.map((_, column) => this.facts.under(column));
    const missing = columns.findIndex((lessons) => lessons.some((lesson) => lesson.begun && !lesson.cancelled && !lesson.taken));
    this.focus.start(0, Math.max(missing, 0), this.data.canWrite && document.activeElement === document.body);
  }

  entered(event) {
    if (event.target.matches("td") && event.target !== this.focus.td) this.focus.take(event.target);
    this.focus.td?.parentElement.classList.add("at");
  }

  anywhere(event) {
    if (event.defaultPrevented || !this.focus.td) return;
    const command = meant(event);
    if (!["send", "attendance"].includes(command?.type)) return;
    event.preventDefault();
    this[command.type](command);
  }

  key(event) {
    if (event.target.matches("button, select")) return;
    if (/^\d$/.test(event.key) && !event.ctrlKey && !event.metaKey && this.late()) {
      event.preventDefault();
      this.minutes.value = event.key;
      this.minutes.focus();
      return;
    }
    const command = meant(event);
    if (!command || !this[command.type]) return;
    if (command.type === "absence" && event.shiftKey && WHOLE.has(command.code)) command.whole = true;
    if (this[command.type](command) !== false) event.preventDefault();
  }

  press(event) {
    const td = event.target.closest("td");
    if (!td || event.button !== 0 || event.target.matches("select")) return;
    event.preventDefault();
    this.typing = false;
    this.drawing = true;
    this.focus.take(td, { extend: event.shiftKey });
  }

  // the mouse draws a selection; a finger scrolls
  drag(event) {
    const td = event.target.closest("td");
    if (this.drawing && event.buttons === 1 && td && td !== this.focus.td && td.closest("tbody")) this.focus.take(td, { extend: true });
  }

  // from a list to the cell it speaks of
  listed(event) {
    const { go } = event.target.closest("[data-go]")?.dataset ?? {};
    if (go) this.go(go);
    return go !== undefined;
  }

  // the choice in the last column: the whole day, or the reason of every Н
  chosen({ target }) {
    if (!target.matches("[data-whole]") || !target.value) return;
    const { value } = target;
    target.value = "";
    this.whole(this.facts.pupils.get(Number(target.dataset.whole)), value);
  }

  whole(pupil, value) {
    const explains = value.startsWith("=");
    const code = explains ? value.slice(1) : value;
    const { refused, done, told } = explains ? this.wholeDay.explain(pupil, code) : this.wholeDay.absent(pupil, code);
    const letter = this.words.words.codes[code][0];
    this.report("whole", done, refused.map(({ key, why }) => this.refusal(key, letter, why)));
    if (told) this.footline.say(told, null, true);
  }

  button(event) {
    if (this.listed(event)) return;
    const button = event.target.closest("[data-key]");
    if (!button) return;
    const { key, value, column } = button.dataset;
    if (this.focus.selected.length < 2) this.focus.take(this.focus.td);
    this[key]({ code: value, column: column && Number(column) });
  }

  moved(td) {
    this.footline.show(td);
    this.askMinutes();
  }

  // the field for minutes stands there while a lateness is under the focus
  askMinutes() {
    if (!this.minutes || !this.focus.td) return;
    const late = this.late();
    this.minutes.closest("label").hidden = !late;
    this.minutes.value = late?.minutes ?? "";
  }

  here() {
    return this.view.of(this.focus.td);
  }

  // the lateness under the focus, if one stands there
  late() {
    const { key } = this.here();
    const absence = key && this.minutes ? this.view.state(key).absence : null;
    return absence?.code === "o" ? absence : null;
  }

  lateKey(event) {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    if (event.key === "Escape") this.minutes.value = this.late()?.minutes ?? "";
    else if (!this.lateDone()) return;
    this.focus.take(this.focus.td);
  }

  // false when it is no number of minutes: the field keeps it
  lateDone() {
    const text = this.minutes.value.trim();
    const minutes = text ? Number(text) : null;
    const right = minutes === null || (Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES);
    if (!right) this.tell(this.words.say("wrong_late"));
    else if (this.late() && (this.late().minutes ?? null) !== minutes) this.tell(this.writing.absence(this.here().key, "o", minutes));
    return right;
  }

  tell(why) {
    if (why) this.footline.say(why, this.here().lesson);
    return true;
  }

  move({ by, extend }) {
    this.typing = false;
    this.focus.move(by, extend);
  }

  enter({ by }) {
    const choice = this.focus.td.querySelector("select");
    if (choice) return choice.focus() ?? true;
    return this.focus.move([by, 0]) || true;
  }

  tab({ by }) {
    return this.typing && this.focus.move([0, by]);
  }

  escape() {
    this.typing = false;
    if (!this.focus.selected.length) return false;
    this.focus.select(null);
    return true;
  }

  absence({ code, whole }) {
    const { key, pupil } = this.here();
    if (whole && this.data.canWrite) return this.whole(pupil, code) ?? true;
    if (!key) return this.tell(this.words.say("nothing_here", { pupil: pupil.name }));
    this.typing = true;
    if (this.focus.selected.length > 1) return this.fill(this.words.words.codes[code][0], (one) => this.writing.absence(one, code));
    this.tell(this.writing.absence(key, code));
    this.askMinutes();
    return true;
  }

  clear() {
    const { key } = this.here();
    if (this.focus.selected.length > 1) return this.fill("–", (one) => this.writing.clearAbsence(one));
    if (key) this.tell(this.writing.clearAbsence(key));
    this.askMinutes();
    return true;
  }

  fill(written, write) {
    const keys = this.focus.selected.map((td) => this.view.of(td).key).filter(Boolean);
    const refused = [];
    this.writing.together(() => {
      for (const key of keys) {
        const why = write(key);
        if (why) refused.push(this.refusal(key, written, why));
      }
    });
    this.report("fill", keys.length - refused.length, refused);
    return true;
  }

  refusal(key, written, why) {
    const { lesson, pupil } = this.writing.ids(key);
    return { key, where: `${pupil.name}, ${this.words.say("lesson_label", { no: lesson.no })}`, text: `${written}: ${why}` };
  }

  // what became of many entries at once: how many went in, and each that did not with its reason
  report(name, done, refused) {
    this.footline.say(done ? this.words.count("n_entered", done) : "", null, true);
    const left = done ? this.words.count("n_not_entered", refused.length) : this.words.say("nothing_entered");
    this.issues.notice(name, "warn", refused.length ? left : "", refused);
  }

  undo() {
    const { why, keys } = this.writing.undo();
    if (keys.length) this.go(keys[0]);
    if (!why && keys.length) this.footline.say(this.words.count("n_taken_back", keys.length), null, true);
    return this.tell(why);
  }

  go(key) {
    const td = this.view.td(...key.split(":").map(Number));
    if (td) this.focus.take(td);
  }

  send() {
    this.sender.now();
  }

  // «Остальные присутствуют»: every lesson of the column that the class teacher may take
  attendance({ column = this.view.place(this.focus.td).column }) {
    const lessons = this.facts.under(column).filter((lesson) => !lesson.cancelled && !lesson.taken);
    if (!lessons.length) return this.tell(this.words.say("already_taken"));
    const whys = lessons.map((lesson) => this.writing.attendance(lesson)).filter(Boolean);
    return this.tell(whys[0]);
  }
}
