"""Where this package lies: what decides bytes is digested there, templates and words are read."""

from pathlib import Path

PACKAGE = Path(__file__).parents[1]
