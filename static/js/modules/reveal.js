// A tick that shows the passwords of its form as they are typed. They are sent hidden again, so that
// the browser keeps them as passwords.

export default function reveal(row) {
  const form = row.closest("form");
  const tick = row.querySelector("input");
  const fields = [...form.querySelectorAll('input[type="password"]')];
  const show = (shown) => fields.forEach((field) => (field.type = shown ? "text" : "password"));
  tick.addEventListener("change", () => show(tick.checked));
  form.addEventListener("submit", () => show(false));
  row.hidden = false;
}
