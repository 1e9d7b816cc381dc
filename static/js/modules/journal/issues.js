// What wants a decision, over the grid: conflicts, refusals, the end of the session, other people's entries.

const make = (name, props = {}, ...children) => {
  const node = Object.assign(document.createElement(name), props);
  node.append(...children);
  return node;
};

// the request for exactly these lessons, or nothing where no unlock can help; `kinds` as its form knows them
export const unlockWay = ({ data, words }, lessons, kinds = "marks,attendance") => {
  const flag = /marks|attendance/.test(kinds) ? "unlockable" : "planUnlockable";
  const ids = lessons.filter((lesson) => lesson?.own && lesson[flag]).map((lesson) => lesson.id);
  if (!ids.length || !data.unlock) return [];
  const text = ids.length > 1 ? words.count("n_unlock", ids.length) : words.say("ask_unlock");
  return [" ", make("a", { href: `${data.unlock}${ids.map((id) => `&lesson=${id}`).join("")}&kinds=${kinds}`, textContent: text })];
};

const icon = (name) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
};

const MOST_LISTED = 30;

export class Issues {
  constructor(list, { queue, sender, words, data, facts, resolve, on, go }) {
    Object.assign(this, { list, queue, sender, words, data, facts, resolve, on, go });
    this.passing = new Map();
    this.shown = "";
  }

  // a notice that belongs to no entry: a browser that keeps nothing, what a paste left out.
  // `refused` lists {where, key, text}: each leads to its cell; `kinds` are asked for where their time is
  // over, in all lessons of the list or in those `asked`; `hidden` hears that it was put away
  notice(name, state, text, refused = [], { kinds, asked = null, hidden = () => {} } = {}) {
    if (text) this.passing.set(name, { state, text, refused, kinds, asked, hidden });
    else this.passing.delete(name);
    this.show();
  }

  // what of a cell wants a decision, for its panel
  of(key) {
    return this.queue.decisions().filter((entry) => entry.cell === key).map((entry) => this.decision(entry));
  }

  decision(entry) {
    return entry.state === "conflict" ? this.conflict(entry) : this.refused(entry);
  }

  show() {
    const wanted = JSON.stringify([this.sender.state, [...this.passing], this.queue.strangers.length,
      this.queue.decisions().map((entry) => [entry.op, entry.state]), this.queue.waiting().length > 0]);
    if (wanted === this.shown) return;
    this.shown = wanted;
    const focused = this.list.contains(document.activeElement);
    this.list.replaceChildren(...this.items());
    this.list.hidden = !this.list.children.length;
    if (focused) this.list.querySelector("button, a")?.focus();
  }

  items() {
    return [
      ...this.session(), ...this.strangers(),
      ...[...this.passing].map(([name, notice]) => this.left(name, notice)),
      ...this.queue.decisions().map((entry) => this.decision(entry)),
    ];
  }

  left(name, { state, text, refused, kinds, asked, hidden }) {
    const rows = refused.slice(0, MOST_LISTED).map(({ where, key, text: why }) =>
      make("li", {}, key ? this.way(where, key) : make("b", { textContent: where }), ` ${why}`));
    const more = refused.length - rows.length;
    if (more > 0) rows.push(make("li", { textContent: this.words.count("n_more", more) }));
    const list = rows.length ? [make("ul", { className: "refusals" }, ...rows)] : [];
    const ids = asked ?? new Set(refused.map(({ key }) => Number(key?.split(":")[0])));
    const lessons = [...ids].map((id) => this.facts.lessons.get(id));
    return this.item(state, "warn", [text, ...list, ...unlockWay(this, lessons, kinds)], this.button("hide", () => {
      this.notice(name);
      hidden();
    }));
  }

  // the place as a button that leads there
  way(where, key) {
    const button = make("button", { type: "button", className: "link", textContent: where });
    button.addEventListener("click", () => this.go(key));
    return button;
  }

  item(state, symbol, children, end) {
    const item = make("li", { className: `notice ${state}` }, icon(symbol), make("span", {}, ...children));
    if (end) {
      end.classList.add("end");
      item.append(end);
    }
    return item;
  }

  button(word, act, params) {
    const button = make("button", { type: "button", className: "link", textContent: this.words.say(word, params) });
    button.addEventListener("click", act);
    return button;
  }

  // whose entry it is, leading to the cell: here, or in the journal it was made in
  who(entry) {
    const here = entry.course === this.data.course;
    const where = here ? entry.lesson.label : `${entry.title}, ${entry.lesson.label}`;
    const text = entry.pupil ? `${entry.pupil}, ${where}` : where;
    if (here && this.on(entry.cell)) return this.way(text, entry.cell);
    return make("a", { href: `${entry.save.replace(/\/save$/, "")}?term=0#lesson-${entry.lesson.id}`, textContent: text });
  }

  conflict(entry) {
    const known = entry.theirs !== null;
    const { who, when } = entry.theirs ?? {};
    const theirs = this.words.theirs(entry) || this.words.say("empty");
    const text = known ? this.words.say(who && when ? "conflict" : "conflict_unknown", { mine: entry.mine, theirs, who, when }) : entry.message;
    const choose = make("span", { className: "choose" },
      this.button(known ? "keep_mine" : "keep_my_entry", () => this.resolve.mine(entry), { mine: entry.mine }), " ",
      this.button(known ? "take_theirs" : "drop_my_entry", () => this.resolve.theirs(entry), { theirs }));
    return this.item("conflict", "swap", [make("b", {}, this.who(entry), "."), ` ${text} `, choose]);
  }

  refused(entry) {
    const said = this.words.say(entry.cell ? "refused_value" : "refused_lesson", { mine: entry.mine });
    const children = [make("b", {}, this.who(entry), `: ${said}`), ` ${entry.message ?? this.words.say("refused_unknown")} `];
    const kinds = { put_lesson: "topic,homework" }[entry.operation.kind] ?? "marks,attendance";
    const lesson = { id: entry.lesson.id, own: true, unlockable: true, planUnlockable: true };
    if (entry.status === 423) children.push(...unlockWay(this, [lesson], kinds));
    return this.item("bad", entry.status === 423 ? "lock" : "warn", children, this.button("remove", () => this.queue.remove([entry.op])));
  }

  session() {
    if (this.sender.state === "signed_out") {
      const link = make("a", { href: this.data.login, target: "_blank", rel: "opener", textContent: this.words.say("sign_in_again") });
      return [this.item("warn", "warn", [this.words.say("signed_out"), " ", link])];
    }
    if (this.sender.state === "other_account") {
      return [this.item("warn", "warn", [this.words.say("other_account", { owner: this.data.owner })])];
    }
    return [];
  }

  strangers() {
    const owners = new Map();
    for (const entry of this.queue.strangers) owners.set(entry.owner, (owners.get(entry.owner) ?? 0) + 1);
    return [...owners].map(([owner, n]) => this.item("warn", "warn", [this.words.count("n_strangers", n).replace("{owner}", owner)]));
  }
}
