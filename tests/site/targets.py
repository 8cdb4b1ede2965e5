"""What is to be hit with a finger: which links and controls are too small (WCAG 2.5.8).

A target has 24 px each way, or a circle of that size about its middle meets no other target
and no other circle.  Links in a sentence are as high as its line, and exempt.
"""

from __future__ import annotations

from playwright.sync_api import Page

_FAULTS = """() => {
  const LEAST = 23.99;
  const shown = document.querySelector(":popover-open") ?? document; // it covers what is below it
  const found = shown.querySelectorAll("a[href], button, input, select, textarea, summary, label:has(input)");
  const seen = node => node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && getComputedStyle(node).clipPath === "none";
  const targets = [...found].filter(seen).map(node => ({ node, box: node.getBoundingClientRect() })).filter(({ box }) => box.width && box.height);
  const small = ({ box }) => box.width < LEAST || box.height < LEAST;
  const inline = node => getComputedStyle(node).display === "inline";
  const inSentence = node => {
    if (!inline(node)) return false;
    let block = node.parentElement;
    while (inline(block)) block = block.parentElement;
    const links = [...block.querySelectorAll("a, button")].reduce((sum, each) => sum + each.textContent.trim().length, 0);
    return block.textContent.replace(/[\\s·›,、，§()（）]/g, "").length - links > 4;
  };
  const middle = ({ box }) => [box.x + box.width / 2, box.y + box.height / 2];
  const close = (one, other) => {
    const [x, y] = middle(one), [ox, oy] = middle(other), { box } = other;
    return (small(other) && Math.hypot(x - ox, y - oy) < 24)
      || Math.hypot(Math.max(box.x - x, 0, x - box.right), Math.max(box.y - y, 0, y - box.bottom)) < 12;
  };
  const apart = (one, other) => one !== other && !one.node.contains(other.node) && !other.node.contains(one.node);
  return targets.filter(one => small(one) && !inSentence(one.node) && targets.some(other => apart(one, other) && close(one, other)))
    .map(({ node, box }) => `${node.outerHTML.slice(0, 100)}: ${Math.round(box.width)} × ${Math.round(box.height)}`);
}"""


def faults(page: Page) -> list[str]:
    """The targets on a page that are too small and too close to others, with their sizes."""
    found: list[str] = page.evaluate(_FAULTS)
    return found
