"""What a web page, or a copy of its text, says around a law: the way to it, buttons, its foot.

Only lines before the first provision and after the head of the last are looked at (in a text
without provisions before the first sentence and after the last), and only
those that say nothing else: the record that a Markdown file begins with (title: …, between
lines of ---); lines that are known by their words; what stands over the way to
the page, and under the first such line behind the law; the record of the document (索引号,
发文机关 …); who wrote and checked a post.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from duizhao.ground.patterns import ANNEX, MATTER_TITLE, PICTURES, TITLE_END, begins_provision
from duizhao.parser.front import is_announcement_head, is_document_number, is_issuer, is_note
from duizhao.parser.segments import compact

_LONGEST = 200  # characters
_HERE = r"您?(?:现在|当前)?的?(?:所在)?的?位置是?[：:]"
#: The way to a page, without spaces: 首页>法规>正文.
_PATH = re.compile(
    rf"(?:{_HERE})?(?:(?:网站|本站)?首页(?:[-/|｜]+[^-/|｜。]{{1,40}})*"
    rf"|[^>＞›»→。]{{0,12}}首页(?:[>＞›»→]+[^>＞›»→。]{{1,40}})+)|{_HERE}[^。]{{0,80}}"
)
#: Words of a page above what is known of it, and what is left of a comment in HTML.
_NEAR = re.compile(
    "登录|注册|退出|搜索|更多|收藏|纠错|(?:相关|政策|图文|文字)?解读|图解|[×✕]|<!--|-->"
)
_OWNED = re.compile("ICP备|公网安备|网站标识码")
_COMMENT = re.compile("<!--|-->")
_ARROW = re.compile("[>＞›»→/|｜]{1,2}")
_SHORTEST = 4  # characters of a title
_SENTENCE = 30  # at least, of one that opens a list
_NEIGHBOUR = re.compile(r"[上下]一[篇条页](?:[：:][^。]{0,100})?")
_FOOT = re.compile(
    r"(?:(?:全文|原文|文件|附件)?下载(?:地址|链接)?\s*[：:]\s*)?请?点击(?:此处|这里)?(?:下载|查看)[^。]{0,20}"
    r"|下载(?:地址|链接)\s*[：:].{0,120}|(?:版权所有|技术支持[：:])[^。]{0,120}|(?:copyright\b|©)[^。]{0,120}。?|分享(?:到|至)[：:]?[^。]{0,40}"
    r"|(?:相关|友情|推荐|延伸|热点)(?:链接|阅读|文章|文档|稿件|新闻|报道|解读)[：:]?|链接[：:]|【法宝引证码】.{0,40}"
    r"|(?:免责|特别|版权)?声明[：:].{0,60}(?:本[文站网]|转载|版权).{0,120}"
    r"|取自[“\"]?https?:.{0,150}|本页面?最后(?:编辑|修订|更新).{0,60}|本作品.{0,120}公有领域.{0,40}"
    r"|\d{4}[-/]\d{1,2}[-/]\d{1,2}\s+[\u4e00-\u9fff]{2,12}"
    r"|[【\[（(]?(?:发布|更新)(?:时间|日期)[：:]\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?[】\]）)]?"
    r"|[（(【]?(?:信息|文章|稿件|资料|内容|本文)?来源[：:]\s*[^，。；：]{2,24}(?:网|网站|日报|公报|公众号|客户端|新华社|数据库)[）)】]?"
    rf"|[^。]{{0,120}}(?:[A-Z]?(?:{_OWNED.pattern}))[^。]{{0,60}}",
    re.IGNORECASE,
)
#: From where and when an agency sent a text, behind it or its order.
_DATELINE = re.compile(r"[（(]?新华社[\u4e00-\u9fff]{2,8}\d{1,2}月\d{1,2}日电[）)]?")
#: When a page was written, over a law; an order may have its own day in figures.
_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\d{1,2}:\d{2}(?::\d{2})?)?")
_LABEL = (
    r"(?:发布|更新)?(?:时间|日期)|(?:信息|文章|稿件)?来源|作者|整理[者人]|责任编辑|字体|字号"
    r"|(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?"
)
_TOLD = re.compile(rf"[【\[［（(]?(?:{_LABEL})\s*[：:][^。]{{0,160}}")
_LABELS = re.compile(rf"(?:{_LABEL})\s*[：:]")
_COUNTED = re.compile(r"(?:字体|字号|责任编辑|(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?)\s*[：:]")
#: Words of buttons: those that a law's annex may have as a line, too, do not tell them alone.
_BUTTON = re.compile(
    r"(?P<sure>(?:打印|关闭|收藏|保存)(?:本站|本页|此页|该页|页面|本?窗口|本文)|加入收藏|设为首页|网站首页"
    r"|跳[转到至]{1,2}(?:导航|搜索|内容)|(?:展开|阅读|查看)全文|返回(?:首页|顶部|列表|上一?页|上一级)|回到顶部|网站地图|联系我们|关于我们|复制链接|分享到)"
    r"|(?P<other>打印|关闭|收藏|保存|下载|首页|繁体|简体|字体|字号|[大中小])"
)
#: What is told beside such lines, before a law: who published it and when, where to share it.
_BESIDE = re.compile(
    rf"[（(]?(?:{_LABEL})[：:][^。]{{0,40}}|\d{{4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?"
    r"|(?:(?:新浪|腾讯)?微博|微信(?:好友)?|朋友圈|QQ(?:空间|好友)?|豆瓣|分享|收藏|打印|关闭|下载|纠错|朗读|[大中小]|A[+-]?)+"
)
#: The name of a site: 中国人大网, 国家法律法规数据库.
_SITE = re.compile(
    r"[^。，；：]{2,20}(?:网|网站|数据库|信息库|门户|图书馆)"
    r"|导航|正文|全文|详情|(?:网站)?首页|政策法规|法律法规|政策文件|信息公开|通知公告"
)
_BETWEEN = re.compile(r"[\s|｜/／·•、:：【】\[\]［］（）()〖〗]*")


#: A word that the record of a document has before what it tells, without spaces.
_RECORDED = (
    r"(?:信息)?索引号?|(?:主题|专题|信息|组配|体裁|内容)?分类|发文(?:机关|机构|单位|文号|号)|(?:发布|颁布)(?:机构|机关|部门|单位)"
    r"|制定机关|批准(?:机关|部门|日期)|成文日期|(?:发布|公布|颁布|生成|公开|印发|发文|制发|施行|实施|执行|生效|修订|修正|废止|失效)(?:日期|时间)"
    r"|(?:文件|法规|规章)?标题|(?:信息|文件|法规|规章)名称|发文字号|(?:发布|颁布)?文号|(?:文件|公文)编号|有效性|时效性?|效力(?:状态|级别|等级|属性)|法律性质"
    r"|(?:法规|规章|文件|公文|所属)(?:类别|类型|种类)|公开(?:方式|形式|范围|属性|类别)|主题词|关键[词字]|内容概述"
    r"|统一(?:登记|编)号|规范性文件登记号|责任部门|(?:信息|文件|法规)?来源|(?:法规)?(?:正文|全文)|服务对象|载体类型|有效期"
)
_RECORD = re.compile(
    rf"(?:\d{{1,2}}[.、](?=【))?(?P<mark>[|【\[［•●·*-]*)(?P<label>{_RECORDED})(?P<end>[】\]］]?[：:|]|[】\]］]|$)"
)
_RECORDS = re.compile(rf"(?:{_RECORDED})(?:[】\]］][：:|]?|[：:|])")
#: Those that no law has in a line of its own; nor has it any other behind a bullet or in brackets.
_SURE = re.compile(
    "索引|发文|文号|制定机关|主题分类|公开|时效|有效性|效力|成文日期|登记号|[发颁]布(?:机构|机关|部门|单位)"
)
#: How the whole title of a law begins.
_WHOLE = re.compile(
    "中华人民共和国|[\u4e00-\u9fff]{2,8}(?:省|市|自治区|自治州|自治县|县)|最高人民|国务院|关于"
)
_FENCES = ("---", "+++")
_LONGEST_MATTER = 80  # lines
_MATTER = re.compile(r"[A-Za-z][\w.-]*\s*[:=].*|[ \t]+\S.*|- .*|#.*|\s*")
_PICTURE = re.compile(f"[{PICTURES}]")
#: What a post says before and behind a text, without pictures; and when it was sent, before it.
_POST = re.compile(
    r"[（(](?:全文)?完[）)]|(?:更多|欢迎|敬请)[^。]{0,20}关注.{0,30}|点击(?:上方|下方|标题|蓝字|阅读原文|“|关注).{0,40}|[^。]{0,20}(?:关注|订阅)我们|长按.{0,30}(?:二维码|关注).{0,10}"
    r"|扫(?:一扫|码(?:关注|查看|阅读|打开|下载)|描.{0,10}二维码).{0,30}|识别.{0,20}二维码.{0,20}"
    r"|(?:点个|点亮|点击)[“\"]?(?:在看|赞)[”\"]?.{0,30}|[-—–·\s]*(?:the )?end[-—–·\s]*",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"[^。]{0,60}\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?[^。]{0,20}"
)
_ROLE = "(?:来源|编辑|责编|校对|审核|初审|复审|终审|监制|排版|供稿|撰稿|作者|主办|承办|值班编辑)"
_NAME = r"[\u4e00-\u9fff][^。；：:\s]"  # how it begins
# No name has the next credit in it: else a row of them would be divided in every way.
_CREDIT = re.compile(
    rf"(?:{_ROLE}\s*[：:丨|] ?{_NAME}(?:(?!{_ROLE}[丨|]{_NAME})[^。；：:\s]){{0,39}}\s*)+"
)
#: The pages that a text is divided into: [1] [2] [3].
_PAGES = re.compile(r"[\[【]?1[\]】]?(?:[\s|]+[\[【]?\d{1,2}[\]】]?)+")
_SHOUTS = re.compile(f"[!！{PICTURES}]|全文|来了|解读")


def navigation_rows(lines: Sequence[str]) -> frozenset[int]:
    """The rows of lines that lead through a site, or speak of the page.

    A reply has no provisions: its first sentence and its last stand for them.
    """
    matter = _front_matter(lines)
    provisions = [row for row, line in enumerate(lines) if begins_provision(line)]
    provisions = provisions or [row for row, line in enumerate(lines) if _says(line.strip())]
    if not provisions:
        return frozenset(matter)
    before, behind = range(provisions[0]), range(provisions[-1] + 1, len(lines))
    known = {row for row in (*before, *behind) if _is_navigation(lines[row].strip())}
    dated = {row for row in (*before, *behind) if _DATELINE.fullmatch(lines[row].strip())}
    known.update(dated.intersection(behind))
    over = [compact(_words(lines[row])) for row in before]
    dated.update(row for row in range(_order(over)) if _DAY.fullmatch(over[row]))
    stands = {line: row for row, line in enumerate(over)}  # the last row of each line
    known.update(_steps(over, stands))
    known.update(_beside(over, known))
    return frozenset(
        (
            *matter,
            *known,
            *dated,
            *_header(over, stands),
            *_above(over, known),
            *_record(over, stands),
            *_footer(lines, behind, known, over),
        )
    )


def _words(line: str) -> str:
    """A line without the marks of a heading, and with a bar where a tab divides it into cells."""
    return line.strip().lstrip("#").replace("\t", "|")


def _says(line: str) -> bool:
    """Whether a line is a sentence, and not of the page."""
    ends = line.endswith("。") or (line.endswith("：") and len(line) > _SENTENCE)
    return ends and not _is_navigation(line)


def _front_matter(lines: Sequence[str]) -> Sequence[int]:
    """The rows of the record that a Markdown file may begin with: title: …, between --- and ---.

    Without that of the law's title where it does not stand below, or only the rest of it; none
    where the record has no title either.
    """
    fence = lines[0].strip() if lines else ""
    if fence not in _FENCES:
        return ()
    title = 0
    for row, line in enumerate(lines[1:_LONGEST_MATTER], 1):
        if line.strip() == fence:
            below = [compact(each) for each in lines[row + 1 : row + _LONGEST_MATTER]]
            titled = any(map(TITLE_END.search, below))
            if title and not (titled and _stands(lines[title], below)):
                return [*range(title), *range(title + 1, row + 1)]
            return range(row + 1) if titled else ()
        if not _MATTER.fullmatch(line):
            break
        if not title and MATTER_TITLE.fullmatch(line):
            title = row
    return ()


def _stands(line: str, below: Sequence[str]) -> bool:
    """Whether the law's title stands below the record whose line with a title is given.

    Else the record has it, or its beginning: 最高人民法院, whose 关于…的批复 is below.
    """
    found = MATTER_TITLE.fullmatch(line)
    words = found["words"] if found else ""
    first = next(filter(None, below), "")
    if compact(words) in "".join(below) or TITLE_END.search(compact(words)):
        return True
    issued = all(map(is_issuer, words.split()))
    return not issued and not (_WHOLE.match(words) and not _WHOLE.match(first))


def _beside(over: Sequence[str], known: set[int]) -> Iterator[int]:
    """The rows before a law beside known ones that tell of the page as well, one after another.

    No day in words below the head of an order: it may be that of the order.
    """
    order = _order(over)
    written = [row for row, line in enumerate(over) if line]
    for rows in (written, written[::-1]):
        before = -1
        for row in rows:
            sure = row in known or _SENT.fullmatch(over[row])
            own = row > order and "年" in over[row]
            if not (sure or own) and before >= 0 and _BESIDE.fullmatch(over[row]):
                sure = True
                yield row
            before = row if sure else -1


def _order(over: Sequence[str]) -> int:
    """The row of the head of the first order or announcement; their number for none."""
    return next((row for row, line in enumerate(over) if is_announcement_head(line)), len(over))


def _above(over: Sequence[str], known: set[int]) -> Iterator[int]:
    """The rows over the law's title that name the site, or stand over a known row.

    None of an order or announcement, whose signer and day stand below its head.
    """
    titles = [row for row, line in enumerate(over) if TITLE_END.search(line) and row not in known]
    last = max((row for row in known if titles and row < titles[0]), default=-1)
    ordered = False
    for row, line in enumerate(over[: titles[0] if titles else 0]):
        ordered = ordered or is_announcement_head(line)
        head = ordered or is_note(line) or is_document_number(line)
        named = _SITE.fullmatch(line) is not None
        stands = row < last and not line.endswith(("。", "：", "；"))
        if line and not head and (named or (stands and len(line) < _LONGEST)):
            yield row


def _header(over: Sequence[str], stands: Mapping[str, int]) -> Iterator[int]:
    """The rows over the way to the page, what is said of a text whose title is below, and when."""
    ways = [row for row, line in enumerate(over) if _leads(line)]
    for row, line in enumerate(over):
        if len(line) >= _LONGEST or line.endswith(("。", "：")):
            continue
        said = re.search("《(.+)》", line)
        told = said and stands.get(said[1], -1) > row
        title = TITLE_END.search(line) is not None and stands[line] == row
        over_way = ways and row < ways[-1] and not title
        if over_way or (told and _SHOUTS.search(line)) or _SENT.fullmatch(line):
            yield row


def _steps(over: Sequence[str], stands: Mapping[str, int]) -> Iterator[int]:
    """The rows of a way whose steps stand on lines of their own: 首页 ⏎ > ⏎ 政策 ⏎ > ⏎ 通知.

    The last stays where it is a title that stands nowhere below.
    """
    written = [row for row, line in enumerate(over) if line]
    arrows = [at for at, row in enumerate(written) if _ARROW.fullmatch(over[row])]
    for at in arrows:
        begins = at and at + 1 < len(written) and over[written[at - 1]].endswith("首页")
        while begins and at + 1 < len(written) and _ARROW.fullmatch(over[written[at]]):
            yield from written[at - 1 : at + 1]
            at += 2  # noqa: PLW2901 -- to the next arrow
        if begins:
            last = written[at - 1]
            title = TITLE_END.search(over[last]) and len(over[last]) > _SHORTEST
            yield from () if title and stands[over[last]] == last else (last,)


def _leads(line: str) -> bool:
    """Whether a line is a way with more than one step."""
    return len(line) < _LONGEST and line != "首页" and _PATH.fullmatch(line) is not None


def _footer(
    lines: Sequence[str], behind: range, known: set[int], titles: Collection[str]
) -> Iterator[int]:
    """The rows of credits at the end, and those from the first row that is known, up to an annex.

    With it go words of the page right above, and the law's title once more.
    """
    credited = {
        row
        for row in behind
        if _CREDIT.fullmatch(lines[row].strip())
        or _CREDIT.fullmatch(compact(lines[row]))
        or _PAGES.fullmatch(lines[row].strip())
    }
    first = min(known.intersection(behind), default=behind.stop)
    for row in reversed(behind):
        line = compact(lines[row])
        if row in credited and (len(credited) > 1 or first < behind.stop):
            yield row
        elif line and row not in known and not _COMMENT.fullmatch(line):
            break
    while first < behind.stop and first - 1 in behind:
        line = compact(lines[first - 1])
        if line and not (line in titles or _NEAR.fullmatch(line)):
            break
        first -= 1
    owned = False  # by the site, as its foot says: no sentence below is of the law
    for row in range(first, behind.stop):
        line = lines[row].strip()
        if ANNEX.fullmatch(line):
            break
        if line and (owned or len(line) == 1 or not line.endswith(("。", "；", "：", "|"))):
            yield row
        owned = owned or _OWNED.search(line) is not None


def _record(over: Sequence[str], stands: Mapping[str, int]) -> Iterator[int]:
    """The rows of the record of a document, where it tells three things, or surely two.

    A title stays unless it stands again, alone.
    """
    labels = {
        row: match
        for row, line in enumerate(over)
        if len(line) < _LONGEST and (match := _RECORD.match(line))
    }
    told = sum(max(1, len(_RECORDS.findall(over[row]))) for row in labels)
    sure = any(_SURE.search(match["label"]) for match in labels.values())
    if told < 3 - sure or not (sure or any(match["mark"] for match in labels.values())):
        return
    alone = all(match.end() == len(over[row]) for row, match in labels.items())
    for row, match in labels.items():
        yield from () if _is_lost(over[row][match.end() :], row, stands) else (row,)
        below = next((at for at in range(row + 1, len(over)) if over[at]), len(over))
        told_of = below == row + 1 or row < max(labels)  # else it may be the law's
        if alone:
            yield from range(row + 1, below)
        if alone and told_of and below < len(over) and below not in labels:
            yield from () if _is_lost(over[below], below, stands) else (below,)


def _is_lost(told: str, row: int, stands: Mapping[str, int]) -> bool:
    """Whether what a record tells is a title, or the head of an order, that stands nowhere else."""
    label = _RECORDS.search(told)
    words = told[: label.start() if label else len(told)].strip("|")
    names = (words, words.removeprefix("中华人民共和国"))
    head = TITLE_END.search(words) is not None or words.endswith(("令", "公告"))
    return head and all(stands.get(name, -1) <= row for name in names)


def _is_navigation(line: str) -> bool:
    """Whether a line says nothing but what belongs to a page."""
    if len(line) > _LONGEST:
        return False
    plain = _PICTURE.sub("", line).strip()
    whole = _PATH.fullmatch(compact(line)) or _NEIGHBOUR.fullmatch(line) or _FOOT.fullmatch(line)
    whole = whole or _POST.fullmatch(plain)
    tight = compact(line)
    labels, counted = len(_LABELS.findall(tight)), _COUNTED.search(tight)
    told = _TOLD.fullmatch(tight) and (counted or labels > 1)
    return bool(whole or told or (counted and labels > 1)) or _is_buttons(line)


def _is_buttons(line: str) -> bool:
    """Whether a line is the words of buttons: 【大 中 小】 打印本页 | 关闭窗口."""
    found: list[re.Match[str]] = []
    at = _match_end(line, 0)
    while at < len(line) and (word := _BUTTON.match(line, at)):
        found.append(word)
        at = _match_end(line, word.end())
    words = {word[0] for word in found}
    sure = any(word["sure"] for word in found) or {"打印", "关闭"} <= words
    return at == len(line) and (sure or {"大", "中", "小"} <= words)


def _match_end(line: str, at: int) -> int:
    match = _BETWEEN.match(line, at)
    return match.end() if match else at
