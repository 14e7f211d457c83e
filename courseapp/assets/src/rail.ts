// The lesson's rail marks the section being read.
const links = [...document.querySelectorAll<HTMLAnchorElement>(".rail a[href^='#']")];
const sections = links.map((link) => document.getElementById(link.hash.slice(1)));

function mark(): void {
  const line = innerHeight / 3;
  const passed = sections.filter((section) => section && section.getBoundingClientRect().top < line).length;
  links.forEach((link, i) => {
    const item = link.closest("li")!;
    if (i === Math.max(0, passed - 1)) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
  });
}

if (links.length > 0) {
  addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
  mark();
}
