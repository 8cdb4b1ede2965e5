"""The quote checker: where a passage is from, and how it differs from what is published.

::

    laws as search knows them ─► corpus: one stream of compared characters a language
    passage ─► blocks: runs of characters that stand in the stream, chained
           └► differences: the passage against the text, character by character
           └► verdict: exact, punctuation, altered, joined, partly, none

`docs/assets/quote-core.js` does the same, step by step; a test holds them together.
"""
