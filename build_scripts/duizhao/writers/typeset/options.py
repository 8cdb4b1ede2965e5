"""What a publisher may choose for print, and the measures that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duizhao.ground.problems import DuizhaoError, Position, Problem, error, phrase

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}  # mm
FORMS = ("parallel", "zh", "en", "pinyin")

#: What mkdocs.yml may say under `printing`, and the field that it sets.
_CHOICES: dict[str, tuple[str, tuple[type, ...]]] = {
    "paper": ("paper", (str,)),
    "size": ("size_pt", (int, float)),
    "margin": ("margin_mm", (int, float)),
    "duplex": ("duplex", (bool,)),
    "serif_zh": ("serif_zh", (str,)),
    "sans_zh": ("sans_zh", (str,)),
    "serif_latin": ("serif_latin", (str,)),
    "families": ("families", (list,)),
    "fonts": ("fonts", (list,)),
    "system_fonts": ("system_fonts", (bool,)),
}
_KIND = {
    str: phrase("text"),
    int: phrase("a number"),
    bool: phrase("true or false"),
    list: phrase("a list of texts"),
}


def columns(form: str) -> tuple[str, ...]:
    """The columns that a form prints: zh, en."""
    return ("zh", "en") if form == "parallel" else ("zh",) if form == "pinyin" else (form,)


def _fault(name: str, value: object, hint: str, file: str = "print options") -> Problem:
    return error("print-option", Position(file=file), f"`{name}` cannot be {value!r}.", hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintOptions:
    """How a PDF is set.

    `size_pt` (Chinese type) and `margin_mm` (the sides) are 0 for the form's own;
    `fonts` are further font files or folders, `families` their names, used where the
    first families lack a character; `system_fonts` adds the machine's.  `site_url`
    is the published site, ending in a slash, "" where there is none: links from the
    provisions' numbers to their permanent addresses need it.  `words` are the page's own in
    the translation's language, by their English: `own_words`.
    """

    paper: str = "a4"
    form: str = "parallel"
    size_pt: float = 0
    margin_mm: float = 0
    duplex: bool = False
    site_url: str = ""
    serif_zh: str = "Noto Serif SC"
    sans_zh: str = "Noto Sans SC"
    serif_latin: str = "Libertinus Serif"
    families: tuple[str, ...] = ()
    fonts: tuple[str, ...] = field(default=())
    system_fonts: bool = False
    words: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be set; raises DuizhaoError."""
        faults: list[tuple[str, object, str]] = []
        if self.paper not in PAPERS:
            faults.append(("paper", self.paper, "use one of " + ", ".join(PAPERS)))
        if self.form not in FORMS:
            faults.append(("form", self.form, "use one of " + ", ".join(FORMS)))
        if self.size_pt and not 6 <= self.size_pt <= 24:
            faults.append(("size_pt", self.size_pt, phrase("use 6 to 24 points, or 0")))
        if self.margin_mm and not 10 <= self.margin_mm <= 60:
            faults.append(("margin_mm", self.margin_mm, phrase("use 10 to 60 millimetres, or 0")))
        if faults:
            raise DuizhaoError(_fault(*fault) for fault in faults)

    @property
    def pinyin(self) -> bool:
        """Whether the Chinese has its pronunciation above it."""
        return self.form == "pinyin"

    @property
    def languages(self) -> tuple[str, ...]:
        """The columns that the form prints: zh, en."""
        return columns(self.form)

    def measures(self) -> dict[str, object]:
        """The options as plain data for the template."""
        width, height = PAPERS[self.paper]
        parallel = self.form == "parallel"
        return {
            "form": "zh" if self.pinyin else self.form,
            "pinyin": self.pinyin,
            "width": width,
            "height": height,
            "margin": self.margin_mm or (21 if parallel else 30),
            "size": self.size_pt or (10.2 if parallel else 12 if self.pinyin else 11.5),
            "duplex": self.duplex,
            "serif_zh": self.serif_zh,
            "sans_zh": self.sans_zh,
            "serif_latin": self.serif_latin,
            "families": list(self.families),
        }


def options_from_mapping(
    given: Mapping[str, object], root: Path, *, site_url: str = ""
) -> PrintOptions:
    """The options that `printing` of mkdocs.yml gives; fonts are files or folders below `root`.

    Raises DuizhaoError that names every option which is unknown or has no such value.
    """
    values: dict[str, Any] = {}
    faults: list[Problem] = []
    for name, value in given.items():
        if name not in _CHOICES:
            place = Position(file="mkdocs.yml")
            hint = "use one of " + ", ".join(_CHOICES)
            faults.append(error("print-option", place, f"`printing` has no option `{name}`.", hint))
            continue
        field_name, kinds = _CHOICES[name]
        fits = isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
        if not fits or (isinstance(value, list) and not all(isinstance(v, str) for v in value)):
            faults.append(
                _fault(f"printing: {name}", value, f"give {_KIND[kinds[0]]}", "mkdocs.yml")
            )
        elif name == "fonts" and isinstance(value, list):
            values[field_name] = tuple(str(root / v) for v in value)
            faults.extend(
                _fault("printing: fonts", v, "name a file or folder that is there", "mkdocs.yml")
                for v in value
                if not (root / v).exists()
            )
        else:
            values[field_name] = tuple(value) if isinstance(value, list) else value
    if faults:
        raise DuizhaoError(faults)
    return PrintOptions(site_url=site_url, **values)
