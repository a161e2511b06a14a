"""What no reader of an attachment sees is looked through: comments, former versions, what is written into pictures."""

from __future__ import annotations

import gzip
import io
import random
import zlib
from base64 import b64encode
from pathlib import Path

from PIL import Image

from tests.office_files import compound, flate, hexed, package, pdf, record
from tests.pipeline.test_attachments import MOBILE, missed, shown
from tests.pipeline.test_leaks import NAME
from tests.read.painting import chunk
from tests.space import PNG


def jpeg(secret: bytes) -> bytes:
    """The beginning of a photograph with a comment."""
    out = io.BytesIO()
    Image.frombytes("RGB", (400, 300), random.Random(5).randbytes(360_000)).save(out, "JPEG", comment=secret)
    return out.getvalue()


def test_what_no_reader_of_pdf_shows_is_looked_through(tmp_path: Path) -> None:
    files: dict[str, bytes] = {}
    for kind, secret in {"name": NAME, "mobile": MOBILE}.items():
        raw, page = secret.encode(), pdf(shown("页"))
        author = b"8 0 obj << /Author " + hexed("\ufeff" + secret) + b" >> endobj\n"
        photo = jpeg(raw)
        escaped = b"".join(b"#%02x" % byte for byte in raw)
        octal = b"".join(b"\\%03o" % byte for byte in raw)
        stream = b"<< /Subtype /Image /Filter %b >>\nstream\n%b\nendstream"
        note = b"1 0 << /Author " + hexed("\ufeff" + secret) + b" >>"
        files |= {
            f"{kind}-behind.pdf": page + raw,
            f"{kind}-behind-gbk.pdf": page + secret.encode("gb18030"),
            f"{kind}-comment.pdf": pdf(shown("页"), head=b"% " + raw + b"\n"),
            f"{kind}-comment-within.pdf": pdf(shown("页"), objects={8: b"<< /A 1 % " + raw + b"\n >>"}),
            f"{kind}-comment-between.pdf": page.replace(b"endobj\n5", b"endobj % " + raw + b"\n5"),
            f"{kind}-comment-shown.pdf": pdf(b"% " + raw + b"\n" + shown("页")),
            f"{kind}-former.pdf": page.replace(b"trailer", author + b"trailer") + b"8 0 obj << /Author (x) >> endobj\n",
            f"{kind}-former-packed.pdf": pdf(
                shown("页"), objects={9: flate(b"1 0 (x)", b"/Type /ObjStm /N 1 /First 4"), 10: b"<< >>"}
            ).replace(b"10 0 obj", b"11 0 obj\n" + flate(note, b"/Type /ObjStm /N 1 /First 4") + b"\nendobj\n10 0 obj"),
            f"{kind}-name.pdf": pdf(shown("页"), objects={8: b"<< /A /" + escaped + b" >>"}),
            f"{kind}-key.pdf": pdf(shown("页"), objects={8: b"<< /" + escaped + b" 1 >>"}),
            f"{kind}-octal.pdf": pdf(shown("页"), objects={8: b"<< /A (" + octal + b") >>"}),
            f"{kind}-marked.pdf": pdf(b"/" + escaped + b" BMC " + shown("页") + b" EMC"),
            f"{kind}-unknown.pdf": pdf(b"(" + octal + b") x " + shown("页")),
            f"{kind}-trailer.pdf": page + b"trailer << /Title (" + octal + b") >>\n",
            f"{kind}-trailer-hex.pdf": page + b"trailer << /Title " + hexed("\ufeff" + secret) + b" >>\n",
            f"{kind}-script.pdf": pdf(shown("页"), objects={8: flate(b'app.alert("' + raw + b'")')}),
            f"{kind}-plain.pdf": pdf(shown("页"), objects={8: b"<< >>\nstream\nnote " + raw + b"\nendstream"}),
            f"{kind}-long.pdf": pdf(shown("页"), objects={8: b"<< /A (" + "好".encode() * 9000 + raw + b") >>"}),
            f"{kind}-base64.pdf": pdf(shown("页"), objects={8: flate(b64encode(raw), b"/Type /EmbeddedFile")}),
            f"{kind}-picture.pdf": pdf(shown("页"), objects={8: stream % (b"/DCTDecode", photo)}),
            f"{kind}-packed-picture.pdf": pdf(
                shown("页"), objects={8: stream % (b"[/FlateDecode /DCTDecode]", zlib.compress(photo))}
            ),
        }
    assert missed(tmp_path, files) == []


def test_what_is_written_into_pictures_sounds_and_films_is_found(tmp_path: Path) -> None:
    name, noise = NAME.encode(), random.Random(8).randbytes(140_000)
    png = PNG[:33] + chunk(b"tEXt", b"Author\0" + name) + PNG[33:] + bytes(5000)
    packed, long = zlib.compress(name), chunk(b"IDAT", noise)
    texts = {
        "packed": PNG[:33] + chunk(b"zTXt", b"Author\0\0" + packed) + PNG[33:] + bytes(5000),
        "international": PNG[:33] + chunk(b"iTXt", b"Author\0\1\0zh\0x\0" + packed) + PNG[33:] + bytes(5000),
        "late": PNG[:33] + long + chunk(b"tEXt", b"Author\0" + name) + chunk(b"IEND", b""),
    }
    blips = b"".join(record(0xF01D, bytes(17) + one) for one in (jpeg(b"x"), texts["packed"], jpeg(b"y")))
    webp = b"RIFF\0\0\0\0WEBPVP8X" + noise + b"EXIF" + name.ljust(999)
    facts = bytes(300) + b"\0\0\0\x28udta\0\0\0\x20\xa9nam" + name + bytes(300)
    files = {
        "title.mp3": b"ID3\3\0\0\0\0\0\x40TIT2\0\0\0\x09\0\0\1" + NAME.encode("utf-16") + bytes(99) + noise,
        "last.mp3": b"\xff\xfb\x90\0" + noise + b"TAG" + NAME.encode("gb18030").ljust(125, b"\0"),
        "title.mp4": b"\0\0\0\x18ftypmp42" + noise + b"\0\0\2\xa0moov" + facts,
        "picture.docx": package({"word/document.xml": "<w:p/>", "word/media/a.png": png}),
        **{
            f"camera-{at}.docx": package(
                {"word/media/a.jpg": jpeg(b"UNICODE\0" + bytes(at) + NAME.encode("utf-16-be"))}
            )
            for at in (0, 1)
        },
        **{f"{kind}.docx": package({"word/media/a.png": body}) for kind, body in texts.items()},
        "packed.zip": package({"a.svgz": gzip.compress(name)}),
        "comment.docx": package({"word/document.xml": f"<w:p/><!-- {NAME} -->"}),
        "instruction.docx": package({"word/document.xml": f"<?mso note {NAME}?><w:p/>"}),
        "section.docx": package({"word/document.xml": f"<w:p><w:t><![CDATA[<{NAME}>]]></w:t></w:p>"}),
        "web.pptx": package({"ppt/media/a.webp": webp}),
        "pictures.ppt": compound({"PowerPoint Document": record(1000, b""), "Pictures": blips}),
        "pictures.doc": b"{\\rtf1 x{\\pict\\pngblip " + texts["packed"].hex().encode() + b"}}",
        "backwards.txt": f"见\u202e{NAME[::-1]}\u202c。".encode(),
    }
    assert missed(tmp_path, files) == []
