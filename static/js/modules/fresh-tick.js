// A new file takes the tick of the one before away: each is confirmed by itself.

export default function freshTick(form) {
  const tick = form.querySelector("[type='checkbox']");
  form.querySelector("[type='file']")?.addEventListener("change", () => { tick.checked = false; });
}
