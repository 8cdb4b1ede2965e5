from __future__ import annotations

from duizhao.languages.bilingual import MISSING, bilingual_from_edition, check_catalog, sources
from duizhao.languages.catalog import Catalog, Entry
from duizhao.site.pipeline import Site


def catalog(**entries: tuple[str, str, bool]) -> Catalog:
    return Catalog(
        path="x.po",
        language="en",
        entries={
            eid: Entry(eid=eid, source=zh, target=en, fuzzy=fuzzy, line=1, text=f'msgctxt "{eid}"')
            for eid, (zh, en, fuzzy) in entries.items()
        },
    )


def test_each_unit_has_a_status(tiny: Site) -> None:
    edition = tiny.laws[0].edition
    zh = dict(sources(edition))
    found = bilingual_from_edition(
        edition,
        catalog(
            title=(zh["title"], "Title", False),
            toc=(zh["toc"], "Contents", True),
            note=("旧文", "Old words", False),
            chp_1__heading=(zh["chp_1__heading"], "", False),
        ),
    )
    assert (found.of("title").text, found.of("title").status) == ("Title", "translated")
    assert (found.of("toc").text, found.of("toc").status) == ("", "fuzzy")
    assert (found.of("note").text, found.of("note").status) == ("", "stale")
    assert found.of("chp_1__heading") == found.of("art_1__para_1") == MISSING
    counts = found.counts()
    assert (counts["translated"], counts["fuzzy"], counts["stale"]) == (1, 1, 1)
    assert sum(counts.values()) == len(zh)


def test_everything_that_is_said_is_translated(tiny: Site) -> None:
    """Text, notes, what gaps are, and what the witness is; each under one identifier."""
    edition = tiny.laws[0].edition
    eids = [eid for eid, _ in sources(edition)]
    assert len(eids) == len(set(eids))
    assert {n.eid for n in edition.notes} <= set(eids)
    assert {"short_title", "witness", "note_articles-4-5__what"} <= set(eids)
    assert all(text for _, text in sources(edition))


def test_a_catalog_that_is_right_has_no_problems(tiny: Site) -> None:
    edition = tiny.laws[0].edition
    full = catalog(**{eid: (zh, "x", False) for eid, zh in sources(edition)})
    assert list(check_catalog(edition, full)) == []
