"""Forms of private numbers, and figures that only look like them; every number is made up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from generator.render.privacy import Kind
from tests.render.privacy.planted import card, identity

MOBILE = "13800001234"
MOBILES = (MOBILE, "19912340000", "16655550101")
IDENTITY = identity("37999919491231001")
IDENTITY_X = next(full for n in range(100) if (full := identity(f"379999194912310{n:02}")).endswith("X"))
OLD = "379999491231001"
CARDS = (
    card("622202000000000"),
    card("622848000000000001"),
    card("810000000000000"),
    card("955880000000000001"),
    card("940030000000000001"),
    card("222100000000000"),
    card("400000000000000"),
    card("999999000000000"),
)
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
ZEROS = str.maketrans("0123456789", "零一二三四五六七八九")
CALLED = str.maketrans("0123456789", "零幺二三四五六七八九")
BANKS = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def parts(number: str, *lengths: int, by: str = " ") -> str:
    """The number in groups of these lengths."""
    cut, start = [], 0
    for length in lengths:
        cut.append(number[start : start + length])
        start += length
    return by.join([*cut, number[start:]] if start < len(number) else cut)


_BEHIND = """
    余工 万经理 张先生 元老师 米老师 项经理 包主任 车师傅 单老师 石书记 方工 段姐 余小姐 万总 千老师 钱会计 支书记 席大爷 卷老师 成师傅
    家里电话 家属 个人号码 本人 名下 位于村东 只在白天接 只打这个 人在外地 户主 名片上的 分机801 次日再打 天天在线 手机号 点这里 口头告知 头像是花
    对外公布 多次未接 节日期间打 所长 台长 场长 组长 队长 站长 班长 部门 层层上报 面谈 把电话记下 排队 道谢 行政科 下午打 条件允许时打 件事找他
"""
_BEFORE_MOBILE = (
    "",
    "电话",
    "联系人：",
    "①",
    "②",
    "打",
    "手机号是",
    "微信同号",
    "（",
    "Tel",
    "1、",
    "+86",
    "0086-",
    "86 ",
    "(+86)",
    "王某 ",
    "1.",
)
_AFTER_MOBILE = (
    "",
    "①",
    "²",
    "③。",
    "[1]",
    "，",
    "（白天）",
    "转801",
    "（微信同号）",
    "，13900005678",
    "/0535-0000000",
    " 次日再打",
)
_SHAPES = ((3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (3, 3, 5), (4, 3, 4), (3, 2, 2, 2, 2), (5, 6), (3, 4, 2, 2))
_SIGNS = (" ", "-", ".", "·", "—", " - ", "‑", "－", "_")
_STRICT = ("/", "，", "／", "~", "*", ":", "|")


def _mobiles() -> Iterator[str]:
    yield from (f"电话{MOBILE}{word}" for word in _BEHIND.split())
    yield from (f"{MOBILE}{word}" for word in _BEHIND.split())
    yield from (f"请找{before}{MOBILE}{after}" for before, after in product(_BEFORE_MOBILE, _AFTER_MOBILE))
    for shape, sign in product(_SHAPES, _SIGNS):
        if (len(shape), sign) != (2, "."):
            yield f"请打{parts(MOBILE, *shape, by=sign)}找他"
    for shape, sign in product(((3, 4, 4), (3, 8), (7, 4)), _STRICT):
        yield f"请打{parts(MOBILE, *shape, by=sign)}找他"
    for table in (CHINESE, ZEROS, CALLED, BANKS, RAISED):
        spelled = MOBILE.translate(table)
        yield from (
            f"请打{spelled}找他",
            f"请打{parts(spelled, 3, 4, 4)}找他",
            f"请打{parts(spelled, 3, 4, 4, by='-')}找他",
        )
    yield from (f"请打138{'0000'.translate(CHINESE)}1234", f"请打{'138'.translate(ZEROS)}00001234")
    yield from ("手机：1 3800 0012 34", "联系电话 13 80 00 01 23 4", "(138)00001234", "(138) 0000-1234")


def _identities() -> Iterator[str]:
    number = IDENTITY
    yield from (
        f"他的{before}{number}{after}"
        for before, after in product(("", "身份证", "①", "编号", "ID"), ("", "②", "号", "元", "。"))
    )
    for sign in (*_SIGNS, *_STRICT):
        yield from (f"他的{parts(number, 6, 8, 4, by=sign)}", f"他的{parts(number, 6, 4, 4, 4, by=sign)}")
        yield f"他的{parts(number, 4, 4, 4, 4, 2, by=sign)}"
    for more in ("11", "42", "74"):
        yield from (
            f"残疾人证{number}{more}",
            f"残疾人证{number} {more}",
            f"残疾人证{number}{more}B1",
            f"证号{parts(number + more, 4, 4, 4, 4, 4)}",
        )
    yield from (
        f"G{number}",
        f"2017{number}",
        f"{number}{MOBILE}",
        f"他的{number.translate(CHINESE)}",
        f"他的{number.translate(BANKS)}",
    )


def _old() -> Iterator[str]:
    yield from (
        f"{word}{OLD}"
        for word in ("身份证", "身份证号：", "身份证号码 ", "公民身份号码", "老身份证（十五位）：", "证件号")
    )
    yield from (f"身份证{parts(OLD, 6, 6, 3)}", f"{OLD}（身份证）")


def _cards() -> Iterator[str]:
    for number in CARDS:
        yield from (f"打到{number}上", f"卡号{number}", f"①{number}②", f"打到{number}，谢谢")
        for sign in (" ", "-", "—", "/", "，"):
            yield f"打到{parts(number, 4, 4, 4, 4, by=sign)}上"
    number = CARDS[0]
    yield from (
        f"打到{number.translate(CHINESE)}上",
        f"打到{parts(number, 6, 10)}上",
        f"银行卡{parts(number, 8, 8)}",
        f"卡号{card('722202000000000')}",
    )


def private() -> list[tuple[Kind, str, str]]:
    """What is to be found: its kind, its value, and how it is written."""
    found = [(Kind.MOBILE, MOBILE, text) for text in _mobiles()]
    found += [
        (Kind.MOBILE, (plain := "13812345678"), f"{word}{parts(plain, 3, 4, 4, by=sign)}")
        for word, sign in product(("电话：", "手机"), "+＋#＃★☆")
    ]
    found += [(Kind.IDENTITY, IDENTITY, text) for text in _identities()]
    x = IDENTITY_X
    found += [
        (Kind.IDENTITY, x, text)
        for text in (x, x.lower(), f"{x}42", f"残疾人证{x}11B1", parts(x, 6, 8, 3, by="-"), f"{x[:-1]} X")
    ]
    found += [(Kind.IDENTITY, OLD, text) for text in _old()]
    return found + [(Kind.CARD, "", text) for text in _cards()]


LABELLED: dict[Kind, tuple[str, ...]] = {
    Kind.LANDLINE: (
        "家里电话0535-6000000", "座机：0535-6000000", "王某家座机 6000000", "家庭电话(0535)6000000", "固话是010-60000000", "宅电 053560000000",
        "电话：0535 600 0000", "住宅电话05356000000", "电话<b>0535</b>-<b>6000000</b>",
    ),
    Kind.WECHAT: (
        "微信号：zhao_2020x", "微信zhao-li88", "加微信 wxid_abc123de", "微信：zhaoxiaoli", "微信号是zhaoli1988", "v信：zhaoli88", "vx：zhaoli88", "VX zhao_li88",
        "WeChat: zhaoli88", "微信（zhaoli88）",
    ),
    Kind.QQ: ("QQ：1000001", "QQ1000001", "qq号 2000000002", "QQ号码是300000003", "扣扣1000001", "他的QQ是1000001"),
    Kind.PLATE: (
        "车牌号鲁F12345", "车牌：鲁F·A1234", "鲁FD12345的轿车", "驾驶鲁Y-12A45", "号牌为京AD12345", "开着一辆鲁F1234A", "面包车（鲁F12345）", "鲁F12345小车",
    ),
    Kind.HOME: (
        "幸福小区3号楼2单元501室", "长江路12号3栋2单元501", "家住红星村12号", "住在长江路12号5号楼301室", "家庭住址：向阳街7号2单元302", "三号楼二单元五〇一室",
        "住址：某某县某某镇红星村45号", "和平里12号楼1单元402", "租住在建设巷8号", "长江路77号3栋501室", "幸福小区3-2-501室",
    ),
    Kind.PASSPORT: ("护照号E12345678", "护照：G12345678", "护照号码EA1234567", "港澳通行证C12345678", "台胞证 12345678", "护照 141234567"),
    Kind.SOCIAL: ("社保卡号：A12345678", "社保编号1000000001", "医保号 3700000001", "社会保障号码3799990001", "养老保险个人编号1000000001", "医保卡号：B1234567"),
    Kind.RELIEF: (
        "低保证号370699000123", "低保证：鲁烟低字第000123号", "残疾人证号0000123456", "特困供养证 37069900012", "救助证编号：JZ000123", "优待证号码 370000123456",
        "失业证号3706990001",
    ),
}  # fmt: skip

_UNITS = """
    元 万元 亿元 美元 欧元 日元 人民币 吨 万吨 公斤 千克 克 斤 公里 千米 米 厘米 毫米 平方米 亩 公顷 立方米 升 毫升 千瓦时 千瓦 度 兆瓦 伏
    字节 KB MB GB bytes 比特 像素 字 次 人次 只 万只 件 台 套 辆 个 条 根 颗 粒 株 头 匹 羽 尾 箱 袋 盒 瓶 桶 本 册 份 页 篇 章 户 户次 家 人 名 位
    张 枚 支 片 块 吨公里 票 股 手 倍 步 Hz kHz MHz 赫兹 秒 毫秒 小时 天 帕 瓦 分 分钟 标箱 立方 余元 余人 万余只 多万元 % ‰ ℃ 摄氏度 点击 mm cm kg
"""
_SUMS = ("出口额 {} {}", "全年产量{}{}", "累计{}{}。", "共{}{}，", "约{} {}左右", "播放{}{}")
_SERIALS = """
    批号 生产批号： 批次 编号 产品编号： 订单号 订单号码 流水号： 序列号 条码 条形码 货号 型号 合同号 发票号码 发票代码 税号 统一社会信用代码 注册号 备案号 许可证号 案号
    考号 考生号 准考证号： 学号 桩号 设备号 机身号 出厂编号 运单号 版本 专利号 受理号 交易号 ISBN ISSN SN IMEI: S/N DOI: 频率 频点 坐标 卷号 档号 项目代码 登记号
"""
_OTHERS = (
    "北斗三号频率 1561.098 MHz", "人均 13812345678.50", "坐标 121.13812345678, 37.13812345678", "东经121.39138123456", "圆周率3.14159265358979323846",
    "版本 138.0.7204.101", "Chrome/138.0.7204.101", "v13.8.0000.1", "IP 138.100.123.45", "MAC 13:80:00:12:34:56", "比分 138:125", "得分 138、142、150、99",
    "1500 2000 2500 3000 3500", "138+1234+5678", "138★1234★5678", "6222+0211+1022+1031", "见#138#1234#5678", "4000 5000 6000 7000", "1800 2400 360", "150 2000 3000", "2016 2017 2018 2019 2020", "1978—2018 400", "1998 2003 123",
    "13812345678、25612345678、98712345678", "28812345678，13812345678", "git clone git@github.com:rizhi/site.git", "git@gitee.com", "ssh://git@example.org/a",
    "请看\n\n@example.com", "转自\n@example.com 的消息", "see you\n@example.com", "https://user@host.example/x", "npm i vue@3.2.1", "lodash@4.17.21.tgz",
    "pkg@1.2.min.js", "logo@3x.png", "见https://mp.weixin.qq.com/s?__biz=MzA5&mid=2247483647&idx=1", "https://weibo.com/1000000001/Iabcdef",
    "https://example.org/t20200305_13812345678.html", f"https://example.org/a/{card('622202000000000')}.html", f"https://example.org/i{card('680123400000000001')}/",
    f"https://example.org/doc_{IDENTITY}_1.pdf", "https://item.example.org/x13812345678y.html", "GB/T 17626.30-2012", "GB/T 13812-1992", "JGJ 130-2011",
    "ISO 9001:2015", "ISBN 978-7-0000-0000-2", "鲁政发〔2020〕5号", "热线12345", "拨打12345", "客服95588", "举报电话12336", "服务电话400-123-4567", "火警119",
    "咨询电话：0535-6000000", "县政务服务中心电话0535-6000000", "办公电话 0535-6000000", "传真：0535-6000001", "医院电话0535-6000000",
    "2020年3月5日 08:30—11:30", "2020-03-05 13:00", "1583366400000", "20200305138", "时间戳1583366400", "3月5日至13日", "2020/03/05/2020-03-05",
    "准考证379999491231001", "379999491231001", f"考生号{OLD}", "1381234567890123", "13800000000000元", "一二三四五六七", "二〇二〇年三月五日", "一二三产业融合",
    "第一二三四五六七八九十一章", "¥18612345678", "$18612345678", "RMB 18612345678", "达到18612345678", "总额为18612345678", "d41d8cd98f00b204e9800998ecf8427e",
    "微信公众号 yantai_siji", "微信小程序", "打电话给王大爷", "微信群里说", "QQ群 123456789", "社保缴费12345678元", "低保证发放12345本", "残疾人证办理2000张",
    "护照办理12345678本", "办公室在3号楼501室", "会议室", "1号楼2单元120户居民", "3号楼2单元封控", "政务大厅3楼301室", "长江路77号", "红星村12户人家",
    "鲁F区", "京A股", "苏A12", "车牌识别系统", "家住农村", "2单元12层", "甲方公司（长江路77号3栋501室）", "型号SD-138-1234-5678", "华为P40 Pro 8+256",
    "M13×80", "Q235B", "6061-T6", "DN138", "尺寸1380×1234×5678", "规格1500-2000-300mm", "0.13812345678", "编码 3706-0219-8112", "1/2/3/4/5/6/7/8/9/10/11",
    "2020—2021学年", "25.5%—37.2%", "第13届3800名", "电压220V", "房间号1302", "邮编264000", "车次G1234", "航班CA1234", "股票代码600000", "基金代码001234",
)  # fmt: skip


def harmless() -> list[str]:
    """What is no private number, in sentences of work diaries; none of it may stop a build."""
    figures = ("18612345678", "13812345678", "15900012345")
    texts = [
        sum_.format(figures[number % 3], unit) for number, (sum_, unit) in enumerate(product(_SUMS, _UNITS.split()))
    ]
    serials = ("18612345678", "13812345678", OLD, card("622202123456789"))
    texts += [f"{word}{serial}" for word, serial in product(_SERIALS.split(), serials)]
    return [*texts, *_OTHERS]


_DIARY = """
上午{0}到企业，{1}；下午回村。 第{0}次走访，{1}，群众都满意。 据镇里统计，{1}。 会上通报：{1}（见附表{0}）。 记一笔：{1}，已经核对。
"""
_FACTS = """
完成投资18612345678元 发放口罩13812345678只 全年下载15900012345次 数据量18612345678字节 批号13812345678 订单号6222021234567894 准考证号379999491231001
热线12345有人接 书号ISBN978-7-0000-0000-2 对讲机频率145.800MHz 得分98.5分 软件版本138.0.7204.101 坐标121.391381,37.539297 依据GB/T17626.30-2012
登录https://example.org/id/13812345 型号SD-138-1234 运单号SF1381234567890 咨询电话0535-6000000 出口额18612345678美元 用电13812345678千瓦时
"""


def diary() -> list[str]:
    """Sentences of a work diary around figures."""
    return [
        sentence.format(number, fact)
        for number, sentence in enumerate(_DIARY.strip().split(" "))
        for fact in _FACTS.split()
    ]
