"""An editor who does everything that can be done to a record, one thing after another, as a number decides."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from tests.small_council import FILES, write_council, write_record

# Beside the files of the council: what takes its date and its body from what it lies in.
_MORE = {
    "meetings/2021-05-04-scrutiny.md": "title: Scrutiny Committee, 4 May 2021\nbody: bodies/scrutiny\nheld_on: 2021-05-04",
    "items/2021-05-04-lofts.md": "title: Lofts\nmeeting: meetings/2021-05-04-scrutiny\nnumber: '4'",
    "items/2021-06-01-costs.md": "title: Costs\nmeeting: meetings/2021-06-01-scrutiny\nnumber: '10'",
    "items/2021-06-01-lofts.md": "title: Lofts again\nmeeting: meetings/2021-06-01-scrutiny\nnumber: '9'",
    "resolutions/2021-06-01-lofts.md": """
        title: On lofts
        item: items/2021-06-01-lofts
        clauses: [{wording: That it be noted., effect: noted}]
        """,
    "actions/2021-05-lofts.md": """
        title: Insulate the lofts
        promised_by: bodies/energy-group
        promised_to: bodies/scrutiny
        promised_on: 2021-05-20
        due: [{date: 2021-06}]
        status: [{status: open, on: 2021-05-20}]
        about: [projects/insulation]
        citations: [{source: sources/2021-05-report, at: paragraph 9, quote: by June}]
        """,
    "discrepancies/lofts.md": """
        title: Who insulates
        kind: open
        matter: who and where
        about: [projects/insulation]
        sides:
          - says: The workstream.
            citations: [{source: sources/2021-05-report, at: paragraph 4, quote: insulation passes to the workstream}]
          - says: The county.
            citations: [{source: sources/2021-06-01-minutes, at: item 4, quote: it went to the county}]
        """,
}
_GROUNDS = "exemption: {paragraphs: ['3'], public_interest_reason: it names a bidder}"
_ACCESSES = ("public", "draft", f"exempt\n{_GROUNDS}", "confidential")
_TOPICS = ("heating", "Heating", "homes", "money")
_DATES = ("2021-04", "2020", "2021-06-01", "2019-03/2021-05")


class Editor:
    """Writes the council of Thornby, and changes one file of it at a time. What it leaves may have errors."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder = folder
        self.kb = write_council(folder, **_MORE)
        self._random = random.Random(number)
        self._edits = 0
        self._kinds: tuple[Callable[[Path], None], ...] = (
            self._retitle, self._tell, self._mention, self._file_under, self._hide, self._hide, self._remove,
            self._rename, self._add, self._date, self._put_back, self._touch,
        )  # fmt: skip

    def edit(self) -> str:
        """Change one file; what was done to which."""
        self._edits += 1
        path = self._any()
        kind = self._random.choice(self._kinds)
        kind(path)
        return f"{self._edits}: {kind.__name__} {path.relative_to(self.kb)}"

    def mend(self) -> None:
        """Write every file as it was at first, and take away what is new."""
        for path in self.kb.rglob("*.md"):
            path.unlink()
        write_council(self._folder, **_MORE)

    def _any(self) -> Path:
        return self._random.choice(
            sorted(path for path in self.kb.rglob("*.md") if path.parent.name != "council")
        )

    def _retitle(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").split("\n")
        self._write(
            path,
            "\n".join(f"title: Title {self._edits}" if one.startswith("title:") else one for one in lines),
        )

    def _tell(self, path: Path) -> None:
        self._write(path, f"{path.read_text(encoding='utf-8')}\nWords {self._edits}.\n")

    def _mention(self, path: Path) -> None:
        other = self._any()
        words = self._random.choice(("", f"|it {self._edits}"))  # without words the link has the title
        self._tell(path)
        self._write(
            path,
            f"{path.read_text(encoding='utf-8')}See [[{other.parent.name}/{other.stem}{words}]].\n",
        )

    def _file_under(self, path: Path) -> None:
        self._set(path, "topics", f"[{self._random.choice(_TOPICS)}]")

    def _hide(self, path: Path) -> None:
        """Or show: each access is as likely."""
        self._set(path, "access", self._random.choice(_ACCESSES))

    def _remove(self, path: Path) -> None:
        path.unlink()

    def _rename(self, path: Path) -> None:
        path.rename(path.with_stem(f"{path.stem}-{self._edits}"))

    def _add(self, path: Path) -> None:
        about = f"{path.parent.name}/{path.stem}"
        write_record(
            self.kb / f"thornby/events/event-{self._edits}.md",
            f"title: Event {self._edits}\nkind: other\non: {self._random.choice(_DATES)}\nabout: [{about}]",
        )

    def _date(self, path: Path) -> None:
        for field in ("held_on", "effective", "dated", "said_on", "on", "began"):
            if f"\n{field}: " in path.read_text(encoding="utf-8"):
                self._set(path, field, self._random.choice(_DATES))

    def _put_back(self, _: Path) -> None:
        path = self._random.choice([path for path in FILES if not path.startswith("council")])
        write_record(self.kb / "thornby" / path, FILES[path])

    def _touch(self, path: Path) -> None:
        path.touch()

    def _set(self, path: Path, field: str, value: str) -> None:
        """Give a field a value; what was set here before goes."""
        text = path.read_text(encoding="utf-8")
        kept = [one for one in text.split("\n") if one != _GROUNDS and not one.startswith(f"{field}: ")]
        self._write(path, "\n".join([kept[0], f"{field}: {value}", *kept[1:]]))

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8", newline="\n")
