// The line under the grid: where one stands, what may be written there and until when, or why not.
import { unlockLink } from "./issues.js";
import { shortDay } from "./view.js";

export class Footline {
  constructor({ place, answer, facts, may, words, view, writing }) {
    Object.assign(this, { element: place, answer, facts, may, words, view, writing });
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
    return this.put(where, [this.noted(key), this.work(lesson, key), more].filter(Boolean).join(" "));
  }

  put(where, text) {
    const bold = document.createElement("b");
    bold.textContent = where;
    this.element.replaceChildren(bold, ` ${text}`);
  }

  // read out by a screen reader: a refusal at the place where it happened
  say(text, lesson = null, done = false) {
    if (!text && !this.answer.textContent) return;
    this.answer.classList.toggle("done", done);
    const way = text && lesson?.unlockable && this.facts.data.unlock ? [" ", unlockLink(this.facts.data, this.words, lesson.id)] : [];
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
    const work = this.writing.target(key) ?? this.facts.firstWork(lesson);
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
