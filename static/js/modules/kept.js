// Journals that open without a connection: switched on by the teacher for this browser alone, and for one
// account; whoever else signs in here clears them (docs/adr/0025). The worker does the rest.

const CACHE = "journal-kept";
const KEY = "journal-kept-account";
const possible = () => "serviceWorker" in navigator && "caches" in window;

const owner = () => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
};

export const clearPages = () => (possible() ? caches.delete(CACHE) : Promise.resolve(false));

export const stopKeeping = async () => {
  localStorage.removeItem(KEY);
  await clearPages();
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
};

// style sheets, scripts and what the scripts asked for
const filesOfPage = () => {
  const named = [...document.querySelectorAll("link[rel='stylesheet'], link[rel='icon'], script[src]")].map((one) => one.href || one.src);
  const asked = performance.getEntriesByType("resource").filter((one) => ["script", "other"].includes(one.initiatorType) && one.name.endsWith(".js")).map((one) => one.name);
  const list = new URL("./kept-list.js", import.meta.url).href;   // of the page that lists what is kept
  return [...new Set([...named, ...asked, list])].filter((url) => url.startsWith(location.origin));
};

const answered = (worker, message) => new Promise((resolve) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = (event) => resolve(event.data);
  worker.postMessage(message, [channel.port2]);
});

// resolves to whether the page and its files are kept now
const remember = async (element) => {
  const { account, worker } = element.dataset;
  await navigator.serviceWorker.register(worker, { scope: "/" });
  const { active } = await navigator.serviceWorker.ready;
  const journal = document.querySelector("main[data-module='journal-grid'] [data-part-of-grid='save']") !== null;
  const page = journal ? location.href.replace(/#.*$/, "") : null;
  return answered(active, { type: "remember", account, page, files: filesOfPage() });
};

const say = (element, when) => {
  const notice = element.querySelector("template").content.firstElementChild.cloneNode(true);
  const moment = new Date(when).toLocaleString(document.documentElement.lang, { day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit" });
  notice.querySelector("[data-when]").textContent = moment;
  notice.querySelector("button").addEventListener("click", () => location.reload());
  document.querySelector("main .main, main").prepend(notice);
  addEventListener("online", () => { notice.querySelector("[data-back]").hidden = false; });
};

const show = (element) => {
  const on = owner() === element.dataset.account;
  const [start, stop] = element.querySelectorAll("button[data-do]");
  if (!start) return;
  start.hidden = on;
  stop.hidden = !on;
};

const listen = (element) => {
  element.querySelector("[data-do='keep']")?.addEventListener("click", async () => {
    localStorage.setItem(KEY, element.dataset.account);
    show(element);
    element.dataset.kept = String(await remember(element));
  });
  element.querySelector("[data-do='stop']")?.addEventListener("click", async () => {
    await stopKeeping();
    show(element);
    element.dataset.kept = "no";
  });
};

export default async function kept(element) {
  if (!possible()) return;
  const known = owner();
  const meta = document.querySelector("meta[name='kept-at']");
  if (known && known !== element.dataset.account) await stopKeeping();
  element.hidden = element.querySelector("button[data-do]") === null;
  show(element);
  listen(element);
  if (meta) say(element, Number(meta.content));
  else if (owner() === element.dataset.account) remember(element).then((ok) => { element.dataset.kept = String(ok); }, () => {});
}
