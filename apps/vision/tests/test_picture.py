import io

import pytest
from PIL import Image

from tests.conftest import encode, solid
from vision import picture as module
from vision.errors import InvalidPicture
from vision.picture import CONTENT_TYPES, LONGEST_SIDE, MAX_BYTES, Picture


@pytest.mark.parametrize(("image_format", "content_type"), CONTENT_TYPES.items())
def test_every_format_is_decoded(image_format: str, content_type: str) -> None:
    picture = Picture.decode(encode(solid("red"), image_format))
    assert picture.content_type == content_type
    assert picture.pixels.size == (40, 30)
    red, green, blue = picture.pixels.getpixel((20, 15))  # type: ignore[misc]
    assert red > 240
    assert green < 15
    assert blue < 15


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_becomes_rgb(mode: str) -> None:
    assert Picture.decode(encode(Image.new(mode, (8, 8)))).pixels.mode == "RGB"


def test_transparent_is_white() -> None:
    picture = Picture.decode(encode(solid((255, 0, 0, 0), mode="RGBA")))
    assert picture.pixels.getpixel((0, 0)) == (255, 255, 255)


def test_a_picture_is_turned_as_its_camera_was() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turned by 90 degrees
    assert Picture.decode(encode(solid("red"), "JPEG", exif=exif)).pixels.size == (30, 40)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "These 0 bytes are no picture; allowed are GIF, JPEG, PNG, WEBP."),
        (b"%PDF-1.7 and so on", "These 18 bytes are no picture; allowed are GIF, JPEG, PNG, WEBP."),
        (b"GIF89a", "no picture|damaged"),
        (encode(solid("red"), "BMP"), "are no picture; allowed are GIF, JPEG, PNG, WEBP."),
        (encode(solid("red", (300, 300)), "JPEG")[:900], "The picture is damaged: "),
        (encode(solid("red", (300, 300)), "PNG")[:60], "The picture is damaged: |are no picture"),
        (b"x" * (MAX_BYTES + 1), "A picture may have 20000000 bytes at most; this one has 20000001."),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InvalidPicture, match=message):
        Picture.decode(data)


@pytest.mark.parametrize("size", [(5001, 5000), (20_000, 10_000)])
def test_too_many_pixels_are_refused_before_they_are_decoded(
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = encode(Image.new("1", size))
    assert len(bomb) < 100_000
    monkeypatch.setattr(module, "_flatten", lambda _: pytest.fail("it was decoded"))
    with pytest.raises(InvalidPicture, match="pixels at most|decompression bomb"):
        Picture.decode(bomb)


def test_engines_get_a_small_jpeg() -> None:
    data = Picture.decode(encode(solid("blue", (3000, 1000)))).jpeg()
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "JPEG"
        assert max(image.size) == LONGEST_SIDE


def test_a_small_picture_keeps_its_size() -> None:
    with Image.open(io.BytesIO(Picture.decode(encode(solid("blue"))).jpeg())) as image:
        assert image.size == (40, 30)
