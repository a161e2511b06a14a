"""The settings of a site: site.yaml as an immutable value."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from generator.ground.frozen import frozen
from generator.ground.pinyin import KnownReadings
from generator.ground.text import normal

DEFAULT_KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {"enterprise": "企业", "project": "项目", "village": "乡村", "community": "社区"},
    "en": {
        "enterprise": "Enterprises",
        "project": "Projects",
        "village": "Villages",
        "community": "Communities",
    },
}


def kind_named(word: str, kinds: Mapping[str, str]) -> str | None:
    """The id of the kind of target that a word means: by id, by name here or in another language, one or many."""
    if word in kinds:
        return word
    standard = DEFAULT_KINDS.values()
    names = {kind: (kind, label, *(one.get(kind, "") for one in standard)) for kind, label in kinds.items()}
    found = [kind for kind, own in names.items() if _singular(word) in map(_singular, own)]
    return found[0] if len(found) == 1 else None


def _singular(name: str) -> str:
    """``Communities`` → ``community``."""
    word = normal("NFKC", name).casefold()
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


_HARDSHIP: Final = """
    困难户 困难家庭 困难群众 困难职工 困难员工 困难工人 困难党员 困难学生 困难对象 特殊困难 生活困难 家庭困难
    经济困难 比较困难 十分困难 特别困难 最困难 家庭经济 家境 拮据 揭不开锅 糊口 清贫 贫困 贫寒 贫苦 脱贫 返贫 致贫
    家里穷 低保 五保 特困 低收入 最低生活保障 监测户 监测对象 纳入监测 建档立卡 帮扶 结对 救助 接济 补助 危房 廉租房
    公租房 人均收入 缺劳力 无劳动能力 丧失劳动能力 家徒四壁 省吃俭用 很穷 太穷 穷得 穷苦 穷困 贫穷 漏雨 土坯房 辍学
    失学 学费 打零工 流浪 乞讨 拾荒 捡废品
    患病 患者 患儿 患有 患上 身患 病人 病患 病号 重疾 重病 大病 病重 病危 慢性病 卧病 卧床 住院 住进 重症 瘫痪 偏瘫
    中风 脑梗 脑出血 癌 肿瘤 白血病 尿毒症 透析 化疗 骨折 心脏病 糖尿病 风湿 关节炎 肺病 肝病 肾病 肝炎 肺结核
    艾滋病 吃药 药费 多病 看病 治病 病情 手术 医疗费 精神病 精神障碍 精神分裂 抑郁症 自闭症 癫痫 痴呆 尘肺 矽肺
    红斑狼疮 帕金森 植物人 包虫病 发病 病故 晚期 抢救 哮喘 病床 病房 病倒 病死 病逝 养病 孤独症 血友病 罕见病 肾移植
    换肾 骨髓移植 放疗 肝硬化 心梗 脑溢血 中毒 早产儿 腿疼 腰疼 血压 药钱 发烧 咳嗽 救护车
    残疾 伤残 致残 残障 智障 智力障碍 失明 盲人 聋哑 截肢 轮椅 拐杖 假肢 唐氏 脑瘫 小儿麻痹 护理床 康复训练
    无障碍改造 跛子 瘸 坏了腿 半身不遂 行动不便 生活不能自理 助听器
    孤儿 弃婴 父母双亡 父母都不在 父母去世 没有亲人 没了爹娘 无人抚养 困境儿童 福利院 没爹没娘 失去父母 失去双亲
    隔代抚养
    隔离 确诊 密接 密切接触 感染者 无症状 疑似病例 核酸 封控 居家观察 健康监测 流调 黄码 红码 发热 阳性 方舱
    涉疫 解封 集中观察
    失业 下岗 待业 裁员 被裁 零就业 就业困难 丢了工作 没有工作 找不到工作 辞退 解雇 待岗 停产 倒闭
    刑满 出狱 服刑 假释 缓刑 社区矫正 矫正对象 帮教 戒毒 吸毒 复吸 坐牢 坐过牢 监狱 劳教 前科 刑释 判刑 劳改 服过刑
    酗酒 赌博 涉毒
    留守 空巢 独居 孤寡 孤老 失独 高龄 失能 无儿无女 孤身 孤苦 独自抚养 独自一人 一个人住 敬老院 养老院 走失 走丢
    光棍 没成家 没成过家 跟着奶奶 跟着爷爷 跟外婆 老母亲 一个人过
    单亲 离异 离婚 丧偶 守寡 寡妇 鳏 遗孀 遗属 烈属 未婚生子 改嫁 离了婚 拉扯 被抛弃 丈夫去世 妻子去世 老伴去世
    父亲去世 母亲去世 亡夫 亡妻 早逝
    家暴 家庭暴力 施暴 鼻青脸肿 打人 动手打 虐待 遗弃 性侵 猥亵 受害人 受害者 庇护所 人身安全保护 打骂 殴打 挨打
    欺凌 霸凌 打她 打老婆
    受灾 灾民 救灾 火灾 遇难 遇害 溺水 车祸 工伤 摔伤 烧伤 烫伤 砸伤 受伤 重伤 伤者 死者 身亡 牺牲 抚恤 失踪 昏迷
    矿难 触电 塌方 颗粒无收 摔断 摔坏 撞伤 压断 压伤 坠落 坠亡 遇险 被埋 失火 着火 烧毁 烧光 冲走 倒塌 冰雹 山洪
    洪水 泥石流 地震 肇事 遗体 噩耗 没有救过来
    负债 欠债 还债 债主 债务 的债 催债 赌债 欠薪 拖欠 讨薪 欠了 欠下 失信 网贷 高利贷 利滚利 破产 还不上 讨债 逼债
    血本无归 输光 亏本 工钱
    慰问 救济 送温暖 爱心包 爱心款 捐款 募捐 善款 资助 受助 助学 食用油 棉被 棉衣 护理补贴 看望 探望 送去 手中 敲开 捐助
    救命钱 米面 煤球
"""
DEFAULT_HARDSHIP: Final = tuple(_HARDSHIP.split())
"""Poverty, illness, disability, orphans, isolation, unemployment, prison, loneliness, families that broke up, violence,
accidents, debt, relief."""


_MINISTRY: Final = "https://beian.miit.gov.cn/"
_POLICE: Final = "https://beian.mps.gov.cn/#/query/webSearch?code="


class Derived(StrEnum):
    """What a counter can compute from the entries themselves."""

    ENTRIES = "entries"
    DAYS = "days"
    """Days that entries cover."""
    TARGETS = "targets"
    """Targets served."""
    RAISED = "raised"
    """Raised requests."""
    RESOLVED = "resolved"
    """Resolved requests."""


@frozen
class Counter:
    """A counter of the site."""

    label: str
    unit: str | None
    derived: Derived | None = None
    """What it is computed from; None where entries give the numbers in ``counts``."""
    shared: bool = False
    """Whether several targets may share what is counted, such as a meeting, so that it cannot be divided."""


@frozen
class Allowed:
    """A value that may be published although it looks private."""

    value: str
    """As it appears, or ``sha256:`` and its hash."""
    reason: str


@frozen
class MenuItem:
    """An item of the site's menu."""

    title: str
    link: str
    """A URL of the site (``/about/``) or an ``https:`` address."""
    part: str = ""
    """The fragment: the id of a part of the page; empty for the whole page."""


@frozen
class Government:
    """What a Chinese government site has to declare on every page (国办发〔2017〕47号, 网页标签规范)."""

    name: str
    domain: str
    id_code: str
    """The code from the register of government sites; it is never generated."""
    column_type: str | None
    """The type of its lists, such as 工作动态; None to declare none."""


@frozen
class Cards:
    """The settings of share cards, the pictures that link previews show for entries."""

    font: str | None
    """A font file, relative to the site's folder; None for one that is installed on the machine."""


@frozen(kw_only=True)
class Archive:
    """What the archive that takes the record over has decided. None where it is not known yet: nothing is invented."""

    fonds: str | None
    """The number of the fonds, 全宗号."""
    retention: str | None
    """How long it is kept, 保管期限: 永久, 30年, 10年."""
    category: str | None
    """The code of the category, 档案门类代码."""
    organization: str | None
    """The code of the organization or the subject, 机构（问题）代码."""
    first_item: int | None
    """The number of the first item, 件号."""
    security: str | None
    """The security level, 密级."""
    contact: str | None
    """Who answers questions about it."""


@frozen(kw_only=True)
class Settings:
    """The settings of the whole site."""

    title: str
    description: str
    language: str
    """A BCP 47 tag: ``zh-CN``, ``en``."""
    base_url: str | None
    """The public address of the site, ending in ``/``; None where it is not set."""
    timezone: str
    """An IANA name; only ``publish_at`` and the timestamps of feeds use it."""
    organization: str | None
    """The organization behind the site; None where the title is used."""
    license: str | None
    contact: str | None
    """Whom readers may ask: a telephone number, an e-mail address, the address of a page, or any other words."""
    contact_link: str | None
    """Where the contact leads; None for words that lead nowhere."""
    icp: str | None
    """The number under which the site is registered with the ministry, ICP备案号."""
    police: str | None
    """The number under which it is registered with the police, 公安备案号."""
    kinds: Mapping[str, str]
    """The kinds of targets, id → label, in the order in which they are shown."""
    counters: Mapping[str, Counter]
    menu: tuple[MenuItem, ...] | None
    """None for the theme's own menu."""
    theme: str
    per_page: int
    """Entries on one page of a list."""
    feed_entries: int
    overdue_days: int
    gap_days: int
    allowed: tuple[Allowed, ...]
    hardship: tuple[str, ...]
    """Words of hardship: the privacy scan reports a personal name next to one of them."""
    allow_svg: bool
    originals: bool
    """Whether original pictures are published too, without their metadata."""
    cards: Cards | None
    """None where no cards are drawn."""
    pinyin: KnownReadings
    """How names of targets and tags, or parts of them, are read, where that is not the usual way."""
    search: bool
    """Whether the site has a search."""
    qr: bool
    """Whether entries have a QR code of their addresses."""
    government: Government | None
    """None for a site that is not a government's."""
    archive: Archive
    extra: Mapping[str, object]
    portable: bool = False
    """Whether links contain ``index.html``, so that the site works without a server."""

    @property
    def registrations(self) -> tuple[MenuItem, ...]:
        """The numbers under which the site is registered, each with the register that the rules want it to lead to."""
        code = re.sub(r"[^0-9]", "", self.police or "")
        every = ((self.icp, _MINISTRY), (self.police, f"{_POLICE}{code}"))
        return tuple(MenuItem(number, link) for number, link in every if number)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.timezone)

    def moment(self, day: datetime.date) -> datetime.datetime:
        """The first moment of a day in the site's time zone, for formats without civil dates."""
        return datetime.datetime.combine(day, datetime.time(), tzinfo=self.zone)
