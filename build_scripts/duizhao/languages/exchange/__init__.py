"""Exchange with other tools: translations come in from files and go out to them.

`readers` gives what a file holds, `align` pairs an English text with the Chinese,
`import_` turns both into entries of a catalog with their origin, `memory` offers
earlier translations, `export` and `table` write files for others.
"""
