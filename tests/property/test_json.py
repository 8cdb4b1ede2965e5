"""JSON: of the published schema, read back equal; a change made by hand is found and named."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from tests.conftest import Golden
from tests.property.made import corpora_editions, pairs, published, untranslated

from duizhao.ground.problems import DuizhaoError
from duizhao.languages.bilingual import Bilingual, Translation
from duizhao.site.pipeline import Site
from duizhao.writers.formats.json_law import law_from_json, law_json, schema

WITNESS = ("seeds/witnesses/sheet.txt", "0" * 64)


@cache  # the rules of the rules are many
def checker() -> jsonschema.Draft202012Validator:
    rules = json.loads(schema())
    jsonschema.Draft202012Validator.check_schema(rules)
    return jsonschema.Draft202012Validator(rules)


def round_trip(pair: Bilingual) -> str:
    """The file, after it was read back."""
    written = law_json(pair.edition, {"en": pair}, WITNESS)
    edition, translations, witness = law_from_json(written, "law.json")
    assert edition == pair.edition
    assert translations == {"en": pair}
    assert witness == WITNESS
    assert law_json(edition, translations, witness) == written
    return written


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(pairs())
def test_any_edition(pair: Bilingual) -> None:
    written = round_trip(pair)
    assert [e.message for e in checker().iter_errors(json.loads(written))] == []


def test_published_laws(real: Site, tiny: Site) -> None:
    for pair in published(real, tiny):
        content = json.loads(round_trip(pair))
        assert [e.message for e in checker().iter_errors(content)] == []
        content["edition"]["body"][0]["eids"] = []
        assert list(checker().iter_errors(content))


def test_word_for_word(tiny: Site, golden: Golden) -> None:
    pair = next(published(tiny))
    golden("json/example-parks.json", law_json(pair.edition, {"en": pair}, WITNESS))
    golden("json/schema.json", schema())


def written_of(site: Site) -> str:
    pair = next(published(site))
    translations = {**pair.translations, "title": Translation(text="", status="fuzzy")}
    pair = replace(pair, translations=translations)
    return law_json(pair.edition, {"en": pair}, WITNESS)


def refused(text: str) -> tuple[str, str, int]:
    with pytest.raises(DuizhaoError) as reason:
        law_from_json(text, "law.json")
    problem = reason.value.problems[0]
    return problem.code, problem.message, problem.position.line


@pytest.mark.parametrize(
    ("old", "new", "code", "named"),
    [
        ("应当每日开放", "可以每日开放", "json-changed", "`art_4`"),
        ("可能有衍文", "没有衍文", "json-changed", "`note_announced-twice`"),
        ("现予公布", "不予公布", "json-changed", "outside its provisions"),
        ('"fuzzy"', '"translated"', "json-changed", "`translations.en`"),
        ('"version": 1', '"version": 2', "json-structure", "version"),
        ('"format"', '"form"', "json-structure", "format"),
        ('"sha256": "0', '"sha256": "", "sha256": "0', "json-syntax", "twice"),
        ("}", "", "json-syntax", "no JSON"),
    ],
)
def test_a_change_by_hand_is_named(tiny: Site, old: str, new: str, code: str, named: str) -> None:
    written = written_of(tiny)
    assert old in written
    found, message, line = refused(written.replace(old, new, 1))
    assert (found, named in message) == (code, True)
    if named.startswith("`") and "translations" not in named:
        assert named.strip("`").removeprefix("note_") in written.splitlines()[line - 1]


def test_what_the_schema_has_no_place_for_is_refused(tiny: Site) -> None:
    content = json.loads(written_of(tiny))
    content["added"] = 1
    assert refused(json.dumps(content))[0] == "json-structure"


def test_other_white_space_is_no_change(tiny: Site) -> None:
    written = written_of(tiny)
    assert law_from_json(json.dumps(json.loads(written)), "a") == law_from_json(written, "a")


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "1", "{}", '{"format": "duizhao-law"}', "[" * 99999]
)
def test_json_of_others_is_refused(text: str) -> None:
    assert refused(text)[0] in ("json-structure", "json-syntax")


@pytest.mark.corpora
def test_laws_of_the_corpora(root: Path) -> None:
    rules = checker()
    for edition in corpora_editions(root):
        assert not list(rules.iter_errors(json.loads(round_trip(untranslated(edition)))))
