"""Word files and pages as bytes, and what is read of them."""

from __future__ import annotations

from generator.tools.importers.manuscript import Manuscript
from generator.tools.importers.read import read_bytes
from generator.tools.importers.texts_of import text_of
from tests.office_files import package

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


SPACES = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


PACKAGE_RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


T = "<w:t>{}</w:t>"


RUN = f"<w:r>{T}</w:r>"


PLACES = {
    "run": RUN,
    "smart tag": f'<w:smartTag w:element="date">{RUN}</w:smartTag>',
    "inserted": f"<w:ins>{RUN}</w:ins>",
    "deleted": "<w:del><w:r><w:delText>{}</w:delText></w:r></w:del>",
    "hidden": f"<w:r><w:rPr><w:vanish/></w:rPr>{T}</w:r>",
    "simple field": f'<w:fldSimple w:instr="SEQ 图">{RUN}</w:fldSimple>',
    "field": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF</w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{RUN}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "choice of a form": '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
    '<w:listEntry w:val="x"/><w:listEntry w:val="{}"/></w:ddList></w:ffData></w:fldChar></w:r>'
    '<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "clock": f'<w:fldSimple w:instr=" DATE ">{RUN}</w:fldSimple>',
    "content control": f"<w:sdt><w:sdtContent>{RUN}</w:sdtContent></w:sdt>",
    "ruby": f"<w:r><w:ruby><w:rt>{RUN}</w:rt><w:rubyBase><w:r>{T.format('字')}</w:r></w:rubyBase></w:ruby></w:r>",
    "equation": "<m:oMath><m:r><m:t>{}</m:t></m:r></m:oMath>",
    "box": "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p>" + RUN + "</w:p></w:txbxContent>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p>" + RUN + "</w:p></w:txbxContent>"
    "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
}


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p>{properties}{inner}</w:p>"


def word(body: str, **parts: str) -> bytes:
    """A Word file with this body; further parts by their names."""
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships {PACKAGE_RELS}><Relationship Id="a" Type="{RELS}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships {PACKAGE_RELS}>"
        + "".join(f'<Relationship Id="{name}" Type="{RELS}/{name}" Target="{name}.xml"/>' for name in parts)
        + "</Relationships>",
    }
    return package(files | {f"word/{name}.xml": text for name, text in parts.items()})


def read(body: bytes, name: str = "a.docx") -> Manuscript:
    checked = read_bytes(name, "", body)
    assert checked.value, [str(one.message) for one in checked.problems]
    return checked.value


def lines_of(made: Manuscript) -> list[str]:
    return [text_of((piece.block,)) for piece in made.pieces]


def problem(body: bytes, name: str = "a") -> str:
    checked = read_bytes(name, "", body)
    assert checked.value is None
    return str(checked.problems[0].message)
