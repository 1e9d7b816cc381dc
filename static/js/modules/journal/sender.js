// Sends what waits: one request at a time over all tabs, again with growing pauses, never twice under two names.
import { nextBatch } from "./batch.js";
import { patient } from "./session.js";
import { refuseAll, settle } from "./settle.js";

const PAUSES = [1, 2, 4, 8, 15, 30, 60];
const OTHER_TAB = 1_500;
const AGAIN_LATER = new Set([408, 425, 429, 500, 502, 503, 504]);

export class Sender {
  constructor({ queue, lock, session }) {
    Object.assign(this, { queue, lock, session });
    this.state = "ready";        // ready, offline, failing, signed_out, other_account
    this.since = null;
    this.failures = 0;
    this.running = false;
    this.wanted = false;
    this.timer = 0;
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.now(); });
    addEventListener("focus", () => { if (this.state === "signed_out" || this.state === "other_account") this.now(); });
  }

  // as soon as may be; keys typed in one breath travel in one request
  soon() {
    if (this.state === "ready" && !this.running) this.later(60);
  }

  // a wish in the middle of a failing attempt is not lost: the attempt is repeated at once
  now() {
    if (this.running) {
      this.wanted = true;
      return;
    }
    clearTimeout(this.timer);
    this.run();
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), milliseconds);
  }

  async run() {
    if (this.running) return;
    this.running = true;
    this.wanted = false;
    try {
      if (!(await this.allowed())) return;
      const mine = await this.lock.tryRun((renew) => this.drain(renew));
      if (!mine) this.watch();
    } catch (error) {
      console.error("the queue stumbled", error);
      this.pause("failing");
    } finally {
      this.running = false;
    }
    if (this.state === "ready") this.goOn();
    else if (this.wanted) this.now();
  }

  // another tab sends
  watch() {
    if (this.queue.waiting().length) this.later(OTHER_TAB);
    else this.turn("ready");
  }

  // what was typed meanwhile goes at once; what another tab took is looked after
  goOn() {
    const waiting = this.queue.waiting();
    if (waiting.some((entry) => entry.tries === 0)) this.soon();
    else if (waiting.length) this.later(OTHER_TAB);
  }

  // after an expired session the queue asks first whose session this is now
  async allowed() {
    if (this.state !== "signed_out" && this.state !== "other_account") return true;
    return this.checkSession();
  }

  async checkSession() {
    try {
      const who = await this.session.ask();
      this.turn({ same: "ready", other: "other_account", none: "signed_out" }[who]);
      return who === "same";
    } catch {
      this.pause("offline");
      return false;
    }
  }

  async drain(renew) {
    while (await renew()) {
      await this.queue.load();
      const { batch, drop } = nextBatch(this.queue.waiting());
      if (drop.length) await this.queue.remove(drop.map((entry) => entry.op));
      if (!batch.length) return this.turn("ready");
      if (!(await this.send(batch))) return;
    }
  }

  // true: go on with the next batch
  async send(batch) {
    for (const entry of batch) entry.tries += 1;
    await this.queue.save(batch);
    let answer;
    try {
      answer = await this.post(batch);
      if (answer.status === 400 && (await this.session.ask()) === "same") answer = await this.post(batch);
    } catch {
      return this.pause("offline");
    }
    return this.read(answer, batch);
  }

  post(batch) {
    const asked = {
      method: "POST", redirect: "follow",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.session.token },
      body: JSON.stringify({ operations: batch.map((entry) => entry.operation) }),
    };
    return patient(batch[0].save, asked, async (answer) => {
      const text = await answer.text();
      return { status: answer.status, body: parsed(text), wait: Number(answer.headers.get("Retry-After")) };
    });
  }

  async read({ status, body, wait }, batch) {
    if (Array.isArray(body?.results)) return this.take(batch, body.results, body.beside);
    if (status === 401) return this.turn("signed_out");
    if (AGAIN_LATER.has(status)) return this.pause("failing", wait);
    if (status < 400) return (await this.checkSession()) && this.pause("failing");
    if (status === 400 && !(await this.checkSession())) return false;
    await this.queue.settle(refuseAll(this.queue.entries, batch, body?.message ?? null, status), []);
    return true;
  }

  async take(batch, results, beside = []) {
    const { keep, drop } = settle(this.queue.entries, batch, results);
    this.turn("ready");
    await this.queue.settle(keep, drop, { course: batch[0].course, results: withCells(batch, results), beside });
    return results.length > 0 || this.pause("failing");
  }

  turn(state) {
    this.failures = 0;
    if (state !== this.state) this.since = state === "ready" ? null : new Date();
    this.state = state;
    if (state === "signed_out") this.later(60_000);
    this.queue.changed();
    return false;
  }

  pause(state, seconds = 0) {
    const pause = seconds || PAUSES[Math.min(this.failures, PAUSES.length - 1)];
    if (this.state !== state) this.since ??= new Date();
    this.failures += 1;
    this.state = state;
    this.later(pause * 1000);
    this.queue.changed();
    return false;
  }
}

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const withCells = (batch, results) => {
  const cells = new Map(batch.map((entry) => [entry.op, entry.cell]));
  return results.map((result) => ({ ...result, key: cells.get(result.op) }));
};
