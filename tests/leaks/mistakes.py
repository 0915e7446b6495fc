"""A hundred ways in which a hidden record can be unreadable, break a rule, or lie where none lies."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Callable
from pathlib import Path

from tests.helpers import COUNCIL, lay_out, sample_files
from tests.leaks.eye import WORD
from tests.leaks.houses import SETTINGS

M = f"{WORD}77777"
AT = f"{COUNCIL}/projects/{M}.md"
SECRET = f"""\
---
title: The {M} sale
aliases: [{M} other]
summary: A {M} summary.
topics: [{M} topic]
access: exempt
exemption: {{paragraphs: ["3"], public_interest_reason: A {M} reason.}}
kind: project
parent: projects/sample
aims: [A {M} aim]
editor_note: A {M} note.
citations: [{{source: sources/sample, at: "{M} place", quote: "{M} words"}}]
---

A {M} narrative, [[projects/sample|{M} link]].
"""


def said_so(access: str) -> str:
    """The record with another line in place of the one that says who may read it, and no grounds."""
    return re.sub(r"access: exempt\nexemption: .*\n", access, SECRET)


# What is wrong with a hidden record: its text, where it does not lie at AT in UTF-8 a way to put it there.
MISTAKES: dict[str, str] = {
    "a colon in a value": SECRET.replace(f"A {M} summary", f"{M}: {M}: x"),
    "a quotation mark that is never closed": SECRET.replace("summary: A", 'summary: "A'),
    "a tab": SECRET.replace("aims: [", f"aims:\n\t- {M}\n\t- ["),
    "a bracket that is never closed": SECRET.replace("topic]", "topic"),
    "an alias of YAML": SECRET.replace(f"A {M} note", f"*{M}"),
    "an anchor": SECRET.replace("summary: A", f"summary: &{M} A"),
    "a merge key": SECRET.replace("kind:", f"<<: {{title: {M}}}\nkind:"),
    "a tag": SECRET.replace("summary: A", f"summary: !!python/{M} A"),
    "two equal keys": SECRET.replace("kind:", f"title: Another {M}\nkind:"),
    "public and exempt at once": SECRET.replace("title:", "access: public\ntitle:", 1),
    "exempt and public at once": SECRET.replace("kind:", "access: public\nkind:"),
    "a field that no record has": SECRET.replace("kind:", f"{M}: x\nkind:"),
    "a field that this type does not have": SECRET.replace("kind:", f"venue: {M}\nkind:"),
    "a value that is none of a list": SECRET.replace("kind: project", f"kind: {M}"),
    "a reference that is none": SECRET.replace("projects/sample\n", f"Projects/{M} X\n"),
    "a reference that leads nowhere": SECRET.replace("projects/sample\n", f"projects/{M}-gone\n"),
    "a reference to another type": SECRET.replace("kind:", f"partners: [projects/{M}]\nkind:"),
    "a reference to itself": SECRET.replace("projects/sample\n", f"projects/{M}\n"),
    "a link that is none": SECRET.replace("[[projects/sample|", f"[[{M} sale|"),
    "a link that leads nowhere": SECRET.replace("[[projects/sample|", f"[[projects/{M}-gone|"),
    "a link to elsewhere": SECRET.replace("[[projects/sample|", f"[x](javascript:{M}) [[projects/sample|"),
    "HTML": SECRET.replace("[[projects/sample|", f"<b {M}> [[projects/sample|"),
    "a picture": SECRET.replace("[[projects/sample|", f"![{M}](https://{M}.example/) [[projects/sample|"),
    "a personal detail": SECRET.replace(f"A {M} note", f"{M}@{M}.example 020 7946 0123"),
    "a date that is none": SECRET.replace("kind:", f"began: 3017-13-45 {M}\nkind:"),
    "a date in two readings": SECRET.replace("kind:", "began: 3017-18\nkind:"),
    "a list for a text": SECRET.replace("kind: project", f"kind: [{M}]"),
    "a text for a group": SECRET.replace("kind:", f"phases: {M}\nkind:"),
    "nothing after a field": SECRET.replace("kind:", "sponsor:\nkind:"),
    "a name that is a list": SECRET.replace("kind:", f"? [{M}]\n: x\nkind:"),
    "a field is missing": SECRET.replace("kind: project\n", ""),
    "a title of two lines": SECRET.replace(f"title: The {M} sale", f"title: |\n  The {M}\n  sale"),
    "erased, and still there": SECRET.replace("kind:", f"erased: For a {M} reason.\nkind:"),
    "grounds that are none": SECRET.replace('["3"]', f'["{M}"]'),
    "no grounds": said_so("access: exempt\n"),
    "grounds and not exempt": SECRET.replace("access: exempt\n", ""),
    "grounds of what is confidential": SECRET.replace("access: exempt", "access: confidential"),
    "no list of fields": f"---\n- access: exempt\n- {M}\n---\n{M}\n",
    "no fields, and text": f"---\naccess exempt {M}\n---\n{M}\n",
    "no fences": SECRET.replace("---\n", ""),
    "no second fence": SECRET.replace("---\n\n", "\n"),
    "text before the first fence": f"{M}\n{SECRET}",
    "a fence too early": SECRET.replace("access:", "---\naccess:"),
    "access after a mistake": said_so("").replace("kind: project", f"kind: [project\nnote: {M}\naccess: exempt"),
    "access after a mistake, in brackets": f"---\n{{title: {M}, kind: [, access: exempt}}\n---\n",
    "a mistake after access": SECRET.replace("kind: project", f"kind: [{M}"),
    "exemptt": said_so("access: exemptt\n"),
    "exemt": said_so("access: exemt\n"),
    "Access: Exempt": said_so("Access: Exempt\n"),
    "ACCESS : EXEMPT": said_so("ACCESS : EXEMPT\n"),
    "acess: draft": said_so("acess: draft\n"),
    "accses: confidential": said_so("accses: confidential\n"),
    "access = exempt": said_so("access = exempt\n"),
    "access exempt": said_so("access exempt\n"),
    "access with a wide colon": said_so("access\uff1a exempt\n"),
    "access: [exempt]": said_so("access: [exempt]\n"),
    "access: {to: nobody}": said_so("access: {to: nobody}\n"),
    "access: no": said_so("access: no\n"),
    "access: members only": said_so("access: members only\n"),
    "access with nothing after it": said_so("access:\n"),
    "exempton": said_so("exempton: {paragraphs: ['3']}\n"),
    "draft: true": said_so("draft: true\n"),
    "published: false": said_so("published: false\n"),
    "private: yes": said_so("private: yes\n"),
    "an invisible character": SECRET.replace(f"A {M} note", f"{M}\u200b{M}"),
    "nested too deep": SECRET.replace("kind: project", f"kind: {'[' * 40}{M}{']' * 40}"),
    "three thousand brackets": SECRET.replace("kind: project", f"kind: {M} {'[' * 3000}\nx: ["),
    "a line too long": SECRET.replace("summary: A", f"summary: {'x' * 21_000}"),
    "fields too large": SECRET.replace("kind:", "".join(f"x{number}: {M}\n" for number in range(8000)) + "kind:"),
    "a file too large": SECRET + f"{M}\n" * 60_000,
    "access beyond the size that is read": said_so(f"about: |\n{('  ' + M) * 50_000}\naccess: exempt\n"),
}  # fmt: skip

# Hidden records that lie where no record lies, or as what none is.
PLACES: dict[str, Callable[[Path], object]] = {
    "with a byte-order mark": lambda kb: write(kb / AT, codecs.BOM_UTF8 + SECRET.encode()),
    "in UTF-16": lambda kb: write(kb / AT, SECRET.encode("utf-16")),
    "in UTF-16 without a mark": lambda kb: write(kb / AT, SECRET.encode("utf-16-be")),
    "in UTF-32": lambda kb: write(kb / AT, SECRET.encode("utf-32")),
    "in Latin-1": lambda kb: write(kb / AT, SECRET.replace(" sale", " sale of caf\xe9s").encode("latin-1")),
    "with bytes that are no text": lambda kb: write(kb / AT, SECRET.encode().replace(b" note", b" \xff\xfe\x80")),
    "with zeros": lambda kb: write(kb / AT, SECRET.encode().replace(b" note", b" \0\0")),
    "with the line ends of an old Mac": lambda kb: write(kb / AT, SECRET.encode().replace(b"\n", b"\r")),
    "a symbolic link": lambda kb: (kb / AT).symlink_to(write(kb.parent / f"{M}.md", SECRET)),
    "a symbolic link to what is not here": lambda kb: (kb / AT).symlink_to(f"../{M}/{M}.md"),
    "a linked folder of unread records": lambda kb: (kb / COUNCIL / f"{M}").symlink_to(write(kb.parent / M / "a.md", SECRET).parent),
    "a hard link": lambda kb: (kb / AT).hardlink_to(write(kb.parent / f"{M}.md", SECRET)),
    "in a folder of no type": lambda kb: write(kb / COUNCIL / f"{M}-projects" / f"{M}.md", SECRET),
    "in a folder too deep": lambda kb: write(kb / COUNCIL / "projects" / f"{M}" / "deep" / f"{M}.md", SECRET),
    "in a council of a bad name": lambda kb: write(kb / f"The {M} Council" / "projects" / f"{M}.md", SECRET),
    "beside the councils": lambda kb: write(kb / f"{M}.md", SECRET),
    "beside the folders": lambda kb: write(kb / COUNCIL / f"{M}.md", SECRET),
    "under a name in capitals": lambda kb: write(kb / COUNCIL / "projects" / f"{M.upper()}.md", SECRET),
    "under a name of several words": lambda kb: write(kb / COUNCIL / "projects" / f"The {M} sale.md", SECRET),
    "under a name too long": lambda kb: write(kb / COUNCIL / "projects" / f"{M}{'-long' * 30}.md", SECRET),
    "under a name that is no text": lambda kb: write(Path(os.fsdecode(os.fsencode(kb / COUNCIL / "projects" / M) + b"\xff.md")), SECRET),
    "under a name with an order to a terminal": lambda kb: write(kb / COUNCIL / "projects" / f"\x1b[31m{M}.md", SECRET),
    "under another ending": lambda kb: write(kb / COUNCIL / "projects" / f"{M}.markdown", SECRET),
    "as a copy of an editor's": lambda kb: write(kb / COUNCIL / "projects" / f"{M}.md~", SECRET),
    "with an attachment": lambda kb: write(write(kb / AT, SECRET).with_suffix(".pdf"), b"%PDF \xff"),
    "an unreadable one with an attachment": lambda kb: write(write(kb / AT, SECRET.replace("kind:", "kind")).with_suffix(".pdf"), b"%PDF \xff"),
    # Public records that give a hidden one away: by a line, by a misspelling, by its name.
    "beside a mistake of a public record": lambda kb: _public(kb, about=f"about: [projects/{M}, projects/nowhere]"),
    "an unreadable one beside a mistake": lambda kb: _public(kb, SECRET.replace("kind:", "kind"), about=f"about: [projects/{M}, projects/nowhere]"),
    "misspelt by a public record": lambda kb: _public(kb, about=f"about: [projects/{M}x]"),
    "taken for another type by a public record": lambda kb: _public(kb, about=f"about: [bodies/{M}]"),
    "in a public file that cannot be read": lambda kb: _public(kb, about=f"summary: Of projects/{M}: a sale"),
    "named by a public record": lambda kb: _public(kb, about=f"summary: Of the {M} sale."),
    "named over two lines": lambda kb: _public(kb, narrative=f"Of the\n{M}\nsale."),
    "named by its id": lambda kb: _public(kb, narrative=f"See projects/{M}."),
    "linked over two lines": lambda kb: _public(kb, narrative=f"See [[projects/{M}|the\nsale]]."),
    "with its name on a public record": lambda kb: _public(kb, about=f"title: The {M} sale"),
}  # fmt: skip
# What the gate cannot know: a public record that tells a hidden name in its own words. Check refuses it (MB605).
IN_OWN_WORDS = frozenset(name for name in PLACES if name.startswith(("named", "linked", "with its name")))
# A folder that is not read is not named at all: its name may tell of what it holds.
NEVER_NAMED = frozenset({"in a folder of no type", "in a folder too deep"})


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _public(
    kb: Path, hidden: str = SECRET, *, about: str = "summary: A fair.", narrative: str = "A fair."
) -> None:
    """A hidden project, and a public event that has to do with it."""
    write(kb / AT, hidden)
    title = "" if about.startswith("title:") else "title: A fair\n"
    cited = "citations: [{source: sources/sample, quote: yes}]"
    write(
        kb / COUNCIL / "events/fair.md",
        f"---\n{title}{about}\nkind: other\non: 2019\n{cited}\n---\n\n{narrative}\n",
    )


def put_in_place(name: str, kb: Path) -> Path:
    """The samples and one hidden record with a mistake."""
    lay_out(kb, {**sample_files(), **SETTINGS})
    if name in MISTAKES:
        write(kb / AT, MISTAKES[name])
    else:
        PLACES[name](kb)
    return kb
