// The weekly editor. Its links and forms work by themselves; here they are sent without a reload, lessons are
// dragged, and keys move in the grid: arrows, Enter takes and puts down, Delete takes out, Esc lets go.

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

class Planner {
  constructor(editor) {
    this.editor = editor;
    this.busy = false;
    this.next = null;
    this.dragged = null;
    for (const name of ["click", "submit", "keydown", "dragstart", "dragover", "dragleave", "drop", "dragend"]) {
      editor.addEventListener(name, (event) => this[name](event));
    }
    this.rove();
  }

  // Sending

  async send(url, options = {}, focus = null) {
    if (this.busy) {
      if (!options.method) this.next = [url, options, focus];  // a link waits; a form is not sent twice
      return;
    }
    this.busy = true;
    this.editor.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { credentials: "same-origin", ...options });
      const page = parse(await answer.text());
      const fresh = page.getElementById("editor");
      if (!fresh) throw new Error(`${answer.status}`);
      this.show(page, fresh, answer.url, focus);
    } catch {
      this.say(this.editor.dataset.failed);
    } finally {
      this.busy = false;
      this.editor.removeAttribute("aria-busy");
    }
    const next = this.next;
    this.next = null;
    if (next) this.send(...next);
  }

  show(page, fresh, url, focus) {
    const scrolled = this.editor.querySelector(".table-scroll")?.scrollLeft ?? 0;
    const strip = this.editor.querySelector(".class-strip")?.scrollLeft ?? 0;
    const place = focus ?? this.placeOf(document.activeElement);
    this.editor.replaceChildren(...fresh.childNodes);
    document.title = page.title;
    document.querySelector("h1").textContent = page.querySelector("h1").textContent;
    if (new URL(url).pathname === location.pathname) history.replaceState(null, "", url);
    const scroll = this.editor.querySelector(".table-scroll");
    if (scroll) scroll.scrollLeft = scrolled;
    const again = this.editor.querySelector(".class-strip");
    if (again) again.scrollLeft = strip;
    this.rove(place);
    this.editor.querySelector(".notice[role=alert]")?.focus();
  }

  say(words) {
    this.editor.querySelector("[data-said]")?.remove();
    const notice = document.createElement("p");
    notice.className = "notice bad";
    notice.dataset.said = "";
    notice.setAttribute("role", "alert");
    notice.textContent = words;
    this.editor.prepend(notice);
  }

  post(form, changes = {}, focus = null) {
    const body = new FormData(form);
    for (const [name, value] of Object.entries(changes)) body.set(name, value);
    this.send(form.action, { method: "POST", body }, focus);
  }

  click(event) {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (new URL(link.href).pathname !== location.pathname) return;
    event.preventDefault();
    this.send(link.href, {}, this.placeOf(link));
  }

  submit(event) {
    event.preventDefault();
    this.post(event.target, {}, this.placeOf(event.target));
  }

  // Keys: one tab stop in the grid, the arrows move from cell to cell

  cells() {
    return [...this.editor.querySelectorAll(".plan-grid tbody tr")].map((row) => [...row.querySelectorAll("[data-cell]")]);
  }

  placeOf(element) {
    const cell = element?.closest?.("[data-cell]");
    if (!cell) return null;
    const rows = this.cells();
    const y = rows.findIndex((row) => row.includes(cell));
    return { x: rows[y].indexOf(cell), y };
  }

  rove(place = null) {
    const rows = this.cells();
    for (const cell of rows.flat()) cell.tabIndex = -1;
    const there = rows[place?.y ?? 0]?.[place?.x ?? 0] ?? rows[0]?.[0];
    if (!there) return;
    there.tabIndex = 0;
    if (place) there.focus({ preventScroll: false });
  }

  keydown(event) {
    if (event.key === "Escape") return this.letGo(event);
    const place = this.placeOf(event.target);
    if (!place || event.target.closest("input, select")) return;
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    const cell = event.target.closest("[data-cell]");
    if (step) {
      event.preventDefault();
      const to = { x: place.x + step[0], y: place.y + step[1] };
      if (this.cells()[to.y]?.[to.x]) this.rove(to);
    } else if (event.key === "Enter" && event.target === cell) {
      event.preventDefault();
      this.enter(cell, place);
    } else if (event.key === "Delete") {
      this.takeOut(event, cell, place);
    }
  }

  enter(cell, place) {
    const form = cell.querySelector("form[data-drop]:not([hidden])");
    const lesson = cell.querySelector(".lesson:not([aria-current])") ?? cell.querySelector(".lesson");
    if (form) this.post(form, {}, place);
    else if (lesson) this.send(lesson.href, {}, place);
  }

  letGo(event) {
    const link = this.editor.querySelector("[data-let-go]");
    if (!link) return;
    event.preventDefault();
    this.send(link.href, {}, this.placeOf(document.activeElement));
  }

  takeOut(event, cell, place) {
    const form = this.editor.querySelector("form[data-remove]");
    if (!form || !cell.querySelector(".slot.chosen")) return;
    event.preventDefault();
    this.post(form, {}, place);
  }

  // Drag: from the load or from a cell into a cell

  dragstart(event) {
    const taken = event.target.closest?.("[data-take]");
    if (!taken) return;
    this.dragged = { kind: taken.dataset.take, id: taken.dataset.id };
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", taken.textContent.trim());
  }

  dragover(event) {
    const cell = event.target.closest("[data-cell]");
    if (!this.dragged || !cell) return;
    event.preventDefault();
    cell.classList.add("over");
  }

  dragleave(event) {
    const cell = event.target.closest("[data-cell]");
    if (cell && !cell.contains(event.relatedTarget)) cell.classList.remove("over");
  }

  drop(event) {
    const cell = event.target.closest("[data-cell]");
    const form = cell?.querySelector("form[data-drop]");
    if (!this.dragged || !form) return;
    event.preventDefault();
    const { kind, id } = this.dragged;
    this.dragged = null;
    this.post(form, { course: kind === "course" ? id : "", slot: kind === "slot" ? id : "" }, this.placeOf(cell));
  }

  dragend() {
    this.dragged = null;
    for (const cell of this.editor.querySelectorAll(".over[data-cell]")) cell.classList.remove("over");
  }
}

export default function planner(editor) {
  new Planner(editor);
}
