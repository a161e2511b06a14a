"""The words that fields may hold, in English and in Chinese, and Chinese names of fields.

Files are stored with the English words. Chinese ones are accepted where their meaning is plain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "draft": "草稿", "review": "待审", "published": "发布",
    "am": "上午", "pm": "下午", "evening": "晚上",
    "raised": "提出", "reported": "已上报", "coordinating": "协调中", "resolved": "办结", "closed": "终止",
    "official": "公职人员", "representative": "单位代表", "private": "普通群众",
    "entries": "篇数", "days": "天数", "targets": "服务对象",
    "state": "国家", "province": "省", "city": "市", "county": "县", "township": "乡镇",
}  # fmt: skip
"""The Chinese of each word."""

_SYNONYMS: Final[Mapping[str, str]] = {
    "已发布": "published", "公开": "published", "待审核": "review", "审核中": "review",
    "早上": "am", "傍晚": "evening", "夜间": "evening",
    "上报": "reported", "协调": "coordinating", "已办结": "resolved", "解决": "resolved", "已解决": "resolved",
    "已终止": "closed",
    "干部": "official", "公务员": "official", "代表": "representative", "群众": "private", "个人": "private",
    "中央": "state", "国家级": "state", "省级": "province", "市级": "city", "县级": "county", "区": "county",
    "区级": "county", "乡": "township", "镇": "township", "街道": "township", "乡级": "township",
}  # fmt: skip

ENGLISH: Final[Mapping[str, str]] = {**{chinese: word for word, chinese in WORDS.items()}, **_SYNONYMS}
"""The word that each Chinese one stands for."""

CHINESE_KEYS: Final[Mapping[str, str]] = {
    "标题": "title", "题目": "title", "日期": "date", "时间": "date", "标签": "tags", "地点": "place",
    "天气": "weather", "摘要": "summary", "作者": "authors", "状态": "status", "服务对象": "targets",
    "对象": "targets", "封面": "cover", "题图": "cover", "计数": "counts", "诉求": "requests", "政策": "policies",
    "更正": "corrections", "语言": "language", "名称": "name", "名字": "name", "姓名": "name", "类别": "kind",
    "类型": "kind", "简称": "short_name", "别名": "aliases", "化名": "pseudonym", "上级": "parent", "拼音": "pinyin",
    "读音": "pinyin", "大事": "major", "大事记": "headline", "共有": "shared",
    "网址": "base_url", "单位": "organization", "菜单": "menu", "联系方式": "contact", "备案号": "icp",
    "公安备案": "police", "接替": "successor", "二维码": "qr", "说明": "description", "简介": "description",
}  # fmt: skip
"""Names of fields that Chinese writers may use, with the right names, for the hints."""

_ONES = ("", *"一二三四五六七八九")
_TENS = ("", "十", *(f"{digit}十" for digit in _ONES[2:]))
CHINESE_NUMBERS: Final[Mapping[str, int]] = {
    **{f"{tens}{ones}": 10 * ten + one for ten, tens in enumerate(_TENS) for one, ones in enumerate(_ONES)},
    "零": 0,
    "〇": 0,
    "两": 2,
}
"""Numbers up to 99, as they are written in words."""
