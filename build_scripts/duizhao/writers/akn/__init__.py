"""Akoma Ntoso 3.0: an expression of a law written, and read back from the markup itself.

::

    law ─► expression (one language) ─► tree ─► XML, with a digest for each block
    XML ─► tree ─► digests compared ─► expression ─► tree again, which must be the same

What it keeps: every word, heading, number and identifier, the notes and the marks that
refer to them, references and terms, metadata.  What it leaves to JSON: the place of each
word in the witness, and what an unmarked correction of punctuation stood for.
"""

from duizhao.writers.akn.expression import Expression, expression_of
from duizhao.writers.akn.read import expression_from_akn
from duizhao.writers.akn.write import akn

__all__ = ["Expression", "akn", "expression_from_akn", "expression_of"]
