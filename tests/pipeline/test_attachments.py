"""What is handed out is looked through: names of files, and the text of files that office programs write."""

from __future__ import annotations

import base64
import binascii
import random
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.office_files import compound, flate, hexed, package, pdf, powerpoint, record, word
from tests.office_libraries import numbers_in_excel, written
from tests.pipeline.test_leaks import ALIAS, IDENTITY, NAME, PEOPLE
from tests.render.privacy.planted import card
from tests.space import PNG, Ran, SiteSpace

CARD = card("622202000000000")
MOBILE = "13800001234"
PEOPLE_DATA = {"name": NAME, "mobile": MOBILE, "identity": IDENTITY, "card": CARD}
BROKEN = bytes(range(256)) * 40


def listed(names: str) -> list[str]:
    return names.split()


# ECMA-376-1, 17.3.2.28: what a run of Word may have as its properties (EG_RPrBase), each with a value of its kind.
RUN_PROPERTIES = listed("""
    rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish
    webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang
    eastAsianLayout specVanish oMath ins del moveFrom moveTo rPrChange
""")
# 21.1.2.3.9: the same for a run of PowerPoint, and 18.4.7 for one of Excel.
SLIDE_PROPERTIES = listed("""
    ln noFill solidFill gradFill blipFill pattFill grpFill effectLst effectDag highlight uLnTx uLn uFillTx uFill
    latin ea cs sym hlinkClick hlinkMouseOver rtl extLst
""")
SHEET_PROPERTIES = listed("""
    rFont charset family b i strike outline shadow condense extend color sz u vertAlign scheme
""")
# What may stand between two runs, or around one (EG_RunLevelElements, EG_RangeMarkupElements and their neighbours).
BETWEEN = listed("""
    proofErr permStart permEnd bookmarkStart bookmarkEnd moveFromRangeStart moveFromRangeEnd moveToRangeStart
    moveToRangeEnd commentRangeStart commentRangeEnd customXmlInsRangeStart customXmlInsRangeEnd
    customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveToRangeStart
""")
AROUND = listed("""
    customXml smartTag sdt sdtContent dir bdo ins moveTo hyperlink fldSimple subDoc
""")
IN_ODF = listed("""
    bookmark bookmark-start bookmark-end change change-start change-end soft-page-break reference-mark
    reference-mark-start toc-mark alphabetical-index-mark-start user-index-mark
""")
AROUND_IN_ODF = listed("""
    span a meta ruby-base meta-field bookmark-ref placeholder
""")


def site_with(folder: Path, files: Mapping[str, bytes]) -> SiteSpace:
    """A site that hands out these files."""
    space = SiteSpace.of(folder, "")
    space.write("content/people.yaml", PEOPLE)
    for name, body in files.items():
        space.write(f"content/entries/{name}", body)
    space.entry("a", body="".join(f"[附件](<{name}>)\n\n" for name in files))
    return space


def problems_of(ran: Ran, names: Iterable[str]) -> dict[str, list[str]]:
    """By file, what is said of it."""
    return {
        name: [line.partition(": ")[2] for line in ran.problems if line.startswith(f"content/entries/{name}: ")]
        for name in names
    }


def missed(folder: Path, files: Mapping[str, bytes], *, unread: bool = False) -> list[str]:
    """The files in which nothing private is found; with ``unread``, those of which nothing is said."""
    space = site_with(folder, files)
    ran = space.fails()
    assert space.tree() == {}
    found = problems_of(ran, files)
    return [name for name, said in found.items() if not any(unread or "warning" not in one for one in said)]


@pytest.mark.parametrize(
    ("name", "body", "shown"),
    [
        (f"{NAME}.pdf", b"x", "〈hidden〉.pdf"),
        ("13800001234.png", PNG, "138****1234.png"),
        (f"{ALIAS}.csv", b"x", "〈hidden〉.csv"),
    ],
)
def test_names_of_files_are_looked_at(tmp_path: Path, name: str, body: bytes, shown: str) -> None:
    space = site_with(tmp_path, {name: body})
    told = {one.split(": ")[0] for one in space.fails().problems}
    assert told == {"content/entries/a.md:5:7", f"content/entries/{shown}"}


def office(text: str) -> bytes:
    """A Word file that says a text, cut into runs."""
    runs = "".join(f"<w:r><w:t>{char}</w:t></w:r>" for char in text)
    return package({"word/document.xml": f"<w:document><w:p>{runs}</w:p></w:document>"})


def with_deleted(archive: bytes, body: bytes) -> bytes:
    """An archive with bytes between its files and its directory, as programs leave them that delete in place."""
    at, end = archive.index(b"PK\x01\x02"), archive.index(b"PK\x05\x06")
    moved = bytearray(archive[:at] + body + archive[at:])
    struct.pack_into("<I", moved, end + len(body) + 16, at + len(body))
    return bytes(moved)


def in_document(xml: str) -> bytes:
    return package({"word/document.xml": f"<w:document><w:p>{xml}</w:p></w:document>"})


def mime(encoding: str, body: bytes) -> bytes:
    """A web page as browsers and Word save it in one file, encoded."""
    header = 'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="==x"\r\n\r\n--==x\r\n'
    part = f"Content-Transfer-Encoding: {encoding}\r\nContent-Type: text/html\r\n\r\n"
    return (header + part).encode() + body + b"\r\n--==x--\r\n"


PLAIN: dict[str, bytes] = {
    "utf-8.txt": f"见{NAME}".encode(),
    "gbk.txt": f"见{NAME}".encode("gb18030"),
    "mark.csv": f"姓名,电话\n{NAME},1\n".encode("utf-8-sig"),
    "utf-16.txt": f"见{NAME}".encode("utf-16"),
    "utf-16-be.txt": f"见{NAME}".encode("utf-16-be"),
    "big5.txt": "見張三丰".encode("big5"),
    "text.docx": f"其实是文本，见{NAME}".encode(),
    "junk.docx": b"PK\x03\x04junk" + f"见{NAME}".encode("gb18030"),
    "table.xls": f"<html><table><tr><td>姓名<td>{NAME}</table>".encode("gb18030"),
    "cells.xls": "<table><tr><td>姓名</td><td>张</td><td>三丰</td></tr></table>".encode(),
    "tsv.xls": f"姓名\t电话\n李四\t{MOBILE}\n".encode("gb18030"),
    "xml.xls": b'<?xml version="1.0"?><Workbook><Row><Cell><Data>'
    + MOBILE.encode()
    + b"</Data></Cell></Row></Workbook>",
    "rich.wps": b"{\\rtf1 138{\\b 0000}1234\\par}",
    "unicode.doc": rb"{\rtf1\ansi\u35265 ?\u24352 ?\u19977 ?{\b\u20016 ?}\par}",
    "twice.doc": rb"{\rtf1\ansi\uc2\u24352\'d5\'c5{\b\uc2\u19977\'c8\'fd}\'b7\'e1\par}",
    "octets.doc": b"{\\rtf1 " + b"".join(b"\\'%02x" % byte for byte in NAME.encode("gb18030")) + b"}",
    "header.doc": b"{\\rtf1{\\header " + MOBILE.encode() + b"}{\\*\\unknown x}}",
    "wide.doc": b"\xd0\xcf\x11\xe0" + f"见{NAME}".encode("utf-16-le"),
    "odd.wps": b"\xd0" + f"见{NAME}".encode("utf-16-le"),
    "renamed.doc": office(f"见{NAME}"),
    "renamed.pdf": office(f"电话{MOBILE}"),
    "quoted.doc": mime("quoted-printable", binascii.b2a_qp(f"<p>走访张<b>三</b>丰家{'，问好' * 40}".encode())),
    "quoted-gbk.doc": mime("quoted-printable", binascii.b2a_qp(f"<p>见{NAME}".encode("gb18030"))),
    "base64.doc": mime("base64", base64.encodebytes(f"{'好' * 90}见{NAME}".encode())),
    "message.txt": mime("base64", base64.encodebytes(office(f"电话{MOBILE}"))),
    "subject.txt": f"Subject: =?gb2312?B?{base64.b64encode(NAME.encode('gb18030')).decode()}?=\r\n\r\nx".encode(),
    "sender.txt": b"From: =?utf-8?Q?=E5=BC=A0=E4=B8=89?=\r\n =?utf-8?Q?=E4=B8=B0?= <a@b.c>\r\n\r\nx",
    "contact.txt": b"BEGIN:VCARD\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0=E4=B8=89=\r\n=E4=B8=B0\r\n",
}
PACKED: dict[str, bytes] = {
    "runs.docx": office(f"见{NAME}"),
    "runs.xlsx": office(f"电话{MOBILE}"),
    "tab.docx": in_document(f"<w:r><w:t>{MOBILE}</w:t><w:tab/><w:t>100</w:t></w:r>"),
    "break.docx": in_document(f"<w:t>{MOBILE}</w:t><w:br/><w:t>2020年</w:t>"),
    "within.docx": in_document("<w:t>138</w:t><w:br/><w:t>00001234</w:t>"),
    "hyphen.docx": in_document("<w:t>138</w:t><w:softHyphen/><w:t>00001234</w:t>"),
    "hyphens.docx": in_document("<w:t>138</w:t><w:noBreakHyphen/><w:t>0000-1234</w:t>"),
    "cells.docx": in_document(
        "<w:tc><w:tcPr/><w:p><w:t>张</w:t></w:p></w:tc>\n<w:tc><w:p><w:t>三</w:t></w:p></w:tc><w:tc><w:p><w:t>丰</w:t></w:p></w:tc>"
    ),
    "author.docx": package({"word/comments.xml": f'<w:comment w:author="{NAME}"/>'}),
    "note.docx": in_document(
        "<w:t>张</w:t><w:r><w:drawing><wp:docPr descr='图'/><w:txbxContent><w:p><w:t>框</w:t></w:p></w:txbxContent>"
        "</w:drawing></w:r><w:t>三丰</w:t>"
    ),
    "field.docx": in_document(
        '<w:t>张</w:t><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK x</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>三</w:t><w:fldChar w:fldCharType="end"/><w:t>丰</w:t>'
    ),
    "instruction.docx": in_document(
        '<w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK mailto:some</w:instrText><w:r>'
        '<w:instrText>one@example.net</w:instrText></w:r><w:fldChar w:fldCharType="end"/>'
    ),
    "deleted.docx": in_document("<w:t>张</w:t><w:del><w:delText>某</w:delText></w:del><w:t>三丰</w:t>"),
    "partly.docx": in_document("<w:del><w:delText>张三</w:delText></w:del><w:t>丰</w:t>"),
    "ruby.docx": in_document(
        "<w:ruby><w:rt><w:t>zhang</w:t></w:rt><w:rubyBase><w:t>张</w:t></w:rubyBase></w:ruby><w:t>三丰</w:t>"
    ),
    "alt.docx": in_document(f'<wp:docPr id="1" descr="{NAME}的照片"/>'),
    "properties.docx": package({"docProps/core.xml": f"<cp:x><dc:creator>{NAME}</dc:creator></cp:x>"}),
    "rels.docx": package({"word/_rels/x.rels": '<R Target="mailto:someone@example.net"/>'}),
    "strings.xlsx": package({"xl/sharedStrings.xml": f"<si><t>{MOBILE}</t></si><si><t>13900001234</t></si>"}),
    "number.xlsx": package({"xl/worksheets/sheet1.xml": f"<c><v>{MOBILE}</v></c><c><v>3</v></c>"}),
    "exponent.xlsx": package({"xl/worksheets/sheet1.xml": '<c r="A1"><v>1.3800001234E10</v></c>'}),
    "name.xlsx": package({"xl/workbook.xml": f'<sheet name="{NAME}"/>'}),
    "header.xlsx": package(
        {"xl/worksheets/sheet1.xml": "<oddHeader>&amp;L张&amp;&quot;-,加粗&quot;三&amp;12丰</oddHeader>"}
    ),
    "cells.xlsx": package(
        {
            "xl/worksheets/sheet1.xml": '<row><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><f>A2</f><v>0</v></c></row>',
            "xl/sharedStrings.xml": "<sst><si><t>三丰</t></si><si><r><t>张</t></r><rPh><t>zhang</t></rPh></si></sst>",
        }
    ),
    "escaped.xlsx": package({"xl/sharedStrings.xml": "<si><t>_x5F20_三_x4E30_</t></si>"}),
    "lines.odt": package({"content.xml": f"<text:p>{MOBILE}</text:p><text:p>13900001234</text:p>"}),
    "page.ofd": package(
        {
            "Doc_0/Page.xml": "<ofd:TextObject><ofd:TextCode>张三</ofd:TextCode></ofd:TextObject>"
            "<ofd:TextObject><ofd:TextCode>丰</ofd:TextCode></ofd:TextObject>"
        }
    ),
    "list.zip": package({"名单.csv": f"姓名\n{NAME}\n"}),
    "inner.zip": package({"内.docx": office(f"见{NAME}")}),
    "third.zip": package({"a.zip": package({"b.zip": package({"c.bin": MOBILE})})}),
    "names.zip": package({"xxxxxx.txt": "y"}).replace(b"xxxxxx", NAME.encode("gb18030")),
    "no-ending.zip": package({"readme": f"见{NAME}"}),
    "unread-ending.zip": package({"x.vcf": f"TEL:{MOBILE}", "y.png": PNG}),
    "wrong-ending.zip": package({"x.png": f"见{NAME}"}),
    "comment.zip": package({"x": "y"}, comment=NAME.encode("gb18030")),
    "behind.docx": office("无") + f"见{NAME}".encode(),
    "deleted.zip": with_deleted(package({"x": "y"}), f"电话{MOBILE}".encode()),
}


def test_plain_texts_are_looked_through_under_any_name(tmp_path: Path) -> None:
    assert missed(tmp_path, PLAIN) == []


def test_packages_are_looked_through(tmp_path: Path) -> None:
    assert missed(tmp_path, PACKED) == []


def test_no_property_of_a_run_hides_what_it_cuts(tmp_path: Path) -> None:
    files = {}
    secrets = [NAME, MOBILE, CARD]
    for number, one in enumerate(RUN_PROPERTIES):
        secret = secrets[number % 3]
        properties = f'<w:rPr><w:{one} w:val="1" w:id="-1547524608"/></w:rPr>'
        runs = "".join(f"<w:r>{properties}<w:t>{char}</w:t></w:r>" for char in secret)
        files[f"run-{one}.docx"] = in_document(runs)
    for number, one in enumerate([*BETWEEN, *AROUND]):
        a, b = secrets[number % 3][:2], secrets[number % 3][2:]
        tag = f"<w:{one} w:id='1'/>" if one in BETWEEN else ""
        around = ("", "") if tag else (f"<w:{one} w:id='1'>", f"</w:{one}>")
        files[f"between-{one}.docx"] = in_document(
            f"<w:r><w:t>{a}</w:t></w:r>{tag}{around[0]}<w:r><w:t>{b}</w:t></w:r>{around[1]}"
        )
    for number, one in enumerate(SLIDE_PROPERTIES):
        runs = "".join(f"<a:r><a:rPr><a:{one}/></a:rPr><a:t>{char}</a:t></a:r>" for char in secrets[number % 3])
        files[f"slide-{one}.pptx"] = package({"ppt/slides/slide1.xml": f"<p:sld><a:p>{runs}</a:p></p:sld>"})
    for number, one in enumerate(SHEET_PROPERTIES):
        runs = "".join(f'<r><rPr><{one} val="1"/></rPr><t>{char}</t></r>' for char in secrets[number % 3])
        files[f"sheet-{one}.xlsx"] = package({"xl/sharedStrings.xml": f"<sst><si>{runs}</si></sst>"})
    for number, one in enumerate([*IN_ODF, *AROUND_IN_ODF]):
        a, b = secrets[number % 3][:2], secrets[number % 3][2:]
        cut = f"<text:{one}/>{b}" if one in IN_ODF else f"<text:{one}>{b}</text:{one}>"
        files[f"odf-{one}.odt"] = package({"content.xml": f"<office:text><text:p>{a}{cut}</text:p></office:text>"})
    assert missed(tmp_path, files) == []


def test_what_libraries_write_is_looked_through(tmp_path: Path) -> None:
    assert missed(tmp_path, dict(written(PEOPLE_DATA, ["张", "三丰"]))) == []


def test_binary_documents_are_looked_through(tmp_path: Path) -> None:
    files = {}
    for kind, secret in PEOPLE_DATA.items():
        files[f"{kind}.doc"] = word([(f"见{secret[:2]}", False), (secret[2:], secret.isascii()), ("\r", True)])
        files[f"{kind}-field.wps"] = word([(f'{secret[0]}\x13 HYPERLINK "x" \x14{secret[1]}\x15{secret[2:]}\r', False)])
        files[f"{kind}-summary.doc"] = word(
            [("x\r", True)], SummaryInformation=b"\0\x0c\0\0\0" + secret.encode("gb18030") + b"\0"
        )
        files[f"{kind}.ppt"] = powerpoint(["甲", secret, "乙"])
        files[f"{kind}-description.dps"] = powerpoint(
            ["甲"], more=record(0xF00B, b"\x01" + secret.encode("utf-16-le") + b"\0\0")
        )
        files[f"{kind}-embedded.doc"] = compound(
            {"ObjectPool/Package": package({"word/document.xml": f"<w:t>{secret}</w:t>"})}
        )
        files[f"{kind}-native.doc"] = compound(
            {"ObjectPool/\x01Ole10Native": b"\x10\0\0\0\2\0a.zip\0" + package({"a": secret})}
        )
        files[f"{kind}-other.et"] = compound({"unknown": bytes(70) + secret.encode("utf-16-le") + bytes(5000)})
        files[f"{kind}-old.doc"] = compound({"WordDocument": b"\xec\xa5\x68\0" + bytes(800) + secret.encode("gb18030")})
    files["cells.doc"] = word([("张\x07三丰\x07\x07", False)])
    files["inner.docx"] = package({"word/embeddings/x.bin": word([(NAME, False)])})
    assert missed(tmp_path, files) == []


def shown(*texts: str, between: bytes = b"") -> bytes:
    """What a page does to show texts in one line."""
    return b"BT /F 12 Tf 50 700 Td " + between.join(hexed(text) + b" Tj " for text in texts) + b"ET"


def test_pdf_files_are_looked_through(tmp_path: Path) -> None:
    files: dict[str, bytes] = {}
    for kind, secret in PEOPLE_DATA.items():
        a, b = secret[:2], secret[2:]
        step = b"%d 0 Td " % ((12 if kind == "name" else 6) * len(a))
        kerned = b"BT /F 12 Tf [" + hexed(a) + b" -60 " + hexed(b) + b"] TJ ET"
        wide = b"BT /F 12 Tf [" + b" -600 ".join(map(hexed, secret)) + b"] TJ ET"
        again = b"ET BT /F 12 Tf 1 0 0 1 %d 700 Tm " % (50 + (12 if kind == "name" else 6) * len(a))
        packed = b"8 0 9 12 << /Note 1 >>  << /V " + hexed("\ufeff" + secret) + b" >>"
        files |= {
            f"{kind}.pdf": pdf(shown(secret)),
            f"{kind}-moved.pdf": pdf(shown(a, b, between=step)),
            f"{kind}-again.pdf": pdf(shown(a, b, between=again)),
            f"{kind}-kerned.pdf": pdf(kerned),
            f"{kind}-wide.pdf": pdf(wide),
            f"{kind}-form.pdf": pdf(
                shown("页"), objects={8: flate(shown(secret), b"/Subtype /Form /Resources << /Font << /F 5 0 R >> >>")}
            ),
            f"{kind}-title.pdf": pdf(shown("页"), objects={8: b"<< /Title " + hexed("\ufeff" + secret) + b" >>"}),
            f"{kind}-packed.pdf": pdf(shown("页"), objects={10: flate(packed, b"/Type /ObjStm /N 2 /First 9")}),
            f"{kind}-embedded.pdf": pdf(shown("页"), objects={8: flate(secret.encode(), b"/Type /EmbeddedFile")}),
            f"{kind}-description.pdf": pdf(
                shown("页"), objects={8: b"<< /Type /Metadata >>\nstream\n<x>" + secret.encode() + b"</x>\nendstream"}
            ),
            f"{kind}-earlier.pdf": pdf(shown(secret)).replace(
                b"trailer", b"4 0 obj\n" + flate(shown("页")) + b"\nendobj\ntrailer"
            ),
            f"{kind}-shifted.doc": pdf(shown(secret), head=b"% x\n"),
        }
        if secret.isascii():
            files[f"{kind}-plain.pdf"] = pdf(b"BT /G 9 Tf (" + secret.encode() + b") Tj ET", fonts=b"/G 7 0 R")
    assert missed(tmp_path, files) == []


QUIET: dict[str, bytes] = {
    "font.docx": package({"word/fonts/a.ttf": b"\0\1\0\0" + bytes(60) + b"drawn by someone@example.net" + bytes(5000)}),
    "two-cells.xlsx": package({"xl/worksheets/sheet1.xml": "<c><v>138</v></c><c><v>00001234</v></c>"}),
    "anchor.xlsx": package(
        {"xl/drawings/d.xml": "<xdr:col>1</xdr:col><xdr:colOff>380000</xdr:colOff><xdr:row>1234</xdr:row>"}
    ),
    "counts.docx": package({"docProps/app.xml": "<x><Pages>138</Pages><Words>0000</Words><Lines>1234</Lines></x>"}),
    "bad-name.docx": office("x").replace(b"word", b"w\xffrd"),
    "picture.docx": package(
        {"word/media/a.png": PNG, "word/media/b.jpeg": b"\xff\xd8\xff" + random.Random(1).randbytes(9000)}
    ),
    "film.mp4": b"\0\0\0\x18ftypmp42" + random.Random(2).randbytes(9000),
    "pictures.ppt": compound({"PowerPoint Document": record(1000, b""), "Pictures": random.Random(3).randbytes(90000)}),
    "noise.doc": compound({"WordDocument": b"\xec\xa5\x68\0" + bytes(900), "Data": random.Random(4).randbytes(900000)}),
    "empty.txt": b"",
    "columns.pdf": pdf(shown("138", "00001234", between=b"60 0 Td ")),
    "numbers.xls": numbers_in_excel(0.5, 138, 1234.0),
}


def test_what_holds_nothing_passes(tmp_path: Path) -> None:
    assert site_with(tmp_path, QUIET).build().err == ""
