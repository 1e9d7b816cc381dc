// Where nobody is signed in, or somebody is leaving: pages kept for work without a connection are deleted.
import { clearPages } from "./kept.js";

export default async function forgetKept(element) {
  if (!element.matches("form[data-leaving]")) {
    await clearPages();
    return;
  }
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    await clearPages().catch(() => false);
    element.submit();
  });
}
