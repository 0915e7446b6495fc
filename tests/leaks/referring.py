"""Public records that refer to hidden ones, and public projects whose owners hidden records change."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from typing import Any

from minutebook.absence import metadata, written_name
from minutebook.front_matter import write_record_text
from minutebook.records import BY_FOLDER, RECORD_TYPES
from minutebook.records.base import Part, To, part_type
from tests.helpers import COUNCIL
from tests.leaks.eye import WORD
from tests.leaks.hidden import REFERENCE, HiddenSet
from tests.leaks.marks import Marks, sample_fields

# Each of these would rest on a hidden record, or say of a public one what is not so.
_NOT_CROSSED = frozenset({
    "succeeded_by", "perhaps_same_as", "approved_at", "rescinds", "amends", "supersedes", "reported_in", "expected_of",
})  # fmt: skip


_QUOTED = f"{WORD}99999 in other words"  # what goes with a reference to a hidden record


def crossing(hidden: HiddenSet | None, *, sound: bool = True) -> dict[str, str]:
    """A public record of each type that refers to hidden ones wherever it may; without `hidden` to none.

    What stands in place of a link to a hidden record stands there then as text. Where the knowledge base
    need not be sound they cite hidden sources as well, and have hidden parents.
    """
    files = {}
    for record_type in RECORD_TYPES:
        folder = record_type.folder
        if folder in ("council", "projects", "transfers"):
            continue  # what these are part of is told by `governance`
        fields, narrative = sample_fields(folder)
        fields["title"] = f"A crossing of {folder}"
        fields["aliases"] = [f"Crossroads of {folder}"]
        if folder == "items":
            fields |= {"number": "8", "minute_number": "13"}
        if folder == "meetings":
            fields.pop("interests")  # its item is one of another meeting
        if hidden is not None:
            _refer(record_type, fields, hidden.slugs, _NOT_CROSSED if sound else frozenset())
            if not sound:
                fields.setdefault("citations", []).append(
                    {"source": f"sources/{hidden.slugs['sources']}", "quote": _QUOTED}
                )
            link = f"[[{folder}/{hidden.slugs[folder]}]]"
            narrative += f"\n\nBeside {link} and {link[:-2]}|{_QUOTED}]], in public."
        else:
            gone = "(a record that is not public)"
            narrative += f"\n\nBeside {gone} and {gone}, in public."
        files[f"{COUNCIL}/{folder}/crossing.md"] = write_record_text(fields, narrative)
    return files


def resting(hidden: HiddenSet) -> dict[str, str]:
    """A public record of each type all of whose references lead to hidden ones: most cannot stand without."""
    files = {}
    for folder in BY_FOLDER:
        fields, narrative = sample_fields(folder)
        fields |= {"title": f"Resting {folder}", "aliases": [f"At rest: {folder}"]}
        text = write_record_text(fields, narrative.replace("|", f"|{_QUOTED} "))
        path = f"{COUNCIL}/{folder}/resting.md" if folder != "council" else "restham/council/restham.md"
        files[path] = REFERENCE.sub(lambda match: f"{COUNCIL}/{match[1]}/{hidden.slugs[match[1]]}", text)
    return files


def _refer(
    model: type[Part], fields: dict[str, Any], slugs: Mapping[str, str], without: frozenset[str]
) -> None:
    """Let fields refer to hidden records besides: one more in each list, one where none was named."""
    for name, info in model.model_fields.items():
        written, to, inner = written_name(info, name), metadata(info, To), part_type(info.annotation)
        value = fields.get(written)
        if to is not None and name not in without:
            target = (to.folders or ("projects",))[0]
            reference = f"{target}/{slugs[target]}"
            if typing.get_origin(info.annotation) is tuple:
                if value is None or isinstance(value, list):
                    fields[written] = [*(value or []), reference]
            elif value is None and not info.is_required():
                fields[written] = reference
        elif inner is not None and value is not None:
            for one in value if isinstance(value, list) else [value]:
                _refer(inner, one, slugs, without)


def governance(hidden: HiddenSet | None, marks: Marks | None = None) -> dict[str, str]:
    """Public projects whose owners hidden records change; without `hidden` what the public ones alone say."""
    names = dict.fromkeys(BY_FOLDER, "") if hidden is None else hidden.slugs
    cited = (
        "citations: [{source: sources/sample, at: section 6, quote: the programme starts on 1 April 2019}]"
    )
    files: dict[str, str] = {}

    def hush(what: str) -> str:
        return marks.new(what) if marks is not None else ""

    def write(path: str, text: str, access: str = "public") -> None:
        mark = ""
        if access != "public":
            if hidden is None or marks is None:
                return
            grounds = (
                "exemption: {paragraphs: ['3'], public_interest_reason: So.}\n" if access == "exempt" else ""
            )
            mark = marks.new(f"{path}: title")
            text = f"access: {access}\n{grounds}editor_note: {marks.new(f'{path}: note')}\n{text}"
            path = f"{path}-{marks.new(f'{path}: slug')}"
        title = path.rpartition("/")[2].replace("-", " ").capitalize()
        files[f"{COUNCIL}/{path}.md"] = f"---\ntitle: {title} {mark}\n{text}\n{cited}\n---\n"

    def transfer(
        slug: str,
        kind: str,
        on: str,
        moves: str,
        giver: str = "",
        access: str = "public",
        by: str = "not stated",
    ) -> None:
        given = f"from: bodies/{giver}\n" if giver else ""
        write(
            f"transfers/{slug}",
            f"kind: {kind}\neffective: {on}\nauthorised_by: {by}\n{given}moves: [{moves}]",
            access,
        )

    for body in ("open-north", "open-south"):
        parent = f"\nparent: bodies/{names['bodies']}" if hidden is not None and body == "open-south" else ""
        write(f"bodies/{body}", f"kind: programme board\nestablished: 2017{parent}")
    for project in ("moved-in-private", "received-in-private", "by-private-leave", "watched-in-private", "split-partly-in-private",
                    "ended-in-private", "lost-in-private", "disputed-in-private", "stayed-in-public"):  # fmt: skip
        write(f"projects/{project}", "kind: project")
        if project != "received-in-private":
            on = "2019-05-01" if project == "by-private-leave" else "2018-04-01"
            transfer(f"2018-{project}", "establish", on, f"{{what: projects/{project}, to: bodies/open-north}}",
                     by=f"decisions/{names['decisions']}" if hidden is not None and project == "by-private-leave" else "not stated")  # fmt: skip
    # A hidden transfer in the middle of a public chain.
    transfer(
        "2018-06-move",
        "transfer",
        "2018-06-01",
        "{what: projects/moved-in-private, to: bodies/open-south}",
        "open-north",
        "exempt",
    )
    transfer(
        "2018-09-move",
        "transfer",
        "2018-09-01",
        "{what: projects/moved-in-private, to: bodies/open-north}",
        "open-south",
    )
    transfer(
        "2018-07-end",
        "close",
        "2018-07-01",
        f"{{what: projects/ended-in-private, closed: {{into: given up {hush('closed into')}}}}}",
        "open-north",
        "draft",
    )
    transfer(
        "2018-07-gap",
        "transfer",
        "2018-07-02",
        f"{{what: projects/lost-in-private, gap: Nobody {hush('gap')}.}}",
        "open-north",
        "confidential",
    )
    if hidden is not None:
        # Public transfers that lead to hidden bodies, or take hidden projects along.
        transfer(
            "2018-received-in-private",
            "establish",
            "2018-04-01",
            f"{{what: projects/received-in-private, to: bodies/{names['bodies']}}}",
        )
        write(
            "statements/dispute",
            "capacity: member\nsaid_on: 2018-09-02\ndisputes: [transfers/2018-disputed-in-private]",
            "draft",
        )
        write("projects/in-private", "kind: project\nparent: projects/stayed-in-public", "draft")
    watcher = f", monitored_by: bodies/{names['bodies']}" if hidden is not None else ""
    transfer(
        "2018-08-watched",
        "close",
        "2018-08-01",
        f"{{what: projects/watched-in-private, closed: {{into: business as usual{watcher}}}}}",
        "open-north",
    )
    transfer(
        "2018-08-split",
        "transfer",
        "2018-08-02",
        "{what: projects/split-partly-in-private, to: bodies/open-south}",
        "open-north",
    )
    return files
