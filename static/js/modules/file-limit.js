// Chosen files that are too large together are refused at once: the form keeps what was typed.
export default function fileLimit(input) {
  input.addEventListener("change", () => {
    const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
    const tooMuch = size > Number(input.dataset.most);
    input.setCustomValidity(tooMuch ? input.dataset.tooMuch : "");
    input.reportValidity();
  });
}
