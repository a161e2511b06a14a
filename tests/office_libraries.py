"""Files that other people's libraries write: python-docx, xlwt, openpyxl and odfpy."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
import openpyxl
import xlwt
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.table import Table, TableCell, TableRow
from odf.text import Note, NoteBody, NoteCitation, P, Span
from openpyxl.comments import Comment


def saved(document: Any) -> bytes:
    """The bytes of a document."""
    body = io.BytesIO()
    document.save(body)
    return body.getvalue()


def written(secrets: dict[str, str], halves: list[str]) -> Iterator[tuple[str, bytes]]:
    """Files that hold one of the secrets each, cut into characters; then a row of cells with these halves."""
    for kind, secret in secrets.items():
        yield f"{kind}.docx", _in_word(secret)
        yield f"{kind}-table.docx", _in_table_and_footer(secret, "")
        yield f"{kind}-footer.docx", _in_table_and_footer("", secret)
        yield f"{kind}.xls", _in_excel(secret)
        yield f"{kind}.xlsx", _in_new_excel(secret, "")
        yield f"{kind}-comment.xlsx", _in_new_excel("", secret)
        yield f"{kind}.odt", _in_text_document(secret)
        if secret.isdecimal() and len(secret) < 16:
            yield f"{kind}-number.xls", numbers_in_excel(int(secret))
            yield f"{kind}-float.xls", numbers_in_excel(float(secret) + 0.25, float(secret))
            yield f"{kind}-number.xlsx", _in_new_excel(int(secret), "")
            yield f"{kind}-float.xlsx", _in_new_excel(float(secret), "")
    yield "halves.xls", numbers_in_excel(*halves)
    yield "halves.ods", _in_cells(halves)


def numbers_in_excel(*values: float | str) -> bytes:
    """A workbook of Excel 97 with a row of these values."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column, value in enumerate(values):
        sheet.write(0, column, value)
    return saved(book)


def _in_word(secret: str) -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph("见")
    for char in secret:
        paragraph.add_run(char).bold = True
    return saved(document)


def _in_table_and_footer(cell: str, footer: str) -> bytes:
    document = docx.Document()
    document.add_table(1, 2).cell(0, 1).text = cell
    document.sections[0].footer.paragraphs[0].text = footer
    return saved(document)


def _in_excel(secret: str) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row in range(300):
        # The strings need more than one record.
        sheet.write(row, 0, f"第{row}行的说明" * 5)
    runs = [(char, xlwt.easyfont(f"height {20 * size}")) for size, char in enumerate(secret, 9)]
    sheet.write_rich_text(300, 0, runs)
    return saved(book)


def _in_new_excel(cell: float | str, comment: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["B2"] = cell
    book.active["A1"].comment = Comment(f"见{comment}", "某")
    return saved(book)


def _in_text_document(secret: str) -> bytes:
    """The first character, a footnote and a comment, and the others in spans."""
    text, line = OpenDocumentText(), P(text=secret[0])
    note, body, comment = Note(noteclass="footnote"), NoteBody(), Annotation()
    body.addElement(P(text="注"))
    note.addElement(NoteCitation(text="1"))
    note.addElement(body)
    comment.addElement(P(text="批注"))
    line.addElement(note)
    line.addElement(comment)
    for char in secret[1:]:
        line.addElement(Span(text=char))
    text.text.addElement(line)
    return saved(text)


def _in_cells(halves: list[str]) -> bytes:
    table, row = Table(), TableRow()
    for half in halves:
        cell = TableCell(valuetype="string")
        cell.addElement(P(text=half))
        row.addElement(cell)
    table.addElement(row)
    sheets = OpenDocumentSpreadsheet()
    sheets.spreadsheet.addElement(table)
    return saved(sheets)
