"""Looks at the pixels themselves: no model, no network, the same labels for the same picture."""

import colorsys
from collections import Counter

from PIL import Image, ImageFilter, ImageStat

from vision.engines.engine import Label, ranked
from vision.picture import Picture

_SIDE = 64
_LEAST_SHARE = 0.1
_BLACK, _GREY, _WHITE = 0.15, 0.15, 0.85
_DARK, _BRIGHT = 0.3, 0.7
# Upper ends of hues in degrees; red goes on at the top.
_HUES = ((15, "red"), (45, "orange"), (70, "yellow"), (165, "green"), (200, "cyan"), (260, "blue"), (310, "purple"))
_PINK, _RED = 345, 360
_BROWN = 0.6
# How much a pixel of the edge filter's picture stands out, of 255, to be on an edge.
_EDGE = 48
_DETAILED, _PLAIN = 0.2, 0.01
_SQUARE = 1.05


class LocalEngine:
    name = "local"

    def labels(self, picture: Picture) -> list[Label]:
        image = picture.pixels
        small = image.resize((_SIDE, _SIDE), Image.Resampling.BOX)
        return ranked([*_colours(small), *_brightness(small), *_detail(small), _shape(*image.size)])


def _colours(image: Image.Image) -> list[Label]:
    counted = image.getcolors(_SIDE * _SIDE) or []
    shares: Counter[str] = Counter()
    for count, pixel in counted:
        red, green, blue = pixel if isinstance(pixel, tuple) else (0, 0, 0)
        shares[colour_name(red, green, blue)] += count
    total = image.width * image.height
    return [Label(name, round(n / total, 4)) for name, n in shares.items() if n / total >= _LEAST_SHARE]


def colour_name(red: int, green: int, blue: int) -> str:
    """What one would call a colour."""
    hue, saturation, value = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
    if value < _BLACK:
        return "black"
    if saturation < _GREY:
        return "white" if value > _WHITE else "grey"
    degrees = hue * _RED
    name = next((name for end, name in _HUES if degrees < end), "pink" if degrees < _PINK else "red")
    return "brown" if name == "orange" and value < _BROWN else name


def _brightness(image: Image.Image) -> list[Label]:
    mean = ImageStat.Stat(image.convert("L")).mean[0] / 255
    if mean >= _BRIGHT:
        return [Label("bright", round(mean, 4))]
    return [Label("dark", round(1 - mean, 4))] if mean <= _DARK else []


def _detail(image: Image.Image) -> list[Label]:
    # The filter leaves the outermost pixels as they were.
    edges = image.convert("L").filter(ImageFilter.FIND_EDGES).crop((1, 1, _SIDE - 1, _SIDE - 1))
    share = sum(edges.histogram()[_EDGE:]) / (edges.width * edges.height)
    if share >= _DETAILED:
        return [Label("detailed", round(share, 4))]
    return [Label("plain", round(1 - share, 4))] if share <= _PLAIN else []


def _shape(width: int, height: int) -> Label:
    if max(width, height) <= min(width, height) * _SQUARE:
        return Label("square", 1.0)
    return Label("landscape" if width > height else "portrait", 1.0)
