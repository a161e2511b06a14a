"""A small campaign with everything that an archive has to keep in or out, and its bundle, made once a process."""

from __future__ import annotations

import functools
import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner
from PIL import Image
from pillow_heif import register_heif_opener

from generator.cli.main import main
from tests.shared import kept_folder
from tests.space import Ran, SiteSpace

NAME = "秦钟灵"
"""A private person."""
SITE = f"""\
-- content/site.yaml --
title: 驻村日志
base_url: https://rizhi.example/diary/
counters: {{走访: {{unit: 次}}}}
-- content/people.yaml --
# {NAME}住在村东头
people:
  - {{id: qin-zhong-ling, name: {NAME}, role: private, pseudonym: 一位老人, aliases: [秦阿婆]}}
  - {{id: lead, name: 欧阳明德, role: official, title: 组长}}
-- content/entries/2020-03-05-a.md --
---
title: 到村
date: 2020-03-05
targets: [hamlet]
counts: {{走访: 2}}
extra: {{note: "{{person}}`qin-zhong-ling`"}}
requests: [{{id: road, title: 修路, status: raised}}]
policies: [tax]
---
看望{{person}}`qin-zhong-ling`，{{person}}`lead`带队。<!-- {{person}}`qin-zhong-ling` -->

![村口](gate.jpg "村口")

![院子](yard.heic)![路](road.avif)

见[台账](table.csv)和[下一篇](2020-03-07-b.md)。
-- content/entries/2020-03-07-b.md --
---
title: =离村
date: 2020-03-07
requests: [{{id: road, status: resolved, note: 通了, helped_by: [lead, "qin-zhong-ling"]}}]
---
路修通了，胜利东村的人都来了。
-- content/entries/2020-03-08-c.md --
---
title: 撤回的一篇
date: 2020-03-06
place: 撤回的地点
withdrawn: {{date: 2020-03-08, reason: 有误}}
---
撤回的正文。
-- content/entries/table.csv --
名目,数
走访,2
-- content/targets/hamlet.md --
---
name: 胜利东村
kind: village
---
-- content/policies/tax.md --
---
title: 税费
number: 财税〔2020〕8号
---
-- content/pages/about.md --
---
title: 关于
---
说明。
"""
PLANTED = {
    "content/entries/draft.md": f"---\ntitle: 草稿\ndate: 2020-03-09\nstatus: draft\n---\n{NAME}\n",
    "content/entries/later.md": "---\ntitle: 将来\ndate: 2020-03-09\npublish_at: 2030-01-01\n---\n将来\n",
    "content/entries/notes.bak": f"{NAME} 13812345678\n",
    "content/entries/.gate.md.swp": NAME,
    "content/entries/~$table.docx": NAME,
    "content/entries/unused.jpg": NAME,
    f"content/entries/{NAME}的低保.txt": "谁也不引用\n",
    "content/entries/13905351234.txt": "谁也不引用\n",
    "content/entries/2024-02-27-举报科长.md": "---\ntitle: 草稿\ndate: 2024-02-27\nstatus: draft\n---\n[x](y.md)\n",
    ".git/config": NAME,
}
"""What must not get into the bundle, though the site is built with it."""


def photo(kind: str = "JPEG") -> bytes:
    """A photograph with a name and a place in its EXIF, turned by the camera."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x0112] = "villager", NAME, 6
    exif.get_ifd(0x8825)[2] = (37.0, 30.0, 1.0)
    out = io.BytesIO()
    gradient = Image.linear_gradient("L").resize((64, 40))
    words = {"comment" if kind == "JPEG" else "xmp": NAME.encode()}
    Image.merge("RGB", (gradient, gradient, gradient)).save(
        out, kind, exif=exif.tobytes()[6 if kind == "HEIF" else 0 :], **words
    )
    assert NAME.encode() in out.getvalue()
    return out.getvalue()


register_heif_opener()


def campaign(folder: Path) -> SiteSpace:
    """The site, in a folder."""
    space = SiteSpace.of(folder, SITE)
    for name, kind in (("gate.jpg", "JPEG"), ("yard.heic", "HEIF"), ("road.avif", "AVIF")):
        space.write(f"content/entries/{name}", photo(kind))
    for path, body in PLANTED.items():
        space.write(path, body)
    return space


def run(*arguments: str | Path, language: str = "en", **environment: str) -> Ran:
    """Runs a command as a user would, without SOURCE_DATE_EPOCH."""
    runner = CliRunner(env={"RIZHI_LANGUAGE": language, "SOURCE_DATE_EPOCH": None, **environment})
    result = runner.invoke(main, [str(one) for one in arguments], prog_name="rizhi")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def archive(space: SiteSpace, output: Path, *options: str) -> Path:
    """Archives a site; it must succeed. The bundle's folder. PDF files only with the option ``--pdf``."""
    given = [one for one in (*options, *(() if "--pdf" in options else ["--without-pdf"])) if one != "--pdf"]
    ran = run("archive", space.folder, "--output", output, *given)
    assert ran.status == 0, ran.err
    return next(place for place in output.iterdir() if place.is_dir())


@functools.cache
def shared() -> Path:
    """The bundle of the campaign, with its zip and receipt, which nobody may change."""
    folder = kept_folder()
    archive(campaign(folder / "site"), folder / "out", "--zip", "--pdf")
    return next(place for place in (folder / "out").iterdir() if place.is_dir())


def copied(folder: Path) -> Path:
    """A copy of the bundle, its receipt and its zip, to be changed. The bundle's folder."""
    shutil.copytree(shared().parent, folder / "out")
    return folder / "out" / shared().name


def unpacked(body: bytes) -> Iterator[bytes]:
    """A file, and everything in it where it is a zip."""
    yield body
    if body.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(body)) as inner:
            for name in inner.namelist():
                yield name.encode()
                yield from unpacked(inner.read(name))
