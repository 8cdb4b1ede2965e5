"""MkDocs and what is shown while one edits; only these modules import it."""
