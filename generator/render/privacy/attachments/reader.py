"""Looks through an attachment: its text, the text of what is in it, and what could not be looked through."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, Final

from generator.ground.messages import Message, say
from generator.read import data_uris
from generator.render.privacy.attachments import archive, compound, excel, mime, office_xml, png, powerpoint, word
from generator.render.privacy.attachments.encodings import UTF_16, decodings
from generator.render.privacy.attachments.kinds import ARCHIVES, COMPOUND, Kind, is_font, is_media, kind_of
from generator.render.privacy.attachments.pdf import PdfText
from generator.render.privacy.attachments.rtf import RichText
from generator.render.privacy.attachments.runs import FINE, runs
from generator.render.privacy.attachments.traces import trace
from generator.render.privacy.finding import Caveat
from generator.render.privacy.glyphs import BLOCK
from generator.render.privacy.pieces import pieces

ENCRYPTED: Final = say("it is encrypted")
_MB: Final = 1024 * 1024
LARGEST: Final = 32 * _MB
"""The maximum number of bytes of one file that is read, within an archive or alone."""
EFFORT: Final = 40 * _MB
"""The maximum effort for one attachment: a byte that is read and a character that is searched take one each, which is
about 0.2 microseconds. It is counted, as a clock would give other warnings on another machine."""
_PER_PART: Final = 1024
"""The effort for a file within an archive, whatever its size."""
_PER_XML: Final = 1
"""The additional effort for a byte of XML."""
_PER_TOKEN: Final = 20
"""The effort for a word of Rich Text."""
_DEEPEST: Final = 3
"""The maximum depth of archives within archives."""
_MOST_NAMED: Final = 5
"""How many parts are named that could not be looked through. An archive may hold ten thousand."""
_START: Final = 4096
_MOST_ROWS: Final = 1000
"""Rows of Base64 in a text that are looked at one by one."""
_MARGIN: Final = 64 * 1024
"""Bytes at each end of a picture, a sound or a film, in which may stand what it is called, and whose it is."""
_TOLD: Final = _MB
"""Bytes at each end of a large picture or film in which a camera writes."""
_PER_SKIPPED: Final = 32
"""How many bytes that are only unpacked take the effort of one that is read."""
_JPEG: Final = b"\xff\xd8\xff"
_TOLD_BY_PARTS: Final = frozenset((Kind.ARCHIVE, Kind.TEXT, Kind.XML))
"""Kinds that hold no picture as it is, or whose parts are looked at one by one."""
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, EOFError, LookupError, RuntimeError,
    OverflowError, NotImplementedError,
)  # fmt: skip
"""The exceptions that a broken file may raise."""
_EMBEDDED: Final = "\x01Ole10Native"
"""The stream of a file that was put into a document, after its name."""
_PACKAGE: Final = "EncryptedPackage"
_MACROS: Final = "/VBA"

Texts = Iterator["str | Caveat"]


class Reading:
    """Looks through one attachment, and ends after a limited effort."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._left = EFFORT
        self._name = ""
        """The part that is being read."""
        self._traces: dict[str, Message] = {}
        """By part, what a camera wrote into it."""
        self.is_by_chance = False
        """Whether the last text may be made of bytes of a picture, in which there are short words by chance."""

    def spend(self, effort: int) -> None:
        """Counts what searching the last text took."""
        self._left -= effort

    def texts(self) -> Texts:
        """The texts in pieces, and what was not looked through. Each is read when it is asked for. Raises OSError."""
        caveats = 0
        for one in self._whole():
            if isinstance(one, Caveat):
                caveats += 1
                if caveats <= _MOST_NAMED:
                    yield one
                continue
            # Empty ones only say that something was done.
            for piece in filter(None, pieces(one)):
                if self._left < 0:
                    break
                yield piece
            if self._left < 0:
                break
        if self._left < 0:
            yield Caveat(self._name, say("the attachment holds more than is looked through"))
        if caveats > _MOST_NAMED:
            yield Caveat("", say("{n} more parts of it cannot be read", n=caveats - _MOST_NAMED))
        yield from self._traced()

    def _traced(self) -> Iterator[Caveat]:
        for name, what in islice(self._traces.items(), _MOST_NAMED):
            yield Caveat(name, what, is_trace=True)
        if (more := len(self._traces) - _MOST_NAMED) > 0:
            yield Caveat("", say("a camera wrote into {n} more pictures in it", n=more), is_trace=True)

    def _look_for_traces(self, name: str, body: bytes, kind: Kind = Kind.MEDIA) -> None:
        if kind not in _TOLD_BY_PARTS and (what := trace(body, is_picture=kind is Kind.MEDIA)):
            self._traces.setdefault(name, what)

    def _whole(self) -> Texts:
        size = self._file.seek(0, io.SEEK_END)
        self._file.seek(0)
        start = self._file.read(_START)
        if start.startswith(ARCHIVES):
            yield from self._archive("", self._file, 0)
        elif size <= LARGEST:
            yield from self._body("", start + self._file.read(), 0)
        elif is_media(start):
            start += self._file.read(_TOLD)
            self._file.seek(-_TOLD, io.SEEK_END)
            end = self._file.read()
            self._look_for_traces("", start + end)
            yield from self._notes(start[:_START] + end[-_MARGIN:])
        else:
            yield Caveat("", _too_large())

    def _body(self, name: str, body: bytes, depth: int, strings: Sequence[str] = ()) -> Texts:
        """Everything in a file; ``depth`` is how many archives it is in."""
        self._left -= len(body)
        kind = kind_of(body)
        self._look_for_traces(name, body, kind)
        match kind:
            case Kind.TEXT:
                yield from self._text(name, body, depth)
            case Kind.XML:
                yield from self._xml(data_uris.without(body), strings)
                yield from self._encoded(name, body, depth) if mime.may_hold_files(body) else ()
            case Kind.DRAWING | Kind.MEDIA:
                yield from runs(body) if kind is Kind.DRAWING else self._notes(body)
            case Kind.UNKNOWN:
                yield Caveat(name, say("files of this kind cannot be read"))
                yield from runs(body)
            case Kind.PDF:
                yield from self._attempt(name, body, self._pdf(name, body, depth))
            case Kind.RICH_TEXT:
                yield from self._attempt(name, body, self._rich_text(name, body, depth))
            case Kind.ARCHIVE | Kind.COMPOUND | Kind.PACKED if depth >= _DEEPEST:
                yield Caveat(name, say("it lies more than {n} archives deep", n=_DEEPEST))
            case Kind.ARCHIVE:
                yield from self._archive(name, io.BytesIO(body), depth)
            case Kind.COMPOUND | Kind.PACKED:
                read = self._compound if kind is Kind.COMPOUND else self._packed
                yield from self._attempt(name, body, read(name, body, depth))

    def _notes(self, body: bytes) -> Texts:
        """What is written into a picture, a sound or a film; who drew a font may be said in it."""
        if is_font(body[:_START]):
            return
        self.is_by_chance = True
        yield from runs(body if len(body) <= 2 * _MARGIN else body[:_MARGIN] + body[-_MARGIN:], FINE)
        yield from runs(png.texts(body))
        self.is_by_chance = False

    def _attempt(self, name: str, body: bytes, texts: Iterable[str | Caveat]) -> Texts:
        """The texts of a file; where it is broken, what is readable in it."""
        try:
            yield from texts
        except _BROKEN:
            yield Caveat(name, say("it is broken"))
            yield from runs(body)

    def _text(self, name: str, body: bytes, depth: int) -> Texts:
        if mime.is_encrypted(body):
            yield Caveat(name, ENCRYPTED)
        yield from decodings(data_uris.without(body))
        yield from self._encoded(name, body, depth)

    def _encoded(self, name: str, body: bytes, depth: int) -> Texts:
        """What a text holds in the encodings of MIME."""
        if body.startswith(UTF_16):
            body = body.decode("utf-16", errors="replace").encode()
        if not mime.is_encoded(body):
            return
        yield from mime.texts(body)
        found = [*mime.carried(body)]
        for embedded in found if len(found) < _MOST_ROWS else (b"\n".join(found),):
            yield from self._body(name, embedded, depth + 1)

    def _xml(self, body: bytes, strings: Sequence[str]) -> Texts:
        for text in decodings(body):
            for one in office_xml.readers(text, strings):
                for chunk in office_xml.chunks(text):
                    self._left -= _PER_XML * len(chunk)
                    yield from one.texts(chunk)
                yield one.rest()

    def _rich_text(self, name: str, body: bytes, depth: int) -> Texts:
        text, tokens = RichText(body), 0
        for one in text.texts():
            self._left -= _PER_TOKEN * (text.tokens - tokens)
            tokens = text.tokens
            yield one
        for embedded in text.objects:
            yield from self._embedded(name, embedded, depth)

    def _pdf(self, name: str, body: bytes, depth: int) -> Texts:
        text, effort = PdfText(body), 0
        if text.is_encrypted:
            yield Caveat(name, ENCRYPTED)
            return
        for one in text.texts():
            self._left -= text.effort - effort
            effort = text.effort
            yield one
        if not text.is_complete:
            yield Caveat(name, say("not all of its text can be read"))
        elif not text.has_text:
            yield Caveat(name, say("its pages are pictures"))
        for embedded in text.embedded:
            yield from self._embedded(name, embedded, depth)
        yield from self._pictures(name, text.pictures)

    def _pictures(self, name: str, bodies: Iterable[bytes]) -> Texts:
        """What is written into pictures that stand in a file as they are."""
        for body in bodies:
            self._look_for_traces(name, body)
            self._left -= min(len(body), 2 * _MARGIN)
            yield from self._notes(body)

    def _embedded(self, name: str, body: bytes, depth: int) -> Texts:
        kind = kind_of(body)
        self._look_for_traces(name, body, kind)
        # Its kind and its name may stand in front.
        starts = [at for sign in (COMPOUND, *ARCHIVES, b"%PDF-") if (at := body.find(sign, 0, _START)) >= 0]
        if starts:
            yield from self._body(name, body[min(starts) :], depth + 1)
        elif kind is Kind.MEDIA:
            yield from self._pictures(name, [body])
        elif kind in (Kind.TEXT, Kind.XML):
            yield from self._body(name, body, depth + 1)
        else:
            yield from runs(body)

    def _archive(self, name: str, file: IO[bytes], depth: int) -> Texts:
        try:
            with archive.opened(file) as opened:
                yield from self._members(f"{name}/" if name else "", opened, depth)
                yield from self._outside(name, archive.outside(file, opened))
        except archive.LargeArchiveError:
            yield Caveat(name, say("it holds too many files"))
        except _BROKEN:
            yield Caveat(name, say("it is broken"))
            file.seek(0)
            yield from runs(file.read(LARGEST))

    def _members(self, prefix: str, opened: zipfile.ZipFile, depth: int) -> Texts:
        members = list(archive.members(opened))
        yield from decodings(opened.comment)
        listed = (*members, *archive.folders(opened))
        yield BLOCK.join(member.name for member in listed)
        yield from runs(b"\0\0".join(member.notes for member in listed))
        strings: Sequence[str] = ()
        for member in sorted(members, key=lambda one: not one.holds_strings):
            self._name = prefix + member.name
            self._left -= _PER_PART
            if self._left < 0:
                return
            body = self._read(self._name, opened, member)
            if isinstance(body, bytes):
                if member.holds_strings:
                    strings = office_xml.shared_strings(body.decode(errors="replace"))
                yield from self._body(self._name, body, depth + 1, strings)
            else:
                yield body

    def _outside(self, name: str, body: bytes) -> Texts:
        """What stands in an archive without being one of its files."""
        if body.startswith(ARCHIVES):
            yield Caveat(name, say("it holds files that its directory does not name"))
        self._left -= len(body)
        yield from runs(body)

    def _read(self, name: str, opened: zipfile.ZipFile, member: archive.Member) -> bytes | Caveat:
        """A file in an archive; of one that only shows or sounds, its beginning."""
        if member.is_encrypted:
            return Caveat(name, ENCRYPTED)
        if member.info.compress_type not in archive.METHODS:
            return Caveat(name, say("it is compressed in a way that is not read"))
        try:
            with opened.open(member.info) as file:
                start = file.read(_START)
                if len(start) == _START and is_media(start):
                    return self._beginning(name, start, file)
                body = start + file.read(LARGEST + 1 - len(start))
        except _BROKEN:
            return Caveat(name, say("it is broken"))
        return Caveat(name, _too_large()) if len(body) > LARGEST else body

    def _beginning(self, name: str, start: bytes, file: IO[bytes]) -> bytes:
        """The beginning of a picture, a sound or a film, of which only what a camera wrote is looked for to its end."""
        start += file.read(_MARGIN)
        more = file.read(2 * _MARGIN if start.startswith(_JPEG) else LARGEST)
        self._left -= len(more) // _PER_SKIPPED
        self._look_for_traces(name, start + more)
        if start.startswith(png.START):
            return start + png.texts(start + more)
        # In WebP and TIFF, what is written into a picture stands at its end.
        return start if start.startswith(_JPEG) else start + more[-_MARGIN:]

    def _packed(self, name: str, body: bytes, depth: int) -> Texts:
        packed = zlib.decompressobj(zlib.MAX_WBITS | 16)
        yield from self._body(name, packed.decompress(body, LARGEST), depth + 1)
        if not packed.eof:
            yield Caveat(name, _too_large())
        yield from runs(body[:_START])
        yield from runs(packed.unused_data)

    def _compound(self, name: str, body: bytes, depth: int) -> Texts:
        streams = list(compound.CompoundFile(body).streams())
        if any(one.name == _PACKAGE for one in streams):
            yield Caveat(name, ENCRYPTED)
            return
        tables: dict[str, dict[str, bytes]] = {}
        for one in streams:
            tables.setdefault(one.folder, {})[one.name] = one.body
        yield BLOCK.join(f"{one.folder}/{one.name}" for one in streams)
        for one in streams:
            self._left -= _PER_PART
            if self._left < 0:
                return
            yield from self._attempt(name, one.body, self._stream(name, one, tables[one.folder], depth))

    def _stream(self, name: str, stream: compound.Stream, beside: Mapping[str, bytes], depth: int) -> Texts:
        body = stream.body
        if stream.name == word.STREAM:
            yield from self._document(name, word.is_encrypted(body), word.texts(body, beside))
        elif stream.name in excel.STREAMS:
            yield from self._document(name, excel.is_encrypted(body), excel.texts(body))
        elif stream.name == powerpoint.STREAM:
            is_encrypted = powerpoint.is_encrypted(beside.get(powerpoint.USER, b""))
            yield from self._document(name, is_encrypted, powerpoint.texts(body))
        elif stream.name == powerpoint.PICTURES:
            yield from self._pictures(name, powerpoint.pictures(body))
        elif stream.folder.endswith(_MACROS) and stream.name == "dir":
            yield Caveat(name, say("macros are not read"))
        elif stream.name == _EMBEDDED or kind_of(body) in (Kind.ARCHIVE, Kind.COMPOUND, Kind.RICH_TEXT, Kind.PDF):
            yield from self._embedded(name, body, depth)
        else:
            yield from runs(body)

    def _document(self, name: str, is_encrypted: bool, texts: Iterable[str]) -> Texts:  # noqa: FBT001
        if is_encrypted:
            yield Caveat(name, ENCRYPTED)
        else:
            yield from texts


def _too_large() -> Message:
    return say("it is larger than {size} MB", size=LARGEST // _MB)
