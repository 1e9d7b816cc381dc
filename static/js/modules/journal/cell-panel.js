// F2 on a cell: what wants a decision, a mark for each work, its comment, retake and deadline, absence, history.
import { unlockWay } from "./issues.js";
import { lockPart, options, tooLong } from "./panel.js";
import { markOf, placeOf, retakePlace, standing } from "./overlay.js";

const NOT_RETAKEN = new Set(["•", "н/а", "осв"]);
const template = (name) => document.getElementById(`panel-${name}`).content.firstElementChild.cloneNode(true);
const field = (row, name) => row.querySelector(`[data-field='${name}']`);

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
    this.fillIssues(element);
    this.fillMarks(element, state);
    this.fillAbsence(element, state.absence);
    this.fillNew(element);
    this.fillHistory(element);
  }

  // the decision is made here as well as over the grid; then the panel shows what stands
  fillIssues(element) {
    const list = element.querySelector("[data-issues]");
    list.replaceChildren(...this.issues.of(this.key));
    list.hidden = !list.children.length;
    list.addEventListener("click", (event) => {
      if (event.target.closest("button") && !this.panel.dirty) this.show(this.key);
    });
  }

  // a row for each kind of work of the lesson, and for each mark that lies in none of these
  fillMarks(element, state) {
    const list = element.querySelector("[data-marks]");
    const stand = new Set(standing(state.marks));
    const shown = new Set();
    const works = this.lesson.works.length ? this.facts.kinds(this.lesson) : [{ id: 0, title: this.words.say("default_work") }];
    for (const work of works) {
      const mark = state.marks.find((one) => one.work === work.id && one.retakeOf === null);
      if (mark) shown.add(mark);
      if (mark || !state.marks.some((one) => one.work === work.id)) list.append(this.row(work.id, work, mark, stand));
    }
    for (const mark of state.marks) {
      if (!shown.has(mark)) list.append(this.row(placeOf(mark), this.workOf(mark, state.marks), mark, stand));
    }
  }

  // an unsaved retake lies in the work of what it retakes
  workOf(mark, marks) {
    const original = marks.find((one) => one.id !== null && one.id === mark.retakeOf);
    return this.facts.work(this.lesson, mark.work) ?? this.facts.work(this.lesson, original?.work) ?? { id: 0, title: this.words.say("default_work") };
  }

  row(place, work, mark, stand) {
    const row = template("mark");
    const stands = !mark || stand.has(mark);
    const may = this.may.mark(this.lesson, this.pupil, work.id);
    row.dataset.mark = place;
    row.querySelector("legend").textContent = this.title(work, mark, stands);
    this.values(row, mark);
    field(row, "comment").value = mark?.comment ?? "";
    this.followDot(row, mark?.deadline);
    lockPart(row, stands ? (may.ok ? null : may.why) : this.words.say("retaken_stays"), stands ? unlockWay(this, [this.lesson]) : []);
    this.offerRetake(row, work, mark, stands && may.ok);
    return row;
  }

  title(work, mark, stands) {
    const weight = work.weight ? this.words.say("weight", { weight: work.weight }) : "";
    const title = [work.title, weight].filter(Boolean).join(", ");
    if (!stands) return `${title}, ${this.words.say("retaken")}`;
    return mark && mark.retakeOf !== null ? this.words.say("retake_of", { title }) : title;
  }

  followDot(row, until = null) {
    const value = field(row, "value");
    const deadline = row.querySelector("[data-deadline]");
    const follow = () => { deadline.hidden = value.value !== "•"; };
    field(row, "deadline").value = until ?? "";
    value.addEventListener("change", follow);
    follow();
  }

  values(row, mark) {
    const values = this.may.values();
    options(field(row, "value"), [["", "–"], ...values.map((value) => [value, value])], mark?.value ?? "");
  }

  // a second mark linked to this one, which stays to be seen struck through
  offerRetake(row, work, mark, open) {
    const button = row.querySelector("[data-do='retake']");
    button.hidden = !open || !mark?.id || NOT_RETAKEN.has(mark.value);
    button.addEventListener("click", () => {
      const again = template("mark");
      again.dataset.mark = retakePlace(mark.id);
      again.querySelector("legend").textContent = this.words.say("retake_of", { title: work.title });
      this.values(again, null);
      this.followDot(again);
      again.querySelector("[data-do='retake']").hidden = true;
      row.after(again);
      button.hidden = true;
      field(again, "value").focus();
    });
  }

  fillNew(element) {
    const part = element.querySelector("[data-part='new']");
    part.hidden = !this.lesson.works.length || !this.may.mark(this.lesson, this.pupil, 0).ok;
    const row = part.querySelector("fieldset");
    const type = field(row, "type");
    options(type, this.facts.data.workTypes.map((one) => [one.id, one.title]), this.lesson.works[0]?.type);
    const weigh = () => { field(row, "weight").value = this.facts.workTypes.get(Number(type.value))?.weight ?? 1; };
    type.addEventListener("change", weigh);
    weigh();
    this.values(row, null);
    this.followDot(row);
    part.querySelector("[data-do='new']").addEventListener("click", (event) => {
      row.hidden = false;
      event.target.hidden = true;
      type.focus();
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
    lockPart(part, may.ok ? null : may.why, unlockWay(this, [this.lesson]));
  }

  // read from the log only when somebody asks
  fillHistory(element) {
    const part = element.querySelector("[data-history]");
    part.addEventListener("toggle", async () => {
      if (!part.open || part.dataset.asked) return;
      part.dataset.asked = "yes";
      const text = await this.fetchHistory();
      if (text === null) delete part.dataset.asked;
      part.querySelector("div").innerHTML = text ?? "";
      if (text === null) part.querySelector("div").textContent = this.words.say("no_history");
    });
  }

  async fetchHistory() {
    const address = this.facts.data.history.replace(/0\/0$/, `${this.lesson.id}/${this.pupil.id}`);
    try {
      const answer = await fetch(address, { headers: { "X-Fragment": "1" }, credentials: "same-origin" });
      return answer.ok && !answer.redirected ? await answer.text() : null;
    } catch {
      return null;
    }
  }

  save() {
    const wrong = this.wrong();
    if (wrong) return { ok: false, ...wrong };
    const minutes = this.panel.element.querySelector("[name='minutes']").value;
    const why = this.writing.together(() => this.saveMarks() ?? this.saveNew() ?? this.saveAbsence(minutes));
    if (why) return { ok: false, text: why };
    return { ok: true, text: this.words.say("written_down") };
  }

  wrong() {
    const { element } = this.panel;
    const minutes = element.querySelector("[name='minutes']");
    if (minutes.value && !/^([1-9]|[1-9]\d)$/.test(minutes.value)) return { text: this.words.say("wrong_late"), field: minutes };
    const long = tooLong(element, this.words);
    if (long) return long;
    const weight = element.querySelector("[data-part='new'] [data-field='weight']");
    if (!/^([1-9][0-9]?|100)$/.test(weight.value.trim())) return { text: this.words.say("wrong_weight"), field: weight };
    return null;
  }

  read(row) {
    const value = field(row, "value").value;
    const deadline = value === "•" ? field(row, "deadline").value || null : null;
    return [value, { comment: field(row, "comment").value.trim(), deadline }];
  }

  saveMarks() {
    let why = null;
    const { marks } = this.view.state(this.key);
    for (const row of this.panel.element.querySelectorAll("[data-mark]")) {
      if (field(row, "value").disabled) continue;
      const work = /^\d+$/.test(row.dataset.mark) ? Number(row.dataset.mark) : row.dataset.mark;
      const [value, rest] = this.read(row);
      if (!value && !markOf(marks, work)) continue;
      why ??= value ? this.writing.mark(this.key, value, { work, ...rest }) : this.writing.clearMark(this.key, work);
    }
    return why;
  }

  // a second mark in one lesson belongs to a work of its own, made first
  saveNew() {
    const row = this.panel.element.querySelector("[data-part='new'] fieldset");
    const [value, rest] = this.read(row);
    if (row.hidden || !value) return null;
    const entry = this.writing.work(this.lesson, null, {
      type: Number(field(row, "type").value), weight: Number(field(row, "weight").value), caption: field(row, "caption").value.trim(),
    });
    row.hidden = true;
    return this.writing.mark(this.key, value, { work: entry.op, needs: entry.op, ...rest });
  }

  saveAbsence(minutes) {
    const code = this.panel.element.querySelector("[name='code']");
    if (code.disabled) return null;
    if (!code.value) return this.writing.clearAbsence(this.key);
    return this.writing.absence(this.key, code.value, code.value === "o" && minutes ? Number(minutes) : null);
  }
}
