// «Open all»: every publication of a list at once, and folded again.

export default function openAll(list) {
  const items = [...list.querySelectorAll("details:not(details details)")];
  if (items.length < 2) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  const words = () => { button.textContent = items.every((one) => one.open) ? list.dataset.close : list.dataset.open; };
  button.addEventListener("click", () => {
    const open = !items.every((one) => one.open);
    for (const one of items) one.open = open;
    words();
  });
  words();
  list.prepend(button);
}
