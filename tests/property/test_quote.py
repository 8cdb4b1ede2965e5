"""Recall of the quote checker over many edited passages, and no false “exact”."""

from __future__ import annotations

import pytest
from tests.quotes import passages

from duizhao.site.pipeline import Site
from duizhao.writers.quote.check import Checker
from duizhao.writers.search.provisions import searched

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("column", [-1, 0])
def test_recall_of_the_right_provision(real: Site, column: int) -> None:
    laws = [searched(law, [real.interfaces["en"]]) for law in real.laws]
    texts = {
        "".join(body.split())
        for law in laws
        for provision in law.provisions
        for unit in provision.units
        for body in (unit.zh, *unit.others)
    }
    check = Checker(laws)
    wanted = found = 0
    for passage in passages(laws, seed=1, count=800, column=column):
        answer = check(passage.text)
        own = {
            f"{place.law.id}#{unit.eid}"
            for part in answer.parts
            for place in (*part.places, *part.also)
            for unit in ([place.unit] if place.unit else place.provision.units)
        }
        wanted += len(passage.eids)
        found += sum(eid in own for eid in passage.eids)
        exact = any("".join(passage.text.split()) in text for text in texts)
        assert answer.status != "exact" or exact, passage
        assert answer.status == "exact" or passage.edit != "none", passage
    assert found / wanted >= 0.99
