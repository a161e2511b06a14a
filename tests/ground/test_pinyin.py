"""Names in Latin letters."""

from __future__ import annotations

import pytest

from generator.ground.errors import Fault
from generator.ground.pinyin import NameReader, first_letter, initials, letters, order, syllables

READER = NameReader({"长山": ("chang", "shan"), "山里": ("shan", "lv")})


def test_names_are_read() -> None:
    for name, sign, typed, short in (
        ("重庆路社区", "C", "chongqinglushequ", "cqlsq"),
        ("六安", "L", "luan", "la"),
        ("大厂县", "D", "dachangxian", "dcx"),
        ("绿化队", "L", "lvhuadui", "lhd"),
        ("长山镇", "C", "changshanzhen", "csz"),
        ("小长山里", "X", "xiaochangshanlv", "xcsl"),
        ("“红星”村3组", "H", "hongxingcun3zu", "hxc3z"),
        ("Café 二号", "C", "cafeerhao", "ceh"),
        ("Łódź Ñandú", "L", "lodznandu", "ln"),
        ("Ærøskøbing 大街 Weiß", "A", "aeroskobingdajieweiss", "adjw"),
        ("３号楼", "#", "3haolou", "3hl"),
        ("𠮷村", "#", "𠮷cun", "𠮷c"),
        ("Жук", "#", "жук", "ж"),
        ("《》", "#", "", ""),
    ):
        reading = READER.of(name)
        assert (first_letter(reading), letters(reading), initials(reading)) == (sign, typed, short), name


def test_what_is_told_of_a_name_comes_before_what_is_told_of_its_parts() -> None:
    assert letters(READER.of("长山镇", {"长山镇": ("zhang", "shan", "zhen")})) == "zhangshanzhen"


def test_characters_in_names_of_places_are_read_as_there() -> None:
    reader = NameReader({})
    for name, typed in (
        ("曾家疃村", "zengjiatuancun"),
        ("翟庄", "zhaizhuang"),
        ("小单家", "xiaoshanjia"),
        ("西解家庄", "xixiejiazhuang"),
        ("单各庄", "shangezhuang"),
        ("查家岭", "zhajialing"),
        ("山东省长清区", "shandongshengchangqingqu"),
        ("长山村", "changshancun"),
        ("长子县", "zhangzixian"),
        ("土门镇长岭村", "tumenzhenchanglingcun"),
        ("单县镇长营村", "shanxianzhenchangyingcun"),
        ("石桥乡长岭小学", "shiqiaoxiangchanglingxiaoxue"),
        ("解家长台", "xiejiachangtai"),
        ("解家长井中心幼儿园", "xiejiachangjingzhongxinyoueryuan"),
        ("乐陵市", "laolingshi"),
        ("六合区", "luhequ"),
        ("大城村", "dachengcun"),
        ("单集镇", "shanjizhen"),
        ("盱眙县仇集镇", "xuyixianqiujizhen"),
        ("查桥", "zhaqiao"),
        ("覃塘区", "qintangqu"),
        ("区庄", "ouzhuang"),
        # Whatever follows the name of a place.
        ("单集北村", "shanjibeicun"),
        ("单集街道广场社区", "shanjijiedaoguangchangshequ"),
        ("区庄大屯村", "ouzhuangdatuncun"),
        ("区庄街道车站社区", "ouzhuangjiedaochezhanshequ"),
        ("查桥永兴食品厂", "zhaqiaoyongxingshipinchang"),
        ("解集村", "xiejicun"),
        # These are words.
        ("单集装箱运输", "danjizhuangxiangyunshu"),
        ("单村供水", "dancungongshui"),
        ("化解家庭矛盾", "huajiejiatingmaodun"),
        ("东区家园", "dongqujiayuan"),
        ("社区家长学校", "shequjiazhangxuexiao"),
        ("调查家访", "diaochajiafang"),
        ("土门镇长办公室", "tumenzhenzhangbangongshi"),
        ("家长沙龙", "jiazhangshalong"),
        ("六合村", "liuhecun"),
        ("单桥梁检测", "danqiaoliangjiance"),
        ("查桥梁隐患", "chaqiaoliangyinhuan"),
        ("市区庄园", "shiquzhuangyuan"),
        ("清单集中办理", "qingdanjizhongbanli"),
    ):
        assert letters(reader.of(name)) == typed, name
    told = NameReader({"单家": ("dan", "jia")})
    assert letters(told.of("单家村")) == "danjiacun"


def test_names_are_found_by_other_readings_too() -> None:
    reader = NameReader({})
    for name, typed in (
        ("仇集", {"qiuji", "chouji"}),
        ("查桥", {"zhaqiao", "chaqiao"}),
        ("召南", {"zhaonan", "shaonan"}),
        ("单集北村", {"shanjibeicun", "danjibeicun"}),
        ("区庄", {"ouzhuang", "quzhuang"}),
        ("长山", {"changshan", "zhangshan"}),
        ("蔚县", {"yuxian", "weixian"}),
        ("杏林", {"xinglin"}),
    ):
        assert set(map(letters, reader.ways(name, {}))) == typed, name
    assert letters(reader.ways("长山", {"长山": ("zhang", "shan")})[0]) == "zhangshan"


def test_names_are_in_order() -> None:
    names = ["12组", "张家", "2组", "安庄", "昂村", "艾庄", "Abc", "庵里", "Жук", "章家"]
    ordered = sorted(names, key=lambda name: order(name, READER.of(name)))
    assert ordered == ["Abc", "艾庄", "庵里", "安庄", "昂村", "张家", "章家", "2组", "12组", "Жук"]


def test_readings_are_understood_as_people_write_them() -> None:
    for written in ("Cháng Shān", "chang  shan", "CHANG SHAN"):
        assert syllables(written) == ("chang", "shan")
    assert syllables("lǜ huà") == syllables("lü hua") == ("lv", "hua")
    for wrong in ("长山", "chang2 shan", "chang-shan"):
        with pytest.raises(Fault):
            syllables(wrong)


def test_figures_of_several_numbers_are_no_part_of_a_reading() -> None:
    found = READER.of("第10组")
    assert (letters(found), initials(found)) == ("di10zu", "d1z")
    found = READER.of("村13 80-0138 000")
    assert letters(found) == "cun"
