// A question before a deed that cannot be undone: <form data-module="confirm" data-ask="…">.

export default function ask(form) {
  form.addEventListener("submit", (event) => {
    if (!window.confirm(form.dataset.ask)) event.preventDefault();
  });
}
