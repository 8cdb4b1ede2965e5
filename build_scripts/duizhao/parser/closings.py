"""What stands behind a law's last provision: its closing sentences, signatures, who sent it out."""

from __future__ import annotations

import re

from duizhao.ground.text import HAN
from duizhao.parser.front import DAY, is_date
from duizhao.parser.segments import compact

# Where and when two sides signed what they agreed on.
_SIGNED = (
    "本(?:条约|协定|协议|公约|议定书|安排|备忘录)[^。]{0,12}于[^。]{4,30}(?:签订|签署|订立|订于)"
)
_CLOSING = re.compile(
    r"(?:本决定|本决议|本修正案|本通知)|现予(?:公告|公布)。$|特此(?:公告|通知|决定|批复|答复|函复|通告)|此[复令]。"
    r"|(?:(?:《[^》]+》[、和与及]?)+(?:等[^，。]{0,30})?|[上前]述[^，。]{0,16}|以上[^，。]{0,16})?(?:根据|依照|按照)本(?:决定|修正案)"
    r"|此外，[^。]{0,40}(?:条文|条款|文字|序号|表述)[^。]{0,40}(?:调整|修改)"
    r"|(?:主题词|抄送|抄报|分送|送|内部发送|信息公开(?:选项|类别|属性)|联系人)[：:]|[（(]此件[^（）()。]{2,16}[）)]$"
    r"|(?:为此，?)?(?:下列|双方)[^。]{0,20}(?:签署|签字)人?[^。]{0,30}(?:授权|证明|昭信守)"
    rf"|{_SIGNED}"
)
# Those for whom two sides sign: 甲国政府代表　乙国政府代表; or where they did.
_SIDES = re.compile(rf"(?:\S{{2,30}}代表|代\s*表)\s+(?:\S{{2,30}}代表|代\s*表)|{_SIGNED}.*")
# Who printed and sent it out: 某市人民政府办公室　2019年5月21日印发.
_SENT_OUT = re.compile(rf"{HAN.pattern}{{3,30}}{DAY.pattern}印发")
# Who signs an order, by name: 总理 周恩来, 市长：李　明.
_SIGNER = re.compile(
    rf"{HAN.pattern}{{0,30}}(?:总理|主席|委员长|部长|主任|局长|署长|行长|[省市州县区院]长|检察长|秘书长|代表)"
    rf"[\s：:]+{HAN.pattern}(?:[\s·]{{0,3}}{HAN.pattern}){{1,5}}"
)


def is_closing(text: str) -> bool:
    """Whether a line after the last provision closes the document, and is of no article."""
    tight = compact(text)
    issued = re.sub(r"(?:印发|发布|公布)$", "", tight)
    return bool(_CLOSING.match(text.strip()) or _SENT_OUT.fullmatch(tight)) or is_date(issued)


def is_signer(text: str) -> bool:
    """Whether a line is the office and name of a person, as in a signature: 总理 周恩来."""
    return bool(_SIGNER.fullmatch(text.strip()))


def is_sides(text: str) -> bool:
    """Whether a line is the last above the names of two sides that sign: 甲国代表　乙国代表, 本条约于…签署."""
    return bool(_SIDES.fullmatch(text.strip()))
