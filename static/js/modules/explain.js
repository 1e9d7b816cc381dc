// A figure that explains itself: one open at a time, Esc and the cross close it, it stays inside the window.
import disclosure from "./disclosure.js";

const keepInside = (details) => {
  const popover = details.querySelector(".explain");
  details.classList.remove("to-right", "upwards");
  const box = popover.getBoundingClientRect();
  details.classList.toggle("to-right", box.left < 0);
  details.classList.toggle("upwards", box.bottom > innerHeight && details.getBoundingClientRect().top > box.height);
};

export default function explain(details) {
  disclosure(details);
  const close = details.querySelector("[data-close]");
  close.hidden = false;
  close.addEventListener("click", () => {
    details.open = false;
    details.querySelector("summary").focus();
  });
  details.addEventListener("toggle", () => {
    if (details.open) keepInside(details);
  });
}
