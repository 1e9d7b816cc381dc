// Ctrl+Enter on a column: topic, homework, works of the lesson, attendance.
import { unlockWay } from "./issues.js";
import { between, lockPart, options, tooLong } from "./panel.js";
import { Beside } from "./lesson-beside.js";
import { laidLesson, shown } from "./overlay.js";

export class LessonPanel {
  constructor(journal) {
    Object.assign(this, journal);
    this.journal = journal;
    this.lesson = null;
    this.planTopic = null;
    this.beside = new Beside(this);
  }

  show(lesson) {
    this.lesson = this.withEntries(this.facts.lessons.get(lesson.id));
    this.planTopic = null;
    this.panel.show("lesson", {
      fill: (element) => this.fill(element),
      save: () => this.save(),
      keys: (event) => this.key(event),
    });
    this.beside.show(this.lesson);
  }

  // what was typed and is not yet answered stands in the fields
  withEntries(lesson) {
    return laidLesson(lesson, this.queue.of(`${lesson.id}:l`));
  }

  field(name) {
    return this.panel.element.querySelector(`[name="${name}"]`);
  }

  fill(element) {
    const { lesson } = this;
    const may = this.may.reach(lesson, null);
    element.querySelector("h2").textContent = this.words.say("lesson_title", { no: lesson.no, day: lesson.date.split("-").reverse().join(".") });
    element.querySelector("[data-line='when']").textContent = lesson.time ?? "";
    this.field("topic").value = lesson.topic ?? "";
    this.field("homework").value = lesson.homework ?? "";
    this.field("homework_none").checked = lesson.homeworkNone;
    this.field("homework_minutes").value = lesson.homeworkMinutes ?? "";
    this.fillKinds();
    this.fillChosen(element);
    if (lesson.homeworkDue !== undefined) this.field("homework_due").value = lesson.homeworkDue ?? "";
    if (lesson.homeworkDue !== undefined) this.field("homework_due").dataset.typed = "yes";
    this.field("homework_due").addEventListener("input", (event) => { event.target.dataset.typed = "yes"; });
    lockPart(element.querySelector("[data-part='topic']"), may.ok ? (lesson.topicOpen ? null : lesson.topicWhy) : may.why, unlockWay(this, [lesson], "topic,homework"));
    lockPart(element.querySelector("[data-part='homework']"), may.ok ? (lesson.homeworkOpen ? null : lesson.homeworkWhy) : may.why, unlockWay(this, [lesson], "homework"));
    this.fillWorks(element, may);
    this.fillAttendance(element);
    this.field("homework_none").addEventListener("change", () => this.nothingSet());
    this.nothingSet();
  }

  // with several columns selected their topics are taken together
  fillChosen(element) {
    const { commands } = this.journal;
    const button = element.querySelector("[data-do='take-chosen']");
    const count = commands.planner.chosen().length;
    button.hidden = count < 2 || !this.facts.data.canWrite;
    button.firstElementChild.textContent = this.words.count("n_planned", count);
    button.addEventListener("click", () => commands.plan());
  }

  fillKinds() {
    options(this.field("lesson_kind"), Object.entries(this.words.words.kinds), this.lesson.kind);
    this.field("lesson_kind").disabled = !this.lesson.topicOpen || !this.may.reach(this.lesson, null).ok;
  }

  // К on the Russian layout, by its place
  key(event) {
    if (!event.altKey || event.code !== "KeyR") return;
    event.preventDefault();
    if (event.shiftKey) this.journal.commands.plan();
    else this.beside.take();
  }

  // the kind of work of a plan's topic goes into the first free row
  setWork(title) {
    const type = this.facts.data.workTypes.find((one) => one.title === title);
    const select = [...this.panel.element.querySelectorAll("[data-work] [data-field='type']")].find((one) => !one.value && !one.disabled);
    if (!type || !select || this.lesson.works.some((work) => work.type === type.id)) return;
    select.value = type.id;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  nothingSet() {
    const none = this.field("homework_none").checked;
    if (none) this.field("homework").value = "";
    this.field("homework").readOnly = none || !this.lesson.homeworkOpen;
  }

  fillWorks(element, may) {
    const part = element.querySelector("[data-part='works']");
    const list = part.querySelector("[data-works]");
    const closed = may.ok ? (this.lesson.marksOpen || !this.lesson.begun ? null : this.lesson.marksWhy) : may.why;
    const retakes = this.facts.retakes(this.lesson);
    for (const work of this.lesson.works) if (!retakes.has(work.id)) list.append(this.workRow(work));
    if (!this.lesson.works.length && !closed) {
      list.append(this.workRow(null));
      list.querySelector("[data-do='remove-work']").hidden = true;
    }
    lockPart(part, closed, unlockWay(this, [this.lesson]));
    part.querySelector("[data-do='add-work']").addEventListener("click", () => {
      list.append(this.workRow(null));
      list.lastElementChild.querySelector("select").focus();
    });
  }

  workRow(work) {
    const row = document.getElementById("panel-work").content.firstElementChild.cloneNode(true);
    const types = this.facts.data.workTypes;
    const pairs = types.map((type) => [type.id, type.title]);
    options(row.querySelector("[data-field='type']"), work ? pairs : [["", this.words.say("no_work")], ...pairs], work?.type ?? "");
    row.querySelector("[data-field='weight']").value = work?.weight ?? "";
    row.querySelector("[data-field='caption']").value = work?.caption ?? "";
    row.dataset.work = work?.id ?? "";
    const remove = row.querySelector("[data-do='remove-work']");
    remove.hidden = Boolean(work) && this.marked(work);
    remove.addEventListener("click", () => {
      if (work) this.writing.clearWork(this.facts.lessons.get(this.lesson.id), work);
      row.remove();
    });
    row.querySelector("[data-field='type']").addEventListener("change", (event) => {
      row.querySelector("[data-field='weight']").value = this.facts.workTypes.get(Number(event.target.value))?.weight ?? "";
    });
    return row;
  }

  // a work with marks stays
  marked(work) {
    return this.facts.data.pupils.some(({ id }) => this.view.state(`${this.lesson.id}:${id}`).marks.some((mark) => mark.work === work.id));
  }

  fillAttendance(element) {
    const part = element.querySelector("[data-part='attendance']");
    const absent = this.absent();
    part.querySelector("[data-line='attendance']").textContent = this.attendanceText(absent);
    const button = part.querySelector("button");
    button.hidden = this.lesson.taken || absent.length > 0 || !this.may.absence(this.lesson, null).ok;
    button.addEventListener("click", () => this.takeAttendance(this.lesson));
  }

  absent() {
    const { lesson, words } = this;
    return this.facts.data.pupils.flatMap((pupil) => {
      const key = `${lesson.id}:${pupil.id}`;
      const { absence } = shown(this.facts.cell(key), this.queue.ofCell(key));
      return absence ? [`${pupil.name} (${words.words.codes[absence.code][0]})`] : [];
    });
  }

  attendanceText(absent) {
    if (absent.length) return this.words.say("absent_list", { list: absent.join(", ") });
    return this.words.say(this.lesson.taken ? "nobody_absent" : "attendance_not_taken");
  }

  save() {
    const wrong = this.wrong();
    if (wrong) return { ok: false, text: wrong.text, field: wrong.field };
    this.saveWorks();
    this.saveLesson();
    return { ok: true, text: this.words.say("written_down") };
  }

  wrong() {
    const minutes = this.field("homework_minutes");
    if (minutes.value && !between(minutes.value, 1, 600)) return { field: minutes, text: this.words.say("wrong_minutes") };
    for (const row of this.panel.element.querySelectorAll("[data-work]")) {
      const weight = row.querySelector("[data-field='weight']");
      if (row.querySelector("[data-field='type']").value && !between(weight.value, 1, 100)) return { field: weight, text: this.words.say("wrong_weight") };
    }
    return tooLong(this.panel.element, this.words);
  }

  saveLesson() {
    const { lesson } = this;
    const values = {
      topic: this.field("topic").value.trim(),
      homework: this.field("homework").value.trim(),
      homework_none: this.field("homework_none").checked,
      homework_minutes: this.field("homework_minutes").value ? Number(this.field("homework_minutes").value) : null,
      lesson_kind: this.field("lesson_kind").value,
    };
    const { beside, planTopic } = this;
    const due = this.field("homework_due");
    const kept = beside.data ? beside.data.due ?? "" : lesson.homeworkDue ?? "";
    const dueSame = !due.dataset.typed || due.value === kept;
    if (due.dataset.typed) values.homework_due = due.value || null;
    if (planTopic && values.topic) values.plan_topic = planTopic;
    const same = !planTopic && dueSame && values.topic === (lesson.topic ?? "") && values.homework === (lesson.homework ?? "")
      && values.homework_none === lesson.homeworkNone && values.homework_minutes === (lesson.homeworkMinutes ?? null) && values.lesson_kind === lesson.kind;
    if (same) return;
    this.writing.lesson(this.facts.lessons.get(lesson.id), values);
    this.lesson = this.withEntries(this.facts.lessons.get(lesson.id));
  }

  saveWorks() {
    for (const row of this.panel.element.querySelectorAll("[data-work]")) {
      const value = (name) => row.querySelector(`[data-field='${name}']`).value.trim();
      if (!value("type") || row.dataset.work === "sent") continue;
      const id = Number(row.dataset.work) || null;
      const values = { type: Number(value("type")), weight: Number(value("weight")), caption: value("caption") };
      const work = this.facts.work(this.lesson, id);
      if (work && work.type === values.type && work.weight === values.weight && (work.caption ?? "") === values.caption) continue;
      this.writing.work(this.lesson, id, values);
      if (!id) row.dataset.work = "sent";
    }
  }
}
