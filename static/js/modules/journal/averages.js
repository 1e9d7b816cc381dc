// The average of a pupil and the mark proposed for the term: new after a save, explained on demand by the
// server, which alone reckons them.

import { MARK_CSS } from "./view.js";

export class Averages {
  constructor({ view, facts, words }) {
    Object.assign(this, { view, facts, words });
    this.open = null;
    view.table.addEventListener("click", (event) => {
      const figure = event.target.closest(".sum > a");
      if (figure && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        this.toggle(figure);
      }
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
    const figure = row.querySelector(".avg > a");
    figure.textContent = sums.average ?? "";
    figure.hidden = !sums.average;
    if ("missed" in sums) row.querySelector(".missed").textContent = sums.missed || "";
    if ("offer" in sums) this.offer(row.querySelector(".sum.present"), sums.offer);
    if (this.open === figure) this.close(false);
  }

  // What the rules propose now; a term mark that is given stays as it is.
  offer(cell, value) {
    const sign = cell?.querySelector(".offer");
    if (!sign) return;
    sign.className = `offer ${MARK_CSS[value] ?? ""}`;
    sign.textContent = value ?? "";
    sign.hidden = !value;
    if (this.open === sign) this.close(false);
  }

  async toggle(figure) {
    const again = this.open === figure;
    this.close(false);
    if (again) return;
    const td = figure.parentElement;
    const pupil = this.facts.pupilAt(td.parentElement.sectionRowIndex);
    const section = document.createElement("section");
    section.className = "explain";
    section.setAttribute("role", "dialog");
    section.setAttribute("aria-label", this.words.say(td.matches(".avg") ? "average_of" : "proposal_of", { pupil: pupil.name }));
    section.tabIndex = -1;
    figure.setAttribute("aria-expanded", "true");
    td.classList.add("open");
    this.open = figure;
    section.innerHTML = await this.fetch(figure.href);
    if (this.open !== figure) return;
    td.append(section);
    const below = section.getBoundingClientRect().bottom > innerHeight;
    section.classList.toggle("upwards", below);
    section.querySelector("[data-close]")?.focus();
  }

  async fetch(address) {
    try {
      const answer = await fetch(address, {
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
