// The journal grid: puts the parts of journal/ together. Facts come as JSON, cells are painted by the server;
// from then on every key is an entry of the queue, shown at once and sent when it can be.
import { Averages } from "./journal/averages.js";
import { CellPanel } from "./journal/cell-panel.js";
import { Commands } from "./journal/commands.js";
import { decisions } from "./journal/deciding.js";
import { Facts, cellKey } from "./journal/facts.js";
import { Focus } from "./journal/focus.js";
import { Footline } from "./journal/footline.js";
import { Issues } from "./journal/issues.js";
import { LessonPanel } from "./journal/lesson-panel.js";
import { Lock } from "./journal/lock.js";
import { May } from "./journal/may.js";
import { Panel } from "./journal/panel.js";
import { Queue } from "./journal/queue.js";
import { Sender } from "./journal/sender.js";
import { Session } from "./journal/session.js";
import { Status } from "./journal/status.js";
import { openStorage } from "./journal/storage.js";
import { View } from "./journal/view.js";
import { Words } from "./journal/words.js";
import { Writing } from "./journal/writing.js";

const json = (id) => JSON.parse(document.getElementById(id).textContent);
const part = (workspace, name) => workspace.querySelector(`[data-part-of-grid="${name}"]`);

const assemble = async (workspace) => {
  const data = { ...json("journal-data"), owner: document.querySelector(".account .who")?.textContent ?? "", title: workspace.querySelector("h1").textContent };
  const words = new Words(json("journal-words"), data.locale);
  const storage = await openStorage();
  const facts = new Facts(data);
  const queue = new Queue(storage, data.account);
  const may = new May(facts, words);
  const view = new View(workspace.querySelector(".journal-grid"), facts, words, queue);
  const writing = new Writing({ facts, may, queue, view, words });
  const session = new Session(data.session, data.account);
  const sender = new Sender({ queue, lock: new Lock(storage, `journal-entries-${data.account}`), session });
  const journal = { workspace, data, words, storage, facts, queue, may, view, writing, sender };
  journal.footline = new Footline({ ...journal, place: part(workspace, "where"), answer: part(workspace, "answer"), chosen: () => journal.commands?.planner.chosen() ?? [] });
  journal.focus = new Focus(view, (td) => journal.commands?.moved(td));
  journal.panel = new Panel(part(workspace, "panel"), { workspace, words, writes: data.canWrite, back: () => journal.focus.take(journal.focus.td) });
  journal.status = new Status(part(workspace, "save"), { ...journal, locale: data.locale });
  journal.issues = new Issues(part(workspace, "issues"), {
    ...journal, resolve: decisions(journal),
    on: (key) => key && journal.view.td(...key.split(":").map(Number)) !== null,
    go: (key) => journal.commands.go(key),
  });
  journal.takeAttendance = (lesson) => journal.commands.attendance(lesson);
  journal.lessonPanel = new LessonPanel(journal);
  journal.cellPanel = new CellPanel(journal);
  journal.averages = new Averages(journal);
  journal.commands = new Commands(journal);
  return journal;
};

// the news of an answer, from this tab or another
const learn = (journal, { course, results = [], beside = [] }) => {
  const keys = [];
  if (course !== journal.data.course) return keys;
  for (const result of results) {
    if (result.lesson && journal.facts.setLesson(result.lesson)) {
      journal.commands.paintHead(result.lesson.id);
      journal.commands.planner.outdated();
    }
    if (result.key && result.cell) {
      journal.facts.setCell(result.key, result.cell);
      keys.push(result.key);
    }
    if (result.sums) journal.averages.update(result.sums);
  }
  for (const [lesson, pupil, cell] of beside) {
    journal.facts.setCell(cellKey(lesson, pupil), cell);
    keys.push(cellKey(lesson, pupil));
  }
  return keys;
};

const follow = (journal) => {
  journal.queue.onChange((news) => {
    journal.view.refresh(learn(journal, news));
    journal.status.show();
    journal.issues.show();
    journal.commands.attendanceChip();
    if (journal.focus.td) journal.footline.refresh(journal.focus.td);
    journal.sender.soon();
  });
  addEventListener("beforeunload", (event) => {
    if (journal.queue.endangered().length) event.preventDefault();
  });
};

export default async function journalGrid(workspace) {
  const journal = await assemble(workspace);
  journal.commands.listen();
  journal.commands.openAtToday();
  await journal.queue.load();
  follow(journal);
  if (!journal.storage.lasting && journal.data.canWrite) journal.issues.notice("storage", "warn", journal.words.say("no_storage"));
  journal.queue.changed();
  workspace.dataset.ready = "yes";
}
