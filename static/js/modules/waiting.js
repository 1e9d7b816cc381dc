// On every page but the journal's own: what still waits in this browser is said, and sent.
import { Lock } from "./journal/lock.js";
import { Queue } from "./journal/queue.js";
import { Sender } from "./journal/sender.js";
import { Session } from "./journal/session.js";
import { openStorage } from "./journal/storage.js";
import { Words } from "./journal/words.js";

const show = (link, queue, words) => {
  const refused = queue.decisions();
  const waiting = queue.waiting();
  const [entry] = refused.length ? refused : waiting;
  link.hidden = !entry;
  if (!entry) return;
  link.textContent = refused.length ? words.count("n_refused", refused.length) : words.count("n_waiting", waiting.length);
  link.classList.toggle("refused", refused.length > 0);
  link.classList.toggle("pending", refused.length === 0);
  link.href = `${entry.save.replace(/\/save$/, "")}#lesson-${entry.lesson.id}`;
};

export default async function waiting(link) {
  if (document.querySelector(".journal-grid")) return;
  const account = Number(link.dataset.account);
  const storage = await openStorage();
  const queue = new Queue(storage, account);
  await queue.load();
  const words = new Words(JSON.parse(link.dataset.words), document.documentElement.lang);
  const lock = new Lock(storage, `journal-entries-${account}`);
  const sender = new Sender({ queue, lock, session: new Session(link.dataset.session, account) });
  queue.onChange(() => show(link, queue, words));
  show(link, queue, words);
  sender.soon();
}
