// The table of a class's day: a cell is a pupil under a lesson number, and which lesson that is depends on the
// pupil: subgroups share a column.
import { Facts, cellKey } from "../journal/facts.js";
import { May } from "../journal/may.js";
import { View } from "../journal/view.js";
import { Writing } from "../journal/writing.js";

const no = (why) => ({ ok: false, why });

export class DayFacts extends Facts {
  onRoster(lesson, pupil) {
    return pupil.places.includes(lesson.id);
  }

  lessonOf(pupil, column) {
    return this.lessons.get(pupil?.places[column]) ?? null;
  }

  columnOf(lesson, pupil) {
    return pupil.places.indexOf(lesson.id);
  }

  // the lessons under a column: subgroups at one time
  under(column) {
    return this.data.columns[column].lessons.map((id) => this.lessons.get(id));
  }
}

export class DayMay extends May {
  absence(lesson, pupil) {
    if (pupil?.released.includes(lesson.id)) return no(this.words.say("released"));
    return super.absence(lesson, pupil);
  }

  // a class teacher takes lessons in which all pupils are his
  take(lesson) {
    return lesson.mixed ? no(this.words.say("mixed")) : this.absence(lesson, null);
  }
}

export class DayView extends View {
  td(lessonId, pupilId) {
    const lesson = this.facts.lessons.get(lessonId);
    const pupil = this.facts.pupils.get(pupilId);
    const column = lesson && pupil ? this.facts.columnOf(lesson, pupil) : -1;
    return column < 0 ? null : this.at(pupil.place, column);
  }

  of(td) {
    const { row, column } = this.place(td);
    const pupil = this.facts.pupilAt(row);
    const lesson = this.facts.lessonOf(pupil, column);
    return { lesson, pupil, key: lesson && pupil ? cellKey(lesson.id, pupil.id) : null };
  }

  // repaints the cells of entries made, answered or taken back, and the state of every column
  refresh(keys) {
    const now = new Set(this.queue.entries.map((entry) => entry.cell).filter(Boolean));
    for (const key of new Set([...keys, ...this.painted, ...now])) this.paint(key);
    this.heads.forEach((head, column) => this.paintHead(head, column));
  }

  paintHead(head, column) {
    const lessons = this.facts.under(column).filter((lesson) => !lesson.cancelled);
    const waits = (lesson) => this.queue.entries.some((entry) => entry.lesson.id === lesson.id && entry.operation.kind === "take_attendance" && entry.state === "pending");
    const left = lessons.filter((lesson) => !lesson.taken && !waits(lesson));
    const done = this.table.tHead.rows[2].cells[column];
    const state = !lessons.length ? "cancelled" : !left.length ? "taken" : left.some((lesson) => lesson.begun) ? "missing" : "ahead";
    const word = { cancelled: "column_cancelled", taken: "column_taken", missing: "column_not_taken", ahead: "column_ahead" }[state];
    head.className = `day ${state}`;
    done.className = `done ${state}${lessons.some(waits) ? " pending" : ""}`;
    done.querySelector("[data-line]").textContent = this.words.say(word);
    const button = done.querySelector("button");
    if (button) button.hidden = !left.some((lesson) => lesson.begun && !lesson.mixed && lesson.absenceOpen);
  }
}

export class DayWriting extends Writing {
  attendance(lesson) {
    const may = this.may.take(lesson);
    if (!may.ok) return may.why;
    this.enterLesson(lesson, "t", this.words.say("attendance"), { kind: "take_attendance", lesson: lesson.id, base: lesson.version });
    return null;
  }

  common(lesson) {
    const { course, save, title, owner } = this.facts.data;
    return { course, save, title, owner, lesson: { id: lesson.id, label: this.words.say("lesson_label", { no: lesson.no }) } };
  }
}
