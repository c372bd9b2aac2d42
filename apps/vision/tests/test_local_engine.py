import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.conftest import encode, solid
from vision.engines.engine import MAX_LABELS
from vision.engines.local import LocalEngine, colour_name
from vision.picture import Picture

NAMES = {
    "red": ["red", "#c81414", "#8b0000"],
    "orange": ["orange", "#ff8000"],
    "brown": ["#8b4513", "#6b4423"],
    "yellow": ["yellow", "#f0e020"],
    "green": ["lime", "green", "#228b22"],
    "cyan": ["cyan", "#00c8d2"],
    "blue": ["blue", "#1e50dc", "navy"],
    "purple": ["purple", "#8020c0"],
    "pink": ["#ff1493", "#ff69b4"],
    "black": ["black", "#141414"],
    "grey": ["grey", "#a0a0a0"],
    "white": ["white", "#f5f5f5"],
}
COLOURS = [(name, shown) for name, colours in NAMES.items() for shown in colours]


def labels(image: Image.Image) -> dict[str, float]:
    return {label.name: label.score for label in LocalEngine().labels(Picture.decode(encode(image)))}


@pytest.mark.parametrize(("name", "shown"), COLOURS)
def test_a_picture_of_one_colour_says_so(name: str, shown: str) -> None:
    found = labels(solid(shown))
    assert found[name] == 1.0
    assert set(found) & set(NAMES) == {name}


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_scores_are_shares_of_the_picture(share: float) -> None:
    image = solid("red", (64, 64))
    image.paste("blue", (0, 0, int(64 * share), 64))
    found = labels(image)
    assert found["blue"] == pytest.approx(share)
    assert found["red"] == pytest.approx(1 - share)


def test_a_colour_of_little_share_is_left_out() -> None:
    image = solid("red", (100, 100))
    image.paste("blue", (0, 0, 5, 100))
    assert "blue" not in labels(image)


@pytest.mark.parametrize(
    ("size", "shape"),
    [((200, 100), "landscape"), ((100, 200), "portrait"), ((100, 100), "square"), ((102, 100), "square")],
)
def test_the_shape_is_named(size: tuple[int, int], shape: str) -> None:
    found = labels(solid("grey", size))
    assert set(found) & {"landscape", "portrait", "square"} == {shape}


@pytest.mark.parametrize(("level", "name"), [(0, "dark"), (60, "dark"), (200, "bright"), (255, "bright")])
def test_the_brightness_is_named(level: int, name: str) -> None:
    assert set(labels(solid((level, level, level)))) & {"dark", "bright"} == {name}


def test_a_middling_picture_is_neither_dark_nor_bright() -> None:
    assert not set(labels(solid((128, 128, 128)))) & {"dark", "bright"}


def test_edges_tell_a_detailed_picture_from_a_plain_one() -> None:
    stripes = solid("white", (64, 64))
    for x in range(0, 64, 8):
        stripes.paste("black", (x, 0, x + 4, 64))
    assert "detailed" in labels(stripes)
    assert "plain" in labels(solid("white"))


def test_a_gradient_is_neither() -> None:
    half = solid("white", (64, 64))
    half.paste("black", (0, 0, 32, 64))
    assert not set(labels(half)) & {"plain", "detailed"}


@settings(max_examples=30, deadline=None, database=None)
@given(st.integers(1, 40), st.integers(1, 40), st.randoms(use_true_random=False))
def test_any_picture_has_ranked_labels_and_always_the_same(width: int, height: int, random: object) -> None:
    image = Image.frombytes("RGB", (width, height), random.randbytes(3 * width * height))  # type: ignore[attr-defined]
    picture = Picture.decode(encode(image))
    found = LocalEngine().labels(picture)
    assert 1 <= len(found) <= MAX_LABELS
    assert all(0 < label.score <= 1 for label in found)
    assert [label.score for label in found] == sorted((label.score for label in found), reverse=True)
    assert len({label.name for label in found}) == len(found)
    assert LocalEngine().labels(picture) == found


@settings(max_examples=300, deadline=None, database=None)
@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
def test_every_colour_has_one_of_the_names(red: int, green: int, blue: int) -> None:
    assert colour_name(red, green, blue) in NAMES
