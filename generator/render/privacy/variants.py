"""Variants of characters, by which a name is found in any: simplified and traditional, and letters with marks.

The table of Chinese ones holds those that are common in names; it is no converter.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Final

from generator.ground.pinyin import without_marks

_PAIRS: Final = (
    "张張刘劉陈陳杨楊赵趙黄黃吴吳孙孫马馬罗羅郑鄭谢謝韩韓冯馮邓鄧许許萧蕭肖蕭苏蘇吕呂贾賈叶葉余餘钟鍾钟鐘谭譚陆陸范範贺賀龚龔庞龐颜顏庄莊严嚴华華卢盧谷穀钱錢汤湯温溫涂塗齐齊阎閻阎闫鲁魯韦韋顾顧龙龍万萬兰蘭邹鄒骆駱"
    "岳嶽鲍鮑单單宁寧关關蒋蔣沈瀋聂聶窦竇阚闞邬鄔钮鈕乔喬蓝藍洁潔丽麗红紅艳艷国國军軍伟偉强強杰傑涛濤飞飛凤鳳兴興义義礼禮仪儀宝寶贵貴财財发發荣榮庆慶寿壽学學书書实實业業东東云雲风風电電门門车車长長开開来來时時阳陽"
    "阴陰随隨邻鄰锋鋒钢鋼铁鐵锦錦铭銘钧鈞锐銳镇鎮银銀铜銅鉴鑒鉴鑑亚亞仓倉仑侖传傳伦倫优優会會众眾众衆农農冲衝刚剛创創剑劍则則劲勁动動励勵劳勞势勢协協参參双雙变變启啟启啓员員响響唤喚园園围圍图圖圆圓场場坚堅块塊垒壘"
    "声聲处處备備复復够夠头頭夺奪奋奮妇婦娇嬌娅婭娴嫻婵嬋孪孿宪憲宫宮宾賓对對导導将將尔爾尧堯尽盡层層属屬屿嶼岁歲岛島岚嵐峡峽峥崢师師带帶帅帥帜幟广廣应應庐廬库庫异異弥彌录錄归歸征徵德悳忆憶怀懷态態怜憐总總恋戀恒恆"
    "恳懇悦悅惊驚愿願戏戲战戰户戶扬揚执執护護报報择擇挚摯挥揮损損换換据據摇搖撑撐数數断斷无無旷曠昙曇显顯晋晉晓曉晔曄晖暉暂暫术術机機权權条條松鬆极極构構枢樞枣棗柠檸标標栋棟栏欄树樹样樣桥橋桦樺桢楨梦夢检檢楼樓榄欖"
    "欢歡欧歐毕畢气氣汇匯汉漢沟溝沪滬泪淚泽澤浅淺浆漿测測济濟浏瀏浓濃润潤涧澗渊淵渔漁湾灣湿濕满滿滨濱潇瀟灵靈灿燦炜煒炼煉烁爍烨燁焕煥爱愛牵牽犹猶独獨狮獅玛瑪环環现現玺璽珑瓏琼瓊瑶瑤瑷璦画畫畅暢疗療皑皚监監盖蓋盘盤"
    "睿叡矿礦码碼确確祯禎种種积積称稱稳穩穷窮竖豎竞競笔筆筑築简簡粮糧紧緊纪紀约約纯純纲綱纳納纵縱纷紛纸紙纹紋线線练練组組细細织織终終绍紹经經结結绘繪给給绚絢络絡绝絕统統绢絹继繼绪緒续續绮綺维維绵綿绿綠缘緣缨纓羡羨"
    "翘翹耀燿联聯聪聰肃肅肤膚胜勝脉脈脑腦腾騰舰艦节節芦蘆芸蕓苍蒼荆荊荫蔭药藥莲蓮莹瑩获獲萝蘿萤螢营營蔼藹蕴蘊虑慮虽雖蚁蟻蛮蠻补補装裝见見观觀规規觉覺览覽计計认認训訓议議记記讲講论論设設访訪证證识識诉訴词詞译譯诗詩"
    "诚誠话話询詢详詳语語误誤说說请請诸諸诺諾谊誼谋謀谐諧谦謙谨謹谱譜贝貝贞貞负負贡貢责責贤賢败敗质質贯貫贸貿费費贻貽资資赋賦赏賞赐賜赖賴赛賽赞贊赞讚赠贈赢贏轩軒轮輪软軟轶軼载載辅輔辉輝辉煇辑輯达達迁遷过過运運还還"
    "进進远遠连連迟遲选選逊遜递遞逻邏遗遺郸鄲酝醞释釋里裏里裡针針钊釗钦欽钰鈺铃鈴铎鐸铮錚链鏈销銷锁鎖锡錫键鍵镜鏡闪閃闯闖闲閒闲閑间間闵閔闻聞阁閣阅閱队隊际際陕陝险險雾霧霁霽静靜韧韌韵韻顶頂项項顺順须須颂頌预預领領"
    "颖穎颖頴频頻题題额額飘飄饶饒驰馳驹駒驻駐驾駕骁驍骄驕骅驊骏駿骑騎骥驥鱼魚鲜鮮鲤鯉鲲鯤鸟鳥鸣鳴鸥鷗鸽鴿鸿鴻鹃鵑鹄鵠鹅鵝鹏鵬鹤鶴鹰鷹麦麥黾黽齿齒龄齡龟龜向嚮后後姜薑干幹干乾系係丑醜斗鬥面麵台臺台檯朴樸朱硃胡鬍曲麯"
    "群羣峰峯泛汎村邨升昇升陞志誌注註游遊灶竈为爲为為乐樂习習乡鄉买買仅僅从從价價伞傘体體佣傭侠俠侣侶侨僑俩倆俭儉债債倾傾偿償储儲儿兒党黨内內冈岡册冊写寫冰氷凯凱击擊勋勳勋勛匀勻区區医醫卫衛厅廳历歷厉厲县縣叁參"
    "号號叹嘆吓嚇听聽呜嗚丰豐采採灯燈适適玮瑋琏璉旸暘锴鍇镕鎔铠鎧铄鑠锟錕骞騫鸾鸞鹂鸝韬韜颢顥颐頤赟贇谕諭谌諶绶綬绅紳绎繹缤繽缙縉缜縝纶綸纾紓涟漣滢瀅沣灃泸瀘浚濬焘燾璎瓔"
    "砺礪祎禕笃篤筝箏"
    "占佔周週余馀苏甦珍珎栖棲岩巖凉涼荐薦咏詠梅楳棱稜于於迹跡席蓆坛壇布佈准準决決净淨床牀岭嶺舍捨郁鬱御禦咨諮暖煖厘釐雁鴈咸鹹弦絃烟煙彩綵耕畊棋碁皋皐修脩仙僊昆崑仑崙嵩崧涌湧熏薰欣忻厦廈坤堃娘孃巨鉅并並幸倖彦彥杯盃柏栢栾欒梁樑"
    "楠枏法灋洒灑溪谿潜潛澄澂熙熈琅瑯琴琹璇璿稚穉秘祕笋筍线綫胶膠荡蕩蕊蘂辟闢郎郞鸡雞鸡鷄哲喆秋秌娱娛教敎卫衞兑兌税稅查査曾曽真眞慎愼镇鎭产產颜顔青靑清淸横橫绩績荧熒莺鶯萦縈啬嗇穑穡蛎蠣侄姪婿壻蝉蟬禅禪阐闡裤褲潴瀦猪豬谏諫谒謁"
    "谧謐缴繳肾腎卷捲幺么麽么琐瑣嵘嶸荪蓀闽閩闾閭阑闌澜瀾阔闊颉頡颀頎颍潁颙顒顼頊饯餞馀餘骊驪鲂魴鹊鵲鹭鷺麟麐黉黌"
)


def _classes() -> dict[str, str]:
    groups: dict[str, frozenset[str]] = {}
    for one, other in zip(_PAIRS[::2], _PAIRS[1::2], strict=True):
        whole = groups.get(one, frozenset(one)) | groups.get(other, frozenset(other))
        groups |= dict.fromkeys(whole, whole)
    return {char: "".join(sorted(whole)) for char, whole in groups.items()}


_CLASSES: Final = _classes()


@functools.cache
def _marked() -> Mapping[str, str]:
    """Latin letters with marks, small and capital, by the letters that people write instead."""
    found: dict[str, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = without_marks(chr(code))
        if len(letter) == 1 and letter.isalpha():
            found[letter] = found.get(letter, letter) + chr(code)
    return found


def spellings(char: str) -> str:
    """The character and its variants."""
    if char.isascii():
        return _marked().get(char, char) if char.isalpha() else char
    if char in _CLASSES:
        return _CLASSES[char]
    return _marked().get(without_marks(char), char)


def pattern_of(char: str) -> str:
    """The pattern of a character in any of its spellings."""
    same = spellings(char)
    return re.escape(char) if len(same) == 1 else f"[{same}]"
