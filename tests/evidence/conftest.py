"""What the tests of evidence share: the sample records and the text that they cite."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import SAMPLES, lay_out, sample_files


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """The sample records."""
    return lay_out(tmp_path / "kb", sample_files())


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """The text that they cite."""
    return lay_out(tmp_path / "texts", {"sample.txt": (SAMPLES / "sample.txt").read_text(encoding="utf-8")})
