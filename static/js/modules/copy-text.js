// <button data-module="copy-text" data-text="…" data-done="Copied">: a login or a code into the clipboard.

export default function copyText(button) {
  if (!navigator.clipboard) {
    button.hidden = true;
    return;
  }
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.text);
    button.textContent = button.dataset.done;
  });
}
