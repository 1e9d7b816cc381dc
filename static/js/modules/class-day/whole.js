// One act for the whole day of a pupil: lessons that have begun are entered one by one, for those ahead the word
// of the class teacher is kept as an excuse of the day, where there is a reason to keep.
import { cellKey } from "../journal/facts.js";

const EXCUSES = new Set(["b", "u"]);

export class WholeDay {
  constructor({ facts, view, words, writing, queue }) {
    Object.assign(this, { facts, view, words, writing, queue });
  }

  held(pupil) {
    return pupil.places.filter(Boolean).map((id) => this.facts.lessons.get(id))
      .filter((lesson) => !lesson.cancelled && !pupil.released.includes(lesson.id));
  }

  // gives what was refused, and what is to be told; Ctrl+Z takes all of it back at once
  absent(pupil, code) {
    const held = this.held(pupil);
    const ahead = held.filter((lesson) => !lesson.begun);
    const refused = [];
    this.writing.together(() => {
      for (const lesson of held.filter((one) => one.begun)) {
        const key = cellKey(lesson.id, pupil.id);
        const why = this.writing.absence(key, code);
        if (why) refused.push({ key, why });
      }
      if (ahead.length && EXCUSES.has(code)) this.excuse(pupil, ahead, code);
    });
    return { refused, done: held.length - ahead.length - refused.length, told: ahead.length && !EXCUSES.has(code) ? this.words.say("rest_ahead") : "" };
  }

  // the reason of every Н of the day
  explain(pupil, code) {
    const unknown = this.held(pupil).map((lesson) => cellKey(lesson.id, pupil.id)).filter((key) => this.view.state(key).absence?.code === "n");
    const refused = [];
    this.writing.together(() => {
      for (const key of unknown) {
        const why = this.writing.absence(key, code);
        if (why) refused.push({ key, why });
      }
    });
    return { refused, done: unknown.length - refused.length, told: unknown.length ? "" : this.words.say("nothing_to_explain", { pupil: pupil.name }) };
  }

  excuse(pupil, ahead, code) {
    const before = pupil.known;
    this.writing.remember({ key: cellKey(ahead[0].id, pupil.id), undo: () => this.takeBack(pupil, ahead, code, before) });
    this.enter("put_day", pupil, ahead[0], code);
    this.lay(pupil, ahead, [code, true]);
  }

  takeBack(pupil, ahead, code, before) {
    this.enter("clear_day", pupil, ahead[0], code);
    this.lay(pupil, ahead, before);
    return null;
  }

  enter(kind, pupil, lesson, code) {
    const mine = this.words.say("whole_day", { mine: this.words.words.codes[code][0] });
    const common = this.writing.common(lesson);
    this.queue.add({
      ...common, lesson: { ...common.lesson, label: this.words.say("day_label") },
      slot: `${pupil.id}:day`, cell: null, pupil: pupil.name, mine,
      operation: { kind, lesson: lesson.id, pupil: pupil.id, code },
    });
  }

  // shown at once; the answer says how it is in truth
  lay(pupil, ahead, known) {
    pupil.known = known;
    for (const lesson of ahead) this.know(cellKey(lesson.id, pupil.id), known);
  }

  know(key, known) {
    if (known) this.facts.known.set(key, known);
    else this.facts.known.delete(key);
    this.view.paint(key);
  }

  // the server's word about the excuse of a pupil's day
  learn({ pupil: id, known, cells }) {
    const pupil = this.facts.pupils.get(id);
    if (!pupil) return;
    pupil.known = known;
    for (const [key, one] of Object.entries(cells)) this.know(key, one);
  }
}
