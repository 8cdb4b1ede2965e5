"""The quote checker: where a passage is from, and how it differs from what is published.

::

    laws as search knows them ─► corpus: one stream of compared characters a language
    passage ─► citations, languages: its texts, one a language, and what is not compared
           └► blocks: runs of characters that stand in the stream, chained
           └► differences: the passage against the text, character by character
           └► verdict: exact, abridged, punctuation, altered, miscited, joined, partly, none

For each module that has a step, `docs/assets/quote-<module>.js` does the same in the browser;
a test holds them together.
"""
