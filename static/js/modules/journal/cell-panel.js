// F2 on a cell: a mark for each work of the lesson, its comment, the deadline of •, absence with minutes.
import { lockPart, options } from "./panel.js";
import { standing } from "./overlay.js";

export class CellPanel {
  constructor(journal) {
    Object.assign(this, journal);
    this.key = null;
  }

  show(key) {
    this.key = key;
    const { lesson, pupil } = this.writing.ids(key);
    Object.assign(this, { lesson, pupil });
    this.panel.show("cell", { fill: (element) => this.fill(element), save: () => this.save() });
  }

  fill(element) {
    const state = this.view.state(this.key);
    element.querySelector("h2").textContent = this.pupil.name;
    element.querySelector("[data-line='when']").textContent = this.words.say("lesson_title", {
      no: this.lesson.no, day: this.lesson.date.split("-").reverse().join("."),
    });
    this.fillMarks(element, state);
    this.fillAbsence(element, state.absence);
    this.fillNew(element);
  }

  fillMarks(element, state) {
    const list = element.querySelector("[data-marks]");
    const stand = new Set(standing(state.marks));
    const works = this.lesson.works.length ? this.lesson.works : [{ id: 0, title: this.words.say("default_work") }];
    for (const work of works) list.append(this.row(work, state.marks.find((mark) => mark.work === work.id), stand));
  }

  row(work, mark, stand) {
    const row = document.getElementById("panel-mark").content.firstElementChild.cloneNode(true);
    const may = this.may.mark(this.lesson, this.pupil, work.id);
    row.dataset.mark = work.id;
    const title = [work.caption || work.title, work.weight ? this.words.say("weight", { weight: work.weight }) : ""].filter(Boolean).join(", ");
    row.querySelector("legend").textContent = mark && !stand.has(mark) ? `${title}. ${this.words.say("retaken")}` : title;
    this.values(row, mark);
    row.querySelector("[data-field='comment']").value = mark?.comment ?? "";
    row.querySelector("[data-field='deadline']").value = mark?.deadline ?? "";
    const value = row.querySelector("[data-field='value']");
    const deadline = row.querySelector("[data-deadline]");
    const follow = () => { deadline.hidden = value.value !== "•"; };
    value.addEventListener("change", follow);
    follow();
    lockPart(row, mark && !stand.has(mark) ? this.words.say("retaken_stays") : may.ok ? null : may.why);
    return row;
  }

  values(row, mark) {
    const values = this.may.values();
    options(row.querySelector("[data-field='value']"), [["", "–"], ...values.map((value) => [value, value])], mark?.value ?? "");
  }

  fillNew(element) {
    const part = element.querySelector("[data-part='new']");
    part.hidden = !this.lesson.works.length || !this.may.mark(this.lesson, this.pupil, 0).ok;
    const row = part.querySelector("fieldset");
    options(row.querySelector("[data-field='type']"), this.facts.data.workTypes.map((type) => [type.id, type.title]), this.lesson.works[0]?.type);
    this.values(row, null);
    part.querySelector("button").addEventListener("click", (event) => {
      row.hidden = false;
      event.target.hidden = true;
      row.querySelector("select").focus();
    });
  }

  fillAbsence(element, absence) {
    const part = element.querySelector("[data-part='absence']");
    const code = part.querySelector("[name='code']");
    options(code, [["", this.words.say("present")], ...Object.entries(this.words.words.codes).map(([key, [letter, title]]) => [key, `${letter} — ${title}`])], absence?.code ?? "");
    part.querySelector("[name='minutes']").value = absence?.minutes ?? "";
    const minutes = part.querySelector("[data-minutes]");
    const follow = () => { minutes.hidden = code.value !== "o"; };
    code.addEventListener("change", follow);
    follow();
    const may = this.may.absence(this.lesson, this.pupil);
    lockPart(part, may.ok ? null : may.why);
  }

  save() {
    const minutes = this.panel.element.querySelector("[name='minutes']");
    if (minutes.value && !/^([1-9]|[1-9]\d)$/.test(minutes.value)) return { ok: false, text: this.words.say("wrong_late"), field: minutes };
    const why = this.writing.together(() => this.saveMarks() ?? this.saveNew() ?? this.saveAbsence(minutes.value));
    if (why) return { ok: false, text: why };
    return { ok: true, text: this.words.say("written_down") };
  }

  saveMarks() {
    let why = null;
    for (const row of this.panel.element.querySelectorAll("[data-mark]")) {
      const value = row.querySelector("[data-field='value']");
      if (value.disabled) continue;
      const work = Number(row.dataset.mark);
      const comment = row.querySelector("[data-field='comment']").value.trim();
      const deadline = value.value === "•" ? row.querySelector("[data-field='deadline']").value || null : null;
      why ??= value.value ? this.writing.mark(this.key, value.value, { work, comment, deadline }) : this.writing.clearMark(this.key, work);
    }
    return why;
  }

  // a second mark in one lesson belongs to a work of its own, made first
  saveNew() {
    const row = this.panel.element.querySelector("[data-part='new'] fieldset");
    const value = row.querySelector("[data-field='value']").value;
    if (row.hidden || !value) return null;
    const type = this.facts.workTypes.get(Number(row.querySelector("[data-field='type']").value));
    const entry = this.writing.work(this.lesson, null, { type: type.id, weight: type.weight, caption: "" });
    row.hidden = true;
    return this.writing.mark(this.key, value, { work: entry.op, needs: entry.op });
  }

  saveAbsence(minutes) {
    const code = this.panel.element.querySelector("[name='code']");
    if (code.disabled) return null;
    if (!code.value) return this.writing.clearAbsence(this.key);
    return this.writing.absence(this.key, code.value, code.value === "o" && minutes ? Number(minutes) : null);
  }
}
