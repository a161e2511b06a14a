"""What a line that signs a document looks like: who signs it, and the day on which that was."""

from __future__ import annotations

import re
from typing import Final

_NO_ACT: Final = (
    r"(?![一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])(?![^。]*(?:[了去到把被在]|(?<!自)由|前往))"
)
"""What stands before a line that tells of no act, and is no item of a text."""
_NAMED: Final = r"(?:[局府委会部办厅院室站所组队处科司镇乡县市省州区村校]|公司|中心|集团|大学|银行|机构|企业|支部|专班)"
PERSON: Final = re.compile(
    r"[^\s。；！？：;!?:，,]{1,20}[长任记席理员表人]\s+[\u4e00-\u9fff·]{1,4}(?:\s[\u4e00-\u9fff])?"
)
"""A person behind a post."""
OFFICE: Final = re.compile(
    rf"{_NO_ACT}(?:[^。；！？：;!?:，,]{{0,40}}?{_NAMED}\s*(?:[（(][^（()）。，]{{1,12}}[)）])?|{PERSON.pattern})"
)
"""An office, or such a person."""
SIGNER: Final = re.compile(
    rf"{_NO_ACT}(?!特此|专此|谨此|此[复致报函]|敬[礼请]|以上|妥否|当否|[请祝望盼谢第附（(\d]|[一二三四五六七八九十]+、)"
    r"[^。；！？：…;!?:，,]{2,30}(?<!为盼)(?<!为荷)(?<!时间)(?<!日期)(?<![时期]限)(?<!安排)"
)
"""The same in any form, where it stands on a line above the day."""
_SIGNED_BY: Final = (
    r"(?!联系|参[会加])[\u4e00-\u9fff]{0,4}"
    r"(?:承诺|申请|述职|汇报|报告|陈述|发言|声明|委托|[填申呈]报|报送|填表|制表|编制|起草|拟稿|撰[稿写]|执笔|整理|记录|供稿"
    r"|审[核批定]|核稿|负责|经办|法定代表|代表|签[发订约收字署名]|盖章|单位|[甲乙丙])"
    r"\s*(?:人|方|者|单位|部门|机关|机构)?\s*(?:签[字名章]|盖章)?\s*(?:[（(][^（()）]{1,8}[)）])?\s*"
)
"""What somebody who signs is called, before the colon: 承诺单位, 负责人（签字）."""
LABELLED: Final = re.compile(
    rf"[（(](?:印章|公章|盖章|签章|加盖公章|签字|签名)[)）]|{_SIGNED_BY}[：:][^。；！？]{{0,40}}"
    rf"|[（(]{_SIGNED_BY}[：:][^。；！？]{{1,40}}[)）]"
    r"|(?!联系|参[会加]|附|责任|牵头|主[题持]|[\u4e00-\u9fff]*(?:时间|地点|内容|名称|电话)[：:])[\u4e00-\u9fff]{2,12}[：:]\s*[\u4e00-\u9fff·]{2,4}"
)
"""Where a seal is set, whose text it is: a line of its own above the day."""
_SURE: Final = re.compile(
    r"(?!.*(?:走访|召开|参观|拜访|座谈|调研|慰问|对接|联系|来源|感谢|配合|协助|报送|抄送|会议室))"
    rf"{_NO_ACT}[^。；！？：;!?:，,、]{{0,30}}"
    r"(?:[局厅]|政府|党[委组]|[管居村政]委会|委员会|支部|办公室|办事处|专班|指挥部|小组|工作[组队]|[大支]队|公司|中心|集团|大学|协会|联合会)"
    r"\s*(?:[（(][^（()）。，]{1,12}[)）])?"
    r"|.{2,30}[：:].*[（(](?:盖章|签章|公章|签字|签名)[)）]\s*|.{2,30}(?:盖章|签章|签字|签名)\s*[)）]?\s*[：:]\s*"
)
"""Who signs without a day: an office, or a place for a seal or a name."""

_HAN: Final = "[一二三四五六七八九十廿]"
_BLANK: Final = r"[\s_＿×xX]*"
"""What is left to be filled in by hand."""
_YEAR: Final = r"(?:\d{4}|[〇○◯零OoＯ0０一二三四五六七八九]{4})"
_MONTH: Final = rf"(?:\d{{1,2}}|{_HAN}{{1,2}})"
_DATE: Final = rf"(?:\d{{1,2}}|{_HAN}{{1,3}})"
DAY: Final = (
    rf"(?:{_YEAR}\s*年\s*{_MONTH}\s*月\s*{_DATE}\s*日"
    r"|\d{4}(?:[.．]\d{1,2}){2}|\d{4}(?:-\d{1,2}){2}|\d{4}(?:/\d{1,2}){2})"
    r"(?:\s*[（(]?(?:星期|周)[一二三四五六日天][)）]?)?"
    r"(?:\s*[上下]午)?(?:\s*\d{1,2}[时点](?:\d{1,2}分|整|半)?)?"
)
"""A day in full, perhaps with its hour."""
_PART: Final = (
    rf"(?:(?:{_YEAR}|\d{{2}}|){_BLANK}年{_BLANK}{_MONTH}?{_BLANK}月(?:{_BLANK}{_DATE}?{_BLANK}日)?"
    rf"|{_MONTH}\s*月\s*{_DATE}\s*日|\d{{4}}[.．]\d{{1,2}})"
)
"""One that is not: a month, a place for a day, a day without its year."""
_ANY: Final = rf"(?:[\u4e00-\u9fff]{{0,4}}日\s*期\s*[：:]\s*)?(?:{DAY}|{_PART})(?:\s*[写书]?于[\u4e00-\u9fff]{{2,10}})?"
ISSUED: Final = re.compile(rf"(?:{_ANY}|[（(]\s*{_ANY}\s*[)）])。?")
"""A line that says when that was."""
DAYS: Final = re.compile(rf"\s*{_ANY}(?:\s+{_ANY})+\s*")
"""Several of them side by side."""
SEAL: Final = re.compile(r"[（(](?:盖章|签章|公章|印章|签字|签名)[^（()）]{0,4}[)）]|(?:盖章|签章|签字|签名)\s*[：:]")
"""A place for a seal or a name."""
WHOLE_DAY: Final = re.compile(rf"{DAY}。?")
SIGNED: Final = re.compile(rf"({OFFICE.pattern}|{_SIGNED_BY}[：:][^。；！？]{{0,40}}?)(?:\s*({DAY})|\s+({_ANY}))。?")
"""Both in a line."""
_ENDED: Final = re.compile(r"[。！!]\s*$|^\s*(?:[特专谨]此\S{2,4}|此[复致报函])\s*$")
"""How a text ends below which stands who signs it, without a day."""


def signs_alone(line: str) -> bool:
    """Whether a line surely says who signs, though no day stands below it."""
    return _SURE.fullmatch(line) is not None


def is_ended(line: str) -> bool:
    """Whether a text may end with a line, so that who signs it may stand below, without a day."""
    return _ENDED.search(line) is not None
