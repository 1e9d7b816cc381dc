// The line in the page's head: everything saved, waiting, or refused; and since when.

export const clock = (date, locale) => date.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });

export class Status {
  constructor(element, { queue, sender, words, locale }) {
    Object.assign(this, { element, queue, sender, words, locale });
  }

  show() {
    if (!this.element) return;
    const [state, text] = this.read();
    const css = `save ${state}`.trim();
    if (this.element.className !== css) this.element.className = css;
    if (this.element.textContent !== text) this.element.textContent = text;
  }

  read() {
    const waiting = this.queue.waiting().length;
    const decisions = this.queue.decisions();
    const parts = [];
    if (waiting) parts.push(this.waiting(waiting));
    const refused = decisions.filter((entry) => entry.state === "refused").length;
    const conflicts = decisions.length - refused;
    if (refused) parts.push(this.words.count("n_refused", refused));
    if (conflicts) parts.push(this.words.count("n_conflicts", conflicts));
    if (!parts.length) return ["", this.words.say("all_saved")];
    return [decisions.length ? "refused" : "pending", parts.join(" · ")];
  }

  // says that entries are kept only when every one of them is
  waiting(n) {
    const { state, since } = this.sender;
    if (state === "ready" || !since || this.queue.unwritten().length) return this.words.count("n_waiting", n);
    const key = { offline: "n_offline", failing: "n_failing", signed_out: "n_signed_out", other_account: "n_signed_out" }[state];
    return fillTime(this.words.count(key, n), clock(since, this.locale));
  }
}

const fillTime = (text, time) => text.replace("{time}", time);
