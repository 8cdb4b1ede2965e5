"""Open formats of a law: JSON, HTML in one file, text, tables, EPUB, .docx, citations.

Each module writes one format from the model, reads it back, and uses no other's output;
`blocks` is the law as a plain sequence, which the formats for reading share.
"""
