// <button data-module="print-button">: the browser's print dialogue.

export default function printButton(button) {
  button.addEventListener("click", () => window.print());
}
