"""A feature of the shape that newspapers print of a team's diary; everybody in it is invented."""

from __future__ import annotations

import io

import docx
from PIL import Image

TITLE = "省派工作组：一本驻村日志"
CAPTIONS = ("图为工作组与村干部座谈", "图为工作组在车间", "图为工作组送政策上门")
DAYS = (
    "3月5日—6日 报到对接，开始工作",
    "3月7日—9日 进企业、进村居",
    "3月13日 与园区座谈",
    "3月16日 参加开工仪式",
    "3月17日 送政策、慰问困难户",
)
LINES = (
    "某某网",
    TITLE,
    "2020-03-23 某某网",
    "按照统一安排，工作组于3月5日下午到了驻地，随后开了十几个座谈会。大家说，要把账记细，把事办实。",
    DAYS[0],
    "3月5日下午，工作组坐车到了驻地，当天就去报到。",
    "3月6日，工作组全面开始工作。上午，去了红星村。",
    CAPTIONS[0],
    CAPTIONS[0],
    "这次会上定下了分工。",
    DAYS[1],
    "3月7日上午，工作组到泰达新材看车间，也听难处。",
    CAPTIONS[1],
    CAPTIONS[1],
    "3月9日下午，再到红星村现场办公。",
    DAYS[2],
    "园区负责人到驻地来，说原料断了，急需帮助。",
    DAYS[3],
    "工作组参加了开工仪式。* 5. 不是列表，2020. 也不。",
    DAYS[4],
    "工作组把政策汇编送到企业。",
    CAPTIONS[2],
    CAPTIONS[2],
    "随后去看望困难群众李秀芬，她家里有人患重病，送去米面油。",
    "工作还在继续，日志还要写下去……",
)
TEXT = "\n\n".join(LINES) + "\n"
PRIVATE = "李秀芬"
SPANS = ("2020-03-05/2020-03-06", "2020-03-07/2020-03-09", "2020-03-13", "2020-03-16", "2020-03-17")


def forms() -> dict[str, bytes]:
    """The feature as files of all kinds, by name. Where there are pictures, each stands above its caption."""
    said = "".join(f"<p><span>{line}</span></p>" for line in LINES)
    page = f"<!doctype html><title>{TITLE}</title><body>{said}"
    return {
        "txt": TEXT.encode(),
        "gb.txt": TEXT.encode("gb18030"),
        "html": page.encode(),
        "gb.html": page.replace("<title>", "<meta charset=gb18030><title>").encode("gb18030"),
        "wechat.html": _wechat().encode(),
        "docx": _word(),
    }


def _wechat() -> str:
    picture = "<section><img data-src='https://pictures.example/{}'></section>"
    lines = (f"{picture.format(n) if line in CAPTIONS else ''}<section>{line}</section>" for n, line in _once())
    return (
        f"<h1 id='activity-name'>{TITLE}</h1><em id='publish_time'>2020-03-23</em>"
        f"<div id='js_content' style='visibility: hidden'>{''.join(lines)}</div>"
    )


def _word() -> bytes:
    document, picture, out = docx.Document(), io.BytesIO(), io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "JPEG")
    for _, line in _once():
        if line in CAPTIONS:
            document.add_picture(picture)
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def _once() -> list[tuple[int, str]]:
    """The lines without captions that stand twice."""
    return list(enumerate(dict.fromkeys(LINES)))


YEARLESS = "3月12日 星期二 晴\n\n去了红星村。\n\n3月14日 星期四 雨\n\n开会。\n"
"""Days of another diary, which say no year."""
