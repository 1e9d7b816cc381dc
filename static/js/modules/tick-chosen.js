// Ticking a person in a list of choice means «those ticked»: the radio button follows.

export default function tickChosen(form) {
  const chosen = form.querySelector('input[name="who"][value="chosen"]');
  form.addEventListener("change", (event) => {
    if (event.target.name === "person" && event.target.checked) chosen.checked = true;
  });
}
