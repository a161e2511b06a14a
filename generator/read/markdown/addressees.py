"""Lines that stand above what a text says: to whom it goes, 各乡镇：, its number, its day, a heading that was typed."""

from __future__ import annotations

import re
from typing import Final

ADDRESSEE: Final = re.compile(
    r"(?!现将|今天|下面|会[议上]|根据|按照|[为经据]|截至|附件|[\d（(]"
    # A number, but none that is of a name: 三里镇人民政府.
    r"|[一二三四五六七八九十](?![^个大项、，：\s]{1,4}[镇乡街区旗县市州村](?:人民政府|党委|[^。；，、：\s]{0,12}(?:[局办厅院]|[党居村]委|委员会|公司|学校))))"
    r"[^。；！？…;!?：:了是]{2,160}"
    r"(?<!如下)(?<!以下)(?<!下列)(?<![决规]定)(?<!要求)(?<!指出)(?<!认为)(?<!强调)(?<!明确)(?<!表示)(?<!同意)(?<!建议)(?<!提出)(?<!要目)"
    r"(?<!目录)(?<!时间)(?<!地点)(?<!内容)(?<!情况)(?<!问题)(?<!通知)(?<!原因)(?<!反映)(?<!记录)(?<!安排)(?<!事项)(?<!措施)(?<![几两\d一二三四五六七八九十][点条项个])[：:]"
)
"""Names and titles in a line that ends with a colon, and none with which a sentence ends so."""
_NAMES: Final = r"[\u4e00-\u9fff·\s、]{2,30}"
NUMBER: Final = re.compile(
    rf"\S{{0,12}}[〔\[［（(](?:19|20)\d\d[〕\]］）)]\s*第?\s*\d{{1,5}}\s*号(?:\s*签\s*发\s*人\s*[：:]{_NAMES})?"
    rf"|签\s*发\s*人\s*[：:]{_NAMES}|[（(]?总?第\s*\S{{1,5}}\s*期[)）]?"
)
"""The number of a document, with who let it out, or of a bulletin."""
MARK: Final = re.compile(r"第\s*\S{1,5}\s*号|[（(][^（()）。；，]{0,8}(?:稿|草案|试行|暂行)[)）]")
"""The number of an order; what a document is not yet."""
URGENT: Final = re.compile(r"特急|加急|平急|特提|急件|(?:绝密|机密|秘密)(?:★\S{1,6})?")
"""What stands above that."""
HEADING: Final = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；：！？…;!?:]{1,28}")
"""A heading that was typed."""
ABOVE: Final = re.compile(
    rf"{ADDRESSEE.pattern}|{HEADING.pattern}|[（(][^。（()）]{{1,80}}[)）]"
    rf"|{NUMBER.pattern}|{MARK.pattern}|{URGENT.pattern}"
)
"""Such a line of any kind."""
