"""Which lines begin a paragraph of their own without an empty line above, as Chinese texts are written.

CommonMark joins the lines of a paragraph. Chinese writers mark a paragraph by two full-width spaces at its beginning,
the items of an enumeration by their numbers, the columns of a list of names by full-width spaces, and press Enter once;
so they do between names, between lines with labels (出席：, 记录：), between the offices that sign a text, and the day,
below those to whom a text goes, above what it ends with (特此通知, 附件：), and between items that end with semicolons.
"""

from __future__ import annotations

import re
from typing import Final

from generator.read.markdown.addressees import ADDRESSEE, NUMBER
from generator.read.markdown.typo_prefilter import HAN

INDENT: Final = "\u3000"
_ENUMERATED: Final = re.compile(
    rf"[一二三四五六七八九十]{{1,3}}+、|[（(][一二三四五六七八九十\d]{{1,3}}+[)）]|\d{{1,2}}+(?:、|[.．](?=[{HAN}]))"
    r"|[①-⑳㈠-㈩⒈-⒛]|[·•●▪◆■]|第[一二三四五六七八九十百\d]{1,5}+[章节条][ \u3000]"
)
"""The number or bullet of an item that is no list in Markdown."""
_HEADING: Final = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}+、|（[一二三四五六七八九十]{1,3}+）)[^。；：！？，、…\s]{2,14}+[ \t]*\Z"
)
_IN_COLUMNS: Final = re.compile(rf"\S{INDENT}++\S")
_IN_COLUMN: Final = re.compile(rf"{_IN_COLUMNS.pattern}|\A[{HAN}]{{2,6}}+[ \t]*\Z")
"""The same, or a name that is alone in it."""
OFFICE_ENDS: Final = (*"局府委会部办厅院室站所组队处科司校心团", "大学", "银行", "企业", "支部", "专班")
_IN_NAMES: Final = "文化|资源|住房|规划|发展|卫生|工业|教育|林业|农业|商务|科技|体育|管理"
"""What stands before 和 in names of offices: 文化和旅游局, 人力资源和社会保障局."""
_OFFICE: Final = re.compile(rf"(?![{HAN}]*(?:[了去到把被在的与及]|前往|(?<!{_IN_NAMES})和))[{HAN}（）]{{2,20}}+\Z")
"""A line that might be nothing but the name of an office, if it ends as one."""
_NUMBER: Final = r"[\d〇○零一二三四五六七八九十]"
_DAY: Final = re.compile(
    rf"[12一二]{_NUMBER}{{3}}+\s?+[年.．/-]\s?+{_NUMBER}{{1,2}}+\s?+[月.．/-]\s?+{_NUMBER}{{1,3}}+\s?+日?+"
    r"\s?+(?:[上下]午)?(?:\d{1,2}[时点](?:\d{1,2}分|整|半)?)?\s*+\Z"
)
_LABEL: Final = rf"(?:[{HAN}]{{2,8}}+|[{HAN}](?>(?:[ \u3000]+[{HAN}]){{1,4}}))(?:（[^（）]{{1,8}}）)?："
_LABELLED: Final = re.compile(_LABEL)
"""What stands before what it names: 时间：, 甲方：, 主 持 人：."""
_LABELLED_WHOLE: Final = re.compile(rf"{_LABEL}(?=\s*[^\s。！？；，]).*[^。！？；，、：…\s][ \t]*\Z")
"""A line with one that is no sentence."""
_OF_DOCUMENT: Final = re.compile(
    rf"(?:[出列缺]\s*席|请\s*假|参\s*[加会]|主\s*持|记\s*录|抄\s*[送报]|[主分]\s*送|[报送发])\s*(?:会议)?(?:人\s*员|单位|代表|人)?："
    rf"|[{HAN}（）]{{2,30}}+\s+\d{{4}}年\d{{1,2}}月\d{{1,2}}日印[发制]?[ \t]*\Z"
)
"""A line about those who were at a meeting, or who get a document or printed it."""
_NAME: Final = re.compile(rf"[{HAN}《“][{HAN}\d·、《》“”]{{0,10}}[{HAN}\d》”](?:（[^（）]{{1,10}}）)?[ \t]*\Z")
"""A line that is nothing but the name of somebody or something: it is short, and no sign stands at its end."""
_ANNEX: Final = r"附\s*件\s*(?:[\d一二三四五六七八九十]{0,3}[ \t]*\Z|：)"
_OF_END: Final = re.compile(
    rf"(?:[特专谨]此[{HAN}]{{2,4}}|此[复致报函令]|[妥当可]否，请[{HAN}]{{2,6}})(?:[，。！]|[ \t]*\Z)|{_ANNEX}"
    r"|（(?:此件|此文|联\s*系|共印|附注)[^（）]*）[ \t]*\Z"
)
"""What a text ends with, and what is listed below it."""
_BELOW_DAY: Final = re.compile(rf"（|{_ANNEX}|{_OF_DOCUMENT.pattern}|\s*\Z")
_ADDRESSED: Final = re.compile(
    rf"(?:尊敬的[{HAN}]+|(?=[{HAN}（）、，]*各)[{HAN}（）、，\d]+"
    rf"(?:单位|部门|[局委会办厅院室站所组队处科司校学村镇乡府部支区]|公司|中心|企业)(?:（[{HAN}、]{{1,8}}）)?"
    rf"|[{HAN}（）、，]+(?:政府|[局委办厅院]|办公室|公司|中心|同志|代表))：[ \t]*\Z"
)
"""A line that says to whom a text goes, in words that are no label."""
_COLON: Final = re.compile(r"：[ \t]*\Z")
_GOES_ON: Final = re.compile(r"[，、][ \t]*\Z")
_STOP: Final = re.compile(r"[。！；][ \t]*\Z")
APPOINTING: Final = ("任命", "免去", "聘任", "解聘", "提名")
"""What a line begins with that appoints or removes somebody: each is one of its own."""
_STATED: Final = re.compile(rf"[{HAN}].*[。；][ \t]*\Z")
"""A line that ends as a sentence or an item of several does."""
_SEMICOLON: Final = re.compile(r"；[ \t]*\Z")
_LISTED: Final = re.compile(r"[：；][ \t]*\Z")
"""What a line ends with above an item of several: a sentence may have a semicolon anywhere."""
_MARK: Final = re.compile(r"附件[\d一二三四五六七八九十]{0,3}[ \t]*\Z")
"""That of an annex."""
_SHORTEST: Final = 4
"""Characters of a line that no width of a page can have broken."""
_NARROWEST: Final = 36
"""Those of a line in an editor that breaks them, at least."""
LONGEST_LABEL: Final = 18
"""Characters of a label, and of a line that is a name, at most."""
PRINTED: Final = "日印"
"""What stands in a line that says who printed a document."""
_SENTENCE_END: Final = re.compile(r"[。；：！？…）”」』.;:!?][ \t]*\Z")


def begins_paragraph(line: str, above: str, below: str, higher: str) -> bool:
    """Whether a line begins a paragraph below the line ``above``, which belongs to one. Each begins with its text.

    ``higher`` is the line above that.

    A number begins an item only behind the end of a sentence, or next to another item: a long line may have been
    broken before any number. A line in columns does so below another; so do, at the end, the offices that sign, the day
    below them, and what stands below that; and whatever stands below a heading.
    """
    if line.startswith(INDENT) or (INDENT in above and _IN_COLUMNS.search(above) and _is_of_list(line, above, higher)):
        return True
    if _is_of_end(line, above, below) or _is_below_line(line, above, below, higher):
        return True
    if _is_item(line, above) or _is_name(line, above, below, higher):
        return True
    if not _ENUMERATED.match(line):
        return False
    return any(map(_ENUMERATED.match, (above, below))) or bool(_SENTENCE_END.search(above))


def _is_of_list(line: str, above: str, higher: str) -> bool:
    """Whether a line is in a list of names in columns, or a sentence below one."""
    is_sentence = len(line) > LONGEST_LABEL and _STOP.search(line) and not _GOES_ON.search(above)
    return bool(_IN_COLUMN.search(line) or (is_sentence and _IN_COLUMNS.search(higher)))


def _is_of_end(line: str, above: str, below: str) -> bool:
    """Whether a line is of what a document ends with: a formula, a list of annexes, who signs, the day, a remark."""
    if _is_office(line):
        is_first = bool(_STOP.search(above) or _OF_END.match(above)) and _is_office(below)
        is_further = _is_office(above) and (not below.strip() or _is_office(below))
        return is_first or is_further or _DAY.match(below) is not None
    if _DAY.match(line):
        return _is_office(above) and _BELOW_DAY.match(below) is not None
    is_ended = _DAY.match(above) or _SENTENCE_END.search(above)
    return bool((is_ended and _OF_END.match(line)) or (line.startswith("（") and _DAY.match(above)))


def _is_below_line(line: str, above: str, below: str, higher: str) -> bool:
    """Whether a line stands below one that is complete: a heading, a number, an addressee, an item, a short colon."""
    if is_heading(above) or NUMBER.fullmatch(line) or NUMBER.fullmatch(above) or _MARK.match(above):
        return True
    if not higher.strip() and _ADDRESSED.match(above) and ADDRESSEE.fullmatch(above.rstrip()):
        return True
    is_item = _ENUMERATED.match(above) and _SENTENCE_END.search(above) and _SENTENCE_END.search(higher)
    if is_item:
        return True
    if _SEMICOLON.search(above):
        return len(above) < _NARROWEST and _STATED.match(line) is not None and _is_listed(line, above, below, higher)
    is_whole = not higher.strip() or _STOP.search(higher) or _COLON.search(higher)
    if above.startswith(APPOINTING) and _STOP.search(above) and is_whole:
        return True
    is_short = len(above) <= _SHORTEST or _SEMICOLON.search(line)
    return bool(_COLON.search(above) and is_short and _STATED.match(line))


def _is_listed(line: str, above: str, below: str, higher: str) -> bool:
    """Whether a line below one that ends with a semicolon is an item as that is: below a colon or another, or of three.

    A sentence may have a semicolon anywhere, and a line that was broken by a program ends with it by chance.
    """
    if _LISTED.search(higher) or (above.startswith(APPOINTING) and line.startswith(APPOINTING)):
        return True
    return not higher.strip() and _SEMICOLON.search(line) is not None and _STATED.match(below) is not None


def is_heading(line: str) -> bool:
    """Whether a line is a numbered heading: 一、总体要求. It is short, and has no sign."""
    return _HEADING.match(line) is not None


def _is_item(line: str, above: str) -> bool:
    """Whether a line says who was at a meeting or gets a document, or has a label as the one above it."""
    if _OF_DOCUMENT.match(line):
        return not _GOES_ON.search(above)
    return bool(_LABELLED.match(line) and _LABELLED_WHOLE.match(above))


def _is_name(line: str, above: str, below: str, higher: str) -> bool:
    """Whether a line is one of two names below a colon, or of three. Two short lines may be a text."""
    if not _NAME.match(line):
        return False
    if _NAME.match(above):
        return bool(_NAME.match(below) or _NAME.match(higher) or _COLON.search(higher))
    return bool(_COLON.search(above) and _NAME.match(below))


def _is_office(line: str) -> bool:
    """Whether a line is nothing but the name of an office."""
    line = line.rstrip()
    return line.endswith(OFFICE_ENDS) and _OFFICE.match(line) is not None
