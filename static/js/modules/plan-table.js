// The table of a lesson plan: rows are added, moved and removed here; the form then sends them in their order.

const fit = (area) => {
  area.rows = 1;
  while (area.scrollHeight > area.clientHeight && area.rows < 12) area.rows += 1;
};

class PlanTable {
  constructor(form) {
    this.form = form;
    this.body = form.querySelector("tbody");
    this.tools = document.getElementById("plan-row-tools").content.firstElementChild;
    this.said = form.querySelector("[data-said]");
  }

  start() {
    for (const row of this.body.rows) this.equip(row);
    this.number();
    this.form.querySelector("[data-without-script]").hidden = true;
    this.form.querySelector("[data-with-script]").hidden = false;
    const add = this.form.querySelector("[data-add]");
    add.hidden = false;
    add.addEventListener("click", () => this.insert(this.body.lastElementChild));
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("click", (event) => this.click(event));
    this.body.addEventListener("input", (event) => {
      if (event.target.matches("textarea")) fit(event.target);
      this.mark();
    });
    this.body.addEventListener("paste", (event) => this.paste(event));
    this.drags();
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.code === "KeyS") {
        event.preventDefault();
        this.form.requestSubmit();
      }
    });
  }

  equip(row) {
    row.querySelector(".act").replaceChildren(this.tools.cloneNode(true));
    for (const area of row.querySelectorAll("textarea")) fit(area);
  }

  // the number shown is the place in the table
  number() {
    [...this.body.rows].forEach((row, place) => {
      const field = row.querySelector("[name='topic-number']");
      field.value = place + 1;
      field.readOnly = true;
      field.tabIndex = -1;
    });
    this.mark();
  }

  // a section that goes on is written paler
  mark() {
    let above = null;
    for (const row of this.body.rows) {
      const { value } = row.querySelector("[name='topic-section']");
      row.classList.toggle("same", value !== "" && value === above);
      above = value;
    }
  }

  changed() {
    this.number();
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  insert(row) {
    const fresh = row.cloneNode(true);
    fresh.className = "";
    fresh.removeAttribute("id");
    for (const field of fresh.querySelectorAll("input, textarea")) field.value = "";
    for (const error of fresh.querySelectorAll(".field-error")) error.remove();
    fresh.querySelector("[name='topic-hours']").value = "1";
    fresh.querySelector("[name='topic-section']").value = row.querySelector("[name='topic-section']").value;
    fresh.querySelector(".lessons").replaceChildren();
    row.after(fresh);
    this.equip(fresh);
    this.changed();
    fresh.querySelector("[name='topic-title']").focus();
  }

  remove(row) {
    if (this.body.rows.length === 1) return;
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    this.changed();
    next.querySelector("[name='topic-title']").focus();
  }

  move(row, by, field) {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(row);
    else other.after(row);
    this.changed();
    field?.focus();
  }

  key(event) {
    const row = event.target.closest("tr");
    if (!event.altKey || !row) return;
    const deeds = {
      ArrowUp: () => this.move(row, -1, event.target),
      ArrowDown: () => this.move(row, 1, event.target),
      Insert: () => this.insert(row),
      Delete: () => this.remove(row),
    };
    if (!deeds[event.code]) return;
    event.preventDefault();
    deeds[event.code]();
  }

  click(event) {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    const row = button.closest("tr");
    const deeds = {
      up: () => this.move(row, -1, button),
      down: () => this.move(row, 1, button),
      insert: () => this.insert(row),
      remove: () => this.remove(row),
    };
    deeds[button.dataset.do]?.();
  }

  // a table pasted into a cell goes to the field that reads tables
  paste(event) {
    const text = event.clipboardData.getData("text/plain").trim();
    if (!text.includes("\t") && text.split("\n").length < 3) return;
    event.preventDefault();
    const field = document.getElementById("pasted");
    field.value = text;
    field.focus();
    this.said.textContent = document.querySelector("#plan-words").content.querySelector("[data-word='pasted']").textContent;
  }

  drags() {
    let dragged = null;
    const over = (row) => {
      for (const one of this.body.querySelectorAll(".over")) one.classList.remove("over");
      row?.classList.add("over");
    };
    this.body.addEventListener("dragstart", (event) => {
      if (!event.target.matches?.("[data-do='drag']")) return;
      dragged = event.target.closest("tr");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    this.body.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      over(event.target.closest("tr"));
    });
    this.body.addEventListener("drop", (event) => {
      const row = event.target.closest("tr");
      if (!dragged || !row) return;
      event.preventDefault();
      if (row !== dragged) row.before(dragged);
      this.changed();
    });
    this.body.addEventListener("dragend", () => {
      dragged = null;
      over(null);
    });
  }
}

export default function planTable(form) {
  new PlanTable(form).start();
}
