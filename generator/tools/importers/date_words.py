"""The words of date lines: numbers, weekdays, weather, lunar days, as patterns over folded text."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from generator.ground.dates import MONTHS, WEEKDAYS

_DIGITS: Final = (
    {char: at for at, char in enumerate("零一二三四五六七八九")}
    | {char: at for at, char in enumerate("0123456789")}
    | dict.fromkeys("〇○Oo", 0)
    | {"两": 2}
)
_HAN_NUMBER: Final = "[〇○零一二三四五六七八九十廿卅]"
_SIGNS: Final = str.maketrans(
    {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
    | dict.fromkeys("\u3000\xa0\u2002\u2003\u2009\t", " ")
    | dict.fromkeys("—–―‐‑−─━ー﹣", "-")
    | dict.fromkeys("～〜∼", "~")
    | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | dict.fromkeys("〖〘", "[")
    | dict.fromkeys("〗〙", "]")
    | {"．": ".", "·": ".", "℃": "度", "°": "度", "−": "-", "【": "[", "】": "]", "〔": "[", "〕": "]", "⺝": "月"}
)  # fmt: skip

NUMBER: Final = rf"(?:\d{{1,2}}|{_HAN_NUMBER}{{1,3}})"
YEAR: Final = (
    r"(?:(?:19|20)\d\d|[一二][〇○零0Oo一二三四五六七八九][〇○零一二三四五六七八九\dOo]{2}"
    r"|(?:19|20)[\dxX×*][xX×*]|(?<!\d)\d\d(?=\s*年)|(?:廿|二十)[一二三四五六七八九](?=\s*年)"
    rf"|(?<![〇○零一二三四五六七八九十])[一二][〇○零一二三四五六七八九](?=\s*年\s*{NUMBER}\s*月))"
)
NAMED_YEAR: Final = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)(?!\s*(?:学年|级|届|号|次|[款版户人亩元米名万吨台辆班期室房栋幢]|公里))"
    r"|[一二][〇○零一二三四五六七八九]{3}(?=\s*年)"
)
"""A number that can be a year in a name, 2022年扶贫日记, and counts nothing: 2020级, G2022次."""
_SCANNED: Final = re.compile(
    r"(?:[\dOoIl|]{2,4}\s*年\s*|(?<![A-Za-z\d|]))[\dOoIl|]{1,2}\s*月\s*[\dOoIl|]{1,2}\s*[日曰号]|\d{4}一\d{1,2}一\d{1,2}(?!\d)"
)
"""A day with letters that a scanner takes for digits."""
_UNSEEN: Final = "\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_HAS_UNSEEN: Final = re.compile(f"[{_UNSEEN}]")
_BETWEEN: Final = re.compile(
    rf"[{_UNSEEN}\s\d./()\[\]〇○零一二三四五六七八九十廿年月日号星期周礼拜天第:,-]*[{_UNSEEN}]"
    rf"[{_UNSEEN}\s\d./()\[\]〇○零一二三四五六七八九十廿年月日号星期周礼拜天第:,-]*"
)
"""What a day is written with, with signs in it that nobody sees, as web pages and programs put them there."""
_CIRCLED: Final = re.compile("[①-⑨](?=\\s*[月日号])")
_MISTYPED: Final = re.compile(
    r"(?P<year>\d{4}\s*)[念黏](?=\s*\d{1,2}\s*月)|(?P<month>(?:^|年|:)\s*\d{1,2}\s*)[约越](?=\s*\d{1,2}\s*[日号])"
    rf"|(?P<day>月\s*{NUMBER}\s*)[曰目好](?=\s*(?:$|[(\[,]|星期|周|礼拜)|\s)|(?P<sunday>星期|礼拜|周)[曰目](?=\s|[)\],]|$)"
)
"""Days with a word that sounds, or looks, like the right one: 3月5好, 3约5日, 星期曰."""
_LUNAR_SUN: Final = re.compile("([正冬腊]月(?:初.|二?十[一二三四五六七八九]?|廿.?|三十))日")
"""A lunar day that is written like one of the sun: 正月十五日."""
_MEANT: Final = {"year": "年", "month": "月", "day": "日", "sunday": "日"}
_DIGITS_OF: Final = str.maketrans("OoIl|曰一", "00111日-")
_TO: Final = re.compile(
    r"(?<=[日号\d)])(\s*)一(?=\s*(?:\d{1,2}\s*[月./])?\s*\d{1,2}\s*(?:[日号)]|(?<=[./]\d)\b|(?<=[./]\d\d)\b)|\s*(?:19|20)\d\d\s*年)"
)
"""The sign between two days as people type it who look for a dash where the number one is: 3月7日一9日."""
_SPACED: Final = re.compile(r"(?<!\d)\d +\d +\d +\d *年 *\d *(?:\d *)?月 *\d *(?:\d *)?[日号]")
"""A day whose digits stand apart for the look of it: 2 0 2 2 年 8 月 1 5 日."""
_APART: Final = re.compile(r"\d[\d ]*")
_FORMAL: Final = re.compile(
    r"(?:[\d〇○零一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{2,4}\s*年\s*)?"
    r"(?:\d{1,2}|[零一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})\s*月\s*[\d零一二三四五六七八九十廿壹贰叁肆伍陆柒捌玖拾]{1,3}\s*[日号]"
)
"""A day in numerals as they stand on cheques: 贰〇贰贰年叁月叁日."""
_PLAIN_OF: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
MONTH_NAME: Final = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + "|Sept)"
MONTH: Final = rf"{MONTH_NAME}\b\.?"

WEEKDAY: Final = re.compile(
    r"(?:星\s?期\s?|[礼禮]\s?拜\s?|[周週])(?P<zh>[一二三四五六日天1-7])(?:\s*(?:[~-]{1,3}|至|到)\s*(?:星期|周|礼拜)[一二三四五六日天1-7])?(?!年|期|边|围|到|日)|(?P<en>"
    + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in WEEKDAYS)
    + r"|Tues|Weds|Thurs?)\b\.?",
    re.IGNORECASE,
)
_SKY: Final = (
    "晴空万里|晴朗|大?晴天|天晴|晴好|晴|多云|少云|云|阴天|天阴|阴|多雲|陰天|天陰|陰|[小中大][到至][中大暴]{1,2}[雨雪]|[下落飘]?[小中大暴雷阵陣细冻毛]{1,3}雨|雨夹雪|雨天|[下落飘有]雨|雨|[下落飘]?[小中大暴阵]{1,2}雪|"
    "[下落飘有]雪|雪天|雪|[大浓轻有起]?雾|[重轻]?霾|扬沙|沙尘暴?|浮尘|下?冰雹|霜冻?|台风天?|[刮起有]?[东南西北偏微大小和轻清海]{0,3}风(?:[0-9一二三四五六七八九十-]+级)?|"
    "炎热|寒冷|闷热|sunny|cloudy|rainy|rain|snowy|snow|windy|fog|foggy|clear|overcast"
)
_FELT: Final = (
    "[大出有]?太阳[大好]?|艳阳(?:天|高照)|烈日|日头[大好]|出日头|(?:暴[雨雪]|大[风雾]|台风|高温|寒潮|雷电|道路结冰|霜冻)[蓝黄橙红]色预警|凝冻|下凌|[时忽][晴阴雨雪][时忽][晴阴雨雪]|[转放]晴|晴雨不定|阴雨绵绵|天?阴沉|雨(?:转|已)?停"
    "|[瓢倾][泼盆]大雨|[天很较大炎闷酷燥湿阴寒晴]?[冷热](?:得很)?|天?凉爽?|暖和?|高温|天不?好|[打下有]霜|结冰|上冻|回南天?|倒春寒|寒潮|降温|[睛情](?:转[阴雨]|转多云)?|荫|多运"
    r"|[\d一二三四五六七八九十-]+级(?:大|[东南西北]{1,2})?风"
)
"""Weather in words with which names of things begin as well, 太阳能 and 冷库: it is some where nothing else follows."""
_TEMPERATURE: Final = (
    r"(?:气温|温度|最[高低](?:气温)?)?:?\s*(?:零下)?-?\d{1,2}(?:\.\d)?\s*(?:度C?)?"
    r"\s*(?:[~/至到-]\s*(?:零下)?-?\d{1,2}\s*)?度C?"
)
_PICTURED: Final = "[\u2600-\u2604\u2614\u26c4-\u26c8\u2744\U0001f300-\U0001f32c\ufe0f]"
_HALF: Final = "上午|中午|下午|早上|早晨|白天|傍晚|晚上|夜间|夜里"
WEATHER: Final = re.compile(
    rf"(?:(?:{_HALF})\s*:?\s*(?>{_SKY})(?:转(?>{_SKY}))?[\s,;]*){{2,4}}(?=[^\w]|$)|(?:天气(?:情况)?\s*[::]?\s*)?(?>{_SKY})(?:\s*(?>(?:(?:[转轉]|间|见|到|有|伴|后|夹|局部|[,、/~-])\s*)?(?:{_SKY})))*"
    rf"(?:\s*,?{_TEMPERATURE})?{_PICTURED}*(?=[\s,.;:()\[\]|。“\"《]|$|[^\w])|天气(?:(?:\s*[::]\s*|\s+)[^\s,。]{{1,6}}|[㐀-鿿]{{1,3}})(?=[\s,。;:()\[\]|]|$)|{_TEMPERATURE}|{_PICTURED}+|(?>{_FELT})(?=[\s,.;:()\[\]|。]|$)"
    r"|(?<=[期周拜][一二三四五六日天])(?:晴(?![川山朗天好空])|阴(?![山天沟坡影])|多云|[小中大暴阵]雨|[小中大]雪)(?:转(?:晴|阴|多云|[小中大阵]?雨))?(?=[㐀-鿿]{2})",
    re.IGNORECASE,
)
HAS_SKY: Final = re.compile(rf"(?:{_SKY}|{_PICTURED})")
_LUNAR_DAY: Final = (
    r"初(?:[一二三四五六七八九十]|[1-9]0?(?!\d))|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十"
)
LUNAR: Final = re.compile(
    r"(?:农历|阴历|旧历)?\s*(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥][鼠牛虎兔龙蛇马羊猴鸡狗猪]?年)?\s*(?:"
    rf"(?P<new>大年)(?P<day1>{_LUNAR_DAY})|(?P<leap>闰)?(?P<month>正|冬|腊|十[一二]?|[二三四五六七八九]|1[0-2]|[1-9])月(?P<day2>(?=[初廿])(?:{_LUNAR_DAY})|(?:{_LUNAR_DAY})(?![一二三四五六七八九]?日))"
    r"|(?P<eve>除夕))(?:夜|(?<=[初廿].)日|(?<=初10)日)?|(?:农历|阴历|旧历)?(?P<day3>初[一二三四五六七八九十])(?![㐀-鿿])"
)
COUNT: Final = re.compile(
    r"(?:[^\s\d,.;:。、|()\[\]第]{0,8})第\s*(\d{1,4}|[一二三四五六七八九十百零]{1,6})\s*天|Day\s*(\d{1,4})\b",
    re.IGNORECASE,
)
TERM: Final = re.compile(
    "(?:立春|雨水|惊蛰|春分|清明|谷雨|立夏|小满|芒种|夏至|小暑|大暑|立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至|小寒|大寒"
    "|(?P<feast>元旦|小年|除夕|春节|元宵节?|端午节?|中秋节?|重阳节?|国庆节?|劳动节|妇女节|清明节))(?![㐀-鿿])"
)
"""Solar terms, which say nothing that the date does not say, and feasts, which begin a title."""
_UNIT: Final = (
    "公顷|平方|立方|[厘毫分海]米|公里(?![桩碑牌])|千米|公斤|千克|摄氏|小时(?!工)|亩(?![产均])|吨(?![粮位袋])"
    "|[%％‰]|[kK][mMgGwW]|[mM]{1,2}(?![a-zA-Z])|[tT](?![a-zA-Z])"
)
MEASURE: Final = re.compile(
    r"\s*(?!元[旦宵]|年[终会检货关底度级]|月[饼考度底末初报])(?:个?月|[万亿千百]{0,2}[米里元块角斤克升度级个户人名位只头尾株棵粒袋箱件包瓶台辆套把张本份篇桶车次倍成折天年亩吨]"
    "|[万亿千百]{1,2})"
)
"""What a number may measure, although such a word may begin a title as well: 3.5 张书记来访, 3.6 车间走访."""
AMOUNT: Final = rf"(?:{_UNIT}|{MEASURE.pattern}(?:左右|以[上下内]|[多余长宽高深厚])?(?![㐀-鿿]))"
"""What says that the number before it is no day: a unit with which no title begins, or a measure and nothing else."""
PART: Final = re.compile(
    r"(?P<am>上午|早上|清晨|凌晨|早晨|清早|(?<=[日号])早(?![㐀-鿿]))|(?P<pm>下午|中午|午后)|(?P<evening>晚上|傍晚|夜里|夜间|晚间|(?<=[日号])[晚夜](?![㐀-鿿]))"
)
PAPER_NUMBER: Final = re.compile(r"\s*(?:[号號]\s*[㐀-鿿]|版(?![画面权筑])|修[订改]稿|-\d{3})")
"""What makes a day the number of a paper or its version: 20210306号工单, 2021.3.6版图纸."""
PLANNED: Final = re.compile(r"\s*(?:待办|将(?![军领士])|拟|预[计定]|打算|计划(?!生育))(?=\s*:|[㐀-鿿])")
"""What begins the words about something that is to be: 3月6日 拟走访二组."""
DATE_NAME: Final = (
    "(?:记录|工作|值班|检查|巡[查逻护河]|走访|入户|活动|服务|会议|学习|日志|驻村|施工|起止)?(?:日期|时间)"
)
"""What forms call the day of the work."""
LABEL: Final = re.compile(
    r"(?P<place>(?:会议|活动|走访|检查|培训|服务|工作)?地点|地址|位置|Location|Place)|(?P<weather>天气|气温|温度|风[力向速]|Weather|Temperature)"
    r"|(?P<author>(?:记录|值班|带班|检查|巡[查护逻河]|填[写报表]|汇报|报告|记载|撰[写稿]|执笔)(?:人员?|员|者)|作者|撰稿|执笔|姓名|Author|By)|(?P<date>时间|日期|记录时间|Date)|(?P<weekday>星期)",
    re.IGNORECASE,
)
FIELD: Final = re.compile(
    rf"(?:{re.sub('[?]P<[a-z]+>', '?:', LABEL.pattern)}|主持人?|(?:[参出与]加?[会席]?|陪同|随行|走访)?人员|联系人"
    r"|[㐀-鿿]{2}(?:时间|日期)|参会|参加|[出列缺]席|请假|(?:联系)?电话|填报人|(?:填报)?单位|编号|心情)\s*:"
    r"|心情(?:很好|不错|愉快|平静|好|佳|一般|沉重)?$|\d{1,2}:\d{2}(?!\d)",
    re.IGNORECASE,
)
"""A field with its value, as forms have them, which is no title."""
CONTENT: Final = re.compile(
    r"(?:^|[\s,;|])(?:(?:主要|具体)?(?:工作|活动|走访|会议|施工|生产|检查|巡[查护]|学习|服务|值班|监理|培训|帮扶|慰问|调研|防疫)?(?:内容|情况|事项|记录|议题|主题|议程)|记事)\s*:"
)
"""What announces the text of a form in one line."""
PLACES: Final = frozenset(
    re.findall(
        r"[㐀-鿿]+",
        "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东"
        " 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏"
        " 宁夏 新疆 香港 澳门 石家庄 太原 沈阳 长春 哈尔滨 南京 杭州 合肥 福州 南昌 济南"
        " 郑州 武汉 长沙 广州 海口 成都 贵阳 昆明 西安 兰州 西宁 呼和浩特 南宁 拉萨 银川"
        " 乌鲁木齐 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 阳泉 长治 晋城"
        " 朔州 晋中 运城 忻州 临汾 吕梁 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦"
        " 铁岭 葫芦岛 四平 辽源 通化 白山 松原 白城 延边 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆"
        " 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭 无锡 徐州 常州 苏州 南通 连云港 淮安"
        " 盐城 扬州 镇江 泰州 宿迁 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 芜湖"
        " 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 厦门"
        " 莆田 三明 泉州 漳州 南平 龙岩 宁德 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春"
        " 抚州 上饶 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 临沂 德州 聊城 滨州 菏泽"
        " 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口"
        " 驻马店 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 汉口 武昌"
        " 汉阳 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 韶关"
        " 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山"
        " 潮州 揭阳 云浮 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 崇左"
        " 三亚 三沙 儋州 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾"
        " 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南"
        " 黔南 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江"
        " 迪庆 日喀则 昌都 林芝 山南 那曲 阿里 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康"
        " 商洛 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南 海东"
        " 海北 黄南 果洛 玉树 海西 石嘴山 固原 中卫 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉"
        " 巴音郭楞 库尔勒 阿克苏 克孜勒苏 喀什 和田 伊犁 伊宁 塔城 阿勒泰 石河子 包头 乌海"
        " 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安盟 锡林郭勒 阿拉善"
        # Where work is done, without a name.
        " 村委会 居委会 村部 工地 施工现场 项目部 办公室 镇政府 乡政府 县政府 卫生院 卫生室 驻地",
    )
)
"""Places of which everybody knows that they are no titles; others show by their last character.

Those with names are provinces, and cities and prefectures as GB/T 2260 lists them, without the few that are words, too.
"""
PLACE: Final = re.compile(
    r"(?!(?!前进|进步|回龙).?(?:返|抵|走|访|到|赴|往|进|在|调研|慰问|看|去|回|驻|了|的|我))[㐀-鿿]{1,6}(?:省|市|县|区|镇|乡|村|街道|社区|自治州|州|旗|小区)"
)


def folded(text: str) -> str:
    """The text with half-width signs and plain spaces; every character but those within a day stays in its place."""
    out = text.translate(_SIGNS)
    if not out.isascii():
        out = "".join(
            char if char.isascii() or unicodedata.category(char) != "Nd" else str(unicodedata.digit(char))
            for char in out
        )
    if _HAS_UNSEEN.search(out):
        out = _BETWEEN.sub(_seen, out)
    if any(char in out for char in "月年一"):
        out = _CIRCLED.sub(lambda found: str(unicodedata.digit(found[0])), out)
        out = _SCANNED.sub(lambda found: found[0].translate(_DIGITS_OF), out)
        out = _TO.sub(r"\1-", out)
        out = _SPACED.sub(lambda found: _APART.sub(_together, found[0]), out)
    if any(char in out for char in "念黏约越曰目好"):
        out = _MISTYPED.sub(_as_meant, out)
    if "月" not in out:
        return out
    return _FORMAL.sub(lambda found: found[0].translate(_PLAIN_OF), _LUNAR_SUN.sub(r"\1 ", out))


def _seen(found: re.Match[str]) -> str:
    return _HAS_UNSEEN.sub("", found[0]).ljust(len(found[0]))


def _as_meant(found: re.Match[str]) -> str:
    return found[0][:-1] + _MEANT[str(found.lastgroup)]


def _together(digits: re.Match[str]) -> str:
    return digits[0].replace(" ", "").ljust(len(digits[0]))


def number(text: str) -> int:
    """A number in digits or in Chinese: ``廿三``, ``十五``, ``二〇二〇``, ``百零三``. 0 where it is none."""
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not set(text) & set("十百"):
        return int("".join(str(_DIGITS.get(char, "")) for char in text) or 0)
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.get(char, 0)
    return total + digit


def weekday(found: re.Match[str]) -> int:
    """Monday is 0."""
    if found["zh"]:
        return (
            "一二三四五六日".find(found["zh"].replace("天", "日"))
            if found["zh"] not in "1234567"
            else int(found["zh"]) - 1
        )
    return [name[:3].lower() for name in WEEKDAYS].index(found["en"][:3].lower())


def month_named(text: str) -> int:
    """The number of a month by its English name."""
    return [name[:3].lower() for name in MONTHS].index(text[:3].lower()) + 1


def lunar(found: re.Match[str]) -> tuple[int, int]:
    """The lunar month and day; (12, 0) for the last day of a year, and the month 0 where none is said: 初五."""
    if found["eve"]:
        return 12, 0
    if found["day3"]:
        return 0, number(found["day3"].removeprefix("初"))
    day = found["day1"] or found["day2"]
    name = "正" if found["new"] else found["month"]
    month = {"正": 1, "冬": 11, "腊": 12}.get(name) or number(name)
    return month, number(day.removeprefix("初"))
