"""A small invented council with one programme that is split: what the tests of the command line ask about."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "council/thornby.md": "title: Thornby Council\nkind: district",
    "sources/2021-05-report.md": """
        title: Report on the Warm Homes programme
        kind: committee report
        standing: official
        publisher: Thornby Council
        url: https://thornby.example/report
        dated: 2021-05-20
        licence: not stated
        """,
    "sources/2021-06-01-minutes.md": """
        title: What was minuted
        kind: minutes
        standing: official
        publisher: Thornby Council
        url: not stated
        dated: not stated
        licence: not stated
        """,
    "bodies/warm-homes-board.md": "title: Warm Homes Board\nkind: programme board\naliases: [WHB]",
    "bodies/housing-board.md": "title: Housing Improvement Board\nkind: improvement board",
    "bodies/energy-group.md": "title: Energy Workstream\nkind: workstream",
    "bodies/scrutiny.md": "title: Scrutiny Committee\nkind: scrutiny committee",
    "meetings/2021-06-01-scrutiny.md": "title: Scrutiny Committee, 1 June 2021\nbody: bodies/scrutiny\nheld_on: 2021-06-01",
    "projects/warm-homes.md": "title: Warm Homes\nkind: programme",
    "projects/insulation.md": "title: Insulation\naliases: [Lagging lofts]\nkind: project\nparent: projects/warm-homes",
    "projects/boilers.md": "title: Boilers\nkind: project\nparent: projects/warm-homes",
    "projects/advice.md": "title: Advice line\nkind: project\nparent: projects/warm-homes",
    "statements/2021-06-01-member.md": """
        title: A member's account of insulation
        capacity: member
        speaker: a member
        said_on: 2021-06-01
        disputes: [transfers/2021-04-split]
        citations: [{source: sources/2021-06-01-minutes, at: item 4, quote: it went to the county}]
        """,
    "transfers/2019-set-up.md": """
        title: The programme is set up
        kind: establish
        effective: 2019-03-04
        authorised_by: not stated
        moves: [{what: projects/warm-homes, to: bodies/warm-homes-board}]
        citations: [{source: sources/2021-05-report, at: paragraph 2, quote: set up on 4 March 2019, supports: [authorised_by]}]
        """,
    "transfers/2021-04-split.md": """
        title: The programme is split
        kind: split
        effective: {value: 2021-04, as_written: as from April 2021}
        authorised_by: not stated
        from: bodies/warm-homes-board
        moves:
          - {what: projects/warm-homes, closed: {into: discontinued}}
          - {what: projects/insulation, to: bodies/energy-group}
          - {what: projects/boilers, to: bodies/housing-board}
          - {what: projects/advice, gap: The table does not list it.}
        citations: [{source: sources/2021-05-report, at: paragraph 3, quote: projects will be split, supports: [authorised_by]}]
        """,
}


# What a record cites that gives no citations of its own.
_RECEIPT = "citations: [{{source: sources/{}, at: paragraph 1, quote: not held}}]"


def write_council(folder: Path, **changed: str | None) -> Path:
    """Write the council under `folder`/kb and return that; a file given as None is left out.

    `changed` is keyed by path, as in `**{"projects/boilers.md": "..."}`.
    """
    kb = folder / "kb"
    for path, fields in {**FILES, **changed}.items():
        if fields is not None:
            write_record(kb / "thornby" / path, fields)
    return kb


def with_receipt(path: Path, fields: str) -> str:
    """The fields of a record of the council with a receipt, where they have none and it is no source."""
    *_, council, folder, _ = path.parts
    if council != "thornby" or folder == "sources" or "citations:" in fields or "erased:" in fields:
        return fields
    indent = " " * min(len(line) - len(line.lstrip()) for line in fields.split("\n") if line.strip())
    source = "2021-06-01-minutes" if folder == "meetings" else "2021-05-report"
    return fields.rstrip() + "\n" + indent + _RECEIPT.format(source)


def write_record(path: Path, fields: str, narrative: str = "") -> None:
    """Write a record file; the fields may be indented as they stand in the test."""
    lines = with_receipt(path, fields).strip("\n").rstrip().split("\n")
    indent = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "---\n" + "\n".join(line[indent:] for line in lines) + "\n---\n" + narrative
    path.write_text(text, encoding="utf-8", newline="\n")
