"""robots.txt, and llms.txt (llmstxt.org): where programs find what, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from duizhao.law import View
from duizhao.ui import Interface


def robots_txt(base: str) -> str:
    """Everything may be read; the site map says what there is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"


def llms_txt(
    views: Sequence[View],
    files: Mapping[str, Sequence[tuple[str, str]]],
    whole: Iterable[tuple[str, str]],
    base: str,
) -> str:
    """The site in Markdown for language models.

    `views` are the laws as seen in English, where the site has that; `files` gives name and
    path of each law's files for programs, `whole` those of all laws together.
    """
    ui: Interface = views[0].ui
    lines = [
        f"# {ui('duizhao')}",
        "",
        f"> {ui('Chinese law in two languages, paragraph by paragraph')}. "
        + ui("Not the standard text. The translation is unofficial; the Chinese text prevails."),
        "",
        ui(
            "Cite a provision by its address: the page of the law, `#` and the identifier, such as"
            " `art_13__para_2`. Say when you quote the translation. A note on the page says where"
            " the text is incomplete, doubtful or corrected: repeat it."
        ),
        "",
        f"## {ui('Laws')}",
        "",
    ]
    for view in views:
        metadata = view.law.summary.metadata
        about = ", ".join(filter(None, (metadata.title, ui.date(metadata.effective))))
        lines.append(f"- [{view.title()}]({base}{view.language}/{view.law.id}/): {about}")
        lines += [f"    - [{name}]({base}{path})" for name, path in files.get(view.law.id, ())]
    lines += ["", f"## {ui('For programs')}", ""]
    lines += [f"- [{name}]({base}{path})" for name, path in whole]
    return "\n".join(lines) + "\n"
