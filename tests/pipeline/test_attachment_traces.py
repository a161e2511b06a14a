"""What cameras wrote into pictures and films within attachments is told, with the name of the picture."""

from __future__ import annotations

import io
import random
from pathlib import Path

from PIL import Image
from pillow_heif import register_heif_opener

from tests.office_files import compound, package, pdf
from tests.pipeline.test_attachments import problems_of, site_with

register_heif_opener()
PLACE = "a camera wrote into it where it was taken"
CAMERA = "a camera wrote into it which camera it was taken with"
AUTHOR = "it is written into it whose picture it is"
NOISE = random.Random(3).randbytes(120 * 120 * 3)


def picture(kind: str = "JPEG", tags: str = "place", size: int = 120) -> bytes:
    """A picture with a place, a camera or neither in its EXIF."""
    exif = Image.Exif()
    exif[0x0112], exif[0x0131] = 1, "Paint"
    if tags == "place":
        exif.get_ifd(0x8825)[2] = (37.0, 30.0, 1.0)
    elif tags == "empty place":
        exif.get_ifd(0x8825)[0] = b"\2\3\0\0"
    elif tags == "camera":
        exif[0x0110] = "P60"
    elif tags == "author":
        exif[0x013B] = "Lee"
    elif tags == "number":
        exif.get_ifd(0x8769)[0xA431] = "123"
    out = io.BytesIO()
    shown = Image.frombytes("RGB", (120, 120), NOISE).resize((size, size))
    shown.save(out, kind, exif=exif.tobytes()[6 if kind == "HEIF" else 0 :])
    return out.getvalue()


def film(where: bytes) -> bytes:
    """The beginning and the end of a film, with this among what it says of itself."""
    return b"\0\0\0\x18ftypmp42" + bytes(3000) + b"\0\0\0\x40moov\0\0\0\x30udta" + where + bytes(20)


XYZ = b"\0\0\0\x1e\xa9xyz\0\x12\x15\xc7+37.5000+121.3900/"
FILES: dict[str, tuple[bytes, str]] = {
    "a.docx": (package({"word/document.xml": "<w:p/>", "word/media/image1.jpeg": picture()}), "word/media/image1.jpeg"),
    "b.pptx": (package({"ppt/media/a.png": picture("PNG", size=300)}), "ppt/media/a.png"),
    "c.xlsx": (package({"xl/media/a.webp": picture("WEBP", size=300)}), "xl/media/a.webp"),
    "d.zip": (package({"照片/院子.heic": picture("HEIF", size=300)}), "照片/院子.heic"),
    "e.zip": (package({"b.docx": package({"word/media/1.jpg": picture()})}), "b.docx/word/media/1.jpg"),
    "f.zip": (package({"a.tif": picture("TIFF")}), "a.tif"),
    "g.pdf": (pdf(b"BT ET", objects={9: picture()}), ""),
    "h.ppt": (compound({"Pictures": picture(size=400)}), ""),
    "h.doc": (rb"{\rtf1 x{\pict\jpegblip " + picture().hex().encode() + b"}}", ""),
    "i.mp4": (film(XYZ), ""),
    "j.zip": (package({"a.mp4": film(XYZ) + bytes(9000)}), "a.mp4"),
    "k.mp4": (film(b"mdtacom.apple.quicktime.location.ISO6709"), ""),
}
PHOTOSHOP = b"\xff\xd8\xff\xed..Photoshop 3.0\x008BIM\4\4\0\0\0\0\0\x08%b"
CREATOR = b"<dc:creator><rdf:Seq><rdf:li>Lee</rdf:li></rdf:Seq></dc:creator>"
FILES["w.docx"] = (package({"a.jpg": PHOTOSHOP % b"\x1c\x02\x5a\0\4City" + NOISE[:5000]}), "a.jpg")
CAMERAS: dict[str, tuple[bytes, str]] = {
    "l.docx": (package({"word/media/image1.jpeg": picture(tags="camera")}), "word/media/image1.jpeg"),
    "m.zip": (package({"a.jpg": picture(tags="number")}), "a.jpg"),
    "n.zip": (
        package({"a.jpg": b"\xff\xd8\xff\xe1..http://ns.adobe.com/xap/1.0/\0<x tiff:Model='P60'/>" + NOISE[:5000]}),
        "a.jpg",
    ),
}
AUTHORS: dict[str, tuple[bytes, str]] = {
    "r.docx": (package({"word/media/a.jpg": picture(tags="author")}), "word/media/a.jpg"),
    "s.docx": (package({"a.jpg": PHOTOSHOP % b"\x1c\x02\x50\0\3Lee" + NOISE[:5000]}), "a.jpg"),
    "t.zip": (package({"a.jpg": PHOTOSHOP % CREATOR + NOISE[:5000]}), "a.jpg"),
    "u.pdf": (pdf(b"BT ET", objects={9: picture(tags="author")}), ""),
}
CLEAN = {
    "v.pdf": pdf(b"BT ET", objects={9: b"<< /Type /Metadata >> stream\n" + CREATOR + b"\nendstream"}),
    "o.docx": package({"word/media/image1.jpeg": picture(tags=""), "a.png": picture("PNG", tags="", size=300)}),
    "p.zip": package({"a.jpg": picture(tags="empty place"), "cut.jpg": picture()[:30], "b.tif": b"II*\0\xff\xff\xff"}),
    "q.mp4": film(b""),
}
MANY = package({f"{number}.jpg": picture() for number in range(7)})


def test_what_cameras_wrote_is_told_and_may_be_allowed(tmp_path: Path) -> None:
    files = {**{name: body for name, (body, _) in (FILES | CAMERAS | AUTHORS).items()}, **CLEAN, "many.zip": MANY}
    space = site_with(tmp_path, files)
    ran = space.run("check", "--all")
    assert ran.status == 0, ran.problems
    told = {
        name: [one for one in lines if "camera" in one or AUTHOR in one]
        for name, lines in problems_of(ran, files).items()
    }
    for some, words in ((FILES, PLACE), (CAMERAS, CAMERA), (AUTHORS, AUTHOR)):
        expected = {name: [f"warning: {f'{part} in it: ' if part else ''}{words}"] for name, (_, part) in some.items()}
        assert {name: told[name] for name in some} == expected
    assert {name: told[name] for name in CLEAN} == {name: [] for name in CLEAN}
    assert len(told["many.zip"]) == 6
    assert "warning: a camera wrote into 2 more pictures in it" in told["many.zip"]
    built = space.build()
    assert {name: lines for name, lines in problems_of(built, files).items() if name in FILES} == {
        name: lines for name, lines in problems_of(ran, files).items() if name in FILES
    }
    digest = next(line for line in ran.err.split() if line.startswith("sha256:")).rstrip(",")
    space.write("content/site.yaml", f"title: 日志\nprivacy: {{allow: [{{value: '{digest}', reason: 看过}}]}}\n")
    assert "a.docx: warning" not in space.run("check", "--all").err
