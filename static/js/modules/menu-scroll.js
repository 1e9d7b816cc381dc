// A bar of sections wider than the phone opens at the section one is in.

export default function menuScroll(nav) {
  const current = nav.querySelector(":scope > ul > li > [aria-current], .is-current > summary");
  if (!current) return;
  const from = nav.firstElementChild.getBoundingClientRect().left;
  const { left, width } = current.getBoundingClientRect();
  nav.scrollLeft = left - from - (nav.clientWidth - width) / 2;
}
