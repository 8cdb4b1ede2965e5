"""How fast texts are parsed, and that a text ten times as long takes about ten times as long."""

from __future__ import annotations

import time
import timeit
from pathlib import Path

from duizhao.ground.problems import DuizhaoError
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.sources.witness import Witness, witness_from_file, witness_from_text


def parsing(corpus: Path) -> dict[str, float]:
    """Texts and characters a second over a folder of .txt, in one process."""
    texts: list[Witness] = []
    for path in sorted(corpus.glob("*.txt")):
        try:
            texts.append(witness_from_file(path))
        except DuizhaoError:
            continue  # a file that is refused costs no parsing
    start = time.perf_counter()
    for witness in texts:
        editions_from_reading(reading_from_witness(witness))
    seconds = time.perf_counter() - start
    characters = sum(len(w.text) for w in texts)
    return {
        "texts": len(texts),
        "seconds": seconds,
        "texts per second": len(texts) / seconds,
        "characters per second": characters / seconds,
    }


def growth() -> dict[str, float]:
    """Seconds for a code of 1,260 articles and for one ten times as long, and their ratio."""
    short, long = (_seconds(1260 * times) for times in (1, 10))
    return {"1,260 articles": short, "12,600 articles": long, "ratio": long / short}


def _seconds(articles: int) -> float:
    """The time to parse an invented code of so many articles."""
    sentence = "自然人、法人和非法人组织从事民事活动，应当遵循自愿原则，按照自己的意思设立、变更、终止民事法律关系。"
    lines = ["某法典", ""]
    for number in range(1, articles + 1):
        if number % 40 == 1:
            lines.append(f"第{number // 40 + 1}章　某事")
        lines.append(f"第{number}条　{sentence}")
        lines.append(sentence)
    witness = witness_from_text("\n".join(lines) + "\n", name="code")
    # timeit pauses the collector of cycles, whose cost depends on the whole process.
    return timeit.timeit(lambda: editions_from_reading(reading_from_witness(witness)), number=1)
