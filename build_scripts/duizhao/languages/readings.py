"""Readings that pypinyin's phrases have not, or have wrong, in the texts of laws.

Words, each with its syllables; and characters whose reading follows from what stands beside
them: 为 is wéi, “to be”, and wèi, “for”; 处 is chǔ, “to punish with”, and chù, “a place”.
Where nothing beside it tells, a character is read as the library reads it.

Guarantees: a word counts where it is made of whole words of the text, is within one, or has
four characters (发卡 is not read in 开发|卡片); a reading given for a site goes before all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from itertools import accumulate

from duizhao.languages.division import division

_WORDS = """
长效 cháng xiào|散发 sàn fā|散煤 sǎn méi|散养 sǎn yǎng|散户 sǎn hù|所得 suǒ dé|分得 fēn dé|争得 zhēng dé
接种 jiē zhòng|重整 chóng zhěng|重置 chóng zhì|重测 chóng cè|调蓄 tiáo xù|调减 tiáo jiǎn|调增 tiáo zēng
调压 tiáo yā|应诉 yìng sù|应价 yìng jià|应付款 yīng fù kuǎn|应付账款 yīng fù zhàng kuǎn
应付利息 yīng fù lì xī|应付票据 yīng fù piào jù|应付职工 yīng fù zhí gōng|应付工资 yīng fù gōng zī
献血 xiàn xuè|采血 cǎi xuè|倾倒 qīng dào|移泊 yí bó|离泊 lí bó|泊船 bó chuán|禁泊 jìn bó|候泊 hòu bó
哀乐 āi yuè|照片 zhào piàn|相片 xiàng piàn|电影片 diàn yǐng piàn|附载 fù zài|配载 pèi zài|宫观 gōng guàn
干散货 gān sǎn huò|干式 gān shì|还林 huán lín|还草 huán cǎo|还田 huán tián|还湖 huán hú|还滩 huán tān
还海 huán hǎi|还湿 huán shī|还建 huán jiàn|还款 huán kuǎn|退耕还 tuì gēng huán|给排水 jǐ pái shuǐ
参加 cān jiā|供述 gòng shù|供认 gòng rèn|发卡行 fā kǎ háng|发卡机构 fā kǎ jī gòu|发卡银行 fā kǎ yín háng
应尽 yīng jìn|未尽 wèi jìn|恪尽 kè jìn|尽到 jìn dào|累犯 lěi fàn|累进 lěi jìn|抛撒 pāo sǎ|遗撒 yí sǎ
撒漏 sǎ lòu|扬撒 yáng sǎ|铺装 pū zhuāng|摊铺 tān pū|馆舍 guǎn shè|园舍 yuán shè|圈舍 juàn shè|犬舍 quǎn shè
鸽舍 gē shè|禽舍 qín shè|畜舍 chù shè|笼舍 lóng shè|棚舍 péng shè|监舍 jiān shè|舍饲 shè sì|圈养 juàn yǎng
钻井 zuān jǐng|薄膜 bó mó|薄养 bó yǎng|冠以 guàn yǐ|轴荷 zhóu hè|脊髓 jǐ suǐ|脊柱 jǐ zhù|山脊 shān jǐ
屋脊 wū jǐ|脑脊 nǎo jǐ|椎体 zhuī tǐ|椎骨 zhuī gǔ|椎间 zhuī jiān|脏污 zāng wū|大佛 dà fó|咽部 yān bù
简朴 jiǎn pǔ|设卡 shè qiǎ|冲卡 chōng qiǎ|附卷 fù juàn|立卷 lì juàn|入卷 rù juàn|正卷 zhèng juàn
利差 lì chā|价差 jià chā|级差 jí chā|校本 xiào běn|分切 fēn qiē|绑扎 bǎng zā|捶拓 chuí tà|传拓 chuán tà
婚丧 hūn sāng|犬只 quǎn zhī|船只 chuán zhī|禽只 qín zhī|羊只 yáng zhī|呼号 hū hào|政务处分 zhèng wù chǔ fèn
最长 zuì cháng|长岛 cháng dǎo|限长 xiàn cháng|较长 jiào cháng|长时间 cháng shí jiān|长骨 cháng gǔ|全长 quán cháng
总长度 zǒng cháng dù|总时长 zǒng shí cháng|时长 shí cháng|长输 cháng shū|长潭 cháng tán|边长 biān cháng|体长 tǐ cháng
长宁 cháng níng|长湖 cháng hú|长宽 cháng kuān|长清 cháng qīng|长约 cháng yuē|长耳 cháng ěr|长陵 cháng líng
长葛 cháng gě|长城 cháng chéng|更长 gèng cháng|学有所长 xué yǒu suǒ cháng|差率 chā lǜ|改种 gǎi zhòng
种粮 zhòng liáng|种养 zhòng yǎng|代种 dài zhòng|联耕联种 lián gēng lián zhòng|多重 duō chóng|重封 chóng fēng
重开 chóng kāi|重塑 chóng sù|重名 chóng míng|重签 chóng qiān|重议 chóng yì|重号 chóng hào|调峰 tiáo fēng
可调 kě tiáo|诉调 sù tiáo|访调 fǎng tiáo|仲调 zhòng tiáo|公调 gōng tiáo|调休 tiáo xiū|调低 tiáo dī
量水 liáng shuǐ|量起 liáng qǐ|济源 jǐ yuán|济阳 jǐ yáng|胶济 jiāo jǐ|莲都 lián dū
"""
_OWN = {word: tuple(said.split()) for word, _, said in (
    entry.partition(" ") for line in _WORDS.split("\n") for entry in line.split("|") if entry
)}  # fmt: skip
_SAFE = 4  # characters: a word so long is no part of others
_FOUND = re.compile("|".join(sorted(_OWN, key=len, reverse=True)))

_N = "0-9０-９一二三四五六七八九十百千万亿两零〇"
_ENDS = "，。；：！？,;:\n"  # of a clause
_HEAD = re.compile(rf"\s*(?:第[{_N}]+条(?:之[{_N}])?\s*|[（(][{_N}]+[）)]|[{_N}]+[.．、])?\s*")
_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")

# 处五万元以下罚款, 可以处警告, 处违法所得二倍的罚款; not 两处, 每处
_PUNISHES = re.compile(
    rf"\s*(?:[{_N}]|以(?![上下内外])|罚|警告|拘|有期|无期|死刑|管制|没收|剥夺|驱逐|违法|非法|货值|该|应|其上|上一|合同"
    "|工程|建设工|建设项|采购|项目|中标|骗取|每|被|所|相当|相应|滞纳|赔偿|损失|实际|测绘)"
)
_PLACES = re.compile(rf"(?:[{_N}每各多几此何别]|办事|管理|公证|入口|出口|秘书)$")
# 有计划地组织, 公正地叙述; not 所在地, 执行地法律
_HOW = re.compile(
    "(?:有计划|有步骤|有组织|有秩序|有重点|针对性|合理|公正|公平|平等|客观|准确|完整|真实|及时|有效|高效|充分|自主|限度|程度"
    "|和平|自觉|自愿|便利|便捷|模范|独立|间接|直接|清晰|清楚|差别化|实质性|定期|积极|主动|公开|全面|如实|妥善|切实|稳步|逐步"
    "|广泛|更好|更多|良好|较好|迅速|连续|持续|长期|歧视|避免|严格|自由|谨慎|详细|深入|轻率|制宜)$"
)
_DONE = re.compile(r"[\u4e00-\u9fff](?<![的或以上下内外点方所及和与])")
# 一只, 每只; not 第三只能
_COUNTED = re.compile(rf"[{_N}每单多数几这那]$")
_ONLY = re.compile("[能有准要限需是会可得应作为计]")

# 长240公分, 时间跨度长; not 副市长, 指挥长
_LONG = re.compile(rf"\s*(?:[{_N}]|、宽|×)")
_LASTS = re.compile("(?:时间|周期|期限|跨度|年限|相当|较|更|很|太|过)$")

# 为: 以…为中心, 认定为, 为五年, 为限 are wéi; 为保障…, 为…提供 are wèi
_WITH = re.compile("(?<![可予所足加得难用借])以(?![上下内外前后及便免来])[^为]*$")
_NAMED = re.compile("(?:名义|方式|形式|手段|方法)$")
_MADE = re.compile(
    "(?:[认确划核评鉴界设限选推]定|确认|整合|[变改转更调修划列视评升换推选折升归兑]|转化|任命|命名|登记|选举|折算|晋升|划分|统称|评选"
    "|记载|列入|翻译|折合|调整|修改|理解)$"
)
_AMOUNT = re.compile(
    rf"\s*(?:[第约每不正负零]|百分之|千分之)?\s*[{_N}](?![方切般岸旦线体])|自(?![愿己主身有然动行])|下列|以下|如下|上述|[“《]"
)
_TAIL = re.compile(
    rf"(?:[限准主辅界先本止例要宗](?:[{_ENDS}、）的或和与且并兼结]|$)|由|一体|首[的{_ENDS}]|期[{_N}])"
)
_PURPOSE = re.compile(
    "(?:加强|加快|保障|保护|维护|保证|促进|执行|实施|开展|预防|制定|制止|实现|防范|防治|防止|防御|谋取|牟取|提高|提升|适应"
    "|满足|履行|建立|逃避|查处|推进|推动|应对|消除|编制|改善|获得|获取|取得|争取|扶助|控制|掩饰|避免|承担|巩固|培养|培育"
    "|完善|确保|举办|支持|鼓励|处理|规范|健全|落实|贯彻|优化|弘扬|传承|深化|统一|正确|依法|进一步|充分|切实|更好|增强"
    "|增进|接受|完成|行使|排除|阻止|隐瞒|营造|打造|构建|树立|准确|抢救|救助|解决|方便|便于|配合|检验|调查|审理|引导|发展)"
    "(?![人者地区点费]|单位|机构|部门|机关|对象|责任|法院|标准|目标)"
)
_SERVES = re.compile(
    "提供|创造|办(?![法公案事])|开展|保守|保密|开立|开户|开设|设立(?!登记)|安排|指定|配备|购买|出具|缴纳|缴存|支付|谋|查询|发放|颁发"
    "|介绍|担保|代理|辩护|佩戴|让座|承担|获取|获得|制作|制造|安装|投保|参保|建立|解决|恢复|设置|接种|提出|作出|做出|着想|奠定"
    "|开具|作证|服务(?=$|的)|进行|招徕|招揽|推荐|交纳|垫付|预留|印制|输送|培养|疏通|选派|聘请|订立|签订|筹集|募集|配置|窝藏"
    "|照顾|寻找|刊播|发布|充电|充装|拍摄|运送|托运"
)


def given(text: str) -> dict[int, str]:
    """The syllables, by their places, of characters that the library would read otherwise.

    Also some that it would read so; `text` may be any text.
    """
    out: dict[int, str] = {}
    words = _Words(text)
    for match in _FOUND.finditer(text):
        if len(match[0]) >= _SAFE or words.hold(*match.span()):
            out |= dict(enumerate(_OWN[match[0]], match.start()))
    for match in _TELLS.finditer(text):
        place = match.start()
        if place not in out and (said := _TELLING[match[0]](text, place, words.at(place))):
            out[place] = said
    return out


class _Words:
    """The words of a text, divided when they are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _ends(self) -> list[int]:
        return [0, *accumulate(len(word) for word, _ in division(self._text))]

    def hold(self, start: int, end: int) -> bool:
        """Whether characters `start` to `end` are whole words, or within one."""
        inner = any(start < each < end for each in self._ends)
        return not inner or {start, end} <= set(self._ends)

    def at(self, place: int) -> str:
        """The word that a character is in."""
        after = bisect_right(self._ends, place)
        return self._text[self._ends[after - 1] : self._ends[after]]


def _is_known(word: str, character: str) -> bool:
    """Whether the library has a reading for a word with `character`, or for one within it."""
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415 - see `pinyin`

    pieces = (word[a:b] for a in range(len(word)) for b in range(a + 2, len(word) + 1))
    return any(character in piece and piece in PHRASES_DICT for piece in pieces)


def _punish(text: str, place: int, word: str) -> str:
    if len(word) > 2 or _is_known(word, "处") or not _PUNISHES.match(text, place + 1):
        return ""
    return "" if _PLACES.search(text[:place].rstrip()) else "chǔ"


def _how(text: str, place: int, word: str) -> str:
    adverb = word == "地" and _HOW.search(text[max(0, place - 4) : place])
    return "de" if adverb and _DONE.match(text, place + 1) else ""


def _piece(text: str, place: int, word: str) -> str:
    counted = not _is_known(word, "只") and _COUNTED.search(text[:place].rstrip())
    return "zhī" if counted and not _ONLY.match(text, place + 1) else ""


def _long(text: str, place: int, word: str) -> str:
    is_long = _LONG.match(text, place + 1) or _LASTS.search(text[:place])
    return "cháng" if word == "长" and is_long else ""


def _be_or_for(text: str, place: int, word: str) -> str:
    """The reading of 为: by its clause, in which what stands in brackets does not count."""
    if _is_known(word, "为"):
        return ""
    text = _ASIDE.sub(lambda m: m[0] if m.start() < place < m.end() else "　" * len(m[0]), text)
    start = max(text.rfind(mark, 0, place) for mark in _ENDS) + 1
    stop = min((at for mark in _ENDS if (at := text.find(mark, place)) >= 0), default=len(text))
    before = _HEAD.sub("", text[start:place].strip(), count=1)
    after = text[place + 1 : stop].strip()
    serves = bool(_SERVES.search(after))
    if _TAIL.match(after + text[stop : stop + 1]):
        return "wéi"
    if _AMOUNT.match(after) or not after:
        return "wèi" if serves else "wéi"
    if not before:
        is_what = text[:start].rstrip("，").endswith("的") and text[start - 1 : start] == "，"
        return "wéi" if is_what and not serves and not _PURPOSE.match(after) else "wèi"
    if _WITH.search(before):
        return "wèi" if serves and _NAMED.search(before) else "wéi"
    if _MADE.search(before):
        return "wéi"
    return "wèi" if serves or _PURPOSE.match(after) else "wéi"


_TELLING: dict[str, Callable[[str, int, str], str]] = {
    "为": _be_or_for, "处": _punish, "地": _how, "只": _piece, "长": _long,
}  # fmt: skip
_TELLS = re.compile("[{}]".format("".join(_TELLING)))
