// What each key and press does in the grid.
import { meant } from "./keys.js";
import { Planner } from "./planned.js";
import { Spreadsheet } from "./spreadsheet.js";
import { shortDay } from "./view.js";

export class Commands {
  constructor(journal) {
    Object.assign(this, journal);
    this.journal = journal;
    this.typing = false;
    this.drawing = false;
    this.spreadsheet = new Spreadsheet(this);
    this.planner = new Planner(this);
  }

  listen() {
    const { table } = this.view;
    table.addEventListener("keydown", (event) => this.key(event));
    table.addEventListener("mousedown", (event) => this.press(event));
    table.addEventListener("dblclick", (event) => { if (event.target.closest("td")) this.cell(); });
    table.addEventListener("focusin", (event) => { if (event.target.matches("td") && event.target !== this.focus.td) this.focus.take(event.target); });
    table.addEventListener("focusin", () => this.focus.td?.parentElement.classList.add("at"));
    table.tHead.addEventListener("click", (event) => this.head(event));
    table.addEventListener("mouseover", (event) => this.drag(event));
    document.addEventListener("mouseup", () => { this.drawing = false; });
    this.spreadsheet.listen();
    document.addEventListener("keydown", (event) => this.anywhere(event));
    this.workspace.addEventListener("click", (event) => this.button(event));
  }

  openAtToday() {
    const { lessons, today } = this.data;
    const last = (fits) => lessons.map(fits).lastIndexOf(true);
    const asked = last((lesson) => `#lesson-${lesson.id}` === location.hash);
    const running = last((lesson) => lesson.date === today && lesson.begun && !lesson.cancelled);
    const next = lessons.findIndex((lesson) => lesson.date === today && !lesson.cancelled);
    const begun = last((lesson) => lesson.begun);
    const column = [asked, running, next, begun, 0].find((place) => place >= 0);
    if (!this.view.rows.length || !lessons.length) return;
    this.focus.start(0, column, this.data.canWrite && document.activeElement === document.body);   // who opens it types at once
    this.focus.scrollTo(column);
    if (asked >= 0) this.lesson();
  }

  // keys of the whole page: F1, F4, Ctrl+S work wherever the focus is; in a panel Ctrl+S is its own
  anywhere(event) {
    if (event.defaultPrevented) return;
    const command = meant(event);
    const known = this.panel.element.contains(event.target) ? ["attendance"] : ["keys", "send", "attendance"];
    if (!known.includes(command?.type) || !this.focus.td) return;
    event.preventDefault();
    this[command.type](command);
  }

  key(event) {
    if (event.target.closest(".explain") || event.target.matches("a, .day button")) return;
    const command = meant(event);
    if (!command || !this[command.type]) return;
    const handled = this[command.type](command) !== false;
    if (handled) event.preventDefault();
  }

  press(event) {
    const td = event.target.closest("td");
    if (!td || event.target.closest(".explain, .sum > a") || event.button !== 0) return;   // a figure must not scroll away from under the finger
    if (!event.target.closest("button")) event.preventDefault();
    this.typing = false;
    this.drawing = true;
    this.focus.take(td, { extend: event.shiftKey });
  }

  // the mouse draws a selection; a finger scrolls
  drag(event) {
    const td = event.target.closest("td");
    if (!this.drawing || event.buttons !== 1 || !td || td === this.focus.td || !td.closest("tbody") || event.target.closest(".explain")) return;
    if (this.view.of(td).key) this.focus.take(td, { extend: true });
  }

  head(event) {
    const day = event.target.closest(".day");
    if (!day) return;
    const column = this.view.heads.indexOf(day);
    this.focus.take(this.view.at(this.focus.place.row, column), { focus: event.shiftKey, extend: event.shiftKey });
    if (!event.shiftKey) this.lesson();
  }

  button(event) {
    const button = event.target.closest("[data-key]");
    if (!button) return;
    const { key, value } = button.dataset;
    const padded = button.closest(".mark-pad") !== null;
    const many = this.focus.selected.length > 1;
    if (!many) this.focus.take(this.focus.td);
    const said = this[key]({ value, code: value });
    if (padded && said === "written" && !many) this.nextPupil();
  }

  // the mark pad goes on to the next pupil of that day by itself
  nextPupil() {
    const { lesson } = this.here();
    const down = this.focus.below((td) => this.facts.onRoster(lesson, this.view.of(td).pupil));
    if (!down) this.footline.say(this.words.say("last_pupil"), null, true);
  }

  moved(td) {
    this.footline.show(td);
    this.planner.prepare();
    this.attendanceChip();
    const { lesson, key } = this.view.of(td);
    if (!key || this.panel.dirty) return;
    if (this.panel.name === "lesson" && this.journal.lessonPanel.lesson.id !== lesson.id) this.journal.lessonPanel.show(lesson);
    if (this.panel.name === "cell" && this.journal.cellPanel.key !== key) this.journal.cellPanel.show(key);
  }

  here() {
    return this.view.of(this.focus.td);
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
    const figure = this.focus.td.querySelector("a[aria-expanded]");
    if (figure) return figure.click();
    return this.focus.move([by, 0]) || true;
  }

  tab({ by }) {
    return this.typing && this.focus.move([0, by]);
  }

  escape() {
    this.typing = false;
    if (this.focus.selected.length) this.focus.select(null);
    else return this.panel.open ? this.panel.close() : false;
    return true;
  }

  mark({ value }) {
    const { key } = this.here();
    if (!key) return false;
    this.typing = true;
    if (this.focus.selected.length > 1) return this.fill(value, (one) => this.typeMark(one, value));
    if (this.writing.target(key) === null) {
      this.tell(this.words.say("several_marks"));
      return this.cell();
    }
    return this.put(this.writing.mark(key, value));
  }

  typeMark(key, value) {
    return this.writing.target(key) === null ? this.words.say("several_marks") : this.writing.mark(key, value);
  }

  absence({ code }) {
    const { key } = this.here();
    if (!key) return false;
    this.typing = true;
    const letter = this.words.words.codes[code][0];
    if (this.focus.selected.length > 1) return this.fill(letter, (one) => this.writing.absence(one, code));
    return this.put(this.writing.absence(key, code));
  }

  put(why) {
    this.tell(why);
    return why ? true : "written";
  }

  clear() {
    if (this.focus.selected.length > 1) return this.fill("–", (one) => this.writing.clear(one));
    return this.put(this.writing.clear(this.here().key));
  }

  // the same entry into every selected cell of a pupil who was there that day; the others stay untouched
  fill(written, write) {
    const keys = this.focus.selected.map((td) => this.view.of(td)).filter(({ key, lesson, pupil }) => key && this.facts.onRoster(lesson, pupil));
    const refused = [];
    this.writing.together(() => {
      for (const { key } of keys) {
        const why = write(key);
        if (why) refused.push(this.refusal(key, written, why));
      }
    });
    this.report("fill", keys.length - refused.length, refused);
    return true;
  }

  refusal(key, written, why) {
    const { lesson, pupil } = this.writing.ids(key);
    return { key, where: `${pupil.name}, ${shortDay(lesson.date)}`, text: `${written}: ${why}` };
  }

  // what became of many entries at once: how many went in, and each that did not with its reason
  report(name, done, refused) {
    this.footline.say(done ? this.words.count("n_entered", done) : "", null, true);
    const left = done ? this.words.count("n_not_entered", refused.length) : this.words.say("nothing_entered");
    this.issues.notice(name, "warn", refused.length ? left : "", refused);
  }

  // from a list to the cell it speaks of
  go(key) {
    const [lesson, pupil] = key.split(":").map(Number);
    const td = this.view.td(lesson, pupil);
    if (td) this.focus.take(td);
  }

  undo() {
    this.planner.forget();
    for (const act of ["fill", "paste"]) this.issues.notice(act, "warn", "");   // what was refused of it is past
    const { why, keys } = this.writing.undo();
    if (keys.length) this.go(keys[0]);
    if (!why && keys.length) this.footline.say(this.words.count("n_taken_back", keys.length), null, true);
    return this.tell(why);
  }

  plan() { this.planner.take(); }

  send() { this.sender.now(); }

  cell() {
    const { key } = this.here();
    if (!key || !this.free()) return false;
    this.journal.cellPanel.show(key);
    this.panel.enter();
    return true;
  }

  lesson() {
    const { lesson } = this.here();
    if (!lesson || !this.free()) return false;
    this.journal.lessonPanel.show(lesson);
    this.panel.enter();
    return true;
  }

  keys() {
    if (!this.free()) return;
    this.panel.show("keys", { fill: () => {} });
    this.panel.enter();
  }

  free() {
    return !this.panel.open || this.panel.close({ focus: false });
  }

  attendance(given) {
    const lesson = given?.id ? given : this.here().lesson;
    if (!lesson) return false;
    const may = this.may.absence(lesson, null);
    if (!may.ok) return this.tell(may.why);
    if (lesson.taken || this.pendingAttendance(lesson)) return this.tell(this.words.say("already_taken", { day: lesson.date.slice(8) }));
    return this.tell(this.writing.attendance(lesson));
  }

  pendingAttendance(lesson) {
    return this.queue.entries.some((entry) => entry.lesson.id === lesson.id && entry.state === "pending"
      && ["take_attendance", "put_absence"].includes(entry.operation.kind));
  }

  // the chip of the toolbar is the button «Отсутствующих нет» until attendance is taken
  attendanceChip() {
    const place = this.workspace.querySelector("[data-part-of-grid='attendance']");
    const lesson = this.focus.td && this.here().lesson;
    if (!place || !lesson) return;
    const [chip, button] = place.children;
    const day = `${lesson.date.slice(8)}.${lesson.date.slice(5, 7)}`;
    const taken = lesson.taken || this.pendingAttendance(lesson);
    const offer = !taken && lesson.begun && this.may.absence(lesson, null).ok;
    button.hidden = !offer;
    chip.hidden = offer;
    chip.className = `chip ${taken ? "ok" : lesson.begun ? "bad" : "plain-chip"}`;
    const at = lesson.takenAt?.startsWith(day) ? lesson.takenAt.slice(-5) : lesson.takenAt;
    const said = taken ? (at ? "chip_taken_at" : "chip_taken") : lesson.begun ? "chip_not_taken" : "chip_not_begun";
    chip.textContent = this.words.say(said, { day, at });
    button.textContent = this.words.say("nobody_absent_on", { day });
  }

  paintHead(lessonId) {
    const lesson = this.facts.lessons.get(lessonId);
    const head = this.view.table.querySelectorAll("thead .kind")[lesson.place];
    const [work, ...others] = this.facts.kinds(lesson);
    if (!work) head?.replaceChildren();
    if (!head || !work) return;
    const short = document.createElement("abbr");
    short.title = [work, ...others].map(({ title }) => title).join(", ");
    short.textContent = others.length ? `${work.short}+${others.length}` : work.short;
    const weight = document.createElement("sub");
    const heaviest = Math.max(...lesson.works.map((one) => one.weight));
    weight.textContent = `×${heaviest}`;
    head.replaceChildren(short, ...(heaviest > 1 ? [weight] : []));
  }
}
