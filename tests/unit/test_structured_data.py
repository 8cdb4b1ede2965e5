"""schema.org's words: laws, their translations, their parts; and the pictures of links."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from duizhao.building.pages.card_files import SITE, card_path
from duizhao.building.pages.cards import HEIGHT, WIDTH, cards
from duizhao.building.pages.structured_data import law_data, site_data
from duizhao.building.pages.theme import context_of
from duizhao.languages.law import View
from duizhao.site.pipeline import Site
from duizhao.writers.downloads import FORMATS, Shared, law_downloads

BASE = "https://example.org/sub/"


def nodes(view: View, **more: Any) -> dict[str, dict[str, Any]]:
    data = law_data(view, BASE, **{"part": None, "files": (), **more})
    json.dumps(data)
    return {n.get("@id", n["@type"] + str(n.get("url", ""))): n for n in data["@graph"]}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_text_and_translation_point_to_each_other(tiny: Site, language: str) -> None:
    found = nodes(tiny.view(tiny.laws[0], language))
    zh, en = f"{BASE}zh/example-parks/", f"{BASE}en/example-parks/"
    assert found[zh]["workTranslation"] == {"@id": en}
    assert found[en]["translationOfWork"] == {"@id": zh}
    assert found[zh]["name"] == tiny.laws[0].edition.metadata.title
    assert (found[zh]["inLanguage"], found[en]["inLanguage"]) == ("zh-Hans-CN", "en")
    assert "" not in found[zh].values()


def test_no_file_is_official_and_legal_value_belongs_to_files(tiny: Site) -> None:
    found = nodes(tiny.view(tiny.laws[0], "zh"), files=("data/x/x.zh.xml",))
    assert all("legislationLegalValue" not in node for node in found.values())
    (file,) = found[f"{BASE}zh/example-parks/"]["encoding"]
    assert file["legislationLegalValue"].endswith("/UnofficialLegalValue")
    assert file["contentUrl"] == f"{BASE}data/x/x.zh.xml"
    assert file["encodingFormat"] == "application/akn+xml"


def test_every_file_says_its_format(tiny: Site) -> None:
    law = tiny.laws[0]
    made = law_downloads(law, Shared())
    found = nodes(tiny.view(law, "zh"), files=[each.path for each in made])
    told = [each["encodingFormat"] for each in found[f"{BASE}zh/example-parks/"]["encoding"]]
    assert told == [FORMATS[each.format].media for each in made]


def test_force_is_said_of_the_day_of_the_edition_only(tiny: Site) -> None:
    law = tiny.laws[0]

    def force(**metadata: Any) -> str:
        edition = replace(law.edition, metadata=replace(law.edition.metadata, **metadata))
        view = tiny.view(replace(law, edition=edition), "zh")
        node = nodes(view)[f"{BASE}zh/example-parks/"]
        return str(node.get("legislationLegalForce", ""))

    assert force(effective="2030-05-01", edition_date="2030-06-01").endswith("/InForce")
    assert force(effective="2030-05-01", edition_date="2030-04-01") == ""
    assert force(effective="", edition_date="2030-04-01") == ""
    assert force(effective="2030-05-01", status="repealed").endswith("/NotInForce")


def test_a_chapter_is_part_of_the_law_in_its_language(tiny: Site) -> None:
    part = ("Chapter 1", "en/example-parks/chapter-1/")
    found = nodes(tiny.view(tiny.laws[0], "en"), part=part)
    chapter = found[f"Legislation{BASE}{part[1]}"]
    law = chapter["isPartOf"]
    assert law["@id"] == f"{BASE}en/example-parks/"
    whole = nodes(tiny.view(tiny.laws[0], "en"))[law["@id"]]  # which the overview describes
    assert (law["@type"], law["name"]) == (whole["@type"], whole["name"])
    trail = found["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in trail] == [1, 2, 3]
    assert trail[-1]["item"] == BASE + part[1]


def test_the_site_says_how_it_is_searched(tiny: Site) -> None:
    data = site_data("n", "d", BASE, "zh", "zh-Hans-CN")
    assert data["potentialAction"]["target"].startswith(f"{BASE}zh/search/?q=")
    out = context_of(tiny, "zh/index.md", None, paths=(), prose={}, prints={}, base=BASE)
    assert out["schema"]["@type"] == "WebSite"
    assert out["card"] == SITE


def test_each_law_has_a_picture_and_a_damaged_one_is_set_again(tiny: Site, tmp_path: Path) -> None:
    first = dict(cards(tiny, tmp_path))
    assert set(first) == {SITE, *(card_path(law.id) for law in tiny.laws)}
    for png in first.values():
        assert png.startswith(b"\x89PNG")
        assert struct.unpack_from(">II", png, 16) == (WIDTH, HEIGHT)
        assert len(png) < 300_000  # what previews load
    for kept in (tmp_path / "cards").iterdir():
        kept.write_bytes(kept.read_bytes()[:1000])
    assert dict(cards(tiny, tmp_path)) == first
    assert dict(cards(tiny, tmp_path / "elsewhere")) == first
