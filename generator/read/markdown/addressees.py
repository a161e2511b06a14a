"""Lines that stand above what a text says: to whom it goes, 各乡镇：, its day, a heading that was typed."""

from __future__ import annotations

import re
from typing import Final

ADDRESSEE: Final = re.compile(
    r"(?!现将|今天|下面|会[议上]|根据|按照|[为经据]|截至|附件|[一二三四五六七八九十\d（(])[^。；！？…;!?：:了是]{2,160}"
    r"(?<!如下)(?<!以下)(?<!下列)(?<![决规]定)(?<!要求)(?<!指出)(?<!认为)(?<!强调)(?<!明确)(?<!表示)(?<!同意)(?<!建议)(?<!提出)(?<!要目)"
    r"(?<!目录)(?<!时间)(?<!地点)(?<!内容)(?<!情况)(?<!问题)(?<!通知)(?<!原因)(?<!反映)(?<!记录)(?<!安排)(?<!事项)(?<!措施)(?<![几两\d一二三四五六七八九十][点条项个])[：:]"
)
"""Names and titles in a line that ends with a colon, and none with which a sentence ends so."""
ABOVE: Final = re.compile(
    rf"{ADDRESSEE.pattern}|[一二三四五六七八九十]{{1,3}}、[^。；：！？…;!?:]{{1,28}}|[（(]\d{{4}}年\d{{1,2}}月\d{{1,2}}日[)）]"
)
"""Such a line of any kind."""
