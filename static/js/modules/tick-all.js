// One box ticks all boxes of a name; it shows whether all of them are ticked.

export default function tickAll(box) {
  const boxes = [...document.querySelectorAll(`input[type="checkbox"][name="${box.dataset.of}"]:not(:disabled)`)];
  const show = () => {
    box.checked = boxes.every((one) => one.checked);
    box.indeterminate = !box.checked && boxes.some((one) => one.checked);
  };
  box.addEventListener("change", () => {
    for (const one of boxes) one.checked = box.checked;
  });
  for (const one of boxes) one.addEventListener("change", show);
  show();
}
