"""duizhao (对照, "side by side"): a publisher of Chinese law in two languages.

::

    witness ─► segments ─► tokens ─► edition ─┬─► catalogs (PO) ─► bilingual ─┬─► Markdown ─► MkDocs ─► site
     bytes,     spans,      with      frozen  │    + glossary      zh × en     ├─► Typst ─► PDF
     sha256     lossless    decisions  model  │    + pinyin        × status    └─► JSON
                (reading)             + notes └─► checks, accounting

One module for each form, one `<to>_from_<from>` for each step; `site.pipeline` alone
knows their order.  The folders are layers, and import from those below them alone::

    cli ─► commands ─► building ─► site ─► writers ─► languages ─► editing ─► parser ─► sources ─► ground
"""
