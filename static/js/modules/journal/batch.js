// What may go in the next request, and what an answer does to the entries. Pure.
import { retakenBy } from "./overlay.js";
import { LONGEST_BATCH } from "./queue.js";

// One entry a slot. Of several never sent only the last is worth sending; one that may have reached the
// server goes first and alone, under its own op. Entries that wait for a new work come after it.
export const nextBatch = (waiting) => {
  const slots = new Map();
  for (const entry of waiting) slots.set(entry.slot, [...(slots.get(entry.slot) ?? []), entry]);
  const chosen = [];
  const overtaken = [];
  for (const entries of slots.values()) {
    const sent = entries.find((entry) => entry.tries > 0);
    const pick = sent ?? entries.at(-1);
    overtaken.push(...entries.slice(0, entries.indexOf(pick)).filter((entry) => entry.tries === 0));
    if (!pick.needs || !waiting.some((entry) => entry.op === pick.needs)) chosen.push(pick);
  }
  const course = chosen[0]?.course;
  const batch = chosen.filter((entry) => entry.course === course);
  const idle = batch.filter(changesNothing);
  return {
    batch: batch.filter((entry) => !idle.includes(entry)).sort((a, b) => a.at - b.at).slice(0, LONGEST_BATCH),
    drop: [...overtaken, ...idle],
  };
};

// typed and erased before anything was sent
const changesNothing = ({ operation, tries }) =>
  tries === 0 && operation.base === 0 && (operation.kind === "clear_mark" || operation.kind === "clear_absence");

// the version a later entry of the same slot stands on, once its forerunner is saved
export const rebase = (entry, cell, lesson) => {
  const { operation } = entry;
  if (operation.kind.endsWith("_absence")) return withBase(entry, cell?.a ? cell.a[2] : 0);
  if (operation.kind === "take_attendance" || operation.kind === "put_lesson") return withBase(entry, lesson?.version ?? operation.base);
  if (operation.kind.endsWith("_mark")) {
    const retake = retakenBy(entry.work);
    const mark = (cell?.m ?? []).find((raw) => raw[1] === entry.work || (retake !== null && raw[5] === retake));
    return { ...withBase(entry, mark ? mark[3] : 0), operation: { ...entry.operation, mark: mark ? mark[0] : null, base: mark ? mark[3] : 0 } };
  }
  return entry;
};

const withBase = (entry, base) => ({ ...entry, operation: { ...entry.operation, base } });

// entries of a lesson that had no work yet learn the id of the one the server made
export const adopt = (entry, lessonId, workId) => {
  if (entry.lesson.id !== lessonId || entry.work !== 0 || !entry.cell) return entry;
  return { ...entry, work: workId, slot: `${entry.cell}:m:${workId}` };
};
