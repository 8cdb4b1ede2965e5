"""Levels below an article: how a law names them, which it does in one of two ways.

条、款、项、目 is the mainland's way, and 條、項、款、目 that of Taiwan: what 第一款 is there is 第一项
here.  A law in simplified characters has the first.  One in traditional characters has that
in which it cites itself (第一條第二項第三款); where it does not say, what it calls 項 and 款 is
not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from duizhao.parser.edition import Edition, articles, units

# What laws cite, count and order with: a traditional character and the simplified one.
_PAIRS = (
    "條条 編编 節节 項项 規规 則则 辦办 憲宪 標标 議议 協协 決决 釋释 準准 據据 單单 實实 試试 補补 組组 選选 舉举 "
    "課课 責责 與与 於于 為为 爲为 觸触 認认 構构 適适 違违 對对 將将 國国 華华 機机 關关 應应 當当 須须 無无 種种 "
    "萬万 億亿 兩两 幾几 歲岁 週周 個个 時时 鐘钟 圓圆 頁页 號号 屆届 戶户 輛辆 噸吨 級级 類类 處处 間间 張张 冊册 "
    "綱纲 總总 約约 訂订 該该 樣样 過过 書书 腳脚 達达 隱隐 瞞瞒 採采 執执 嚴严 許许 證证 參参 藥药 臺台 務务 織织 "
    "屬属 強强 統统 經经 營营 証证 劇剧 圖图 暫暂 欄栏 細细 線线 製制 見见 貿贸 資资 醫医 銷销 錄录 錶表 頃顷 擔担 "
    "諧谐 沒没 裡里 裏里 額额 稅税 請请 點点"
)
_SIMPLIFIED = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
_NUM = "[一二三四五六七八九十百0-9]+"
_TAIWAN = re.compile(rf"第{_NUM}項第{_NUM}款|第{_NUM}款第{_NUM}目")
_MAINLAND = re.compile(rf"第{_NUM}款第[（(]?{_NUM}[）)]?項|第{_NUM}項第{_NUM}目")


@dataclass(frozen=True, slots=True)
class Levels:
    """How a law names its levels.

    `table` makes of its text what a law of the mainland says, `written` of a citation what
    this law would say.
    """

    table: Mapping[int, str] = field(default_factory=dict)
    written: Mapping[int, str] = field(default_factory=dict)

    def write(self, citation: str) -> str:
        """A citation with the mainland's levels as this law names them."""
        return citation.translate(self.written) if self.written else citation

    def read(self, text: str) -> str:
        """`text` in simplified characters and with the mainland's levels, as long as it is."""
        return text.translate(self.table) if self.table else text


_WRITTEN = {ord(here): there for here, there in zip("条项编节", "條項編節", strict=True)}
MAINLAND = Levels()
TAIWAN = Levels(
    _SIMPLIFIED | {ord("項"): "款", ord("款"): "项"},
    _WRITTEN | {ord("款"): "項", ord("项"): "款"},
)
_TRADITIONAL = Levels(_SIMPLIFIED, _WRITTEN)
_UNKNOWN = Levels(_SIMPLIFIED | {ord("項"): "項", ord("款"): "欵"}, _WRITTEN)


def levels_of(edition: Edition) -> Levels:
    """How a law names its levels."""
    if not any("條" in article.number for article in articles(edition.body)):
        return MAINLAND
    texts = [(unit.role, str(unit.text)) for unit in units(edition)]
    taiwan = sum(len(_TAIWAN.findall(text)) for _, text in texts)
    mainland = sum(len(_MAINLAND.findall(text)) for _, text in texts)
    if not taiwan + mainland:  # a paragraph that speaks of the one before it
        taiwan = sum(role == "paragraph" and text.startswith("前項") for role, text in texts)
        mainland = sum(role == "paragraph" and text.startswith("前款") for role, text in texts)
    if bool(taiwan) == bool(mainland):
        return _UNKNOWN
    return TAIWAN if taiwan else _TRADITIONAL
