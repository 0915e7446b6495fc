"""How heavy the pages of a built site are: `python -m benchmarks.page_sizes [SITE]`, from a site that `make site` made."""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BUDGET = 25_000  # bytes of HTML of a record's page, as it stands on the disk
_RECORD = b'class="mb-page mb-page--record"'


@dataclass(frozen=True, order=True)
class Weight:
    """The page of a record: its bytes, those of it compressed, and its address."""

    bytes: int
    compressed: int
    address: str


def weights(site: Path) -> list[Weight]:
    """Every page of a record in a built site, the lightest first."""
    return sorted(_weigh(site.resolve()))


def _weigh(site: Path) -> Iterator[Weight]:
    for page in site.glob("*/*/*/index.html"):
        data = page.read_bytes()
        if _RECORD in data:
            address = page.parent.relative_to(site).as_posix()
            yield Weight(len(data), len(gzip.compress(data, mtime=0)), f"{address}/")


def main() -> None:
    """Print the median, the 95th of a hundred, the largest, and every page over the budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "site", nargs="?", type=Path, default=Path("site"), help="the folder of the built site"
    )
    found = weights(parser.parse_args().site)
    if not found:
        parser.error("no page of a record is there: build the site first")
    for name, one in (("median", found[len(found) // 2]), ("p95", found[int(len(found) * 0.95)]), ("largest", found[-1])):  # fmt: skip
        print(f"{name:8} {one.bytes:7,} bytes, {one.compressed:6,} compressed  {one.address}")
    over = [one for one in found if one.bytes >= BUDGET]
    print(f"{len(over)} of {len(found)} pages of records have {BUDGET:,} bytes or more")
    for one in reversed(over):
        print(f"         {one.bytes:7,} bytes, {one.compressed:6,} compressed  {one.address}")


if __name__ == "__main__":
    main()
