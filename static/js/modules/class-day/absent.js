// Who is not there, as the page knows by now: those nobody has explained stand first.
import { cellKey } from "../journal/facts.js";

const MISSED = new Set(["n", "b", "u", "p"]);

const make = (name, props = {}, ...children) => {
  const node = Object.assign(document.createElement(name), props);
  node.append(...children);
  return node;
};

export class Absent {
  constructor(list, count, { facts, view, words }) {
    Object.assign(this, { list, count, facts, view, words });
  }

  show() {
    const lines = this.facts.data.pupils.map((pupil) => this.line(this.facts.pupils.get(pupil.id))).filter(Boolean);
    lines.sort((one, other) => one.rank - other.rank);
    this.count.textContent = lines.length;
    this.list.replaceChildren(...(lines.length ? lines.map((line) => line.node) : [make("li", { className: "soft", textContent: this.words.say("nobody_absent") })]));
  }

  line(pupil) {
    const entries = pupil.places.filter(Boolean)
      .map((id) => ({ lesson: this.facts.lessons.get(id), absence: this.view.state(cellKey(id, pupil.id)).absence }))
      .filter(({ absence }) => absence);
    const missed = entries.filter(({ absence }) => MISSED.has(absence.code));
    if (!pupil.known && !missed.length) return null;
    const unexplained = !pupil.known && missed.some(({ absence }) => absence.code === "n");
    const waiting = pupil.known !== null && !pupil.known[1];
    return { rank: unexplained ? 0 : waiting ? 1 : 2, node: this.node(pupil, entries, unexplained, waiting) };
  }

  node(pupil, entries, unexplained, waiting) {
    const place = (entries[0]?.lesson.id ?? pupil.places.find(Boolean)) || null;
    const name = make("button", { type: "button", className: "link", textContent: pupil.name });
    if (place) name.dataset.go = cellKey(place, pupil.id);
    const parts = [name];
    if (entries.length) parts.push(" ", make("span", { className: "nowrap", textContent: this.codes(entries) }));
    const why = this.why(pupil, unexplained);
    if (why) parts.push(" ", make("small", { textContent: why }));
    return make("li", { className: unexplained ? "bad" : waiting ? "warn" : "" }, ...parts);
  }

  // «н 1, 2 · б 3»
  codes(entries) {
    const numbers = new Map();
    for (const { lesson, absence } of entries) {
      const [letter] = this.words.words.codes[absence.code];
      numbers.set(letter, [...(numbers.get(letter) ?? []), lesson.no]);
    }
    return [...numbers].map(([letter, of]) => `${letter} ${of.join(", ")}`).join(" · ");
  }

  why(pupil, unexplained) {
    if (!pupil.known) return unexplained ? this.words.say("no_reason") : "";
    const [code, confirmed] = pupil.known;
    return this.words.say(confirmed ? "excused" : "not_confirmed", { reason: this.words.words.codes[code][1] });
  }
}
