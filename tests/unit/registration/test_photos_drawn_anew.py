"""A picture comes out with nothing in it but its pixels, upright and within bounds."""

import io

import pytest
from PIL import Image

from havre.core.problems import InputRefused
from havre.registration.photos import LONGEST_SIDE, MOST_BYTES, bytes_of, redrawn


def jpeg(size: tuple[int, int] = (300, 200), orientation: int = 1, form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Secret camera", orientation
    exif.get_ifd(0x8825)[1] = "N"
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    picture.save(out, form, exif=exif, comment=b"Secret comment", **options)
    return out.getvalue()


def test_place_camera_and_comments_are_gone() -> None:
    content = jpeg()
    assert b"Secret camera" in content
    made = redrawn(content).jpeg
    assert b"Secret" not in made and not Image.open(io.BytesIO(made)).getexif()


def test_what_follows_the_picture_is_gone() -> None:
    assert b"<script>" not in redrawn(jpeg() + b"<script>alert(1)</script>").jpeg


def test_the_picture_stands_upright() -> None:
    made = redrawn(jpeg((300, 200), orientation=6))
    assert (made.width, made.height) == (200, 300)
    red, _green, blue = Image.open(io.BytesIO(made.jpeg)).getpixel((190, 10))
    assert red > 200 and blue < 80


def test_a_large_picture_becomes_small() -> None:
    made = redrawn(jpeg((4000, 3000)))
    assert max(made.width, made.height) == LONGEST_SIDE and bytes_of(made.text) == made.jpeg


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_other_plain_formats_are_read(form: str) -> None:
    assert redrawn(jpeg(form=form)).jpeg.startswith(b"\xff\xd8")


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.7", b"<svg/>", jpeg()[:200], b"\0" * (MOST_BYTES + 1)])
def test_what_is_no_plain_picture_is_refused(content: bytes) -> None:
    with pytest.raises(InputRefused) as caught:
        redrawn(content)
    assert "photo" in caught.value.errors


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(InputRefused):
        redrawn(out.getvalue())


def test_a_moving_picture_is_refused() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "WEBP", save_all=True, append_images=[Image.new("RGB", (8, 8), "blue")])
    with pytest.raises(InputRefused):
        redrawn(out.getvalue())
