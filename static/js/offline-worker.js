// Opens journals without a connection, in a browser whose teacher has asked for it (docs/adr/0025).
// The server is always asked first: what is kept is shown only when no answer comes. Nothing but journal
// pages of the one account is kept, none longer than two days; POSTs and data are never touched.

const CACHE = "journal-kept";
const OWNER = "/offline-owner";
const PARTS = "/offline-parts";   // which files each kept page needs
const FALLBACK = "/offline";
const OWN = [OWNER, PARTS, FALLBACK];
const LONGEST = 2 * 24 * 60 * 60 * 1000;
const MOST = 12;
const FILES = new Set(["style", "script", "image", "font"]);
const KEPT_HEADERS = ["Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"];

const open = () => caches.open(CACHE);
const json = async (cache, key) => (await cache.match(key))?.json() ?? null;
const put = (cache, key, value) => cache.put(key, new Response(JSON.stringify(value)));
const address = (url) => url.replace(/#.*$/, "");
const ownerOf = async (cache) => (await json(cache, OWNER))?.account ?? null;
const at = (answer) => Number(answer.headers.get("X-Kept-At"));

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (FILES.has(request.destination)) event.respondWith(file(request));
});

const file = async (request) => {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { cacheName: CACHE, ignoreVary: true })) ?? Response.error();
  }
};

const page = async (event) => {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return kept(address(event.request.url));
  }
  event.waitUntil(keep(address(event.request.url), answer.clone()));
  return answer;
};

// only the server's own word makes a page one to be kept, and says whose
const keep = async (url, answer) => {
  const account = answer.headers.get("X-Journal-Keep");
  if (!answer.ok || answer.redirected || !account || !(await caches.has(CACHE))) return;
  const cache = await open();
  const owner = await ownerOf(cache);
  if (owner !== account) {
    if (owner) await caches.delete(CACHE);   // somebody else sits here now
    return;
  }
  const headers = new Headers({ "X-Kept-At": String(Date.now()) });
  for (const name of KEPT_HEADERS) if (answer.headers.has(name)) headers.set(name, answer.headers.get(name));
  const text = await answer.text();
  if (!(await caches.has(CACHE)) || (await ownerOf(cache)) !== account) return;   // signed out meanwhile
  await cache.put(url, new Response(text, { headers }));
  await prune(cache);
};

const pagesOf = async (cache) => {
  const found = [];
  for (const request of await cache.keys()) {
    const answer = await cache.match(request);
    if (answer?.headers.has("X-Kept-At")) found.push({ url: request.url, answer, at: at(answer) });
  }
  return found.sort((a, b) => b.at - a.at);
};

// too old, too many, and files that no kept page needs any more
const prune = async (cache) => {
  const pages = await pagesOf(cache);
  const fresh = pages.filter((one, place) => place < MOST && Date.now() - one.at < LONGEST);
  const parts = (await json(cache, PARTS)) ?? {};
  const left = Object.fromEntries(Object.entries(parts).filter(([url]) => url === FALLBACK || fresh.some((one) => one.url === url)));
  const needed = new Set([...Object.values(left).flat(), ...fresh.map((one) => one.url), ...OWN.map((path) => new URL(path, self.location).href)]);
  for (const { url } of await cache.keys()) if (!needed.has(url)) await cache.delete(url);
  await put(cache, PARTS, left);
  return fresh;
};

// the page itself says on the screen that it is kept, and from when
const kept = async (url) => {
  if (!(await caches.has(CACHE))) return Response.error();
  const cache = await open();
  if (!(await ownerOf(cache))) return Response.error();
  const pages = await prune(cache);
  const found = pages.find((one) => one.url === url);
  if (found) return rewritten(found.answer, "<head>", `<head><meta name="kept-at" content="${found.at}">`);
  const fallback = await cache.match(FALLBACK);
  return fallback ? rewritten(fallback, "data-kept></ul>", `data-kept>${(await Promise.all(pages.map(item))).join("")}</ul>`) : Response.error();
};

const item = async ({ url, answer, at: since }) => {
  const title = /<title>([^<]*)<\/title>/.exec(await answer.clone().text())?.[1].replace(/ — [^—]*$/, "") ?? "";
  const { pathname, search } = new URL(url);
  return `<li><a href="${`${pathname}${search}`.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}">${title}</a> <time data-at="${since}"></time></li>`;
};

const rewritten = async (answer, place, text) => {
  const body = (await answer.text()).replace(place, () => text);
  return new Response(body, { headers: answer.headers });
};

// a page of the owner names itself and its files
const remember = async ({ account, page: url, files }) => {
  const cache = await open();
  const owner = await ownerOf(cache);
  if (owner && owner !== account) {
    await caches.delete(CACHE);
    return remember({ account, page: url, files });
  }
  if (!owner) await put(cache, OWNER, { account });
  const parts = (await json(cache, PARTS)) ?? {};
  await put(cache, PARTS, { ...parts, [url ?? FALLBACK]: files, [FALLBACK]: files });
  const missing = [];
  for (const one of files) if (!(await cache.match(one))) missing.push(one);
  await Promise.all(missing.map((one) => cache.add(one)));
  if (missing.length || !(await cache.match(FALLBACK))) await cache.add(FALLBACK);
  if (url && !(await cache.match(url))) await keep(url, await fetch(url));
  await prune(cache);
  return undefined;
};

self.addEventListener("message", (event) => {
  if (event.data?.type !== "remember") return;
  const done = remember(event.data).then(() => true, () => false);
  event.waitUntil(done.then((ok) => event.ports[0]?.postMessage(ok)));
});
