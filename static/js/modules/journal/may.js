// May this be written here, by this person, now? The page's answer; the server decides anew.

const no = (why) => ({ ok: false, why });
const YES = Object.freeze({ ok: true, why: null });

const SCALES = {
  five_point: ["5", "4", "3", "2", "1", "•", "н/а", "осв"],
  pass_fail: ["зач", "незач", "•", "н/а", "осв"],
  none: [],
};
const GIVEN = new Set(["5", "4", "3", "2", "1", "зач", "незач"]);
const IN_GRADE_1 = ["н/а", "осв"];

export class May {
  constructor(facts, words) {
    this.facts = facts;
    this.words = words;
  }

  reach(lesson, pupil) {
    if (!this.facts.data.canWrite || !lesson.own) return no(this.words.say("not_yours"));
    if (lesson.cancelled) return no(this.words.say("cancelled"));
    if (pupil && !this.facts.onRoster(lesson, pupil)) return no(this.words.say("not_on_roster", { name: pupil.name }));
    return YES;
  }

  mark(lesson, pupil, workId) {
    const reach = this.reach(lesson, pupil);
    if (!reach.ok) return reach;
    if (!this.values().length) return no(this.words.say("not_marked"));
    const place = this.facts.work(lesson, workId) ?? lesson;
    return place.marksOpen ? YES : no(place.marksWhy);
  }

  // the school's rule about marks of absent pupils (register/rules/presence.py): new ones only
  besides(state, { value = null, code = null }) {
    if (this.facts.data.markWithAbsence) return YES;
    if (GIVEN.has(value) && state.absence && state.absence.code !== "o") return no(this.words.say("no_mark_of_absent"));
    if (code && code !== "o" && !state.absence && state.marks.some((mark) => GIVEN.has(mark.value))) return no(this.words.say("no_absence_of_marked"));
    return YES;
  }

  value(value) {
    const { scale, grade } = this.facts.data;
    if (this.values().includes(value)) return YES;
    if (scale === "none") return no(this.words.say("not_marked"));
    if (grade === 1) return no(this.words.say("no_marks"));
    return no(this.words.say(scale === "pass_fail" ? "scale_pass_fail" : "scale_five_point", { value }));
  }

  absence(lesson, pupil) {
    const reach = this.reach(lesson, pupil);
    if (!reach.ok) return reach;
    return lesson.absenceOpen ? YES : no(lesson.absenceWhy);
  }

  cell(lesson, pupil, workId) {
    const mark = this.mark(lesson, pupil, workId);
    return mark.ok ? mark : { ...this.absence(lesson, pupil), markWhy: mark.why };
  }

  values() {
    const { scale, grade } = this.facts.data;
    return grade === 1 ? IN_GRADE_1 : SCALES[scale] ?? [];
  }
}
