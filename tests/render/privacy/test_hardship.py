"""A name beside hardship is noticed; a word that looks like one is not."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.model.settings import DEFAULT_HARDSHIP
from generator.render.privacy import Finding, Kind, Rules, Scanner

FIXTURES = Path(__file__).parents[2] / "fixtures" / "hardship"

WORDS = ("困难户", "困难家庭", "困难群众", "低保", "患病", "重疾", "慰问", "残疾", "孤寡", "贫困")
SCANNER = Scanner(Rules(hardship=WORDS))

ALARMING = """
慰问困难户，看望了解小军一家。|解小军
上午走访困难户张三丰，送去米面油。|张三丰
慰问了低保户李四喜一家。|李四喜
看望患病党员王二小同志，详细询问病情。|王二小
村民赵铁柱家是低保户。|赵铁柱
村民赵铁柱因患病致贫。|赵铁柱
居民钱朵朵患病多年，家里欠了债。|钱朵朵
慰问孙大圣等困难群众。|孙大圣
困难户周星说，房子漏雨。|周星
困难户吴勇的房子漏雨。|吴勇
低保户郑和平，72岁，独自生活。|郑和平
低保户：冯巩固（女，68岁）。|冯巩固
张三丰大爷是村里的低保户。|张三丰
李四喜奶奶患病卧床，组长上门慰问。|李四喜
组长来到王二小家里，送上慰问金。|王二小
给欧阳灯明老人送去慰问品。|欧阳灯明
困难户诸葛小亮在家等着我们。|诸葛小亮
慰问对象司马光明家住村东。|司马光明
下午看望了患者陈小虎，他得的是重疾。|陈小虎
学生刘洋洋的父亲患病，家庭困难群众之一。|刘洋洋
对贫困户朱重八，工作组作了记录。|朱重八
慰问老党员徐向南。|徐向南
走访慰问了马小跳和她的奶奶。|马小跳
为胡一鸣大叔申请低保。|胡一鸣
向林妹妹女士一家表示慰问。|林妹妹
何仙姑，女，65岁，低保户。|何仙姑
高小明，男，40岁，残疾。|高小明
困难户高小明因病致贫。|高小明
帮助低保户于小鱼家修了屋顶。|于小鱼
慰问于小鱼大娘。|于小鱼
脱贫户罗小黑在村里做保洁，曾是低保户。|罗小黑
走访困难群众宋小宝、唐小虎，送去慰问品。|宋小宝 唐小虎
监测户许小仙因重疾花了不少钱。|许小仙
残疾人韩小信在村里开店。|韩小信
孤寡老人曹小操无儿无女。|曹小操
职工彭小磊患病住院。|彭小磊
为困难户董小永协调贷款。|董小永
帮扶户萧小峰家中有两人患病。|萧小峰
向程小金同志的家属表示慰问。|程小金
看望叶小凯夫妇，他们是低保户。|叶小凯
慰问苏小小小朋友。|苏小小
军属魏小征家有困难户的牌子。|魏小征
慰问退役军人吕小波。|吕小波
慰问退役军人丁小力（残疾）。|丁小力
贫困户任小行，住在村西。|任小行
走访贫困户任小行家。|任小行
下午看望沈小万先生，他患病已有三年。|沈小万
低保户姚小明今年冬天取暖有困难。|姚小明
困难户卢小俊把门打开，请我们进去。|卢小俊
困难户姜小维对政策很了解。|姜小维
困难户崔小健没有劳动能力。|崔小健
困难户谭小咏与女儿同住。|谭小咏
困难户陆小游两次住院。|陆小游
低保户汪小伦靠亲戚接济。|汪小伦
低保户范小进独居多年。|范小进
低保户廖小凡在外打工。|廖小凡
低保户贾小宝正在等审批。|贾小宝
低保户夏小雨已经搬进新房。|夏小雨
困难户傅小雷和老伴相依为命。|傅小雷
困难户方小辫……|方小辫
困难户白小洁丧偶。|白小洁
困难户罗福林家住村东。|罗福林
村民秦小琼告诉我们，他家是低保户。|秦小琼
村民江小鱼表示，低保金按时到账。|江小鱼
慰问的是史小迁老人。|史小迁
困难户：陶小潜|陶小潜
困难户“黎小明”家。|黎小明
张三丰，72岁。他是低保户。|张三丰
"""

QUIET = """
早上六点出发，路上下着毛毛雨，九点才到村里，走访了低保户。
院子里结了薄冰，困难户的水管冻住了。
慰问费电费水的老旧小区居民，困难群众算了一笔账。
林权证发到困难户手里，党徽、党旗、毛坯房、支渠、危桥都看了。
其余由程家庄村自筹，困难户不出。
看了低保户彭家的房。
慰问困难群众，又到田里了解春耕情况。
全组同志加班研究政策，慰问困难群众。
这天上门看望，带去米、面、油等慰问品，耐心讲了防疫知识。
下午去国奥社区，慰问守在抗疫一线的社区工作人员。
看望社区的抗疫一线工作人员，表示慰问。
有关负责同志介绍了困难家庭的情况。
开发区负责同志慰问一线职工。
居民高兴地说，慰问品很实用。
居民方便了，困难群众也放心了。
村民于是提出，低保要尽快办。
困难户平时靠打零工过日子。
困难群众安全过冬。
走访高龄老人，送去慰问品。
慰问高龄老人、孤寡老人。
给高龄老人送去慰问品。
看望白发老人，表示慰问。
慰问金额不大。
慰问金1000元，当天发到手里。
慰问金发放到户。
慰问金由村里统一发。
慰问金用于购买药品。
慰问金已经送到低保户家中。
慰问信贴在公告栏。
慰问品包括米面油。
困难户包括三类家庭。
走访周边的困难户。
走访常住居民，其中低保12户。
走访党员，慰问困难群众。
走访党员干部家庭，慰问老人。
慰问全体党员。
慰问全村老人。
为全村老人送去慰问品。
慰问武警官兵。
慰问安保人员。
慰问施工人员。
慰问石油工人。
走访华侨家庭，慰问困难群众。
走访金东小区，低保户有三家。
走访金域河畔，看望困难户。
走访万华集团，慰问一线职工。
走访富士康，慰问值守人员。
走访东方社区，看望困难家庭。
走访江苏商会，慰问困难职工。
慰问海南来的客人。
困难群众任务重。
困难户时间不够。
慰问成立三十年的互助组。
困难户许多在山区。
困难户向前来的干部反映情况。
低保户常年在外。
低保户毛巾、牙刷都缺。
困难户水果卖不出去。
困难户黄金首饰一件也没有。
困难户曲线图见附表。
职工车间里很冷，工会去慰问。
慰问车间工人。
居民戴口罩的多了，低保户也领到了。
居民戴口罩，困难户领口罩。
居民包饺子，慰问值班人员。
村民施肥、浇水，困难户有人帮。
党员连心卡发到困难户。
居民安心，困难群众暖心。
学生高考，困难家庭有补助。
学生毕业，困难家庭少了一份负担。
居民满意，低保公开。
关爱老人、关心困难群众。
关爱老人活动慰问了二十户。
敬老月里，解决老人吃饭难，慰问困难户。
查看老人住处，了解低保情况。
祝福老人健康长寿，送上慰问品。
安置老人住下，困难户也都安顿了。
尊敬老人、慰问老人。
温暖老人的心，慰问困难家庭。
单身老人多是低保户。
花甲老人也来慰问。
康复老人家里，医生上门慰问。
独居老人、空巢老人、困难老人都要走访慰问。
困难户张某家漏雨。
困难户张某某因病致贫。
困难户李×家里有两人患病。
困难户王*说，房子漏雨。
困难户赵□□的房子漏雨。
低保户张大爷身体不错。
慰问张大爷、李大妈。
看望王奶奶，她患病多年。
困难户刘老人今年八十。
慰问陈同志。
患病职工小李在家休养，组长去慰问。
老王是低保户。
困难户家中有人患病。
困难户家里冷。
困难户的家在村东。
困难户两户，低保户三户。
残疾人等困难群众有了着落。
残疾人联合会慰问困难群众。
慰问对象由村里提名。
帮扶对象共20户，其中低保5户。
患者在医院治疗，困难家庭可申请补助。
贫困户温饱有了保障。
贫困户易地搬迁。
贫困户严重缺水。
贫困户单独列表。
慰问一线工作者，送去泡面、牛奶、火腿肠和抽纸。
工作组了解到一户家庭经济吃紧，决定帮一把。
送政策到企业，慰问困难家庭。
企业复工，慰问返岗员工。
困难群众应当享受低保。
困难群众都有人管。
困难群众应急救助。
困难职工申请补助，工会慰问。
走访养老院，慰问老人。
困难户房屋漏雨，低保户房顶塌了。
村民强烈要求公开低保名单。
村民明白低保怎样评。
群众高度评价这次慰问。
帮助解决困难户的难处。
帮助农户卖苹果，困难户优先。
帮扶单位慰问困难户。
他的哥哥失踪后，马塞洛成了摄影师。
困难户爱听陈明丽《山路》。
书里写到，狄德罗年轻时贫困。
贫困生借走了葛利高里的故事和哈利波特。
"""


def lines(text: str) -> list[str]:
    return text.split("\n")[1:-1]


def found(text: str) -> list[str]:
    findings = SCANNER.found(text)
    assert {finding.kind for finding in findings} <= {Kind.HARDSHIP}
    return [finding.value for finding in findings]


def test_a_name_beside_hardship_is_noticed() -> None:
    expected = {text: sorted(names.split()) for text, _, names in (line.partition("|") for line in lines(ALARMING))}
    told = {text: found(f"<p>{text}</p>") for text in expected}
    assert {text: told[text] for text in expected if told[text] != expected[text]} == {}


def test_what_is_no_name_is_not() -> None:
    told = {text: found(f"<p>{text}</p>") for text in lines(QUIET)}
    assert {text: names for text, names in told.items() if names} == {}


@pytest.mark.parametrize(
    "text",
    [
        "困难户<strong>张三</strong>丰家",
        "困<b>难</b>户张三丰家",
        "困难户\n张三丰\u3000家",
        "困难户&#x5F20;三丰家",
        "困难户张\u200b三丰家",
        "&lt;p&gt;困难户张三丰家&lt;/p&gt;",
        '{"a": "<p>\\n困难户张三丰家"}',
        "\\u56f0\\u96be\\u6237张三丰家",
    ],
)
def test_disguises_are_seen_through(text: str) -> None:
    assert found(text) == ["张三丰"]


def test_far_from_hardship_no_name_matters() -> None:
    assert found("村民张三丰家在村东。" + "这里离困难很远，说的是别的事情。" * 3 + "走访低保户两家。") == []


@pytest.mark.parametrize(
    "text", ["<p title='困难户张三丰家'>", "村民张三丰家在村东。", "<p>困难户</p><p>家住村东的张三丰</p>"]
)
def test_only_visible_words_count(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "rules", [{"known": ("张三丰",)}, {"allowed": ("张三丰",)}, {"allowed": ("张 三丰",)}, {"hardship": ()}]
)
def test_a_known_or_allowed_name_is_no_reason(rules: dict[str, tuple[str, ...]]) -> None:
    text = "慰问困难户张三丰。"
    assert found(text) == ["张三丰"]
    assert Scanner(Rules(**{"hardship": WORDS} | rules)).found(text) == ()


def test_the_name_of_somebody_known_is_not_that_of_another() -> None:
    scanner = Scanner(Rules(hardship=WORDS, known=("张三", "李四喜", "万福新材")))
    assert [finding.value for finding in scanner.found("慰问困难户张三丰。慰问困难户李四喜。走访万福、慰问一线。")] == [
        "张三丰"
    ]


def test_a_registered_name_is_found_as_such() -> None:
    findings = Scanner(Rules(names=("张三丰",), hardship=WORDS)).found("慰问困难户张三丰。")
    assert [finding.kind for finding in findings] == [Kind.NAME]


def sentences(half: str) -> Iterator[tuple[str, str, set[str], tuple[str, ...]]]:
    """The kind, the text, the names of private persons and those that are known, of each sentence of a half."""
    for line in (FIXTURES / f"{half}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, _, marked = line.partition("\t")
            private, known = re.findall(r"\{(.+?)\}", marked), re.findall(r"[\[<](.+?)[\]>]", marked)
            yield kind, re.sub(r"[{}\[\]<>]", "", marked), set(private), tuple(known)


@pytest.mark.parametrize(("half", "share"), [("seen", 0.92), ("unseen", 0.85)])
def test_names_are_found_in_sentences_of_diaries(half: str, share: float) -> None:
    scanner = Scanner(Rules(hardship=DEFAULT_HARDSHIP))
    told = [
        (names, {finding.value for finding in scanner.found(f"<p>{text}</p>")})
        for _, text, names, _ in sentences(half)
        if names
    ]
    wanted = sum(len(names) for names, _ in told)
    assert wanted >= 150
    assert sum(len(names & values) for names, values in told) >= share * wanted
    # What is told is a name, or at least a piece of one: hardly ever something else.
    assert sum(len(values - names) for names, values in told) <= 6


@pytest.mark.parametrize(("half", "most"), [("seen", 0), ("unseen", 2)])
def test_harmless_sentences_of_diaries_are_quiet(half: str, most: int) -> None:
    calm = [one for one in sentences(half) if one[0].startswith("calm")]
    assert len(calm) >= 80
    alarms = [
        (text, found)
        for _, text, _, known in calm
        if (found := Scanner(Rules(hardship=DEFAULT_HARDSHIP, known=known)).found(f"<p>{text}</p>"))
    ]
    assert len(alarms) <= most, alarms


@pytest.mark.parametrize(
    ("html", "names"),
    [
        (
            "<p>低保户名单：</p><ul><li>刘桂芳</li><li>欧阳志强（女）</li><li>高兴</li></ul><p>陈秀兰来了。</p>",
            "刘桂芳 欧阳志强",
        ),
        (
            "<table><tr><th>残疾人</th><th>补贴</th></tr><tr><td>1</td><td>郑玉梅</td><td>240元</td></tr></table>",
            "郑玉梅",
        ),
        ("<p>他是低保户。走的时候，田茂林送到门口。后来又去了何秀英家。</p>", "田茂林"),
        ("<h2>田茂林</h2><p>低保户，六十岁。</p>", "田茂林"),
        ("<p>低保户阿依古丽·买买提和洛桑次仁。</p>", "洛桑次仁 阿依古丽·买买提"),
    ],
)
def test_what_follows_a_sentence_of_hardship_counts(html: str, names: str) -> None:
    assert found(html) == names.split()


@pytest.mark.parametrize(
    "text",
    [
        "书记陈志远、王海涛慰问困难户。",
        "陈志远局长和王海涛主任慰问困难户。",
        "记者陈志远报道：困难户领到了慰问金。",
        "陈志远走访困难户两家。",
        "困难户住在陈志沟村、陈家庄和王海路。",
        "困难户读了约翰·史密斯的书。",
    ],
)
def test_who_comes_to_help_is_not_told(text: str) -> None:
    assert found(text) == []


def test_a_part_of_a_targets_name_is_known_to_the_whole_guard() -> None:
    finding = Finding(Kind.HARDSHIP, "高新志")
    assert Scanner(Rules(known=("高新志电子厂",))).allows(finding)
    assert not Scanner(Rules(known=("高新",))).allows(finding)


def test_a_word_of_hardship_may_be_in_letters() -> None:
    assert [one.value for one in Scanner(Rules(hardship=("ICU",))).found("<p>陈秀兰住进了<b>I</b>CU。</p>")] == [
        "陈秀兰"
    ]


def test_long_texts_of_names_take_time_in_proportion() -> None:
    def seconds(size: int) -> float:
        text = "低保户" + "".join(f"<li>陈秀{chr(0x4E00 + number)}</li>" for number in range(size))
        text += "低保户" + "张王李赵" * size + "、陈秀兰" * size
        start = time.process_time()
        SCANNER.found(text)
        return time.process_time() - start

    seconds(10)
    small = min(seconds(700 + extra) for extra in range(3))
    assert min(seconds(2 * (700 + extra)) for extra in range(3)) < 3.5 * small
