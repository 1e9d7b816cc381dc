// A cell as it is shown: the server's facts with this browser's unsent entries laid over them. Pure.

const STRENGTH = { pending: 1, refused: 2, conflict: 3 };

// A retake that is not saved yet has no work: it is named by the mark it retakes, «r17».
export const retakePlace = (markId) => `r${markId}`;
export const retakenBy = (work) => (/^r\d+$/.test(work) ? Number(work.slice(1)) : null);

export const markOf = (marks, work) =>
  marks.find((mark) => mark.work === work || (mark.retakeOf !== null && work === retakePlace(mark.retakeOf))) ?? null;

// A mark's place in its cell: its work, or for a retake the mark it retakes, saved or not.
export const placeOf = (mark) => (mark.retakeOf === null ? mark.work : retakePlace(mark.retakeOf));

const withMark = (marks, work, operation) => {
  const there = markOf(marks, work);
  const laid = {
    id: null, version: 0, retakeOf: retakenBy(work), work, ...there,
    value: operation.value,
    comment: operation.comment ?? there?.comment ?? null,
    deadline: operation.deadline ?? null,
  };
  return there ? marks.map((mark) => (mark === there ? laid : mark)) : [...marks, laid];
};

const lay = (cell, entry) => {
  const { operation } = entry;
  switch (operation.kind) {
    case "put_mark":
      return { ...cell, marks: withMark(cell.marks, entry.work, operation) };
    case "clear_mark":
      return { ...cell, marks: cell.marks.filter((mark) => mark !== markOf(cell.marks, entry.work)) };
    case "put_absence":
      return { ...cell, absence: { version: 0, ...cell.absence, code: operation.code, minutes: operation.minutes ?? null } };
    case "clear_absence":
      return { ...cell, absence: null };
    default:
      return cell;
  }
};

// entries: those of this cell in the order they were made
export const shown = (cell, entries) => {
  let result = { ...cell, state: null, conflict: null };
  for (const entry of entries) {
    if (entry.state === "conflict") result = { ...result, conflict: entry };
    else result = { ...result, ...lay(result, entry) };
    if ((STRENGTH[entry.state] ?? 0) > (STRENGTH[result.state] ?? 0)) result.state = entry.state;
  }
  return result;
};

// a lesson with what was typed of it and is not yet answered; `entries` of its own slot in their order
export const laidLesson = (lesson, entries) => {
  const operation = entries.at(-1)?.operation;
  if (!operation) return lesson;
  const { topic, homework, homework_none: homeworkNone, homework_minutes: homeworkMinutes, homework_due: homeworkDue, lesson_kind: kind } = operation;
  return { ...lesson, topic, homework, homeworkNone, homeworkMinutes, homeworkDue, kind: kind ?? lesson.kind };
};

const retaken = (marks) => new Set(marks.map((mark) => mark.retakeOf).filter((id) => id !== null));

// the marks that count: those replaced by a retake are shown struck through and are not typed over
export const standing = (marks) => {
  const replaced = retaken(marks);
  return marks.filter((mark) => mark.id === null || !replaced.has(mark.id));
};
