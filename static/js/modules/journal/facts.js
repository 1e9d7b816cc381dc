// What the server said: lessons, pupils, cells. No entry of this browser is mixed in here.

export const MARK = { id: 0, work: 1, value: 2, version: 3, comment: 4, retakeOf: 5, deadline: 6 };
const NOTHING = Object.freeze({ marks: Object.freeze([]), absence: null });

const readMark = (raw) => ({
  id: raw[MARK.id],
  work: raw[MARK.work],
  value: raw[MARK.value],
  version: raw[MARK.version],
  comment: raw[MARK.comment] ?? null,
  retakeOf: raw[MARK.retakeOf] ?? null,
  deadline: raw[MARK.deadline] ?? null,
});

const readAbsence = ([code, minutes, version]) => ({ code, minutes, version });

const readCell = (raw) => ({
  marks: (raw?.m ?? []).map(readMark),
  absence: raw?.a ? readAbsence(raw.a) : null,
});

const byId = (list) => new Map(list.map((item, place) => [item.id, { ...item, place }]));

export const cellKey = (lesson, pupil) => `${lesson}:${pupil}`;

// the page's marks and absences, each after its lesson and pupil
const readCells = ({ marks, absences }) => {
  const cells = new Map();
  const cell = (lesson, pupil) => {
    const key = cellKey(lesson, pupil);
    if (!cells.has(key)) cells.set(key, readCell());
    return cells.get(key);
  };
  for (const [lesson, pupil, , ...raw] of marks) cell(lesson, pupil).marks.push(readMark(raw));
  for (const [lesson, pupil, ...raw] of absences) cell(lesson, pupil).absence = readAbsence(raw);
  return cells;
};

export class Facts {
  constructor(data) {
    this.data = data;
    this.lessons = byId(data.lessons);
    this.pupils = byId(data.pupils);
    this.workTypes = byId(data.workTypes);
    this.cells = readCells(data);
    this.known = new Map(Object.entries(data.known ?? {}));   // what excuses say of lessons not taken yet
  }

  lessonAt(place) {
    return this.lessons.get(this.data.lessons[place]?.id);
  }

  pupilAt(place) {
    return this.pupils.get(this.data.pupils[place]?.id);
  }

  cell(key) {
    return this.cells.get(key) ?? NOTHING;
  }

  // [code, confirmed] of an excuse, until the lesson is taken or the cell written
  knownOf(key) {
    const known = this.known.get(key);
    return known && !this.lessons.get(Number(key.split(":")[0]))?.taken ? known : null;
  }

  knownIn(lessonId) {
    return [...this.known.keys()].filter((key) => key.startsWith(`${lessonId}:`));
  }

  setCell(key, raw) {
    this.cells.set(key, readCell(raw));
  }

  // returns false when the lesson is not on this page (another term)
  setLesson(raw) {
    const known = this.lessons.get(raw.id);
    if (known) this.lessons.set(raw.id, { ...known, ...raw });
    return Boolean(known);
  }

  firstWork(lesson) {
    return lesson?.works?.[0]?.id ?? 0;
  }

  work(lesson, id) {
    return lesson.works.find((work) => work.id === id) ?? null;
  }

  // works that look alike are shown once: retakes lie in twins of the work they retake
  kinds(lesson) {
    const known = new Map();
    for (const work of lesson.works) {
      const look = `${work.type}:${work.weight}:${work.caption ?? ""}`;
      if (!known.has(look)) known.set(look, work);
    }
    return [...known.values()];
  }

  // works in which some pupil of the page has a retake
  retakes(lesson) {
    const found = new Set();
    for (const { id } of this.data.pupils) {
      for (const mark of this.cell(cellKey(lesson.id, id)).marks) if (mark.retakeOf !== null) found.add(mark.work);
    }
    return found;
  }

  // stays are half-open: [from, before), before null while the pupil is there
  onRoster(lesson, pupil) {
    return pupil.stays.some(([from, before]) => from <= lesson.date && (!before || lesson.date < before));
  }
}
