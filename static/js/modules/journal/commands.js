// What each key and press does in the grid.
import { understand, read, write } from "./clipboard.js";
import { meant } from "./keys.js";

export class Commands {
  constructor(journal) {
    Object.assign(this, journal);
    this.journal = journal;
    this.typing = false;
  }

  listen() {
    const { table } = this.view;
    table.addEventListener("keydown", (event) => this.key(event));
    table.addEventListener("mousedown", (event) => this.press(event));
    table.addEventListener("dblclick", (event) => { if (event.target.closest("td")) this.cell(); });
    table.addEventListener("focusin", (event) => { if (event.target.matches("td") && event.target !== this.focus.td) this.focus.take(event.target); });
    table.addEventListener("focusin", () => this.focus.td?.parentElement.classList.add("at"));
    table.tHead.addEventListener("click", (event) => this.head(event));
    document.addEventListener("copy", (event) => this.copy(event));
    document.addEventListener("paste", (event) => this.paste(event));
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
    this.focus.start(0, column);
    this.focus.scrollTo(column);
    if (asked >= 0) this.lesson();
  }

  // keys of the whole page: F1, Ctrl+S, F4 work wherever the focus is
  anywhere(event) {
    if (event.defaultPrevented || this.panel.element.contains(event.target)) return;
    const command = meant(event);
    if (!["keys", "send"].includes(command?.type)) return;
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
    if (!td || event.target.closest(".explain") || event.button !== 0) return;
    if (!event.target.closest("button, a")) event.preventDefault();
    this.typing = false;
    this.focus.take(td, { extend: event.shiftKey });
  }

  head(event) {
    const day = event.target.closest(".day");
    if (!day) return;
    const column = this.view.heads.indexOf(day);
    this.focus.take(this.view.at(this.focus.place.row, column), { focus: false });
    this.lesson();
  }

  button(event) {
    const button = event.target.closest("[data-key]");
    if (!button) return;
    const { kind, value } = button.dataset;
    this.focus.take(this.focus.td);
    this[button.dataset.key]({ type: kind, value, code: value });
  }

  moved(td) {
    this.footline.show(td);
    this.attendanceChip();
    const { lesson } = this.view.of(td);
    const shown = this.panel.name === "lesson" ? this.journal.lessonPanel.lesson.id : null;
    if (lesson && shown && shown !== lesson.id && !this.panel.dirty) this.journal.lessonPanel.show(lesson);
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
    if (this.writing.target(key) === null) {
      this.tell(this.words.say("several_marks"));
      return this.cell();
    }
    return this.tell(this.writing.mark(key, value));
  }

  absence({ code }) {
    const { key } = this.here();
    if (!key) return false;
    this.typing = true;
    return this.tell(this.writing.absence(key, code));
  }

  clear() {
    const keys = this.focus.block().flat().map((td) => this.view.of(td).key).filter(Boolean);
    const whys = this.writing.together(() => keys.map((key) => this.writing.clear(key)));
    return this.tell(whys.find(Boolean));
  }

  undo() {
    const { why, keys } = this.writing.undo();
    const [lesson, pupil] = (keys[0] ?? "").split(":").map(Number);
    const td = this.view.td(lesson, pupil);
    if (td) this.focus.take(td);
    return this.tell(why);
  }

  send() {
    this.sender.now();
  }

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
    chip.textContent = this.words.say(taken ? "chip_taken" : lesson.begun ? "chip_not_taken" : "chip_not_begun", { day });
    button.textContent = this.words.say("nobody_absent_on", { day });
  }

  paintHead(lessonId) {
    const lesson = this.facts.lessons.get(lessonId);
    const head = this.view.table.querySelectorAll("thead .kind")[lesson.place];
    const [work, ...others] = lesson.works;
    if (!head || !work) return;
    const short = document.createElement("abbr");
    short.title = lesson.works.map(({ caption, title }) => caption || title).join(", ");
    short.textContent = others.length ? `${work.short}+${others.length}` : work.short;
    const weight = document.createElement("sub");
    const heaviest = Math.max(...lesson.works.map((one) => one.weight));
    weight.textContent = `×${heaviest}`;
    head.replaceChildren(short, ...(heaviest > 1 ? [weight] : []));
  }

  copy(event) {
    if (!this.view.table.contains(document.activeElement)) return;
    const text = write(this.focus.block(), (td) => this.textOf(td));
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  }

  textOf(td) {
    const { key } = this.view.of(td);
    if (!key) return td.textContent.trim();
    const { marks, absence } = this.view.state(key);
    return [absence && this.words.words.codes[absence.code][0], ...marks.map((mark) => mark.value)].filter(Boolean).join(" ");
  }

  paste(event) {
    if (!this.view.table.contains(document.activeElement)) return;
    event.preventDefault();
    const lines = read(event.clipboardData.getData("text/plain"));
    const start = this.focus.selected[0] ? this.view.place(this.focus.selected[0]) : this.focus.place;
    const refused = [];
    this.writing.together(() => lines.forEach((cells, down) => cells.forEach((written, right) => {
      const why = this.pasteOne(this.view.at(start.row + down, start.column + right), written);
      if (why) refused.push(`${written}: ${why}`);
    })));
    const text = refused.length ? `${this.words.count("n_not_pasted", refused.length)} ${[...new Set(refused)].slice(0, 3).join(" ")}` : "";
    this.issues.notice("paste", "warn", text);
  }

  pasteOne(td, written) {
    const value = understand(written);
    if (value === null) return null;
    const { key } = td ? this.view.of(td) : {};
    if (!key) return this.words.say("beyond_the_table");
    if (value === undefined) return this.words.say("not_understood");
    if (value.type === "absence") return this.writing.absence(key, value.code);
    return this.writing.target(key) === null ? this.words.say("several_marks") : this.writing.mark(key, value.value);
  }

}
