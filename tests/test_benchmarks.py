"""The invented council of the benchmarks: sound, the same every time, and shaped like the real thing. Nothing is timed."""

from __future__ import annotations

import hashlib
import math
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import read_link_check
from benchmarks.generator import generate, main, record_text, write
from benchmarks.page import markers, write_section
from benchmarks.read_link_check import Run, section, verdict
from benchmarks.words import forms
from minutebook.front_matter import read_front_matter
from minutebook.loading import Loaded, load
from minutebook.ownership import OwnershipHistory
from minutebook.records import RECORD_TYPES
from minutebook.records.project import Project
from minutebook.records.transfer import Transfer, TransferKind
from minutebook.source import SourceFile

REPOSITORY = Path(__file__).resolve().parents[1]
FINGERPRINT = """
import hashlib
from benchmarks.generator import generate
print(hashlib.sha256("".join(path + text for path, text in generate(200, 7)).encode()).hexdigest())
"""


def council(folder: Path, records: int, seed: int) -> Loaded:
    """Write a council and load it."""
    write(folder / "kb", records, seed)
    return load(folder / "kb")


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """A council of a thousand records."""
    return council(tmp_path_factory.mktemp("thousand"), 1_000, 7)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The files of a council of a thousand records."""
    return dict(generate(1_000, 7))


# --- The council ---


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_same_number_and_seed_give_the_same_bytes(hash_seed: str) -> None:
    """Whatever order Python keeps its sets in, the files are those of this process."""
    here = hashlib.sha256("".join(path + text for path, text in generate(200, 7)).encode()).hexdigest()
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}

    there = subprocess.run(
        [sys.executable, "-c", FINGERPRINT],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert there.stdout.strip() == here


def test_another_seed_is_another_council() -> None:
    """Two seeds share the settings and nothing else."""
    one, other = dict(generate(200, 1)), dict(generate(200, 2))
    both = {path for path in one.keys() & other.keys() if one[path] == other[path]}

    assert both == {"minutebook.yml", "synonyms.yml"}


@pytest.mark.parametrize("seed", [1, 2, 7])
@pytest.mark.parametrize("records", [200, 1_000])
def test_a_council_has_no_errors(tmp_path: Path, records: int, seed: int) -> None:
    """What is measured is the reading of sound records: as many as were asked for, of every type."""
    loaded = council(tmp_path, records, seed)

    assert [str(finding.place) + finding.message for finding in loaded.findings if finding.is_error] == []
    assert len(loaded.kb.records) == records
    assert {type(record) for record in loaded.kb.records.values()} == set(RECORD_TYPES)


def test_a_project_passes_through_many_bodies(thousand: Loaded) -> None:
    """Some chain is ten bodies long or longer, some part lies three levels deep, and some answer is a gap."""
    history = OwnershipHistory(thousand.kb)
    chains = [history.chain(project) for project in thousand.kb.of(Project)]
    depths = [len([one.parent, *parents(thousand, one)]) for one in thousand.kb.of(Project) if one.parent]

    assert max(len({step.holder for step in chain.steps if step.holder}) for chain in chains) >= 10
    assert max(depths) == 2
    assert any(step.move.gap for chain in chains for step in chain.steps)
    assert any(step.move.closed and step.move.closed.monitored_by for chain in chains for step in chain.steps)


def parents(loaded: Loaded, project: Project) -> list[str]:
    """The ids of what the parent of a project is part of."""
    above = loaded.kb.get(project.parent, Project)
    return [above.parent, *parents(loaded, above)] if above is not None and above.parent is not None else []


def test_every_kind_of_transfer_takes_place(thousand: Loaded) -> None:
    """From the first establishment to the reopening of what was closed."""
    assert {transfer.kind for transfer in thousand.kb.of(Transfer)} == set(TransferKind)


def test_dates_have_every_shape(texts: dict[str, str]) -> None:
    """A day, a month, about a month, an interval, either end open, a set, a quarter, a year, the source's words."""
    text = "\n".join(texts.values())
    shapes = {
        "day": r": \d{4}-\d\d-\d\d$",
        "month": r": \d{4}-\d\d$",
        "about": r": \d{4}-\d\d~$",
        "interval": r": \d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d$",
        "open end": r": \d{4}-\d\d-\d\d/\.\.$",
        "open start": r": \.\./\d{4}-\d\d-\d\d$",
        "set": r": \[\d{4}-\d\d-\d\d, \d{4}-\d\d-\d\d\]$",
        "financial year": r": \d{4}/\d\d$",
        "quarter": r": \d{4}/\d\d-Q\d$",
        "year": r": \d{4}$",
        "words": r"as_written: (?:early|middle of|end of) [A-Z][a-z]+ \d{4}$",
    }

    assert [name for name, shape in shapes.items() if not re.search(shape, text, re.MULTILINE)] == []


# --- Its words ---


def test_words_follow_zipfs_law(thousand: Loaded) -> None:
    """From the tenth word to the five-hundredth, frequency falls in proportion to rank."""
    words = Counter(
        word
        for record in thousand.kb.records.values()
        for word in re.findall(r"[a-z]+", record.narrative.lower())
    )
    counts = [count for _, count in words.most_common(500)]
    points = [(math.log(rank), math.log(count)) for rank, count in enumerate(counts, 1) if rank >= 10]
    middle_x, middle_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    slope = sum((x - middle_x) * (y - middle_y) for x, y in points) / sum(
        (x - middle_x) ** 2 for x, _ in points
    )

    assert -1.25 < slope < -0.75


def test_a_record_has_about_three_hundred_words(texts: dict[str, str]) -> None:
    """Fields and narrative together, on average."""
    records = [text for path, text in texts.items() if path.endswith(".md")]

    assert 250 < sum(len(text.split()) for text in records) / len(records) < 400


def test_phrases_codes_and_links_recur(texts: dict[str, str]) -> None:
    """What searches look for is there: phrases with little words in them, report codes, links both plain and named."""
    text = "\n".join(texts.values())
    wanted = [
        "be noted",
        "business as usual",
        r"\b[A-Z]{2,3}\d\d-\d{3}\b",
        r"\[\[[a-z]+/[a-z-]+\]\]",
        r"\[\[[a-z]+/[a-z0-9-]+\|",
    ]

    assert [pattern for pattern in wanted if len(re.findall(pattern, text)) < 20] == []


@pytest.mark.parametrize(
    ("stem", "made"),
    [
        ("plan", ["plan", "plans", "planned", "planning", "planner", "planment", "planation"]),
        ("decide", ["decide", "decides", "decided", "deciding", "decider", "decidement", "decidation"]),
        ("carry", ["carry", "carries", "carried", "carrying", "carrier", "carriness"]),
        ("assess", ["assess", "assesses", "assessed", "assessing", "assesser", "assessment", "assessation"]),
    ],
)
def test_forms_are_spelt_as_english_spells_them(stem: str, made: list[str]) -> None:
    """Consonants double, e drops, y turns to i: what a stemmer must undo."""
    assert list(forms(stem)) == made


# --- The generator ---


def test_what_is_written_is_read_again_as_it_was() -> None:
    """Our small writer of YAML and the reader agree on everything a record can hold."""
    fields = {
        "title": "Care: who's asked?",
        "topics": ["care", "public health"],
        "aliases": ["Care, and more", "it's"],
        "effective": {"value": "2019-11", "as_written": "£1 'early' in 2019"},
        "moves": [{"what": "projects/x", "closed": {"into": "business as usual"}}, {"what": "projects/y"}],
        "left_out": None,
    }

    front, findings = read_front_matter(SourceFile("x.md", record_text(fields, "Some words.\n\nMore.")))

    assert findings == []
    assert front is not None
    assert front.fields == {name: value for name, value in fields.items() if value is not None}
    assert front.narrative == "Some words.\n\nMore."


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--records", "199"], "at least 200 records: with fewer, some type of record has none\n"),
        (["--records", "200"], "{out} is not empty\n"),
    ],
)
def test_what_cannot_be_made_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    """Too few records, or a folder that holds something, end with a sentence and code 2."""
    if "200" in arguments:
        (tmp_path / "something").touch()
    monkeypatch.setattr(sys, "argv", ["generator", *arguments, "--out", str(tmp_path)])

    assert main() == 2
    assert capsys.readouterr().err == message.format(out=tmp_path)


# --- What is measured ---


def run(seconds: float, megabytes: float) -> Run:
    """A run whose phases took so long each."""
    each = dict.fromkeys(read_link_check.PHASES, seconds)
    return Run(each, each, megabytes)


def test_a_run_measures_every_phase(tmp_path: Path) -> None:
    """Wall time, processor time and memory, each more than nothing."""
    write(tmp_path / "kb", 200, 7)

    measured = Run(**read_link_check.run_once(tmp_path / "kb"))

    assert set(measured.wall) == set(measured.cpu) == set(read_link_check.PHASES)
    assert measured.total(measured.wall) > 0
    assert measured.megabytes > 1


@pytest.mark.parametrize(
    ("seconds", "megabytes", "said"),
    [
        (1.5, 200, "met, with 4.5 s and 200 MB."),
        (1.7, 200, "**missed**, with 5.1 s and 200 MB."),
        (1.0, 301, "**missed**, with 3.0 s and 301 MB."),
    ],
)
def test_the_verdict_is_honest(seconds: float, megabytes: float, said: str) -> None:
    """A budget that is missed, in time or in memory, is said to be missed."""
    assert (
        verdict({10_000: [run(seconds, megabytes)]})
        == f"The budget for 10,000 records is 5 s and 300 MB: {said}"
    )


def test_a_busy_machine_is_said_to_be_busy() -> None:
    """Where the clock shows more than the processor worked, both are told."""
    wall, cpu = (dict.fromkeys(read_link_check.PHASES, seconds) for seconds in (2.0, 1.5))

    assert verdict({10_000: [Run(wall, cpu, 200)]}) == (
        "The budget for 10,000 records is 5 s and 300 MB: met, with 4.5 s and 200 MB. "
        "The machine had other work to do: on the clock it took 6.0 s."
    )


def test_the_measured_section_is_replaced_and_the_page_is_not(tmp_path: Path) -> None:
    """What stands between the markers is written anew."""
    begin, end = markers("figures")
    page = tmp_path / "performance.md"
    page.write_text(f"# Ours\n\n{begin}\nold\n{end}\n\nThe end.\n", encoding="utf-8")

    write_section(page, "figures", section({1_000: [run(0.1, 50)]}))
    text = page.read_text(encoding="utf-8")

    assert text.startswith(f"# Ours\n\n{begin}\n\nMeasured with ")
    assert text.endswith(f"| peak memory | 50 (50) MB |  |\n\n{end}\n\nThe end.\n")


def test_a_page_without_markers_stays_as_it_is(tmp_path: Path) -> None:
    """Nothing is written into a page that has no place for it."""
    page = tmp_path / "performance.md"
    page.write_text("# Ours\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"performance\.md has no `<!-- build: begin -->`"):
        write_section(page, "build", "figures")
    assert page.read_text(encoding="utf-8") == "# Ours\n"
