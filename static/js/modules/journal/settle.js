// What the server's answer does to the entries of the browser. Pure: entries in, entries out.
import { adopt, rebase } from "./batch.js";

const refuse = (entry, message, status) => ({ ...entry, state: "refused", message, status });

const judge = (entry, result) => {
  if (result.state === "conflict" || result.status === 409) {
    return { ...entry, state: "conflict", message: result.message, theirs: result.theirs ?? null, status: 409 };
  }
  return refuse(entry, result.message, result.status);
};

const adoptAll = (entries, results) => {
  const works = new Map();
  for (const { lesson } of results) if (lesson?.works?.length) works.set(lesson.id, lesson.works[0].id);
  return entries.map((entry) => (works.has(entry.lesson.id) ? adopt(entry, entry.lesson.id, works.get(entry.lesson.id)) : entry));
};

const newWork = (entry, result) => {
  const known = new Set(entry.knownWorks ?? []);
  return result.lesson?.works.find((work) => !known.has(work.id))?.id ?? null;
};

const give = (entry, work) => ({
  ...entry, needs: null, work, slot: `${entry.cell}:m:${work}`, operation: { ...entry.operation, work },
});

// `sent` were in the request; `entries` are all of the account. Gives the entries to keep and to drop.
export const settle = (entries, sent, results) => {
  const byOp = new Map(results.map((result) => [result.op, result]));
  let kept = adoptAll(entries, results);
  const drop = [];
  for (const { op } of sent) {
    const result = byOp.get(op);
    const entry = kept.find((known) => known.op === op);
    if (!result || !entry) continue;
    const later = kept.some((other) => other.slot === entry.slot && other.op !== op && other.state === "pending" && other.at > entry.at);
    const saved = result.state === "saved";
    if (saved || later) drop.push(op);
    kept = kept.filter((known) => known.op !== op || !(saved || later)).map((other) => follow(other, entry, result, saved));
    if (!saved && !later) kept = kept.map((known) => (known.op === op ? judge(known, result) : known));
  }
  return { keep: kept, drop };
};

const follow = (other, entry, result, saved) => {
  if (other.needs === entry.op) {
    return saved ? give(other, newWork(entry, result)) : refuse(other, result.message, result.status);
  }
  const successor = other.slot === entry.slot && other.op !== entry.op && other.state === "pending" && other.at > entry.at;
  return successor && saved ? rebase(other, result.cell, result.lesson) : other;
};

export const refuseAll = (entries, sent, message, status) => {
  const ops = new Set(sent.map((entry) => entry.op));
  return entries.map((entry) => (ops.has(entry.op) || ops.has(entry.needs) ? refuse(entry, message, status) : entry));
};
