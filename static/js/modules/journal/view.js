// The table: finds cells, paints one, marks the focused and the selected. Touches only what changed.
import { cellKey } from "./facts.js";
import { shown, standing } from "./overlay.js";

const element = (name, css, text, title) => {
  const made = document.createElement(name);
  if (css) made.className = css;
  if (title) made.title = title;
  made.textContent = text;
  return made;
};

export const MARK_CSS = { 5: "m5", 4: "m4", 3: "m3", 2: "m2", 1: "m2", "•": "dot", незач: "m2", зач: "m5" };

export class View {
  constructor(table, facts, words, queue) {
    Object.assign(this, { table, facts, words, queue });
    this.rows = [...table.tBodies[0].rows];
    this.heads = [...table.tHead.querySelectorAll(".day")];
    this.base = new WeakMap();
    this.painted = new Set();
    this.looks = new Map();
    this.refusals = new Map();
    this.count();
  }

  // what a screen reader says of a place; the column of a cell is said when it is reached (focus.js)
  count() {
    this.table.setAttribute("aria-rowcount", this.table.rows.length);
    this.table.setAttribute("aria-colcount", this.rows[0]?.cells.length ?? 0);
    if (this.facts.data.canWrite) this.table.setAttribute("aria-multiselectable", "true");
    for (const row of this.table.rows) row.setAttribute("aria-rowindex", row.rowIndex + 1);
  }

  place(td) {
    return { row: td.parentElement.sectionRowIndex, column: td.cellIndex - 1 };
  }

  at(row, column) {
    return this.rows[row]?.cells[column + 1] ?? null;
  }

  td(lessonId, pupilId) {
    const lesson = this.facts.lessons.get(lessonId);
    const pupil = this.facts.pupils.get(pupilId);
    return lesson && pupil ? this.at(pupil.place, lesson.place) : null;
  }

  of(td) {
    const { row, column } = this.place(td);
    const lesson = this.facts.lessonAt(column);
    const pupil = this.facts.pupilAt(row);
    return { lesson, pupil, key: lesson && pupil ? cellKey(lesson.id, pupil.id) : null };
  }

  state(key) {
    return shown(this.facts.cell(key), this.queue.ofCell(key));
  }

  css(td) {
    if (!this.base.has(td)) this.base.set(td, td.className.replace(/\b(noted|pending|refused|conflict|selected)\b/g, "").trim());
    return this.base.get(td);
  }

  paint(key) {
    const [lessonId, pupilId] = key.split(":").map(Number);
    const td = this.td(lessonId, pupilId);
    if (!td) return;
    const state = this.state(key);
    if (state.state) this.painted.add(key);
    else this.painted.delete(key);
    const known = state.absence ? null : this.facts.knownOf(key);
    const look = JSON.stringify([state.marks, state.absence, state.state, state.conflict?.op, known]);
    if (this.looks.get(key) === look) return;
    this.looks.set(key, look);
    const noted = !state.conflict && state.marks.some((mark) => mark.comment);
    const selected = td.classList.contains("selected");
    td.className = [this.css(td), noted && "noted", state.state, selected && "selected"].filter(Boolean).join(" ");
    td.replaceChildren(...(state.conflict ? this.conflict(state.conflict) : this.entries(state, known)));
  }

  // repaints the cells of entries made, answered or taken back, and no other
  refresh(keys) {
    const now = new Set(this.queue.entries.map((entry) => entry.cell).filter(Boolean));
    for (const key of new Set([...keys, ...this.painted, ...now])) this.paint(key);
    this.paintHeads();
  }

  // a column waits, or was refused: by the server, or here with a reason (`refusals`, by lesson)
  paintHeads() {
    const waiting = new Set();
    const refused = new Map(this.refusals);
    for (const entry of this.queue.entries) {
      waiting.add(entry.lesson.id);
      if (!entry.cell && entry.state === "refused") refused.set(entry.lesson.id, entry.message ?? "");
    }
    this.heads.forEach((head, column) => this.paintHead(head, this.facts.lessonAt(column)?.id, waiting, refused));
  }

  paintHead(head, lesson, waiting, refused) {
    const button = head.firstElementChild;
    const why = refused.get(lesson) ?? null;
    head.classList.toggle("pending", waiting.has(lesson) && why === null);
    if (head.classList.toggle("refused", why !== null) === false && !button.querySelector(".why")) return;
    button.querySelector(".why")?.remove();
    button.dataset.title ??= button.title;
    button.title = why ?? button.dataset.title;
    if (why !== null) button.append(element("span", "why visually-hidden", ` ${this.words.say("cell_refused")}: ${why}`));
  }

  refuseColumns(refusals = new Map()) {
    this.refusals = refusals;
    this.paintHeads();
  }

  conflict(entry) {
    const theirs = this.words.theirs(entry) || "–";
    const words = this.words.say("conflict_cell", { mine: entry.mine, theirs });
    return [element("span", "", `${entry.mine}≠${theirs}`), element("span", "visually-hidden", ` ${words}`)];
  }

  entries(state, known) {
    const standingMarks = new Set(standing(state.marks));
    const parts = [];
    if (state.absence) parts.push(this.absence(state.absence));
    else if (known) parts.push(this.known(known));
    for (const mark of state.marks) {
      if (parts.length) parts.push(" ");
      parts.push(standingMarks.has(mark) ? this.mark(mark) : element("s", "was", mark.value));
    }
    const hidden = this.hidden(state);
    if (hidden) parts.push(element("span", "visually-hidden", ` ${hidden}`));
    return parts;
  }

  mark({ value, deadline }) {
    const title = deadline ? this.words.say("dot_until", { day: shortDay(deadline) }) : "";
    return element("span", MARK_CSS[value] ?? "", value, title);
  }

  absence({ code, minutes }) {
    const [letter, title] = this.words.words.codes[code];
    return element("abbr", `c-${code}`, letter, minutes ? this.words.say("late_by", { n: minutes }) : title);
  }

  // an excuse before the lesson is taken: nothing is entered yet
  known([code, confirmed]) {
    const [letter, reason] = this.words.words.codes[code];
    const said = this.words.say(confirmed ? "known_confirmed" : "known_announced", { reason });
    return element("abbr", `known c-${code}`, confirmed ? letter : `${letter}?`, said);
  }

  hidden(state) {
    const comments = state.marks.map((mark) => mark.comment).filter(Boolean);
    const said = comments.map((text) => this.words.say("comment", { text }));
    if (state.state) said.push(this.words.say(`cell_${state.state}`));
    return said.join(" ");
  }
}

export const shortDay = (iso) => `${iso.slice(8, 10)}.${iso.slice(5, 7)}`;
