// After a refused form the focus goes to the summary; its links put it into the fields.

export default function errorSummary(notice) {
  notice.focus();
  notice.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.matches("fieldset") ? field.querySelector("input") : field).focus();
  });
}
