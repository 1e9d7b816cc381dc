// The list of kept journals, shown without a connection: when each was opened last.

export default function keptList(list) {
  for (const time of list.querySelectorAll("time")) {
    time.textContent = new Date(Number(time.dataset.at)).toLocaleString(document.documentElement.lang, { day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit" });
  }
  document.querySelector("[data-none]").hidden = list.children.length > 0;
}
