"""A picture that was decoded, whatever format it came in."""

import io
import warnings
from dataclasses import dataclass
from typing import Self

from PIL import Image, ImageOps, UnidentifiedImageError

from vision.errors import InvalidPicture

MAX_BYTES = 20_000_000
# Decoded, a pixel takes 3 or 4 bytes of the function's memory, several times over.
MAX_PIXELS = 25_000_000
# What models scale a larger picture down to anyway.
LONGEST_SIDE = 1568

CONTENT_TYPES = {"GIF": "image/gif", "JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
EXTENSIONS = {"image/gif": "gif", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


@dataclass(frozen=True)
class Picture:
    """Pixels in RGB, upright."""

    pixels: Image.Image
    content_type: str

    @classmethod
    def decode(cls, data: bytes) -> Self:
        if len(data) > MAX_BYTES:
            raise InvalidPicture(f"A picture may have {MAX_BYTES} bytes at most; this one has {len(data)}.")
        try:
            with warnings.catch_warnings():
                # Pillow's own limit only warns of what is a little larger; this program's is checked below.
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                return cls._decode(data)
        except UnidentifiedImageError:
            formats = ", ".join(CONTENT_TYPES)
            raise InvalidPicture(f"These {len(data)} bytes are no picture; allowed are {formats}.") from None
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise InvalidPicture(f"The picture is damaged: {error}") from error

    @classmethod
    def _decode(cls, data: bytes) -> Self:
        with Image.open(io.BytesIO(data), formats=list(CONTENT_TYPES)) as image:
            width, height = image.size  # read from the header: nothing is decoded yet
            if width * height > MAX_PIXELS:
                raise InvalidPicture(f"A picture may have {MAX_PIXELS} pixels at most; got {width} x {height}.")
            return cls(_flatten(ImageOps.exif_transpose(image)), CONTENT_TYPES[image.format or ""])

    def jpeg(self) -> bytes:
        """The picture as every engine takes it, no larger than one looks at."""
        copy = self.pixels.copy()
        copy.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        data = io.BytesIO()
        copy.save(data, "JPEG", quality=90)
        return data.getvalue()


def _flatten(image: Image.Image) -> Image.Image:
    """What shows through a transparent picture is white."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")
