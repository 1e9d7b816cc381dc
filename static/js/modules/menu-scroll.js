// A bar of sections wider than its place opens at the section one is in, and fades where it goes on.

export default function menuScroll(nav) {
  const current = nav.querySelector("[aria-current]");
  if (current) nav.scrollLeft = current.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2;
  const fade = () => {
    const rest = nav.scrollWidth - nav.clientWidth - nav.scrollLeft;
    nav.classList.toggle("goes-on", rest > 1);
    nav.classList.toggle("came-from", nav.scrollLeft > 1);
  };
  nav.addEventListener("scroll", fade, { passive: true });
  addEventListener("resize", fade);
  fade();
}
