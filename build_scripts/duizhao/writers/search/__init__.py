"""Search: static files in which a browser finds every provision, in any language.

::

    law ─► provisions ─► small site: one part with all texts, scanned whole
                      └► large site: postings (Chinese pairs, words, pinyin), a part
                         a hash; texts, a part a law; a query moves only what it needs

Both answer alike: the postings are exact, so they say which provisions match; the
texts of those that are shown are scanned as on a small site.  Every part is a
script, so that the same files work from a server and from `file://`.
"""
