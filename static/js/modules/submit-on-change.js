// A GET form of filters sends itself when a choice changes; its button stays for those without scripts.

export default function submitOnChange(form) {
  const button = form.querySelector("button[data-without-script]");
  if (button) button.hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
}
