// The entries of this browser that the server has not answered yet, or has refused. Shared by all tabs.
// An entry is made once and never changes its content after it may have been sent: its op names it for ever.
import { uuid } from "./lock.js";

const CHANNEL = "journal-entries";
export const LONGEST_BATCH = 20;

const inOrder = (entries) => entries.sort((a, b) => a.at - b.at || (a.op < b.op ? -1 : 1));

export class Queue {
  constructor(storage, account) {
    this.storage = storage;
    this.account = account;
    this.entries = [];
    this.strangers = [];
    this.held = null;
    this.indexed = null;
    this.listeners = new Set();
    this.last = 0;
    this.unkept = false;
    this.keeping = false;
    this.gone = [];
    storage.emptied = () => this.keepAnew();
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel(CHANNEL) : null;
    if (this.channel) this.channel.onmessage = (event) => this.heard(event.data);
  }

  // read again when something was made or answered meanwhile: an older picture would bring it back
  async load() {
    let all;
    let before;
    do {
      before = this.entries;
      all = inOrder(await this.storage.all());
    } while (before !== this.entries);
    this.last = Math.max(this.last, ...all.map((entry) => entry.at));   // the clock may have been set back
    this.strangers = all.filter((entry) => entry.account !== this.account);
    const fresh = all.filter((entry) => entry.account === this.account);
    const unwritten = this.entries.filter((entry) => entry.unwritten && !fresh.some((known) => known.op === entry.op));
    this.entries = inOrder([...fresh, ...unwritten]);
  }

  // the same array as long as nothing is made or answered, so the index is made anew with it
  ofCell(key) {
    if (this.indexed !== this.entries) {
      this.indexed = this.entries;
      this.cells = new Map();
      for (const entry of this.entries) {
        if (!entry.cell) continue;
        if (!this.cells.has(entry.cell)) this.cells.set(entry.cell, []);
        this.cells.get(entry.cell).push(entry);
      }
    }
    return this.cells.get(key) ?? [];
  }

  onChange(listener) {
    this.listeners.add(listener);
  }

  changed(news = {}) {
    for (const listener of this.listeners) listener(news);
  }

  // `news` travels to the other tabs too: results with the server's present facts
  tell(news = {}) {
    this.channel?.postMessage({ account: this.account, news });
    this.changed(news);
  }

  async heard({ account, news }) {
    if (account !== this.account) return;
    try {
      await this.load();
    } catch (error) {
      console.error("entries could not be read", error);
    }
    this.changed(news);
  }

  of(slot) {
    return this.entries.filter((entry) => entry.slot === slot);
  }

  waiting() {
    return this.entries.filter((entry) => entry.state === "pending");
  }

  decisions() {
    return this.entries.filter((entry) => entry.state !== "pending");
  }

  // made on top of an own earlier entry: it keeps that one's base until the answer comes
  add(facts) {
    const earlier = this.of(facts.slot).filter((entry) => entry.state === "pending").at(-1);
    const operation = { op: uuid(), ...facts.operation };
    if (earlier) inherit(operation, earlier.operation);
    this.last = Math.max(this.last + 1, Date.now());
    const entry = {
      ...facts, op: operation.op, operation, account: this.account, at: this.last,
      tries: 0, state: "pending", message: null, theirs: null, unwritten: true,
    };
    const replaced = this.of(facts.slot).filter((old) => old.state !== "pending");
    this.entries = [...this.entries.filter((old) => !replaced.includes(old)), entry];
    const remove = replaced.map((old) => old.op);
    this.gone.push(...remove);
    if (this.held === null) this.keepAndTell();
    else this.held += 1;
    return entry;
  }

  // many entries of one act: kept in one transaction, told of once
  together(work) {
    this.held = 0;
    try {
      return work();
    } finally {
      const made = this.held;
      this.held = null;
      if (made) this.keepAndTell();
    }
  }

  keepAndTell() {
    this.keep();
    this.changed();
  }

  // all that was kept is gone: somebody cleared the browser's storage
  keepAnew() {
    for (const entry of this.entries) entry.unwritten = true;
    this.keep();
  }

  // one transaction at a time: what is typed while a slow disk writes goes into the next one, whole
  async keep() {
    this.unkept = true;
    if (this.keeping) return;
    this.keeping = true;
    try {
      while (this.unkept) {
        this.unkept = false;
        await this.write();
      }
    } finally {
      this.keeping = false;
    }
  }

  // all that the disk has not, as it is by now: what was answered meanwhile is not brought back, what a
  // full disk refused is tried again
  async write() {
    const put = this.unwritten().map(({ unwritten, ...kept }) => kept);
    const remove = this.gone;
    this.gone = [];
    try {
      await this.storage.change({ put, remove });
      const ops = new Set(put.map((entry) => entry.op));
      for (const entry of this.entries) if (ops.has(entry.op)) delete entry.unwritten;
    } catch (error) {
      this.gone.push(...remove);
      console.error("entries could not be kept", error);
    }
    this.tell();
  }

  // entries the disk has not confirmed yet
  unwritten() {
    return this.entries.filter((entry) => entry.unwritten);
  }

  // entries that a closed tab would lose
  endangered() {
    return this.storage.lasting ? this.unwritten() : this.entries;
  }

  async remove(ops) {
    this.entries = this.entries.filter((entry) => !ops.includes(entry.op));
    await this.storage.change({ remove: ops });
    this.tell();
  }

  // the entries as an answer left them, told apart by what another tab may have settled meanwhile. The page
  // learns what the server has in the same breath as the entry goes: there is no moment without either.
  async settle(entries, drop, news = {}) {
    const old = new Map(this.entries.map((entry) => [entry.op, entry]));
    this.entries = entries;
    const written = this.storage.change({ remove: drop, update: entries.filter((entry) => entry !== old.get(entry.op)) });
    this.changed(news);
    await written;
    this.channel?.postMessage({ account: this.account, news });
  }

  async save(entries) {
    await this.storage.change({ update: entries });
  }
}

const inherit = (operation, from) => {
  if ("base" in operation) operation.base = from.base;
  if ("mark" in operation) operation.mark = from.mark ?? null;
};
