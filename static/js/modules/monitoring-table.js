// The on-line table of a regional form: saves by itself, shows what the server computes, leads from cell to cell.

const PAUSE = 700;
const AGAIN = 5000;

class EntryTable {
  constructor(form) {
    this.form = form;
    this.words = form.querySelector(".save");
    this.refusal = form.querySelector("[data-refusal]");
    this.changed = new Map();
    this.busy = false;
    this.stopped = false;
    this.timer = 0;
  }

  start() {
    this.form.querySelector("[data-without-script]").hidden = true;
    this.form.addEventListener("input", (event) => this.note(event.target));
    this.form.addEventListener("keydown", (event) => this.key(event));
    this.form.addEventListener("paste", (event) => this.paste(event));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    const handIn = document.getElementById("hand-in");
    handIn?.addEventListener("submit", (event) => this.leave(event, () => handIn.submit()));
    for (const link of document.querySelectorAll("[data-close-table], .switch a")) {
      link.addEventListener("click", (event) => this.leave(event, () => location.assign(link.href)));
    }
    addEventListener("beforeunload", (event) => {
      if (this.changed.size && !this.stopped) event.preventDefault();
    });
  }

  note(field) {
    if (!field.name || this.stopped) return;
    this.changed.set(field.name, field);
    this.say(this.form.dataset.saving, "pending");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  // what is typed is saved before the page is left
  async leave(event, go) {
    if (!this.changed.size && !this.busy) return;
    event.preventDefault();
    await this.save();
    if (!this.changed.size) go();
  }

  body(fields) {
    const data = new FormData();
    for (const name of ["csrf_token", "base", "sheet"]) data.append(name, this.form.elements[name].value);
    for (const [name, field] of fields) if (!name.startsWith("why-")) data.append(name, field.value);
    for (const name of ["why-code", "why-class", "why-text"]) {
      for (const field of this.form.querySelectorAll(`[name="${name}"]`)) data.append(name, field.value);
    }
    return data;
  }

  async save() {
    clearTimeout(this.timer);
    if (this.stopped) return;
    while (this.busy) await this.busy;
    if (!this.changed.size) return;
    const sent = new Map([...this.changed].map(([name, field]) => [name, { field, value: field.value }]));
    this.busy = this.send(sent);
    await this.busy;
    this.busy = false;
  }

  async send(sent) {
    let answer;
    try {
      const headers = { Accept: "application/json" };
      answer = await fetch(this.form.action, { method: "POST", body: this.body(this.changed), headers });
    } catch {
      this.later();
      return;
    }
    const facts = await answer.json().catch(() => ({}));
    if (answer.ok) {
      for (const [name, { field, value }] of sent) if (field.value === value) this.changed.delete(name);
      this.show(facts);
    } else if (answer.status >= 500) {
      this.later();
    } else {
      this.stopped = answer.status !== 401;
      this.say(answer.status === 401 ? this.form.dataset.ended : facts.message, "refused");
    }
  }

  later() {
    this.say(this.form.dataset.failed, "refused");
    this.timer = setTimeout(() => this.save(), AGAIN);
  }

  show(facts) {
    this.form.elements.base.value = facts.version;
    for (const [place, text] of Object.entries(facts.cells)) {
      this.form.querySelector(`[data-cell="${place}"]`).textContent = text;
    }
    for (const [row, text] of Object.entries(facts.controls)) {
      const named = this.form.querySelector(`[name="name-${row}"]`)?.value ?? "named";
      this.form.querySelector(`[data-control="${row}"]`).textContent = text || (named ? "✓" : "");
    }
    [...this.form.querySelectorAll("[data-total]")].forEach((cell, place) => { cell.textContent = facts.totals[place]; });
    const wrong = new Set([...facts.wrong.map((place) => `c-${place}`), ...facts.refused]);
    for (const field of this.form.querySelectorAll(".typed input")) {
      field.parentElement.classList.toggle("wrong", wrong.has(field.name));
      if (wrong.has(field.name)) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    this.form.querySelector("[data-remarks]").innerHTML = facts.remarks;
    this.refusal.hidden = !facts.refused.length;
    this.refusal.textContent = facts.refused.length ? facts.refusal : "";
    this.say(this.changed.size ? this.form.dataset.saving : facts.words, this.changed.size ? "pending" : "");
  }

  say(words, state) {
    this.words.textContent = words;
    this.words.className = `save ${state}`.trim();
  }

  fields() {
    return [...this.form.querySelectorAll("tbody tr[data-row]")].map((row) => [...row.querySelectorAll(".typed input")]);
  }

  place(field) {
    const rows = this.fields();
    const row = rows.findIndex((one) => one.includes(field));
    return { rows, row, column: row < 0 ? -1 : rows[row].indexOf(field) };
  }

  key(event) {
    const down = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
    const { rows, row, column } = this.place(event.target);
    if (!down || row < 0) return;
    event.preventDefault();
    const next = rows[row + down]?.[column];
    next?.focus();
    next?.select();
  }

  paste(event) {
    const lines = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "").split("\n");
    const { rows, row, column } = this.place(event.target);
    if (row < 0 || (lines.length === 1 && !lines[0].includes("\t"))) return;
    event.preventDefault();
    lines.forEach((line, down) => line.split("\t").forEach((text, right) => {
      const field = rows[row + down]?.[column + right];
      if (!field) return;
      field.value = text.trim();
      this.note(field);
    }));
  }
}

export default function monitoringTable(form) {
  new EntryTable(form).start();
}
