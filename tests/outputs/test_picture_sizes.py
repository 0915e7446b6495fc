"""Pictures in hand-written pages have the size of their files, and what is no such file stays as it is."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from minutebook.picture_sizes import size_of, with_sizes

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"\x08\x02\x00\x00\x00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a picture of 640 to 480 pixels."""
    (tmp_path / "guides" / "a picture").mkdir(parents=True)
    (tmp_path / "guides" / "a picture" / "one.png").write_bytes(PNG)
    return tmp_path


def test_a_picture_has_the_size_of_its_file(folder: Path) -> None:
    html = '<p><img alt="A &gt; B" class="x" src="../a%20picture/one.png" /></p>'
    assert with_sizes(html, folder, "guides/editor/index.html") == (
        '<p><img width="640" height="480" alt="A &gt; B" class="x" src="../a%20picture/one.png" /></p>'
    )


@pytest.mark.parametrize(
    "image",
    [
        '<img alt="" src="../gone.png">',
        '<img alt="" src="https://town.example/one.png">',
        '<img alt="" width="10" src="../a%20picture/one.png">',
        '<img alt="" src="../../../../../../etc/one.png">',
        '<img alt="" src="data:image/png;base64,AAAA">',
    ],
)
def test_what_is_not_there_and_what_has_a_size_stays(folder: Path, image: str) -> None:
    assert with_sizes(image, folder, "guides/editor/index.html") == image


@pytest.mark.parametrize("data", [b"", PNG[:20], b"GIF89a" + PNG[6:], PNG[:12] + b"IDAT" + PNG[16:]])
def test_a_file_that_is_no_picture_has_no_size(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.png").write_bytes(data)
    assert size_of(tmp_path / "x.png") is None
