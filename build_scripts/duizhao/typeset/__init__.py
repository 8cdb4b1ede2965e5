"""Print: tagged, archival PDFs of a chapter or a law, in Chinese, English or both.

::

    bilingual edition ─► data (plain, JSON) ─► Typst ─► finish (pikepdf) ─► read back ─► PDF

`leaf_pdf` is what the pipeline calls; it can be sent to another process.
`read_back` proves that a PDF says what the edition says; nothing that it finds
fault with is to be published.
"""

from duizhao.typeset.options import PrintOptions
from duizhao.typeset.print import leaf_pdf
from duizhao.typeset.readback import read_back

__all__ = ["PrintOptions", "leaf_pdf", "read_back"]
