"""The texts of a new site: one small invented regulation, its translation, the settings."""

from __future__ import annotations

WITNESS = """示例市湖泊管理条例

（2030年1月2日示例市第一届人民代表大会常务委员会第三次会议通过）

第一章 总则

第一条 为了保护湖泊，制定本条例。

第二条 本条例所称湖泊，是指本市行政区域内的天燃湖泊。

第二章 保护

第三条 任何人不得有下列行为：

（一）向湖泊倾倒垃圾；

（二）在湖泊内炸鱼。

第四条 本条例自2030年5月1日起施行。
"""
EDITION = """# An invented regulation. Everything that was decided about its text stands here.

[law]
id = "example-lakes"
edition_date = 2030-06-01

[[witness]]
file = "witnesses/example-lakes.txt"
sha256 = "{digest}"
description = "虚构的示例文本。"

[[emend]]
id = "natural-lakes"
line = 9
from = "天燃"
to = "天然"
certainty = "certain"
why = "“燃”是“然”的误认。"
"""
GLOSSARY = """[[term]]
zh = "湖泊"
en = "lake"
forms = ["lakes"]
definition_zh = "陆地上积水形成的水域。"
definition_en = "A body of water on land."
source = "this edition"
"""
SETTINGS = """site_name: {name}
site_description: 中英对照的中国法规 · Chinese law in two languages
# The address it is published at; sub-paths work.
site_url: !ENV [DUIZHAO_SITE_URL, "https://example.org/"]
strict: true
theme:
  name: material
  custom_dir: theme
  font: false
extra_css: [assets/duizhao.css]
extra_javascript:
  - path: assets/duizhao.js
    defer: true
markdown_extensions: [attr_list, tables]
plugins:
  - duizhao:
      languages: [zh, en]
"""
#: identifier, Chinese, English
TRANSLATION = (
    ("title", "示例市湖泊管理条例", "Regulations of Example City on the Management of Lakes"),
    (
        "note",
        "（2030年1月2日示例市第一届人民代表大会常务委员会第三次会议通过）",
        "(Adopted at the 3rd Meeting of the Standing Committee of the 1st People’s Congress of Example City on January 2, 2030)",
    ),
    ("chp_1__heading", "第一章 总则", "Chapter 1 General Provisions"),
    (
        "art_1__para_1",
        "为了保护湖泊，制定本条例。",
        "These Regulations are formulated to protect lakes.",
    ),
    (
        "art_2__para_1",
        "本条例所称湖泊，是指本市行政区域内的天然湖泊。",
        "In these Regulations, lakes means the natural lakes within this municipality.",
    ),
    ("chp_2__heading", "第二章 保护", "Chapter 2 Protection"),
    ("art_3__para_1", "任何人不得有下列行为：", "No one may commit any of the following acts:"),
    ("art_3__para_1__point_1", "向湖泊倾倒垃圾；", "dumping garbage into lakes;"),
    ("art_3__para_1__point_2", "在湖泊内炸鱼。", "fishing with explosives in lakes."),
    (
        "art_4__para_1",
        "本条例自2030年5月1日起施行。",
        "These Regulations come into force as of May 1, 2030.",
    ),
    ("witness", "虚构的示例文本。", "An invented text."),
    ("note_natural-lakes", "“燃”是“然”的误认。", "“燃” is a misreading of “然”."),
)
