"""What the tests share: the flag that rewrites cases, the original minutes, the built site of this repository, and the browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import REPOSITORY, SOURCES, run

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_SOURCES = "no original minutes at ../shared/seeds"
NO_CHROMIUM = "no Chromium here: `make test` installs it where it may, see CONTRIBUTING.md"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that rewrites what the cases expect."""
    parser.addoption(
        "--update-cases",
        action="store_true",
        help="write what the cases print into their expected files; the difference is the review",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, by name, the tests that need what this machine does not have."""
    for item in items:
        if item.get_closest_marker("browser") and find_chromium() is None:
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def find_chromium() -> str | None:
    """Return the path of a Chromium that tests can drive; MINUTEBOOK_CHROMIUM names one that is elsewhere."""
    named = os.environ.get("MINUTEBOOK_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(autouse=True, scope="session")
def _caches_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the key that signs what is kept out of the developer's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield


@pytest.fixture(scope="session")
def update_cases(request: pytest.FixtureRequest) -> bool:
    """Whether to rewrite the expected output of cases instead of comparing with it."""
    return bool(request.config.getoption("--update-cases"))


@pytest.fixture(scope="session")
def shared_sources() -> Path:
    """The folder of the original minutes; the test skips where it is not beside the repository."""
    if not SOURCES.is_dir():
        pytest.skip(NO_SOURCES)
    return SOURCES


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser; the test skips where there is none."""
    path = find_chromium()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    return path


@pytest.fixture(scope="session")
def repository_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository, built once with its own mkdocs.yml, two folders under one that can be served."""
    site = tmp_path_factory.mktemp("repository") / "sub" / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(REPOSITORY)
        result = run("build", "--site", site)
    assert result.exit_code == 0, result.output
    return site
