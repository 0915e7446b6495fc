"""Whichever record a rule speaks of is hidden, no message names it: every case, and a large council broken at random."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from random import Random

import pytest

from benchmarks.generator import generate
from minutebook.loading import load
from minutebook.rendering import render_text
from tests.leaks.eye import WORD
from tests.leaks.hidden import ACCESS
from tests.leaks.houses import leaked_by_messages
from tests.leaks.marks import Marks
from tests.leaks.mistakes import M, write
from tests.test_cases import CASES, Case, case_files

_RECORD = re.compile(r"kb/ambledown/([a-z]+)/([a-z0-9-]+)\.md")


def with_hidden(files: dict[str, str], hidden: Collection[str]) -> dict[str, str]:
    """The files of a case with some of its records made exempt: marks in their slugs, titles and receipts."""
    slugs = {
        f"{match[1]}/{match[2]}"
        for path in hidden
        if (match := _RECORD.fullmatch(path)) and match[1] != "council"
    }
    named = (
        re.compile(rf"\b({'|'.join(map(re.escape, sorted(slugs, key=len, reverse=True)))})(?![a-z0-9-])")
        if slugs
        else None
    )
    grounds = f"access: exempt\nexemption: {{paragraphs: ['3'], public_interest_reason: {M}}}"
    made = {}
    for path, text in files.items():
        if path in hidden and "/council/" not in path:
            text = re.sub(r"^(title: .*)$", rf"\1 {M}", text, count=1, flags=re.MULTILINE)
            text = re.sub(r"^-+ *$", rf"\g<0>\n{grounds}", text, count=1, flags=re.MULTILINE).replace(
                "quote: ", f"quote: {M} "
            )
        if named is not None:
            text = named.sub(rf"\1-{M}", text)
            path = named.sub(rf"\1-{M}", path) if path.endswith(".md") else path
        made[path] = text
    return made


def choices(case: Case, base: dict[str, str], turn: int, *, quiet: bool) -> Iterator[list[str]]:
    """Which records of a case to hide: all, its own, and one of those that all cases share."""
    shared_records = [path for path in base if path not in case.files and _RECORD.fullmatch(path)]
    own = [path for path in case.files if _RECORD.fullmatch(path)]
    yield [*shared_records, *own]
    if not quiet:
        yield own
        yield shared_records[turn % len(shared_records) :][:1] if shared_records else []


def test_whichever_record_of_a_case_is_hidden_no_message_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every rule that fires on the files themselves, with the records it speaks of hidden one by one."""
    shared_files = Case.read(CASES / "base.txt").files
    seen: set[str] = set()
    named: dict[tuple[str, str], list[str]] = {}
    houses = 0
    for turn, path in enumerate(case_files()):
        case = Case.read(path)
        if case.all("overlay") or case.all("shown") or not case.files:
            continue
        base = (
            {}
            if case.all("base")
            else {k: v for k, v in shared_files.items() if k not in case.all("without")}
        )
        for hidden in choices(case, base, turn, quiet="quiet" in path.stem):
            place = tmp_path / f"{houses}"
            place.mkdir()
            monkeypatch.chdir(place)
            Case(case.comment, [("base", "none")], with_hidden({**base, **case.files}, hidden)).lay_out(place)
            findings = load(Path("kb")).findings
            houses += 1
            seen |= {finding.rule.code for finding in findings if finding.restricted}
            printed = render_text(findings)
            if WORD in printed and SAYS_NOTHING.isdisjoint([path.stem]):
                named[path.stem, hidden[0]] = [line for line in printed.splitlines() if WORD in line]
            shutil.rmtree(place)
    assert named == {}
    assert houses > 600
    assert len(seen) > 60, "rules that fired on something hidden"


# There is no line in these that could say so.
SAYS_NOTHING = frozenset({"MB107_empty_file", "MB107_no_fences"})


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_hidden_and_broken_at_random_no_message_names_it(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large council, half of it hidden, with dates moved and references shuffled and misspelt."""
    random = Random(seed)
    files = dict(generate(200, 7))
    records = sorted(path for path in files if path.endswith(".md") and "/council/" not in path)
    hidden = set(random.sample(records, len(records) // 2))
    ids = {path.partition("/")[2].removesuffix(".md"): path in hidden for path in records}
    named = re.compile(rf"({'|'.join(map(re.escape, sorted(ids, key=len, reverse=True)))})(?![a-z0-9-])")

    def shuffled(match: re.Match[str]) -> str:
        folder = match[1].partition("/")[0]
        one = (
            random.choice([one for one in ids if one.startswith(f"{folder}/")])
            if random.random() < 0.1
            else match[1]
        )
        marked = f"{one}-{M}" if ids[one] else one
        return marked[:-1] if random.random() < 0.03 else marked

    for path, text in files.items():
        if path in records:
            text = named.sub(shuffled, text)
            text = re.sub(
                r"\b20[12]\d(?=-\d\d)",
                lambda year: str(int(year[0]) + random.choice((0, 0, 0, 1, -1, 3))),
                text,
            )
        if path in hidden:
            text = re.sub(r"^access: .*\n", "", text, flags=re.MULTILINE)
            text = text.replace("---\n", f"---\naccess: {random.choice(ACCESS)}\n", 1)
            text = re.sub(r"^title: '?(.*?)'?$", rf"title: '{M} \1'", text, count=1, flags=re.MULTILINE)
            path = f"{path.removesuffix('.md')}-{M}.md"
        write(tmp_path / "kb" / path, text)
    monkeypatch.chdir(tmp_path)
    findings = load(Path("kb")).findings
    assert len({finding.rule.code for finding in findings}) > 15
    assert leaked_by_messages(Marks(), findings) == {}
