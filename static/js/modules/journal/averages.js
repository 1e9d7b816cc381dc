// The average of a pupil: new after a save, and explained on demand by the server, which alone reckons it.

export class Averages {
  constructor({ view, facts, words }) {
    Object.assign(this, { view, facts, words });
    this.open = null;
    view.table.addEventListener("click", (event) => {
      const button = event.target.closest(".avg > button");
      if (button) this.toggle(button);
      if (event.target.closest(".explain [data-close]")) this.close(true);
    });
    document.addEventListener("pointerdown", (event) => {
      if (this.open && !this.open.parentElement.contains(event.target)) this.close(false);
    });
    view.table.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.open) return;
      event.stopPropagation();
      this.close(true);
    });
  }

  // sums: {pupil, average, missed?, offer?} as in the answer of a save
  update(sums) {
    const pupil = this.facts.pupils.get(sums?.pupil);
    if (!pupil) return;
    const row = this.view.rows[pupil.place];
    const button = row.querySelector(".avg > button") ?? this.button(row.querySelector(".avg"));
    button.textContent = sums.average ?? "";
    button.hidden = !sums.average;
    if ("missed" in sums) row.querySelector(".missed").textContent = sums.missed || "";
    if (this.open === button) this.close(false);
  }

  // the first mark of a pupil brings the first average
  button(td) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", tabIndex: -1 });
    button.setAttribute("aria-expanded", "false");
    td.append(button);
    return button;
  }

  async toggle(button) {
    const again = this.open === button;
    this.close(false);
    if (again || !this.facts.data.explain) return;
    const td = button.parentElement;
    const pupil = this.facts.pupilAt(td.parentElement.sectionRowIndex);
    const section = document.createElement("section");
    section.className = "explain";
    section.setAttribute("role", "dialog");
    section.setAttribute("aria-label", this.words.say("average_of", { pupil: pupil.name }));
    section.tabIndex = -1;
    button.setAttribute("aria-expanded", "true");
    td.classList.add("open");
    this.open = button;
    section.innerHTML = await this.fetch(pupil.id);
    if (this.open !== button) return;
    td.append(section);
    const below = section.getBoundingClientRect().bottom > innerHeight;
    section.classList.toggle("upwards", below);
    section.querySelector("[data-close]")?.focus();
  }

  async fetch(pupil) {
    try {
      const answer = await fetch(this.facts.data.explain.replace("/0?", `/${pupil}?`), {
        headers: { "X-Fragment": "1" }, credentials: "same-origin",
      });
      if (answer.ok && !answer.redirected) return await answer.text();
    } catch {
      // said below
    }
    const words = document.createElement("p");
    words.textContent = this.words.say("no_explanation");
    return words.outerHTML;
  }

  close(focus) {
    if (!this.open) return;
    const td = this.open.parentElement;
    this.open.setAttribute("aria-expanded", "false");
    td.classList.remove("open");
    td.querySelector(".explain")?.remove();
    this.open = null;
    if (focus) td.focus();
  }
}
