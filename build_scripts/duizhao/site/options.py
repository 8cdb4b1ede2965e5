"""Where the inputs of a site are, and which languages it has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Where the inputs are, below `root`, and which languages the site has; the first is Chinese."""

    root: Path
    seeds: str = "seeds"
    translations: str = "translations"
    languages: tuple[str, ...] = ("zh", "en")
    pdf: bool = True
    updating: bool = False  # catalogs may be behind the edition: they are being updated
    only: tuple[str, ...] = ()  # ids of laws: no others are read
    faulty: bool = False  # go on where catalogs have faults: those units are shown in Chinese
    partial: bool = False  # go on without the laws whose Chinese text has faults

    @property
    def others(self) -> tuple[str, ...]:
        """The languages of the translations."""
        return tuple(code for code in self.languages if code != "zh")

    def fonts(self, language: str) -> Path:
        """The folder of a language's own fonts for print; it need not be there."""
        return self.root / self.translations / language / "fonts"
