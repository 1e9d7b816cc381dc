// A conflict is decided by a new entry on top of the present value, or by taking the entry back.
import { markOf } from "./overlay.js";

export const decisions = ({ facts, queue }) => ({
  mine: (entry) => {
    const { op, base, mark, ...operation } = entry.operation;
    const cell = entry.cell ? facts.cell(entry.cell) : null;
    const there = cell ? markOf(cell.marks, entry.work) : null;
    const fresh = { ...operation };
    if (mark !== undefined) fresh.mark = there?.id ?? null;
    if (base !== undefined) fresh.base = presentVersion(facts, entry, cell, there);
    const { op: _op, at, tries, state, message, theirs, status, ...common } = entry;
    queue.add({ ...common, operation: fresh });
  },
  theirs: (entry) => queue.remove([entry.op]),
});

const presentVersion = (facts, entry, cell, there) => {
  if (!cell) return facts.lessons.get(entry.lesson.id)?.version ?? entry.theirs?.version ?? 0;
  return entry.operation.kind.endsWith("_absence") ? cell.absence?.version ?? 0 : there?.version ?? 0;
};
