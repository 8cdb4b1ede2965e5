"""Print: tagged, archival PDFs of a chapter or a law, in one language, both, or with pinyin.

::

    bilingual edition ─► data (plain, JSON) ─► Typst ─► finish (pikepdf) ─► read back ─► PDF

`leaf_pdf` and `law_pdf` are what the pipeline calls; both can be sent to another
process.  `read_back` and `read_back_law` prove that a PDF says what the edition
says; nothing that they find fault with is to be published.
"""

from duizhao.writers.typeset.compile import title_page
from duizhao.writers.typeset.fonts import font_files, fonts_digest
from duizhao.writers.typeset.options import PrintOptions, options_from_mapping
from duizhao.writers.typeset.print import (
    document_of,
    law_pdf,
    law_picture,
    leaf_pdf,
    options_for,
    require_settable,
)
from duizhao.writers.typeset.readback import read_back, read_back_law
from duizhao.writers.typeset.words import Words

__all__ = [
    "PrintOptions",
    "Words",
    "document_of",
    "font_files",
    "fonts_digest",
    "law_pdf",
    "law_picture",
    "leaf_pdf",
    "options_for",
    "options_from_mapping",
    "read_back",
    "read_back_law",
    "require_settable",
    "title_page",
]
