// The day of a class: the parts of the journal grid around a table of one day.
import { Absent } from "./class-day/absent.js";
import { DayCommands } from "./class-day/commands.js";
import { DayFacts, DayMay, DayView, DayWriting } from "./class-day/table.js";
import { WholeDay } from "./class-day/whole.js";
import { decisions } from "./journal/deciding.js";
import { cellKey } from "./journal/facts.js";
import { Focus } from "./journal/focus.js";
import { Footline } from "./journal/footline.js";
import { Issues } from "./journal/issues.js";
import { Lock } from "./journal/lock.js";
import { Queue } from "./journal/queue.js";
import { Sender } from "./journal/sender.js";
import { Session } from "./journal/session.js";
import { Status } from "./journal/status.js";
import { openStorage } from "./journal/storage.js";
import { Words } from "./journal/words.js";

const json = (id) => JSON.parse(document.getElementById(id).textContent);
const part = (workspace, name) => workspace.querySelector(`[data-part-of-grid="${name}"]`);

class DayFootline extends Footline {
  refresh(td) {
    const { lesson, pupil, key } = this.view.of(td);
    if (!lesson || !pupil) return this.put(pupil?.name ?? "", this.words.say("nothing_here", { pupil: "" }).trim());
    const where = this.words.say("where", { pupil: pupil.name, no: lesson.no, subject: lesson.subject });
    const why = this.facts.data.canWrite ? this.may.absence(lesson, pupil).why : null;
    return this.put(where, [this.noted(key), why].filter(Boolean).join(" "));
  }
}

const assemble = async (workspace) => {
  const data = { ...json("journal-data"), owner: document.querySelector(".account .who")?.textContent ?? "", title: workspace.querySelector("h1").textContent };
  const words = new Words(json("journal-words"), data.locale);
  const storage = await openStorage();
  const facts = new DayFacts(data);
  const queue = new Queue(storage, data.account);
  const may = new DayMay(facts, words);
  const view = new DayView(workspace.querySelector(".journal-grid"), facts, words, queue);
  const writing = new DayWriting({ facts, may, queue, view, words });
  const session = new Session(data.session, data.account);
  const sender = new Sender({ queue, lock: new Lock(storage, `journal-entries-${data.account}`), session });
  const minutes = part(workspace, "late")?.querySelector("input") ?? null;
  const day = { workspace, data, words, storage, facts, queue, may, view, writing, sender, minutes };
  day.footline = new DayFootline({ ...day, place: part(workspace, "where"), answer: part(workspace, "answer") });
  day.focus = new Focus(view, (td) => day.commands?.moved(td));
  day.status = new Status(part(workspace, "save"), { ...day, locale: data.locale });
  day.issues = new Issues(part(workspace, "issues"), {
    ...day, resolve: decisions(day),
    on: (key) => key && view.td(...key.split(":").map(Number)) !== null,
    go: (key) => day.commands.go(key),
  });
  day.wholeDay = new WholeDay(day);
  day.absent = new Absent(part(workspace, "absent"), part(workspace, "absent-count"), day);
  day.commands = new DayCommands(day);
  return day;
};

// the news of an answer, from this tab or another
const learn = (day, { course, results = [], beside = [] }) => {
  if (course !== day.data.course) return [];
  const keys = [];
  const cells = [...results.filter((result) => result.key && result.cell).map((result) => [result.key, result.cell]),
    ...beside.map(([lesson, pupil, cell]) => [cellKey(lesson, pupil), cell])];
  for (const one of results.flatMap(({ excuse = [] }) => excuse)) day.wholeDay.learn(one);
  for (const { lesson } of results) {
    if (lesson && day.facts.setLesson(lesson)) keys.push(...day.facts.knownIn(lesson.id));
  }
  for (const [key, cell] of cells) {
    day.facts.setCell(key, cell);
    keys.push(key);
  }
  return keys;
};

const follow = (day) => {
  day.queue.onChange((news) => {
    day.view.refresh(learn(day, news));
    day.absent.show();
    day.status.show();
    day.issues.show();
    if (day.focus.td) day.footline.refresh(day.focus.td);
    day.sender.soon();
  });
  addEventListener("beforeunload", (event) => {
    if (day.queue.endangered().length) event.preventDefault();
  });
};

export default async function classDay(workspace) {
  const day = await assemble(workspace);
  day.commands.listen();
  day.commands.open();
  await day.queue.load();
  follow(day);
  if (!day.storage.lasting && day.data.canWrite) day.issues.notice("storage", "warn", day.words.say("no_storage"));
  day.queue.changed();
  workspace.dataset.ready = "yes";
}
