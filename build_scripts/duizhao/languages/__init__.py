"""The law with its translations: catalogs, terms, pinyin, citations, checks."""
