// An average explains itself on demand: the server, which alone reckons it, sends the explanation.
// One is open at a time; Esc, the cross and a press elsewhere close it. Without scripts it is a page of its own.

const explanation = async (link, failed) => {
  try {
    const answer = await fetch(link.href, { headers: { "X-Fragment": "1" }, credentials: "same-origin" });
    if (answer.ok && !answer.redirected) return await answer.text();
  } catch {
    // said below
  }
  const words = document.createElement("p");
  words.textContent = failed;
  return words.outerHTML;
};

// beside the figure, and inside of what scrolls around it: what hangs over its edge would be cut off
const place = (section, link) => {
  const box = section.getBoundingClientRect();
  const frame = link.closest(".table-scroll")?.getBoundingClientRect();
  const [top, bottom] = frame ? [Math.max(frame.top, 0), Math.min(frame.bottom, innerHeight)] : [0, innerHeight];
  section.classList.toggle("to-right", Boolean(frame) && box.left < frame.left);
  section.classList.toggle("upwards", box.bottom > bottom && link.getBoundingClientRect().top - top > box.height);
};

export default function averages(list) {
  let open = null;

  const close = (focus) => {
    if (!open) return;
    const link = open;
    open = null;
    link.setAttribute("aria-expanded", "false");
    link.parentElement.querySelector(".explain")?.remove();
    if (focus) link.focus();
  };

  const show = async (link) => {
    close(false);
    open = link;
    link.setAttribute("aria-expanded", "true");
    const section = document.createElement("section");
    section.className = "explain";
    section.setAttribute("role", "dialog");
    section.setAttribute("aria-label", link.getAttribute("aria-label"));
    section.tabIndex = -1;
    section.innerHTML = await explanation(link, list.dataset.failed);
    if (open !== link) return;
    link.parentElement.append(section);
    place(section, link);
    (section.querySelector("[data-close]") ?? section).focus();
  };

  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-explain]");
    if (event.target.closest("[data-close]")) close(true);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (open === link) close(true);
    else show(link);
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    close(true);
  });
  document.addEventListener("pointerdown", (event) => {
    if (open && !open.parentElement.contains(event.target)) close(false);
  });
}
