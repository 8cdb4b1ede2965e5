"""What a publisher may choose for print, and the measures that follow from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from duizhao.problems import DuizhaoError, Position, error

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}  # mm
FORMS = ("parallel", "zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintOptions:
    """How a PDF is set.

    `size_pt` (Chinese type) and `margin_mm` (the sides) are 0 for the form's own;
    `fonts` are further font files or folders, `families` their names, used where the
    first families lack a character; `system_fonts` adds the machine's.  `site_url`
    is the published site, ending in a slash, "" where there is none: links from the
    provisions' numbers to their permanent addresses need it.
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

    def __post_init__(self) -> None:
        """Refuse what cannot be set; raises DuizhaoError."""
        faults: list[tuple[str, object, str]] = []
        if self.paper not in PAPERS:
            faults.append(("paper", self.paper, "use one of " + ", ".join(PAPERS)))
        if self.form not in FORMS:
            faults.append(("form", self.form, "use one of " + ", ".join(FORMS)))
        if self.size_pt and not 6 <= self.size_pt <= 24:
            faults.append(("size_pt", self.size_pt, "use 6 to 24 points, or 0"))
        if self.margin_mm and not 10 <= self.margin_mm <= 60:
            faults.append(("margin_mm", self.margin_mm, "use 10 to 60 millimetres, or 0"))
        if faults:
            raise DuizhaoError(
                [
                    error(
                        "print-option",
                        Position(file="print options"),
                        f"`{name}` cannot be {value!r}.",
                        hint,
                    )
                    for name, value, hint in faults
                ]
            )

    @property
    def languages(self) -> tuple[str, ...]:
        """The columns that the form prints: zh, en."""
        return ("zh", "en") if self.form == "parallel" else (self.form,)

    def measures(self) -> dict[str, object]:
        """The options as plain data for the template."""
        width, height = PAPERS[self.paper]
        parallel = self.form == "parallel"
        return {
            "form": self.form,
            "width": width,
            "height": height,
            "margin": self.margin_mm or (21 if parallel else 30),
            "size": self.size_pt or (10.2 if parallel else 11.5),
            "duplex": self.duplex,
            "serif_zh": self.serif_zh,
            "sans_zh": self.sans_zh,
            "serif_latin": self.serif_latin,
            "families": list(self.families),
        }
