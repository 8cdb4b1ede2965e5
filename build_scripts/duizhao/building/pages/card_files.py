"""Where the pictures that go with links stand; `cards` makes them, and loads Typst for it."""

from __future__ import annotations

#: The site's own.
SITE = "assets/cards/site.png"


def card_path(law_id: str) -> str:
    """Where a law's picture stands, below the site's root."""
    return f"assets/cards/{law_id}.png"
