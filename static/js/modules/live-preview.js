// A form whose meaning is shown while one types: the server draws the part of the page named by data-into.

const PAUSE = 250;

export default function livePreview(form) {
  const place = document.getElementById(form.dataset.into);
  const button = form.querySelector("button[data-without-script]");
  if (button) button.hidden = true;
  let timer = 0;
  let asked = 0;

  const show = async () => {
    const number = (asked += 1);
    const typed = new URLSearchParams(new FormData(form));
    typed.delete("csrf_token");
    const answer = await fetch(`${form.dataset.url}?${typed}`);
    if (answer.ok && number === asked) place.innerHTML = await answer.text();
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => show().catch(() => {}), PAUSE);
  });
}
