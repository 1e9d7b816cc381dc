// One tab stop: the focused cell, its row and column, and the selection by Shift. Knows no school words.

const clamp = (value, last) => Math.min(Math.max(value, 0), last);

export class Focus {
  constructor(view, onMove) {
    this.view = view;
    this.onMove = onMove;
    this.td = null;
    this.anchor = null;
    this.selected = [];
    this.scroller = view.table.closest(".table-scroll");
    this.scroller?.removeAttribute("tabindex");   // the cell inside is the one stop for Tab
  }

  start(row, column, focus) {
    this.take(this.view.at(row, column), { focus });
  }

  get place() {
    return this.td ? this.view.place(this.td) : { row: 0, column: 0 };
  }

  columns() {
    return this.view.rows[0]?.cells.length - 1;
  }

  take(td, { focus = true, extend = false } = {}) {
    if (!td) return false;
    if (this.td && this.td !== td) {
      this.td.removeAttribute("tabindex");
      this.td.parentElement.classList.remove("at");
    }
    const from = this.td;
    this.td = td;
    td.tabIndex = 0;
    td.setAttribute("aria-colindex", td.cellIndex + 1);
    if (focus) {
      td.parentElement.classList.add("at");
      td.focus({ preventScroll: true });
      td.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    this.select(extend ? this.anchor ?? from : null);
    this.onMove(td);
    return true;
  }

  move([down, right], extend = false) {
    const { row, column } = this.place;
    const last = extend ? this.view.facts.data.lessons.length - 1 : this.columns() - 1;
    const next = this.view.at(clamp(row + down, this.view.rows.length - 1), clamp(column + right, last));
    return next !== this.td && this.take(next, { extend });
  }

  // down to the next row that `fits`; false at the end
  below(fits) {
    const { row, column } = this.place;
    for (let next = row + 1; next < this.view.rows.length; next += 1) {
      const td = this.view.at(next, column);
      if (fits(td)) return this.take(td);
    }
    return false;
  }

  select(anchor) {
    for (const td of this.selected) {
      td.classList.remove("selected");
      td.removeAttribute("aria-selected");
    }
    this.anchor = anchor;
    this.selected = anchor ? this.between(anchor, this.td) : [];
    for (const td of this.selected) {
      td.classList.add("selected");
      td.setAttribute("aria-selected", "true");
    }
  }

  between(one, other) {
    const [a, b] = [this.view.place(one), this.view.place(other)];
    const cells = [];
    for (let row = Math.min(a.row, b.row); row <= Math.max(a.row, b.row); row += 1) {
      for (let column = Math.min(a.column, b.column); column <= Math.max(a.column, b.column); column += 1) {
        cells.push(this.view.at(row, column));
      }
    }
    return cells;
  }

  // the selection as rows of cells; without one the focused cell alone
  block() {
    if (!this.selected.length) return [[this.td]];
    const rows = new Map();
    for (const td of this.selected) rows.set(td.parentElement, [...(rows.get(td.parentElement) ?? []), td]);
    return [...rows.values()];
  }

  // opens at today: a week of what was before stays in sight
  scrollTo(column) {
    const td = this.view.at(0, column);
    if (td) this.scroller.scrollLeft = td.offsetLeft - this.scroller.clientWidth * 0.6;
  }
}
