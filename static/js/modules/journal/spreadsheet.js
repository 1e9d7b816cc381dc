// Ctrl+C, Ctrl+X and Ctrl+V: the selection to a spreadsheet, columns of one into the grid, cell by cell.
import { read, shortened, understand, write } from "./clipboard.js";

export class Spreadsheet {
  constructor(commands) {
    const { view, focus, facts, words, writing } = commands;
    Object.assign(this, { commands, view, focus, facts, words, writing });
  }

  listen() {
    document.addEventListener("copy", (event) => this.copy(event));
    document.addEventListener("cut", (event) => { if (this.copy(event)) this.commands.clear(); });
    document.addEventListener("paste", (event) => this.paste(event));
  }

  here() {
    return this.view.table.contains(document.activeElement);
  }

  copy(event) {
    if (!this.here()) return false;
    event.clipboardData.setData("text/plain", write(this.focus.block(), (td) => this.textOf(td)));
    event.preventDefault();
    return true;
  }

  textOf(td) {
    const { key } = this.view.of(td);
    if (!key) return td.textContent.trim();
    const { marks, absence } = this.view.state(key);
    return [absence && this.words.words.codes[absence.code][0], ...marks.map((mark) => mark.value)].filter(Boolean).join(" ");
  }

  paste(event) {
    if (!this.here()) return;
    event.preventDefault();
    const refused = [];
    const beyond = [];
    let done = 0;
    this.writing.together(() => {
      for (const { td, row, written } of this.places(read(event.clipboardData.getData("text/plain")))) {
        const key = td && this.view.of(td).key;
        const why = key ? this.enter(key, written) : null;
        if (!key) beyond.push(row);
        else if (why) refused.push(this.commands.refusal(key, shortened(written), why));
        else done += 1;
      }
    });
    if (beyond.length) refused.push(this.outside(beyond));
    this.commands.report("paste", done, refused);
  }

  // more rows than pupils, more columns than lessons: said once
  outside(rows) {
    const [first, last] = [rows[0], rows.at(-1)];
    const where = first === last ? this.words.say("line", { n: first }) : this.words.say("lines", { first, last });
    return { key: null, where, text: this.words.count("n_beyond", rows.length) };
  }

  // what goes where; one value over a selection goes into each of its cells
  *places(lines) {
    const block = this.focus.block();
    const lone = lines.length === 1 && lines[0].length === 1;
    const start = this.view.place(block[0][0]);
    if (lone && block.flat().length > 1) lines = block.map((row) => row.map(() => lines[0][0]));
    for (const [down, cells] of lines.entries()) {
      for (const [right, written] of cells.entries()) {
        if (written) yield { td: this.view.at(start.row + down, start.column + right), row: start.row + down + 1, written };
      }
    }
  }

  // the reason of a refusal, or null
  enter(key, written) {
    const value = understand(written);
    if (!value) return this.words.say("not_understood");
    const { marks, code } = value;
    const why = code ? this.writing.absence(key, code) : null;
    return why ?? (marks.length > 1 ? this.several(key, marks) : marks.length ? this.commands.typeMark(key, marks[0]) : null);
  }

  // several marks of one cell belong to the lesson's works in their order
  several(key, marks) {
    const works = this.facts.kinds(this.writing.ids(key).lesson);
    if (works.length < marks.length) return this.words.say("too_few_works", { n: works.length });
    return marks.map((value, place) => this.writing.mark(key, value, { work: works[place].id })).find(Boolean) ?? null;
  }
}
