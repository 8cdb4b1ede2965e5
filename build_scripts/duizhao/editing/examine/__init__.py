"""Examining a messy witness: what is broken, what repeats, what belongs together.

::

    witness ─► rows (what each line is, of columns read across too) ─► repeats
            ─► runs (unbroken stretches)
            ─► chains (runs in order, one chain a law) ─► proposal (edition.toml)

Nothing here decides: every finding carries its evidence and a confidence, and an
editor confirms it.
"""
