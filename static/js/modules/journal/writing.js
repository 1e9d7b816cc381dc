// From an intention to entries of the queue: decides the target, keeps what was there for Ctrl+Z.
import { standing } from "./overlay.js";
import { shortDay } from "./view.js";

const same = (mark, value, options) =>
  mark && mark.value === value && !Object.keys(options).some((name) => (mark[name] || null) !== (options[name] || null));

export class Writing {
  constructor({ facts, may, queue, view, words }) {
    Object.assign(this, { facts, may, queue, view, words });
    this.actions = [];
    this.recording = null;
  }

  // several writes that Ctrl+Z takes back together
  together(work) {
    this.recording = [];
    try {
      return work();
    } finally {
      if (this.recording.length) this.actions.push(this.recording);
      this.recording = null;
    }
  }

  ids(key) {
    const [lessonId, pupilId] = key.split(":").map(Number);
    return { lesson: this.facts.lessons.get(lessonId), pupil: this.facts.pupils.get(pupilId) };
  }

  // the work a typed mark belongs to; null when several marks stand and one has to be chosen
  target(key) {
    const { lesson } = this.ids(key);
    const marks = standing(this.view.state(key).marks);
    if (marks.length > 1) return null;
    return marks[0]?.work ?? this.facts.firstWork(lesson);
  }

  // all of these give the reason of a refusal, or null
  mark(key, value, { work = this.target(key), needs = null, ...options } = {}) {
    const { lesson, pupil } = this.ids(key);
    const may = needs ? this.may.value(value) : this.both(this.may.value(value), this.may.mark(lesson, pupil, work));
    if (!may.ok) return may.why;
    const state = this.view.state(key);
    const there = state.marks.find((mark) => mark.work === work);
    if (state.state !== "refused" && state.state !== "conflict" && same(there, value, options)) return null;
    const saved = this.facts.cell(key).marks.find((mark) => mark.work === work);
    this.remember({ key, undo: () => (there ? this.mark(key, there.value, { work, comment: there.comment ?? "", deadline: there.deadline }) : this.clearMark(key, work)) });
    this.enter(key, `m:${work}`, value, {
      kind: "put_mark", lesson: lesson.id, pupil: pupil.id, work: needs ? null : work || null,
      mark: saved?.id ?? null, value, base: saved?.version ?? 0, ...options,
    }, { work, needs });
    return null;
  }

  clearMark(key, work) {
    const { lesson, pupil } = this.ids(key);
    const may = this.may.mark(lesson, pupil, work);
    if (!may.ok) return may.why;
    const there = this.view.state(key).marks.find((mark) => mark.work === work);
    if (!there) return null;
    const saved = this.facts.cell(key).marks.find((mark) => mark.work === work);
    this.remember({ key, undo: () => this.mark(key, there.value, { work, comment: there.comment ?? "", deadline: there.deadline }) });
    this.enter(key, `m:${work}`, "–", {
      kind: "clear_mark", lesson: lesson.id, pupil: pupil.id, mark: saved?.id ?? null, base: saved?.version ?? 0,
    }, { work });
    return null;
  }

  absence(key, code, minutes = null) {
    const { lesson, pupil } = this.ids(key);
    const may = this.may.absence(lesson, pupil);
    if (!may.ok) return may.why;
    const state = this.view.state(key);
    const there = state.absence;
    if (!state.state && there?.code === code && (there.minutes ?? null) === minutes) return null;
    this.rememberAbsence(key, there);
    this.enter(key, "a", this.words.words.codes[code][0], {
      kind: "put_absence", lesson: lesson.id, pupil: pupil.id, code, minutes,
      base: this.facts.cell(key).absence?.version ?? 0,
    });
    return null;
  }

  clearAbsence(key) {
    const { lesson, pupil } = this.ids(key);
    const may = this.may.absence(lesson, pupil);
    if (!may.ok) return may.why;
    const there = this.view.state(key).absence;
    if (!there) return null;
    this.rememberAbsence(key, there);
    this.enter(key, "a", "–", {
      kind: "clear_absence", lesson: lesson.id, pupil: pupil.id, base: this.facts.cell(key).absence?.version ?? 0,
    });
    return null;
  }

  clear(key) {
    const { marks, absence } = this.view.state(key);
    const works = standing(marks).map((mark) => mark.work);
    const why = works.map((work) => this.clearMark(key, work)).find(Boolean);
    return (absence && this.clearAbsence(key)) || why || null;
  }

  attendance(lesson) {
    const may = this.may.absence(lesson, null);
    if (!may.ok) return may.why;
    this.enterLesson(lesson, "t", this.words.say("attendance"), { kind: "take_attendance", lesson: lesson.id, base: lesson.version });
    return null;
  }

  lesson(lesson, values) {
    return this.enterLesson(lesson, "l", values.topic || values.homework || "–", {
      kind: "put_lesson", lesson: lesson.id, base: lesson.version, ...values,
    });
  }

  // gives the entry: marks of a work that is still to be made wait for it
  work(lesson, id, values) {
    const place = id ?? `new${this.queue.entries.length}`;
    return this.enterLesson(lesson, `w:${place}`, values.caption || this.facts.workTypes.get(values.type)?.title, {
      kind: "put_work", lesson: lesson.id, work: id, ...values,
    }, { knownWorks: lesson.works.map((work) => work.id) });
  }

  undo() {
    const action = this.actions.pop();
    if (!action) return { why: this.words.say("nothing_to_undo"), keys: [] };
    const kept = this.actions;
    this.actions = [];
    const whys = action.reverse().map((step) => step.undo());
    this.actions = kept;
    return { why: whys.find(Boolean) ?? null, keys: action.map((step) => step.key) };
  }

  both(one, other) {
    return one.ok ? other : one;
  }

  remember(step) {
    if (this.recording) this.recording.push(step);
    else this.actions.push([step]);
  }

  rememberAbsence(key, there) {
    this.remember({ key, undo: () => (there ? this.absence(key, there.code, there.minutes ?? null) : this.clearAbsence(key)) });
  }

  enter(key, place, mine, operation, more = {}) {
    const { lesson, pupil } = this.ids(key);
    this.queue.add({ ...this.common(lesson), ...more, slot: `${key}:${place}`, cell: key, pupil: pupil.name, mine, operation });
    this.view.paint(key);
  }

  enterLesson(lesson, place, mine, operation, more = {}) {
    return this.queue.add({ ...this.common(lesson), ...more, slot: `${lesson.id}:${place}`, cell: null, pupil: null, mine, operation });
  }

  common(lesson) {
    const { course, save, title, owner } = this.facts.data;
    return { course, save, title, owner, lesson: { id: lesson.id, label: shortDay(lesson.date) } };
  }
}
