"""How is a picture made harmless? Decoded within bounds and drawn anew: no place, time or camera remains in it.

In-process with Pillow: only JPEG, PNG and WebP are opened; size, pixels and sides are capped before decoding; the
orientation is applied; the pixels are copied into a fresh bitmap, so that nothing but pixels can pass.
"""

import base64
import io
import warnings
from dataclasses import dataclass
from typing import Final

from havre.core.problems import InputRefused
from havre.core.words import N_

MOST_BYTES: Final = 8 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
LONGEST_SIDE: Final = 1024
FORMATS: Final = ("JPEG", "PNG", "WEBP")
QUALITY: Final = 82


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn anew, as JPEG bytes."""

    jpeg: bytes
    width: int
    height: int

    @property
    def text(self) -> str:
        """The picture in base64, as it is sealed."""
        return base64.b64encode(self.jpeg).decode()


def redrawn(content: bytes) -> Picture:
    """The picture without anything but its pixels, at most 1,024 on its longer side. Raises InputRefused."""
    from PIL import Image, ImageOps, UnidentifiedImageError
    if len(content) > MOST_BYTES:
        raise _refused(N_("This picture is larger than 8 MB. Take a smaller one."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS or getattr(image, "n_frames", 1) > 1:
                    raise _refused(N_("This picture has too many pixels or moves. Take a plain photo."))
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                upright = ImageOps.exif_transpose(image).convert("RGB")
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                fresh = Image.frombytes("RGB", upright.size, upright.tobytes())
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Warning, Image.DecompressionBombError) as error:
        raise _refused(N_("This file is not a picture that can be read. Use JPEG, PNG or WebP.")) from error
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Picture(out.getvalue(), *fresh.size)


def bytes_of(text: str) -> bytes:
    """The JPEG that `Picture.text` stands for."""
    return base64.b64decode(text, validate=True)


def _refused(sentence: str) -> InputRefused:
    return InputRefused({"photo": [sentence]})
