// Where unsent entries live: IndexedDB; in memory when the browser keeps none (the page then warns).

const NAME = "journal";
const STORES = { entries: { keyPath: "op" }, leases: { keyPath: "name" } };
// of a connection that the browser closed: storage cleared, a tablet that slept
const CLOSED = new Set(["InvalidStateError", "UnknownError", "AbortError"]);

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// `made`: there was no database before
const open = async () => {
  const request = indexedDB.open(NAME, 1);
  let made = false;
  request.onupgradeneeded = () => {
    made = true;
    for (const [name, options] of Object.entries(STORES)) request.result.createObjectStore(name, options);
  };
  const database = await settled(request);
  database.onversionchange = () => database.close();
  return { database, made };
};

class Kept {
  constructor(database) {
    this.database = database;
    this.lasting = true;
    this.opening = null;
    this.emptied = () => {};   // what to do when all that was kept has been deleted from outside
  }

  // runs `work(stores)` in one transaction, a second time when the connection was lost; resolves after it
  // is on the disk. `work` may do the same twice.
  async run(mode, work) {
    try {
      return await this.once(mode, work);
    } catch (error) {
      if (error !== null && !CLOSED.has(error.name)) throw error;
      await (this.opening ??= this.reopen().finally(() => { this.opening = null; }));
      return this.once(mode, work);
    }
  }

  async reopen() {
    const { database, made } = await open();
    this.database.close();
    this.database = database;
    if (made) this.emptied();
  }

  once(mode, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(Object.keys(STORES), mode, { durability: "strict" });
      let result;
      transaction.oncomplete = () => resolve(result);
      transaction.onerror = (event) => reject(event.target.error);
      transaction.onabort = () => reject(transaction.error);
      work((name) => transaction.objectStore(name), (value) => { result = value; });
    });
  }

  all() {
    return this.run("readonly", (store, give) => {
      store("entries").getAll().onsuccess = (event) => give(event.target.result);
    });
  }

  // of `update`, an entry that another tab has settled meanwhile is not brought back
  change({ put = [], update = [], remove = [] }) {
    return this.run("readwrite", (store) => {
      for (const entry of put) store("entries").put(entry);
      for (const entry of update) {
        store("entries").get(entry.op).onsuccess = (event) => {
          if (event.target.result) store("entries").put(entry);
        };
      }
      for (const op of remove) store("entries").delete(op);
    });
  }

  // the fallback of Web Locks: a lease in the same database, taken in one transaction; one that reaches
  // further than a new one would was taken before the clock was set back
  lease(name, owner, until, now) {
    return this.run("readwrite", (store, give) => {
      store("leases").get(name).onsuccess = (event) => {
        const held = event.target.result;
        const free = !held || held.owner === owner || held.until <= now || (until > now && held.until > until);
        if (free) store("leases").put({ name, owner, until });
        give(free);
      };
    });
  }
}

class InMemory {
  constructor() {
    this.lasting = false;
    this.entries = new Map();
  }

  async all() {
    return [...this.entries.values()];
  }

  async change({ put = [], update = [], remove = [] }) {
    for (const entry of put) this.entries.set(entry.op, entry);
    for (const entry of update) if (this.entries.has(entry.op)) this.entries.set(entry.op, entry);
    for (const op of remove) this.entries.delete(op);
  }

  async lease() {
    return true;
  }
}

export const openStorage = async () => {
  try {
    const kept = new Kept((await open()).database);
    await kept.all();
    return kept;
  } catch (error) {
    console.warn("entries are kept in memory only", error);
    return new InMemory();
  }
};
