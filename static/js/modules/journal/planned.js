// Topics of the КТП for several lessons at once. The plan is read when columns are selected, so that the
// key works without a connection too; what is taken goes through the queue like everything typed.
import { patient } from "./session.js";
import { shortDay } from "./view.js";

const FRESH = 60_000;

export class Planner {
  constructor(commands) {
    const { data, words, facts, may, queue, view, writing, focus, panel, footline } = commands;
    Object.assign(this, { commands, data, words, facts, may, queue, view, writing, focus, panel, footline });
    this.known = null;
    this.readAt = -Infinity;
    this.reading = null;
  }

  // a topic was written meanwhile: the plan's others may have moved
  outdated() {
    this.readAt = -Infinity;
  }

  get fresh() {
    return performance.now() - this.readAt < FRESH;
  }

  // the lessons of the selected columns, or that of the focus
  chosen() {
    const places = this.focus.selected.length ? this.focus.selected : [this.focus.td];
    return [...new Set(places.map((td) => this.view.of(td).lesson).filter(Boolean))];
  }

  prepare() {
    if (this.data.canWrite && !this.fresh && this.focus.selected.length > 1 && this.chosen().length > 1) this.read();
  }

  // the newest that can be had: read now, or what was read before; null when nothing ever was
  read() {
    this.reading ??= this.ask().finally(() => { this.reading = null; });
    return this.reading;
  }

  async ask() {
    const begun = performance.now();
    const asked = { headers: { Accept: "application/json" }, cache: "no-store" };
    try {
      const told = await patient(this.data.planned, asked, (answer) => (answer.ok ? answer.json() : null));
      if (told) Object.assign(this, { known: told, readAt: begun });
    } catch (error) {
      console.warn("the plan could not be read", error);
    }
    return this.known;
  }

  async take() {
    if (!this.data.canWrite) return this.footline.say(this.words.say("not_yours"));
    const lessons = this.chosen();
    const plan = this.fresh ? this.known : await this.read();
    if (!plan) return this.footline.say(this.words.say("plan_unknown"));
    if (!plan.plan) return this.footline.say(this.words.say("plan_none"));
    const refused = new Map();
    const remarks = [];
    const open = this.open(plan, lessons);
    this.writing.together(() => {
      for (const lesson of lessons) {
        const why = this.refusal(lesson);
        const topic = why ? null : plan.topics[lesson.id] ?? open.shift();
        if (topic) this.enter(lesson, topic, remarks);
        else refused.set(lesson.id, why ?? this.words.say("plan_over"));
      }
    });
    return this.report(lessons.length - refused.size, refused, remarks);
  }

  refusal({ id }) {
    const lesson = this.writing.laid(id);
    const may = this.may.reach(lesson, null);
    const typing = this.panel.dirty && this.panel.name === "lesson" && this.commands.journal.lessonPanel.lesson.id === id;
    if (!may.ok) return may.why;
    if (!lesson.topicOpen) return lesson.topicWhy;
    if (lesson.topic) return this.words.say("plan_there");
    return typing ? this.words.say("plan_panel") : null;
  }

  // hours of the plan for lessons that it has nothing for: those that no entry and no chosen lesson takes
  open(plan, lessons) {
    const waiting = this.queue.waiting().map((entry) => entry.operation.plan_topic);
    const taken = [...waiting, ...lessons.map(({ id }) => plan.topics[id]?.id)];
    return plan.open.filter(({ id }) => {
      const place = taken.indexOf(id);
      if (place >= 0) taken.splice(place, 1);
      return place < 0;
    });
  }

  enter(lesson, topic, remarks) {
    const { homeworkOpen, homeworkWhy, works } = this.facts.lessons.get(lesson.id);
    if (topic.homework && !homeworkOpen) remarks.push([lesson, this.words.say("plan_homework", { why: homeworkWhy })]);
    if (topic.workType && !works.length) remarks.push([lesson, this.words.say("plan_work", { type: topic.workType })]);
    this.writing.planned(lesson, topic, this.key(lesson));
  }

  // a column is reached at the row where one stands
  key(lesson) {
    return `${lesson.id}:${this.view.of(this.focus.td).pupil.id}`;
  }

  report(taken, refused, remarks) {
    const lines = [...[...refused].map(([id, why]) => [this.facts.lessons.get(id), why]), ...remarks];
    const listed = lines.map(([lesson, text]) => ({ key: this.key(lesson), where: shortDay(lesson.date), text }));
    const head = taken ? this.words.count("n_left_out", listed.length) : this.words.say("plan_nothing");
    const { issues, journal } = this.commands;
    this.view.refuseColumns(refused);
    this.footline.say(taken ? this.words.count("n_topics", taken) : "", null, true);
    const asked = new Set(lines.map(([lesson]) => lesson).filter((lesson) => !lesson.topicOpen || !refused.has(lesson.id)).map(({ id }) => id));
    issues.notice("plan", "warn", listed.length ? head : "", listed, { kinds: "topic,homework", asked, hidden: () => this.view.refuseColumns() });
    if (this.panel.name === "lesson" && !this.panel.dirty) journal.lessonPanel.show(journal.lessonPanel.lesson);
  }

  forget() {
    this.view.refuseColumns();
    this.commands.issues.notice("plan", "warn", "");
  }
}
