"""axe's rules (WCAG 2.2 AA and best practice) on a page."""

from __future__ import annotations

import os
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: Each page is looked at in every combination, and contrast is measured of all its texts.
THOROUGH = os.environ.get("DUIZHAO_AXE") == "all"
_CONTRAST = "color-contrast"  # four fifths of the time, most of it for texts that look the same
#: Marks of all texts of one look the first three: a look is the colours, sizes and kinds of
#: an element and of all that it stands in.
_LOOKS = """() => {
  const chains = new Map(), seen = new Map();
  const look = node => {
    if (!node) return "";
    if (!chains.has(node)) {
      const style = getComputedStyle(node);
      chains.set(node, [node.tagName, node.className.baseVal ?? node.className, style.color, style.backgroundColor, style.backgroundImage,
        style.opacity, style.fontSize, style.fontWeight, style.textShadow, style.position, style.visibility, look(node.parentElement)].join("|"));
    }
    return chains.get(node);
  };
  for (const node of document.querySelectorAll("body *")) {
    node.removeAttribute("data-look");
    if (![...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()) && !node.matches("input, select, textarea")) continue;
    if (!node.checkVisibility()) continue;
    const key = look(node), count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    if (count <= 3) node.setAttribute("data-look", "");
  }
}"""


def unfolded(page: Page) -> None:
    """Wait until a long page is laid out to its end, which takes a moment after it has loaded."""
    folded = page.locator(".folded .leaf > :is(.article, .terms):not(.unfolded)")
    expect(folded).to_have_count(0)


def faults(page: Page) -> list[str]:
    """What axe finds: rule, element and what is wrong."""
    unfolded(page)
    if THOROUGH:
        return _found(page, {"type": "tag", "values": RULES})
    rest = _found(page, {"type": "tag", "values": RULES}, rules={_CONTRAST: {"enabled": False}})
    page.evaluate(_LOOKS)
    return rest + _found(
        page, {"type": "rule", "values": [_CONTRAST]}, context={"include": [["[data-look]"]]}
    )


def _found(
    page: Page, only: dict[str, Any], *, context: dict[str, Any] | None = None, **options: Any
) -> list[str]:
    options |= {"runOnly": only, "resultTypes": ["violations"]}
    results = Axe().run(page, context=context, options=options)
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in results.response["violations"]
        for node in fault["nodes"]
    ]
