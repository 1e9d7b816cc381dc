// From an intention to entries of the queue: decides the target, keeps what was there for Ctrl+Z.
import { laidLesson, markOf, placeOf, retakenBy, standing } from "./overlay.js";
import { shortDay } from "./view.js";

const YES = Object.freeze({ ok: true });

const lessonValues = (lesson) => ({
  topic: lesson.topic ?? "", homework: lesson.homework ?? "", homework_none: lesson.homeworkNone,
  homework_minutes: lesson.homeworkMinutes ?? null, lesson_kind: lesson.kind,
  ...(lesson.homeworkDue === undefined ? {} : { homework_due: lesson.homeworkDue }),
});

const same = (mark, value, options) =>
  mark && mark.value === value && !Object.keys(options).some((name) => (mark[name] || null) !== (options[name] || null));

export class Writing {
  constructor({ facts, may, queue, view, words }) {
    Object.assign(this, { facts, may, queue, view, words });
    this.actions = [];
    this.recording = null;
  }

  // several writes that Ctrl+Z takes back together, kept and told of at once
  together(work) {
    this.recording = [];
    try {
      return this.queue.together(work);
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
    return marks.length ? placeOf(marks[0]) : this.facts.firstWork(lesson);
  }

  // all of these give the reason of a refusal, or null
  mark(key, value, { work = this.target(key), needs = null, ...options } = {}) {
    const { lesson, pupil } = this.ids(key);
    const state = this.view.state(key);
    const there = markOf(state.marks, work);
    const place = there ? placeOf(there) : work;
    const retake = retakenBy(place);
    const may = needs ? this.may.value(value) : this.mayMark(key, place, value, there || retake ? null : state);
    if (!may.ok) return may.why;
    if (state.state !== "refused" && state.state !== "conflict" && same(there, value, options)) return null;
    const saved = markOf(this.facts.cell(key).marks, place);
    this.remember({ key, undo: () => (there ? this.again(key, there) : this.clearMark(key, place)) });
    this.enter(key, `m:${place}`, value, {
      kind: "put_mark", lesson: lesson.id, pupil: pupil.id, work: needs || retake ? null : work || null,
      mark: saved?.id ?? null, value, base: saved?.version ?? 0, ...(retake ? { retake } : {}), ...options,
    }, { work: place, needs });
    return null;
  }

  mayMark(key, place, value, state) {
    const { lesson, pupil } = this.ids(key);
    const retake = retakenBy(place);
    const work = retake ? this.facts.cell(key).marks.find((mark) => mark.id === retake)?.work : place;
    const reasons = [this.may.value(value), this.may.mark(lesson, pupil, work), state ? this.may.besides(state, { value }) : YES];
    return reasons.find((one) => !one.ok) ?? YES;
  }

  again(key, mark) {
    return this.mark(key, mark.value, { work: placeOf(mark), comment: mark.comment ?? "", deadline: mark.deadline });
  }

  clearMark(key, work) {
    const { lesson, pupil } = this.ids(key);
    const there = markOf(this.view.state(key).marks, work || this.facts.firstWork(lesson));   // made meanwhile
    if (!there) return null;
    const may = this.may.mark(lesson, pupil, there.work);
    if (!may.ok) return may.why;
    const place = placeOf(there);
    const saved = markOf(this.facts.cell(key).marks, place);
    this.remember({ key, undo: () => this.again(key, there) });
    this.enter(key, `m:${place}`, "–", {
      kind: "clear_mark", lesson: lesson.id, pupil: pupil.id, mark: saved?.id ?? null, base: saved?.version ?? 0,
    }, { work: place });
    return null;
  }

  absence(key, code, minutes = null) {
    const { lesson, pupil } = this.ids(key);
    const state = this.view.state(key);
    const may = this.both(this.may.absence(lesson, pupil), this.may.besides(state, { code }));
    if (!may.ok) return may.why;
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
    const works = standing(marks).map(placeOf);
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

  // topic and homework of the plan into a lesson that has no topic
  planned(lesson, topic, key) {
    const there = this.laid(lesson.id);
    const homework = topic.homework && !there.homework && !there.homeworkNone && there.homeworkOpen;
    const was = lessonValues(there);
    const now = { ...was, topic: topic.title, ...(homework ? { homework: topic.homework } : {}) };
    this.remember({ key, undo: () => this.unplanned(lesson.id, now, was) });
    this.lesson(this.facts.lessons.get(lesson.id), { ...now, plan_topic: topic.id });
  }

  // the reason when it is not taken back, or null
  unplanned(lessonId, taken, was) {
    const there = this.laid(lessonId);
    if (there.topic !== taken.topic || (there.homework ?? "") !== taken.homework) return this.words.say("changed_since");
    if (!there.topicOpen) return there.topicWhy;
    this.lesson(this.facts.lessons.get(lessonId), was);
    return null;
  }

  laid(lessonId) {
    return laidLesson(this.facts.lessons.get(lessonId), this.queue.of(`${lessonId}:l`));
  }

  // gives the entry: marks of a work that is still to be made wait for it
  work(lesson, id, values) {
    const place = id ?? `new${this.queue.entries.length}`;
    return this.enterLesson(lesson, `w:${place}`, values.caption || this.facts.workTypes.get(values.type)?.title, {
      kind: "put_work", lesson: lesson.id, work: id, ...values,
    }, { knownWorks: lesson.works.map((work) => work.id) });
  }

  clearWork(lesson, work) {
    return this.enterLesson(lesson, `w:${work.id}`, work.title, { kind: "clear_work", lesson: lesson.id, work: work.id });
  }

  undo() {
    const action = this.actions.pop();
    if (!action) return { why: this.words.say("nothing_to_undo"), keys: [] };
    const kept = this.actions;
    this.actions = [];
    const whys = this.queue.together(() => action.reverse().map((step) => step.undo()));
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
