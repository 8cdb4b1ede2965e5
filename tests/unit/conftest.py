"""Fixtures that several files of these tests share."""

from __future__ import annotations

import pytest

from duizhao.languages.bilingual import Bilingual
from duizhao.languages.catalog import Catalog, catalog_from_file
from duizhao.site.pipeline import Site
from duizhao.writers.quote.check import Checker
from duizhao.writers.search.provisions import SearchLaw, searched

PO = "translations/en/LC_MESSAGES/example-parks.po"


@pytest.fixture(scope="session")
def laws(real: Site) -> list[SearchLaw]:
    """The laws that are really published, as search and the check of quotations know them."""
    return [searched(law, [real.interfaces["en"]]) for law in real.laws]


@pytest.fixture(scope="session")
def checked(laws: list[SearchLaw]) -> Checker:
    """What checks quotations of these laws."""
    return Checker(laws)


@pytest.fixture(scope="session")
def pair(tiny: Site) -> Bilingual:
    """The example's law with its English."""
    return tiny.laws[0].bilingual["en"]


@pytest.fixture(scope="session")
def catalog(tiny: Site) -> Catalog:
    """The catalog that the example's English is from."""
    return catalog_from_file(tiny.options.root / PO, language="en")
