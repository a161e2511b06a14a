"""What WeChat writes around an article, and what stands at the end of one that was copied out of it."""

from __future__ import annotations

import re
from typing import Final

from generator.ground.messages import say

AROUND_WECHAT: Final = say("what WeChat shows around an article")
_LONGEST: Final = 60
_NUMBER: Final = r"[\d.]+万?\+?"
_WORDS: Final = re.compile(
    rf"(?:(?:阅读原文|轻[点触]阅读原文|阅读|在看|点赞|点在看|赞|分享|收藏|写留言|留言|转发|喜欢|推荐)(?:{_NUMBER})?[·|/，、]*)+"
)
_SURE: Final = re.compile(rf"{_NUMBER}|原文|在看")
_PHRASES: Final = re.compile(
    r"(?:微信扫一扫|长按(?:识别)?[上下]?方?二维码|扫码)[^，。]{0,10}(?:关注该?公众号|使用小程序)|预览时标签不可点|(?:继续|向上)滑动看下一个"
    r"|(?:收录于)?(?:合集|话题)#[^，。]{1,20}|点击上方蓝字关注我们"
)


def is_wechat(line: str) -> bool:
    """Whether a line is WeChat's own, as it comes along when an article is copied: 阅读 1024, 在看 10."""
    if len(line) > _LONGEST:
        return False
    line = "".join(line.split())
    return bool(_PHRASES.fullmatch(line) or (_WORDS.fullmatch(line) and _SURE.search(line)))
