"""From a folder to records: every file is read, or there is a finding that says why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutebook.knowledge_base import link_records
from minutebook.reader import MAX_FILE, MAX_LINE, MAX_NAME, NoKnowledgeBase, Reading, read_records
from minutebook.records import BY_FOLDER
from minutebook.records.project import Project
from tests.helpers import codes, lay_out, sample_files

PROJECT = "---\ntitle: Benches\nkind: project\n---\n"
AT = "ambledown/projects/benches.md"


def read(folder: Path, files: dict[str, str]) -> Reading:
    """What is read of these files."""
    return read_records(lay_out(folder / "kb", files))


def found(reading: Reading) -> list[tuple[str, str]]:
    """The code of each finding and the name of the file it is in."""
    return [(finding.rule.code, finding.place.path.rpartition("/")[2]) for finding in reading.findings]


# -- what is read -------------------------------------------------------------------------------


def test_every_sample_is_read_without_a_finding(tmp_path: Path) -> None:
    reading = read(tmp_path, sample_files())

    assert reading.findings == []
    assert {str(record.id) for record in reading.records} == {
        name.removesuffix(".md") for name in sample_files()
    }
    assert reading.councils == {"ambledown": f"{tmp_path.as_posix()}/kb/ambledown"}


def test_a_record_knows_its_id_its_file_and_its_narrative(tmp_path: Path) -> None:
    [record] = read(tmp_path, {AT: PROJECT + "\nAlong the street.\n"}).records

    assert isinstance(record, Project)
    assert (record.id, record.council) == ("ambledown/projects/benches", "ambledown")
    assert (record.narrative, record.narrative_line) == ("Along the street.", 6)
    assert record.file.path == f"{tmp_path.as_posix()}/kb/{AT}"
    assert record.file.line(2) == "title: Benches"


def test_references_without_a_council_are_of_the_council_of_the_folder(tmp_path: Path) -> None:
    part = PROJECT.replace("kind", "parent: projects/streets\npartners: [great-ambledown/bodies/board]\nkind")
    [record] = read(tmp_path, {AT: part}).records

    assert isinstance(record, Project)
    assert record.parent == "ambledown/projects/streets"
    assert record.partners == ("great-ambledown/bodies/board",)


def test_two_councils_may_have_records_of_one_name(tmp_path: Path) -> None:
    reading = read(tmp_path, {AT: PROJECT, "great-ambledown/projects/benches.md": PROJECT})

    assert [record.id for record in reading.records] == [
        "ambledown/projects/benches",
        "great-ambledown/projects/benches",
    ]


def test_settings_and_synonyms_are_read(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "minutebook.yml": "title: Ambledown\nas_of: 2020-01-07\ncouncils: {ambledown: {licence: OGL}}\n",
            "synonyms.yml": "groups: [[seat, bench], [BAU, business as usual]]\n",
        },
    )

    assert reading.findings == []
    assert reading.settings.title == "Ambledown"
    assert reading.settings.as_of is not None
    assert reading.settings.as_of.value == "2020-01-07"
    assert reading.settings.councils["ambledown"].licence == "OGL"
    assert reading.synonyms.groups == (("seat", "bench"), ("BAU", "business as usual"))


def test_settings_that_cannot_be_read_leave_those_that_are_usual(tmp_path: Path) -> None:
    reading = read(tmp_path, {"minutebook.yml": "titel: Ambledown\n"})

    assert codes(reading.findings) == ["MB119"]
    assert reading.settings.title == "Minutebook"


def test_an_empty_folder_is_an_empty_knowledge_base(tmp_path: Path) -> None:
    reading = read(tmp_path, {})
    assert reading == Reading(root=reading.root)


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_a_folder_that_is_not_there_is_the_one_exception(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NoKnowledgeBase, match=f"no folder `.*{name}` with records in it"):
        read_records(tmp_path / name)


# -- what is not --------------------------------------------------------------------------------

STRAYS = {
    "stray.md": "MB101",
    ".gitkeep": "MB101",
    "minutebook.yaml": "MB101",
    "ambledown/stray.md": "MB101",
    "ambledown/minutebook.yml": "MB101",
    "ambledown/projects/benches.txt": "MB101",
    "ambledown/projects/benches.MD": "MB101",
    "ambledown/projects/benches.md~": "MB101",
    "ambledown/projects/.benches.md.swp": "MB101",
    "ambledown/projects/benches": "MB101",
    "ambledown/projects/streets/benches.md": "MB101",
    "ambledown/projcts/benches.md": "MB102",
    "ambledown/notes/benches.md": "MB102",
    "ambledown/Projects/benches.md": "MB102",
    "Ambledown/projects/benches.md": "MB104",
    "ambledown_2/projects/benches.md": "MB104",
    ".git/projects/benches.md": "MB104",
    "ambledown/projects/Benches.md": "MB104",
    "ambledown/projects/two benches.md": "MB104",
    "ambledown/projects/two--benches.md": "MB104",
    "ambledown/projects/-benches.md": "MB104",
    "ambledown/projects/.md": "MB101",
    "ambledown/projects/bänke.md": "MB104",
    "ambledown/projects/bench\u200bes.md": "MB104",
    "ambledown/projects/bench\nes.md": "MB104",
    f"ambledown/projects/{'a' * (MAX_NAME + 1)}.md": "MB104",
}


@pytest.mark.parametrize(("path", "code"), STRAYS.items())
def test_a_file_in_the_wrong_place_or_of_the_wrong_name_is_one_finding(
    tmp_path: Path, path: str, code: str
) -> None:
    reading = read(tmp_path, {path: PROJECT})

    assert codes(reading.findings) == [code]
    assert reading.records == []


def test_a_name_as_long_as_it_may_be_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, {f"ambledown/projects/{'a' * MAX_NAME}.md": PROJECT}).findings == []


def test_a_name_that_is_not_even_text_is_one_finding(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "kb", {AT: PROJECT})
    raw = os.fsencode(folder / "ambledown" / "projects") + b"/b\xff.md"
    try:
        os.close(os.open(raw, os.O_CREAT | os.O_WRONLY))
    except OSError:
        pytest.skip("this file system takes only names that are text")

    assert codes(read_records(folder).findings) == ["MB104"]


def test_a_file_that_is_lost_is_noted_so_that_references_to_it_are_not_blamed(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "ambledown/projects/a.txt": PROJECT,
            "ambledown/projects/The B.md": PROJECT,
            "ambledown/projects/c.md": "no fields",
            "ambledown/projects/d.md": PROJECT.replace("kind", "knd"),
            "ambledown/bodeis/e.md": PROJECT,
        },
    )

    assert reading.broken == {
        "ambledown/projects/a",
        "ambledown/projects/the-b",
        "ambledown/projects/c",
        "ambledown/projects/d",
        "ambledown/bodies/e",
    }
    assert link_records(reading).broken == reading.broken


def test_a_file_that_is_no_regular_one_is_never_opened(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "kb", {AT: PROJECT})
    secret = tmp_path / "secret.md"
    secret.write_text(PROJECT)
    projects = folder / "ambledown" / "projects"
    (projects / "linked.md").symlink_to(secret)
    (projects / "dangling.md").symlink_to(tmp_path / "nowhere")
    (projects / "hard.md").hardlink_to(secret)
    (folder / "ambledown" / "bodies").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(projects / "pipe.md")  # to open it would wait for ever

    reading = read_records(folder)

    assert found(reading) == [
        ("MB103", "bodies"),
        ("MB103", "dangling.md"),
        ("MB103", "hard.md"),
        ("MB103", "linked.md"),
        ("MB103", "pipe.md"),
    ]
    assert [record.id for record in reading.records] == ["ambledown/projects/benches"]


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (PROJECT.replace("Benches", "B£nches").encode("latin-1"), "MB105", "2:9"),
        (PROJECT.encode("utf-16"), "MB105", "1:1"),
        (PROJECT.encode("utf-16-be"), "MB116", "1:1"),  # without a mark it is text, full of nothing
        (b"---\ntitle: caf\xc3\xa9 \xff\n---\n", "MB105", "2:13"),
        (b"\xef\xbb\xbf" + PROJECT.encode(), "MB106", "1:1"),
        (b"---\ntitle: a\0b\n---\n", "MB116", "2:9"),
        (b"\xed\xa0\x80", "MB105", "1:1"),
        (b"", "MB107", "1:1"),
        (PROJECT.encode() + b"a" * MAX_FILE, "MB113", None),
        (
            PROJECT.encode() + b"a\n" * (MAX_LINE // 2) + b"a" * (MAX_LINE + 1),
            "MB113",
            f"{5 + MAX_LINE // 2}:1",
        ),
        (b"---\na: " + b"[" * 3_000 + b"\n---\n", "MB114", "2:15"),
        (b"---\na: " + (b"[" * 10_000 + b"\n ") * 3 + b"\n---\n", "MB114", "2:15"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_finding_at_its_place(
    tmp_path: Path, data: bytes, code: str, place: str | None
) -> None:
    folder = lay_out(tmp_path / "kb", {AT: ""})
    (folder / AT).write_bytes(data)

    reading = read_records(folder)

    [finding] = reading.findings
    assert finding.rule.code == code
    if place is not None:
        assert str(finding.place).endswith(f":{place}")
    assert reading.broken == {"ambledown/projects/benches"}


def test_a_file_as_large_as_it_may_be_is_read(tmp_path: Path) -> None:
    lines = "a" * 99 + "\n"
    text = (PROJECT + lines * (MAX_FILE // len(lines) + 1))[:MAX_FILE]

    assert read(tmp_path, {AT: text}).findings == []
    assert codes(read(tmp_path, {AT: text + "a"}).findings) == ["MB113"]


def test_a_line_as_long_as_it_may_be_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, {AT: PROJECT + "a" * MAX_LINE}).findings == []
    assert codes(read(tmp_path, {AT: PROJECT + "a" * (MAX_LINE + 1)}).findings) == ["MB113"]


def test_findings_of_one_file_are_all_given_and_each_once(tmp_path: Path) -> None:
    text = "---\ntitle: Benches\nsumary: a\nkind: projct\nbegan: 5/11/2019\ntitle: Seats\nparent:\n---\n"

    assert codes(read(tmp_path, {AT: text}).findings) == ["MB110", "MB115", "MB204", "MB401", "MB201"]


# -- what is not public -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["access: exempt", "access: confidential", "access: draft", '"access": exempt', "access : exempt", "access: 'exempt'",
     "access: exmept", "access:", "access: >-\n  exempt", "access: &x exempt", "access: !!str exempt", "access: # why\n  exempt",
     "{access: exempt}", "acess: exempt", "accès: confidential", "exemption: {paragraphs: [3]}", "access: publicly", "access:\texempt",
     "access: exempt # until March", "a: b\r\naccess: exempt\r\nc: d", "? access\n: exempt", "- access: exempt"],
)  # fmt: skip
@pytest.mark.parametrize("broken", ["a: [", "unknown: field"])
def test_what_is_found_in_a_broken_file_that_is_not_plainly_public_is_restricted(
    tmp_path: Path, line: str, broken: str
) -> None:
    reading = read(tmp_path, {AT: f"---\ntitle: Sale of the depot\n{line}\n{broken}\n---\n"})

    assert reading.findings
    for finding in reading.findings:
        assert finding.restricted
        assert "benches" not in repr(finding.masked().place)


@pytest.mark.parametrize(
    "line",
    ["access: public", '"access": "public"', "access: 'public'", "access:   public  ", "access: public # for all",
     "summary: Better access for all", "topics: [access, roads]", "minutes_status: draft", "summary: exempt from call-in"],
)  # fmt: skip
def test_what_is_found_in_a_public_file_is_not(tmp_path: Path, line: str) -> None:
    reading = read(tmp_path, {AT: f"---\ntitle: Benches\n{line}\nsumary: x\n---\n"})

    assert reading.findings
    assert not any(finding.restricted for finding in reading.findings)


@pytest.mark.parametrize("path", STRAYS)
def test_a_stray_file_that_is_not_public_is_not_named(tmp_path: Path, path: str) -> None:
    [finding] = read(tmp_path, {path: PROJECT.replace("kind", "access: exempt\nkind")}).findings

    shown = finding.masked() if finding.restricted else finding
    said = f"{shown.place.path} {shown.message} {shown.help}".replace(tmp_path.as_posix(), "")
    # Below the council no name is shown but that of a folder of records.
    hidden = [name for name in path.split("/")[1:] or [path] if name not in BY_FOLDER]
    assert [name for name in hidden if name.removesuffix(".md") and name in said] == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_a_file_in_another_encoding_that_is_not_public_is_not_named(tmp_path: Path, encoding: str) -> None:
    folder = lay_out(tmp_path / "kb", {AT: ""})
    (folder / AT).write_bytes(PROJECT.replace("kind", "access: exempt\nsummary: £5\nkind").encode(encoding))

    [finding] = read_records(folder).findings

    assert finding.restricted


def test_a_hard_link_that_is_not_public_is_not_named(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "kb", {AT: PROJECT.replace("kind", "access: exempt\nkind")})
    (tmp_path / "elsewhere.md").hardlink_to(folder / AT)

    [finding] = read_records(folder).findings

    assert finding.restricted


@pytest.mark.parametrize("key", ["access", r'"acc\x65ss"'])
@pytest.mark.parametrize("value", ["exempt", r'"\x65xempt"', ">-\n  exempt", "# why\n  exempt"])
def test_however_it_is_written_a_record_that_is_not_public_is_read_as_such(
    tmp_path: Path, key: str, value: str
) -> None:
    text = PROJECT.replace("kind", f"{key}: {value}\nkind")
    [record] = read(tmp_path, {AT: text}).records
    assert record.access == "exempt"

    [finding] = read(tmp_path, {AT: text.replace("title", "sumary: x\ntitle")}).findings
    assert finding.restricted


# -- laws ---------------------------------------------------------------------------------------


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_whatever_bytes_a_file_has_it_is_a_record_or_a_finding(tmp_path: Path, data: bytes) -> None:
    folder = lay_out(tmp_path / "kb", {AT: ""})
    for content in (data, b"---\n" + data + b"\n---\n", PROJECT.encode() + data):
        (folder / AT).write_bytes(content)
        reading = read_records(folder)
        assert len(reading.records) == 1 or reading.findings
        assert len(reading.records) + len(reading.broken) == 1


def test_files_are_read_in_the_order_of_their_names_and_not_of_their_making(tmp_path: Path) -> None:
    files = {f"ambledown/projects/{name}.md": PROJECT for name in ("b", "a", "c", "a-1")}

    assert [record.id for record in read(tmp_path, files).records] == [
        f"ambledown/projects/{name}" for name in ("a-1", "a", "b", "c")
    ]
