"""Encodes pictures for publication: upright, in a few widths, as WebP and as JPEG or PNG.

Pictures are rebuilt from their pixels. Metadata, thumbnails, trailing bytes and the colour profile are dropped (colours
are converted to sRGB). The same picture gives the same bytes on every machine.
"""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from io import BytesIO
from typing import Any, Final

from PIL import AvifImagePlugin, Image, ImageCms

from generator.ground.errors import Fault
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.memory import at_most
from generator.ground.messages import say
from generator.ground.shell import install_command
from generator.model.pictures import ImageInfo, VariantInfo
from generator.read.pictures import BOXED, MOST_BYTES, damaged, kind_of, picture, too_heavy

WIDTHS: Final = (480, 1080, 1600)
"""Pixels: for a phone, for a phone with three device pixels per CSS pixel, and for a desktop. Nothing is enlarged."""
MOVING: Final = 1080
"""The maximum width of an animation in pixels, as every frame adds to its size."""
TALLEST: Final = 16_000
"""The maximum height in pixels, enough for a long screenshot; the limit of WebP is 16,383."""
MOST_PIXELS: Final = 100_000_000
"""Of one picture, or of all frames of an animation; today's cameras stay below it."""
MOST_WHOLE: Final = {"jpeg": MOST_PIXELS, "webp": 20_000_000}
MOST_OTHERS: Final = 36_000_000
"""Of one that is no JPEG: all of its pixels are in memory at once, those of WebP four times. A page that is scanned
with 600 dpi has 35."""
MOST_FRAMES: Final = 1000

_NEEDED: Final = 128 << 20
_NEEDED_FOR_PIXEL: Final = 32
"""Bytes for decoding a picture that is not parsed here: what it says of its size may be less than what is in it."""

_FORMATS: Final = {
    "jpeg": ["JPEG"], "png": ["PNG"], "gif": ["GIF"], "webp": ["WEBP"], "avif": ["AVIF"], "heic": ["HEIF"],
}  # fmt: skip
_TURNED: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
"""The transposition that sets a picture upright, by EXIF orientation (CIPA DC-008)."""
_ORIENTATION: Final = 0x0112
_FEW: Final = {"L": 64, "RGB": 1024, "RGBA": 1024}
"""The maximum number of colours of a drawing, table or screenshot, by mode; a photo has many more."""

# Each thread takes memory, of which a picture has little, and processes share the pictures already.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
# Larger pictures are refused here with a message for writers; the library would only warn.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@frozen
class _Decoded:
    """A decoded picture."""

    image: Image.Image
    """Upright, in sRGB, as L, RGB or RGBA, in the widest width."""
    is_drawing: bool
    """Whether it has so few colours that sharp edges matter more than exact shades."""


def develop(raw: bytes) -> tuple[ImageInfo, list[bytes]]:
    """The versions of a picture, and the bytes of each. Raises Fault if it is no picture, too large or damaged."""
    if len(raw) > MOST_BYTES:
        raise too_heavy(len(raw), MOST_BYTES)
    kind = kind_of(raw)
    if kind not in BOXED:
        cleaned = picture(raw)
        _refuse_large(cleaned.width, cleaned.height)
        raw = cleaned.body
    elif kind == "heic":
        _read_heic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _encoded(raw, kind)
    except Fault:
        raise
    except Image.DecompressionBombError:
        raise _too_large() from None
    except Exception as error:
        if _is_ours(error):
            raise
        raise damaged() from None


def _is_ours(error: Exception) -> bool:
    """Whether this program is at fault. Decoders raise whatever they stumble over, for want of memory anybody does."""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    return not isinstance(error, MemoryError) and frame.f_globals["__name__"].startswith("generator.")


def _refuse_large(width: int, height: int, pictures: int = 1) -> None:
    if width * height * pictures > MOST_PIXELS or pictures > MOST_FRAMES:
        raise _too_large()


def _too_large(limit: int = MOST_PIXELS) -> Fault:
    return Fault(
        say("the picture has more than {limit} million pixels", limit=limit // 1_000_000),
        say("save it smaller, or a moving one shorter"),
    )


def _read_heic() -> None:
    """Registers the HEIC decoder. Raises Fault if its package is not installed."""
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        raise Fault(
            say("the picture is HEIC, for which a part of the program is not installed"),
            say("save it again as JPEG, or install the part: {command}", command=install_command("pillow-heif")),
        ) from None
    register_heif_opener(thumbnails=False)


def _encoded(raw: bytes, kind: str) -> tuple[ImageInfo, list[bytes]]:
    # Not every decoder can seek back to an earlier frame, so each pass opens the picture again.
    with _opened(raw, kind) as image:
        if 0 in image.size:
            raise damaged()
        _refuse_large(*image.size)
        most = MOST_WHOLE.get(kind, MOST_OTHERS)
        if image.width * image.height > most:
            raise _too_large(most)
        times = list(_times(image))
        memory = _NEEDED + _NEEDED_FOR_PIXEL * image.width * image.height
    with _opened(raw, kind) as image, at_most(memory) if kind in BOXED else nullcontext():
        decoded = _decoded(image, MOVING if len(times) > 1 else WIDTHS[-1], may_be_drawing=kind != "jpeg")
    stills = [_scaled(decoded.image, width) for width in _widths(decoded.image.width)]
    others = [(one.width, *plain(one, is_drawing=decoded.is_drawing)) for one in stills]
    if len(times) > 1:
        webp = [(one.width, "webp", _moving(raw, kind, one.size, times)) for one in stills]
    else:
        is_whole = decoded.is_drawing and len(_webp(stills[0], is_whole=True)) < len(_webp(stills[0], is_whole=False))
        webp = [(one.width, "webp", _webp(one, is_whole=is_whole)) for one in stills]
    # For tiny pictures, WebP may be the larger format.
    is_worth = len(times) > 1 or sum(len(body) for *_, body in webp) < sum(len(body) for *_, body in others)
    made = [*(webp if is_worth else ()), *others]
    info = ImageInfo(
        kind=kind,
        width=decoded.image.width,
        height=decoded.image.height,
        variants=tuple(VariantInfo(width, ending, len(body), fingerprint(body)) for width, ending, body in made),
        tone=_tone(decoded.image),
        is_moving=len(times) > 1,
    )
    return info, [body for *_, body in made]


def _opened(raw: bytes, kind: str) -> Image.Image:
    return Image.open(BytesIO(raw), formats=_FORMATS[kind])


def _widths(width: int) -> Iterator[int]:
    """The widths for a picture of this width: its own, and those of WIDTHS that are at most four fifths of it."""
    yield from (one for one in WIDTHS if one * 5 <= width * 4)
    yield width


def _decoded(image: Image.Image, widest: int, *, may_be_drawing: bool) -> _Decoded:
    turn = image.getexif().get(_ORIENTATION, 1)
    is_sideways = turn in (5, 6, 7, 8)
    width, height = image.size[::-1] if is_sideways else image.size
    scale = min(1, widest / width, TALLEST / height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    wanted = size[::-1] if is_sideways else size
    # A JPEG can be decoded directly at a half, a quarter or an eighth of its size.
    image.draft(None, wanted)
    found = _in_srgb(image)
    is_drawing = may_be_drawing and found.getcolors(_FEW[found.mode]) is not None
    if found.size != wanted:
        found = found.resize(wanted, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if turn in _TURNED:
        found = found.transpose(_TURNED[turn])
    # Rebuilt from pixels alone, whatever the library had attached to the image.
    return _Decoded(Image.frombytes(found.mode, found.size, found.tobytes()), is_drawing)


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture as L, RGB or RGBA in sRGB."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith(("I", "F")):
        # Sixteen bits a pixel: convert() would clip the values instead of scaling them.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if "transparency" in image.info or image.mode in ("LA", "La", "PA", "RGBa", "RGBA"):
        image = image.convert("RGBA")
    elif image.mode == "1":
        image = image.convert("L")
    elif image.mode == "P":
        image = image.convert("RGB")
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        # A broken profile is ignored: the colours are taken as sRGB.
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            found = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGBA" if image.mode == "RGBA" else "RGB",
            )
            image = found or image
    if image.mode not in _FEW:
        image = image.convert("RGB")
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    return image


def _scaled(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _tone(image: Image.Image) -> str:
    if image.mode == "RGBA":
        return ""
    red, green, blue = image.convert("RGB").resize((1, 1), Image.Resampling.BOX).tobytes()
    return f"#{red:02x}{green:02x}{blue:02x}"


def plain(image: Image.Image, *, is_drawing: bool) -> tuple[str, bytes]:
    """The ending and the bytes of the version that every program reads: PNG or JPEG."""
    if is_drawing:
        return "png", saved(_few_colours(image), "PNG")
    if image.mode == "RGBA":
        return "png", saved(image, "PNG")
    return "jpg", saved(image, "JPEG", quality=82, optimize=True, progressive=True)


def _webp(image: Image.Image, *, is_whole: bool) -> bytes:
    """The picture as WebP; lossless with few colours if ``is_whole``, which makes some drawings smaller."""
    if not is_whole:
        return saved(image, "WEBP", quality=80, method=4)
    few = _few_colours(image).convert("RGBA" if image.mode == "RGBA" else "RGB")
    return saved(few, "WEBP", lossless=True, quality=50, method=4)


def _few_colours(image: Image.Image) -> Image.Image:
    """A drawing reduced to at most 256 colours, as scaling adds colours at its edges."""
    if image.mode == "L":
        return image
    if image.mode == "RGBA":
        return image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    return image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The picture as a file of the format ``kind``."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


# Animations


def _times(image: Image.Image) -> Iterator[int]:
    """The durations of all frames in milliseconds; one value for a still picture. Raises Fault."""
    if image.format not in ("GIF", "PNG", "WEBP"):
        yield 0
        return
    for number in range(MOST_FRAMES + 1):
        try:
            image.seek(number)
        except EOFError:
            return
        _refuse_large(*image.size, pictures=number + 1)
        if image.format == "WEBP" and number + getattr(image, "n_frames", 1) > 1:
            # The duration is known only after the frame is loaded.
            image.load()
        yield int(image.info.get("duration") or 100)


def _moving(raw: bytes, kind: str, size: tuple[int, int], times: list[int]) -> bytes:
    with _opened(raw, kind) as image:
        # Without a loop count, an animation runs once. A GIF stores the number of repetitions after the first run.
        again = image.info.get("loop")
        loops = 1 if again is None else again and again + (kind == "gif")
        frames = _frames(image, size, len(times))
        options = {"duration": times, "loop": min(loops, 0xFFFF), "quality": 75, "method": 3}
        return saved(next(frames), "WEBP", save_all=True, append_images=frames, **options)


def _frames(image: Image.Image, size: tuple[int, int], number: int) -> Iterator[Image.Image]:
    turn = image.getexif().get(_ORIENTATION, 1)
    for one in range(number):
        image.seek(one)
        frame = image.convert("RGBA")
        frame = frame.transpose(_TURNED[turn]) if turn in _TURNED else frame
        frame = frame.resize(size, Image.Resampling.LANCZOS)
        yield Image.frombytes(frame.mode, frame.size, frame.tobytes())
