// A list follows its search box while one types; the address follows too, and without scripts the button works.

const PAUSE_MS = 200;

export default function searchLive(form) {
  const results = document.getElementById("results");
  const box = form.querySelector("input[type=search]");
  if (!results || !box) return;
  let timer = 0;
  let asked = 0;
  const show = async () => {
    const mine = ++asked;
    const url = new URL(form.action || location.href, location.href);
    url.search = new URLSearchParams(new FormData(form)).toString();
    const answer = await fetch(url, { headers: { "X-Fragment": "1" } });
    if (!answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("results");
    if (!fresh || mine !== asked) return;
    results.replaceChildren(...fresh.childNodes);
    history.replaceState(null, "", url);
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => show().catch(() => {}), PAUSE_MS);
  });
}
