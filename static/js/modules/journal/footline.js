// The line under the grid: where one stands, what may be written there and until when, or why not.
import { unlockWay } from "./issues.js";
import { shortDay } from "./view.js";

export class Footline {
  constructor({ place, answer, data, facts, may, words, view, writing, chosen }) {
    Object.assign(this, { element: place, answer, data, facts, may, words, view, writing, chosen });
  }

  show(td) {
    this.say("");
    this.refresh(td);
  }

  refresh(td) {
    const { lesson, pupil, key } = this.view.of(td);
    if (!lesson || !pupil) return this.put(pupil?.name ?? "", "");
    const where = this.words.say("where", { pupil: pupil.name, day: shortDay(lesson.date), no: lesson.no });
    const more = this.facts.data.canWrite ? this.window(lesson, pupil, key) : lesson.topic;
    return this.put(where, [this.noted(key), this.work(lesson, key), more].filter(Boolean).join(" "), this.way(lesson, pupil, key));
  }

  // where the time is over: the request for this lesson, or for all that are selected
  way(lesson, pupil, key) {
    const chosen = this.chosen();
    if (chosen.length > 1) return unlockWay(this, chosen.filter((one) => !one.marksOpen || !one.absenceOpen));
    if (!this.may.reach(lesson, pupil).ok) return [];
    const open = this.may.mark(lesson, pupil, this.target(key)).ok && this.may.absence(lesson, pupil).ok;
    return open ? [] : unlockWay(this, [lesson]);
  }

  target(key) {
    return this.writing.target(key) ?? this.facts.firstWork(this.writing.ids(key).lesson);
  }

  put(where, text, way = []) {
    const bold = document.createElement("b");
    bold.textContent = where;
    this.element.replaceChildren(bold, ` ${text}`, ...way);
  }

  // read out by a screen reader: a refusal at the place where it happened
  say(text, lesson = null, done = false) {
    if (!text && !this.answer.textContent) return;
    this.answer.classList.toggle("done", done);
    const way = text && lesson ? unlockWay(this, [lesson]) : [];
    this.answer.replaceChildren(text, ...way);
    if (text) this.element.replaceChildren(this.element.firstElementChild);   // not the same reason twice
  }

  noted(key) {
    const { marks, absence } = this.view.state(key);
    const said = marks.filter((mark) => mark.comment).map((mark) => `«${mark.comment}»`);
    if (absence?.code === "o" && absence.minutes) said.unshift(`${this.words.say("late_by", { n: absence.minutes })}.`);
    return said.join(" ");
  }

  work(lesson, key) {
    const work = this.facts.work(lesson, this.writing.target(key) ?? this.facts.firstWork(lesson));
    if (!work) return "";
    return this.words.say("work_weight", { title: work.caption || work.title, weight: work.weight });
  }

  window(lesson, pupil, key) {
    const work = this.target(key);
    const mark = this.may.mark(lesson, pupil, work);
    const absence = this.may.absence(lesson, pupil);
    if (mark.ok) return this.until(this.facts.work(lesson, work)?.until ?? lesson.marksUntil);
    if (absence.ok) return `${mark.why} ${this.words.say("absence_open")}`;
    return mark.why ?? "";
  }

  // an exclusive instant in the school's own time: people read the minute before it
  until(iso) {
    if (!iso) return "";
    const last = new Date(Date.parse(`${iso.slice(0, 16)}Z`) - 60_000).toISOString();
    return this.words.say("marks_until", { until: `${shortDay(last)} ${last.slice(11, 16)}` });
  }
}
