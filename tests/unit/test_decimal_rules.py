from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.commands.add import add_file
from duizhao.ground.problems import DuizhaoError
from duizhao.site.options import Options


def test_rules_numbered_by_decimals_within_chapters_are_added(tmp_path: Path) -> None:
    """They were refused, though nothing was wrong with them."""
    options = Options(root=tmp_path, languages=("zh", "en"))
    lines = ["某交易所上市规则", "第一章　总则", "1.1 甲。", "1.2 乙：", "（一）丙；", "（二）丁。", "第二章　附则", "2.1 戊。"]  # fmt: skip
    (tmp_path / "rules.txt").write_text("\n".join(lines), encoding="utf-8")
    (added,) = add_file(tmp_path / "rules.txt", options)
    assert added.title == "某交易所上市规则"
    lost = [line.replace("1.1 ", "").replace("1.2 ", "").replace("2.1 ", "") for line in lines]
    (tmp_path / "lost.txt").write_text("\n".join(lost), encoding="utf-8")
    with pytest.raises(DuizhaoError, match="no-article"):
        add_file(tmp_path / "lost.txt", options)
