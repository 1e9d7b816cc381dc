// What the server knows beside a lesson and tells when its panel opens: the plan's topics, files, tasks of
// single pupils, templates, and the word about load. Text goes through the queue; these go only with a connection.

import { Files } from "./lesson-files.js";
import { between, tooLong } from "./panel.js";

const token = () => document.querySelector('meta[name="csrf-token"]').content;
const day = (iso) => iso.split("-").reverse().slice(0, 2).join(".");

export class Beside {
  constructor(panel) {
    this.panel = panel;
    this.data = null;
    this.topic = null;
    this.files = new Files(this);
  }

  get words() {
    return this.panel.words;
  }

  get element() {
    return this.panel.panel.element;
  }

  part(name) {
    return this.element.querySelector(`[data-part='${name}']`);
  }

  address(path) {
    return this.panel.facts.data.beside.replace("/lessons/0", `/lessons/${this.lesson.id}`) + path;
  }

  async show(lesson) {
    Object.assign(this, { lesson, data: null, topic: null, weighed: null });
    this.say("");
    this.listen();
    await this.load();
    this.weigh();
  }

  // a panel that was opened on another lesson meanwhile is left alone
  async load() {
    const asked = this.lesson;
    const data = await this.ask("");
    if (asked !== this.lesson || !this.element.querySelector("[data-beside]")) return;
    this.data = data;
    if (data) this.fill();
    else this.say(this.words.say("beside_offline"));
  }

  // JSON of the server, or null; a refusal is said
  async ask(path, options = {}) {
    const headers = { Accept: "application/json", "X-CSRFToken": token(), ...options.headers };
    let answer;
    try {
      answer = await fetch(this.address(path), { credentials: "same-origin", cache: "no-store", ...options, headers });
    } catch {
      if (options.method) this.say(this.words.say("beside_offline"), true);
      return null;
    }
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) return told;
    this.say(told.message ?? this.words.say(answer.status === 413 ? "file_too_large" : "refused_unknown"), true);
    return null;
  }

  post(path, body) {
    const json = !(body instanceof FormData);
    return this.ask(path, { method: "POST", body: json ? JSON.stringify(body) : body, headers: json ? { "Content-Type": "application/json" } : {} });
  }

  say(text, bad = false) {
    const place = this.element.querySelector("[data-beside]");
    this.said = text;
    place.textContent = text;
    place.className = bad ? "field-error" : "hint";
    place.hidden = !text;
  }

  listen() {
    this.part("plan").querySelector("[data-do='take']").addEventListener("click", () => this.take());
    this.part("plan").querySelector("select").addEventListener("change", (event) => this.choose(Number(event.target.value)));
    this.part("files").querySelector("input").addEventListener("change", (event) => this.files.upload(event.target, ""));
    this.part("templates").querySelector("select").addEventListener("change", () => this.fromTemplate());
    this.part("templates").querySelector("[data-do='keep']").addEventListener("click", () => this.keepTemplate());
    this.part("templates").querySelector("[data-do='drop']").addEventListener("click", () => this.dropTemplate());
    this.part("own").querySelector("[data-do='own']").addEventListener("click", () => this.editOwn(null));
    let soon = null;
    this.element.querySelector("form").addEventListener("input", () => {
      clearTimeout(soon);
      soon = setTimeout(() => this.weigh(), 400);
    });
  }

  fill() {
    const { data } = this;
    const due = this.panel.field("homework_due");
    if (!due.dataset.typed) due.value = data.due ?? "";
    due.min = data.dueFrom;
    this.part("due").querySelector(".hint").textContent = data.nextDay ? this.words.say("due_next", { day: day(data.nextDay) }) : this.words.say("due_unknown");
    this.fillPlan();
    this.files.fill();
    this.fillOwn();
    this.fillTemplates();
  }

  // the load guard's word, before anything is saved; it never forbids
  async weigh() {
    const none = this.panel.field("homework_none");
    if (!none || !this.data || !this.lesson.own) return; // the panel may have been closed meanwhile
    const types = [...this.element.querySelectorAll("[data-works] [data-field='type']")].map((one) => one.value).filter(Boolean);
    const minutes = none.checked ? "" : this.panel.field("homework_minutes").value;
    const asked = new URLSearchParams(types.map((type) => ["type", type]));
    if (minutes) asked.append("minutes", minutes);
    if (minutes && this.panel.field("homework_due").value) asked.append("due", this.panel.field("homework_due").value);
    const place = this.element.querySelector("[data-load]");
    if (this.weighed === `${this.lesson.id}?${asked}`) return;
    this.weighed = `${this.lesson.id}?${asked}`;
    const told = types.length || minutes ? await this.ask(`/load?${asked}`) : { warnings: [] };
    if (!told || !place.isConnected) return;
    place.replaceChildren(...told.warnings.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    place.hidden = !told.warnings.length;
  }

  // the plan
  fillPlan() {
    const part = this.part("plan");
    const { topic, choices } = this.data.plan;
    part.hidden = !this.data.canTopic || !(topic || choices.length);
    if (part.hidden) return;
    this.choose(topic?.id ?? choices[0].id);
    const others = part.querySelector("select");
    others.replaceChildren(...choices.map((one) => new Option(one.title, one.id, false, one.id === this.topic.id)));
  }

  choose(id) {
    this.topic = [this.data.plan.topic, ...this.data.plan.choices].find((one) => one?.id === id) ?? null;
    const said = this.topic?.hours > 1 ? `${this.topic.title} (${this.words.say("plan_hour", { hour: this.topic.hour, hours: this.topic.hours })})` : this.topic?.title ?? "";
    this.part("plan").querySelector("[data-topic]").textContent = said;
  }

  // topic, homework and kind of work at once; what is already typed stays
  take() {
    const { topic, panel } = this;
    if (!topic || panel.field("topic").readOnly) return;
    panel.field("topic").value = topic.title;
    panel.planTopic = topic.id;
    const homework = panel.field("homework");
    if (topic.homework && !homework.value && !homework.readOnly && !panel.field("homework_none").checked) homework.value = topic.homework;
    panel.setWork(topic.workType);
    panel.panel.dirty = true;
    homework.focus();
    this.weigh();
  }

  async change(request) {
    const told = await request;
    if (!told) return false;
    this.accept(told);
    this.say("");
    return true;
  }

  accept(told) {
    this.data = told;
    this.files.fill();
    this.fillOwn();
    this.fillTemplates();
  }

  // tasks of single pupils
  fillOwn() {
    const part = this.part("own");
    part.hidden = !this.data.own.length && !this.data.canHomework;
    part.querySelector("[data-do='own']").hidden = !this.data.canHomework;
    part.querySelector("[data-tasks]").replaceChildren(...this.data.own.map((task) => this.ownItem(task)));
    part.querySelector("[data-edit]").replaceChildren();
  }

  ownItem(task) {
    const item = document.createElement("li");
    const names = task.pupils.map((id) => this.panel.facts.pupils.get(id)?.name ?? "").filter(Boolean).join(", ");
    const head = Object.assign(document.createElement("b"), { textContent: `${names}, ${this.words.say("due_on", { day: day(task.due) })}` });
    const text = Object.assign(document.createElement("p"), { textContent: task.text });
    const files = document.createElement("ul");
    files.append(...task.files.map((file) => this.files.item(file)));
    item.append(head, text, files);
    if (this.data.canHomework) item.append(this.button("change", () => this.editOwn(task)), " ", this.button("remove", () => this.change(this.post(`/own/${task.id}/remove`, {}))));
    return item;
  }

  button(word, deed) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: this.words.say(word) });
    button.addEventListener("click", deed);
    return button;
  }

  editOwn(task) {
    const place = this.part("own").querySelector("[data-edit]");
    const form = document.getElementById("panel-own").content.firstElementChild.cloneNode(true);
    const field = (name) => form.querySelector(`[data-field='${name}']`);
    const pupils = this.panel.facts.data.pupils.filter((pupil) => this.panel.facts.onRoster(this.lesson, pupil));
    form.querySelector("[data-pupils]").replaceChildren(...pupils.map((pupil) => {
      const label = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", value: pupil.id, className: "form-check-input", checked: task?.pupils.includes(pupil.id) ?? false });
      label.append(box, ` ${pupil.name}`);
      return label;
    }));
    field("text").value = task?.text ?? "";
    field("due").value = task?.due ?? "";
    field("due").min = this.data.dueFrom;
    field("minutes").value = task?.minutes ?? "";
    form.querySelector("[data-files]").hidden = !task;
    form.querySelector("[data-files] input").addEventListener("change", (event) => this.files.upload(event.target, task?.id));
    form.querySelector("[data-do='give']").addEventListener("click", () => this.give(form, task));
    place.replaceChildren(form);
    form.querySelector("input")?.focus();
  }

  give(form, task) {
    const field = (name) => form.querySelector(`[data-field='${name}']`).value.trim();
    const wrong = tooLong(form, this.words) ?? this.wrongMinutes(form, field("minutes"));
    if (wrong) {
      wrong.field.focus();
      return this.say(wrong.text, true);
    }
    return this.change(this.post("/own", {
      id: task?.id ?? null,
      base: task?.version ?? 0,
      text: field("text"),
      due: field("due") || null,
      minutes: field("minutes") ? Number(field("minutes")) : null,
      pupils: [...form.querySelectorAll("[data-pupils] input:checked")].map((box) => Number(box.value)),
    }));
  }

  wrongMinutes(form, text) {
    if (!text || between(text, 1, 600)) return null;
    return { field: form.querySelector("[data-field='minutes']"), text: this.words.say("wrong_minutes") };
  }

  // templates
  fillTemplates() {
    const part = this.part("templates");
    part.hidden = !this.data.canHomework;
    const select = part.querySelector("select");
    const options = this.data.templates.map((one) => new Option(one.text.length > 60 ? `${one.text.slice(0, 60)}…` : one.text, one.id));
    select.replaceChildren(select.options[0], ...options);
    select.hidden = !this.data.templates.length;
    part.querySelector("[data-do='drop']").hidden = true;
  }

  chosenTemplate() {
    return this.data.templates.find((one) => one.id === Number(this.part("templates").querySelector("select").value));
  }

  fromTemplate() {
    const template = this.chosenTemplate();
    this.part("templates").querySelector("[data-do='drop']").hidden = !template;
    if (!template || this.panel.field("homework").readOnly) return;
    this.panel.field("homework").value = template.text;
    if (template.minutes) this.panel.field("homework_minutes").value = template.minutes;
    this.panel.panel.dirty = true;
    this.weigh();
  }

  keepTemplate() {
    const minutes = Number(this.panel.field("homework_minutes").value) || null;
    return this.change(this.post("/templates", { text: this.panel.field("homework").value.trim(), minutes }));
  }

  dropTemplate() {
    const template = this.chosenTemplate();
    return template && this.change(this.post(`/templates/${template.id}/remove`, {}));
  }
}
