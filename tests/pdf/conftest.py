"""The laws of this project, and small invented ones, ready to be printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from duizhao.editing.decisions import decisions_from_file
from duizhao.editing.edition_from_decisions import edition_from_decisions
from duizhao.ground.text import plain
from duizhao.languages.bilingual import Bilingual, bilingual_from_edition, sources
from duizhao.languages.catalog import Catalog, Entry, catalog_from_file
from duizhao.parser.edition import Article, Division, Edition, Metadata, Paragraph, Unit
from duizhao.sources.witness import witness_from_file

ROOT = Path(__file__).resolve().parents[2]
LAWS = sorted(path.parent.name for path in (ROOT / "seeds").glob("*/edition.toml"))


def law(law_id: str) -> Bilingual:
    decisions = decisions_from_file(ROOT / "seeds" / law_id / "edition.toml", name=law_id)
    source = decisions.witness[0]
    witness = witness_from_file(
        ROOT / "seeds" / source.file, name=source.file, sha256=source.sha256
    )
    edition = edition_from_decisions(decisions, witness)
    catalog = catalog_from_file(
        ROOT / "translations" / "en" / "LC_MESSAGES" / f"{law_id}.po", language="en"
    )
    return bilingual_from_edition(edition, catalog)


@pytest.fixture(scope="session")
def laws() -> dict[str, Bilingual]:
    return {law_id: law(law_id) for law_id in LAWS}


Invent = Callable[..., Bilingual]


@pytest.fixture
def invent() -> Invent:
    """A law of one chapter whose articles have the given paragraphs: (Chinese, English)."""

    def make(*articles: list[tuple[str, str]], language: str = "en") -> Bilingual:
        english: dict[str, str] = {
            "title": "Regulations of a Town",
            "chp_1__heading": "Chapter 1 Rules",
        }
        body = []
        for number, pairs in enumerate(articles, 1):
            paragraphs = []
            for ordinal, (zh, en) in enumerate(pairs, 1):
                eid = f"art_{number}__para_{ordinal}"
                english[eid] = en
                unit = Unit(eid=eid, role="paragraph", text=plain(zh, line=1))
                paragraphs.append(Paragraph(eid=eid, ordinal=ordinal, lead=unit))
            numeral = "零一二三四五六七八九"[number]
            body.append(
                Article(eid=f"art_{number}", number=f"第{numeral}条", body=tuple(paragraphs))
            )
        chapter = Division(
            eid="chp_1",
            level="chapter",
            ordinal="1",
            number="第一章",
            title="规则",
            heading=Unit(eid="chp_1__heading", role="heading", text=plain("第一章 规则", line=1)),
            body=tuple(body),
        )
        edition = Edition(
            law_id="town",
            metadata=Metadata(title="某镇条例", edition_date="2026-01-02"),
            title=Unit(eid="title", role="title", text=plain("某镇条例", line=1)),
            body=(chapter,),
        )
        entries = {
            eid: Entry(eid=eid, source=zh, target=english.get(eid, ""), fuzzy=False, line=1)
            for eid, zh in sources(edition)
        }
        catalog = Catalog(path="town.po", language=language, entries=entries)
        return bilingual_from_edition(edition, catalog)

    return make
