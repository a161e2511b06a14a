"""What stands next to a number and says what it is: a word, a unit, a currency, figures of the same kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from generator.ground.patterns import deferred
from generator.render.privacy.finding import Kind
from generator.render.privacy.glyphs import BLOCK, CELL
from generator.render.privacy.units import CURRENCY, amount

REACH: Final = 28
"""How many characters on either side of a number are looked at."""

_PHONE: Final = (
    "电话|電話|手机|手機|手提|联系方式|联系人?|联络|聯繫|聯絡|(?<![单單批票型货貨编編学學考证證卡书書])(?:号码|號碼)|"
    "微信|拨打|拨|致电|来电|去电|打给|短信|热线|传真|"
    "phone|mobile|cell|tel|call|contact|sms|fax"
)
_CARD: Final = "卡号|卡號|银行卡|信用卡|储蓄卡|借记卡|存折|账号|帐号|账户|帐户|工资卡|打款|转账|汇款|card|account"
_IDENTITY: Final = (
    "身份证|身份證|身分證|身分证|身份号|公民身份|证件号|證件號|户口簿|户口本|identity|idcard|idnumber|idno"
)
_LOOSE: Final = f"[^0-9,，。;；!?！？{BLOCK}]"
_SAID: Final = {
    kind: deferred(f"(?:{words})(?![费销产出进]){_LOOSE}{{0,10}}$")
    for kind, words in ((Kind.MOBILE, _PHONE), (Kind.CARD, _CARD), (Kind.IDENTITY, _IDENTITY))
}
"""What stands before a number and says that it is a person's."""
_SAID_AFTER: Final = {
    Kind.MOBILE: deferred(r"[^\w]{0,3}(?:电话|手机|微信)(?!费)"),
    Kind.CARD: deferred(r"[^\w]{0,3}(?:银行)?卡号"),
    Kind.IDENTITY: deferred(r"[^\w]{0,3}(?:身份证|身份號|身份号)"),
}
_CALLED: Final = deferred(rf"(?:{_PHONE})(?:号码?|方式|人|本人)?[^\w{BLOCK}]{{0,3}}(?:是|为|叫)?[^\w{BLOCK}]{{0,2}}$")
"""The same so close that the number is no amount, whatever follows it."""

_OTHER: Final = (
    "批号|批次|批文|编号|编码|代码|单号|订单|流水|序列|序号|条码|条形码|货号|型号|规格|版本|合同号|发票|税号|"
    "识别号|信用代码|机构代码|"
    "注册号|备案号?|许可证|案号|文号|标准号|考号|考生号|准考证|学号|学籍|桩号|设备号|机身号|出厂号|产品号|卷号|"
    "档号|期号|刊号|书号|专利号|"
    "登记号|受理号|交易号|商户号|运单|车次|航班|车架号|发动机号|基金|股票|坐标|经度|纬度|东经|北纬|频率|频点|帧|"
    "哈希|校验|"
    "batch|lot|serial|order|invoice|version|isbn|issn|doi|imei|meid|iccid|sku|ean|upc|patent|build|commit|hash|"
    "(?<![a-z])(?:sn|s/n|pn|ip|mac|ver|gb|gb/t|iso|zl)"
)
_SUM: Final = (
    "金额|总额|余额|税额|产值|市值|总值|价值|净值|产量|总量|销量|存量|流量|容量|用量|数量|点击量|浏览量|播放量|"
    "访问量|阅读量|发行量|总数|"
    "收入|支出|利润|总投资|出口额|进口额|营业额|交易额|成交额|销售额|合计|共计|总计|累计|达到|高达|超过|突破|得分|"
    "分数|比分|积分"
)
_ANOTHER: Final = deferred(
    rf"(?:{_OTHER})(?:号码?|编号|编码|代码)?[^\w{BLOCK}]{{0,3}}(?:是|为)?[^\w{BLOCK}]{{0,2}}[a-z]{{0,6}}[ \-_/.]?$"
    rf"|(?:{_SUM})(?:约|共|达|到|为|是|了|近|逾|仅|只有|[^\w{BLOCK}]){{0,4}}$"
)
"""What stands before a number and says that it is an amount or another number."""
_FRACTION = deferred(r"(?:(?<![0-9])(?:0|[0-9]{2,10})|[a-z约为是达到共计][0-9])\.$")
"""What stands before the digits of a decimal fraction; a single digit may also number an item of a list."""
_BETWEEN: Final = f"[ ,，、;；/|{CELL}]{{1,3}}"
_NEXT = deferred(rf"{_BETWEEN}([0-9]++)(?![0-9])")
_LAST = deferred(rf"(?<![0-9])([0-9]++){_BETWEEN}$")


def is_said(kind: Kind, text: str, start: int, end: int) -> bool:
    """Whether a word next to the number says that it is of this kind."""
    before = _before(text, start)
    said = before and _SAID[kind].search(_squeezed(before))
    return bool(said or _SAID_AFTER[kind].match(text, end))


def is_another(text: str, start: int, end: int, is_alike: Callable[[str], bool]) -> bool:
    """Whether what stands next to the number says that it is an amount, a fraction, or a number of another kind.

    ``is_alike`` tells of a figure next to it whether that might be private, too.
    """
    before = _before(text, start)
    if before and _CALLED.search(_squeezed(before)):
        return False
    if before and (_ANOTHER.search(_squeezed(before)) or CURRENCY.search(before) or _FRACTION.search(before)):
        return True
    if amount().match(text, end):
        return True
    around = (_NEXT.match(text, end), before and _LAST.search(before))
    value = text[start:end]
    return any(
        len(found[1]) == len(value) and not is_alike(found[1]) for found in around if found and value.isdecimal()
    )


def _before(text: str, start: int) -> str:
    """What stands before a number in its block."""
    return text[max(0, start - REACH) : start].rpartition(BLOCK)[2]


def _squeezed(text: str) -> str:
    """The text without white space, so that words are whole that a line break divides."""
    return "".join(text.split())
