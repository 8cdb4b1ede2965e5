"""What the checker says of a passage, on its page and on the command line."""

from __future__ import annotations

from collections.abc import Mapping

from duizhao.languages.ui import message

#: Of the whole passage.
VERDICTS = {
    "exact": message("Quoted exactly."),
    "source": message("Quoted as the source has it; this edition corrects it."),
    "abridged": message("The words are exact; what is left out is marked."),
    "miscited": message("Quoted exactly, but a citation is of something else."),
    "form": message("The words are exact; punctuation or forms of characters differ."),
    "altered": message("Altered: words differ from the provision."),
    "joined": message("Joined from {n} passages that do not follow each other."),
    "partly": message("Only in part from these laws."),
    "none": message("Not found in these laws."),
}
#: Of a part of it.
STATES = {
    "exact": message("exact"),
    "source": message("as in the source"),
    "abridged": message("exact, with omissions that are marked"),
    "form": message("other punctuation or forms"),
    "altered": message("altered"),
    "unknown": message("not found in these laws"),
    "cited": message("citation of what is quoted here"),
    "miscited": message("citation of something else"),
    "aside": message("not compared"),
}
#: How much a part is, of a passage in one language and of either of two.
SHARES = {
    "one": message("{n} of the passage"),
    "zh": message("{n} of the Chinese"),
    "other": message("{n} of the translation"),
}
#: Of what differs.
KINDS = {
    "width": message("width"),
    "case": message("capital or small"),
    "script": message("character form"),
    "space": message("space"),
    "punctuation": message("punctuation"),
    "changed": message("changed"),
    "added": message("added"),
    "missing": message("left out"),
    "omitted": message("left out, marked"),
    "source": message("corrected here"),
}
TABLES: Mapping[str, Mapping[str, str]] = {
    "verdicts": VERDICTS,
    "states": STATES,
    "shares": SHARES,
    "kinds": KINDS,
}
