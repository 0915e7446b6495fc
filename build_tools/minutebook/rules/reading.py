"""1xx, reading: every file under `kb/` is a record that can be read, or a finding."""

from __future__ import annotations

from minutebook.diagnostics import Rule, Severity

STRAY_FILE = Rule(
    code="MB101",
    name="stray-file",
    checks="Every file under `kb/` is a record (`kb/<council>/<folder>/<slug>.md`), `kb/minutebook.yml` or `kb/synonyms.yml`.",
    why="A record saved under the wrong name, or left in the wrong folder, would be missing from the site and nobody would know.",
    example="`kb/harrow/projects/extra-care.txt`, `kb/harrow/notes.md`, `kb/.DS_Store`",
    mend="Rename it, move it into a folder of records, or take it out of `kb/`.",
)
UNKNOWN_FOLDER = Rule(
    code="MB102",
    name="unknown-folder",
    checks="The folder of a record is one of the record types.",
    why="The folder says what a record is; in a folder nobody knows, its fields could not be checked.",
    example="`kb/harrow/projcts/extra-care.md`",
    mend="Move the file into the folder of its type; `minutebook schema` lists them.",
)
NOT_REGULAR = Rule(
    code="MB103",
    name="not-a-regular-file",
    checks="Everything under `kb/` is a folder or a regular file with one name: no symbolic link, hard link, pipe, socket or device.",
    why="A link can publish a file from outside the records; a pipe would hang the build.",
    example="`kb/harrow/projects/extra-care.md -> ../../../private/notes.md`",
    mend="Put the file itself there, or take the link away.",
)
FILE_NAME = Rule(
    code="MB104",
    name="bad-file-name",
    checks="The names of council folders and record files are lower-case letters, digits and single hyphens, at most 100 characters.",
    why="The name is the record's id and its address, on every system and for good.",
    example="`Extra Care.md`, `extra_care.md`",
    mend="Rename the file, for example to `extra-care.md`.",
)
ENCODING = Rule(
    code="MB105",
    name="not-utf-8",
    checks="Files are UTF-8 text.",
    why="In another encoding a pound sign or a dash becomes another character, and quotations no longer match their source.",
    example="A file saved as Windows-1252 or UTF-16.",
    mend="Save the file as UTF-8.",
)
BYTE_ORDER_MARK = Rule(
    code="MB106",
    name="byte-order-mark",
    checks="A file does not begin with a byte-order mark.",
    why="The mark cannot be seen and hides the `---` that must come first: other tools would take the fields for text.",
    example="A file saved as “UTF-8 with BOM”.",
    mend="Save the file as UTF-8 without a byte-order mark.",
)
NO_FRONT_MATTER = Rule(
    code="MB107",
    name="no-fields",
    checks="A record begins with its fields, between a line `---` and another line `---`.",
    why="Without them the file is text and not a record.",
    example="A file that begins with `title: Extra Care`.",
    mend="Put `---` on the first line and `---` under the last field.",
)
YAML_SYNTAX = Rule(
    code="MB108",
    name="unreadable-fields",
    checks="The fields are YAML that can be read.",
    why="A file that can be read two ways would be guessed at.",
    example="`summary: Governance: a review` (a colon inside the value)",
    mend='Put the value in quotation marks: `summary: "Governance: a review"`.',
)
NOT_FIELDS = Rule(
    code="MB109",
    name="not-a-group-of-fields",
    checks="Between the two `---` stand `name: value` fields.",
    why="A list or a line of text has no names, so nothing could be looked up.",
    example="`- title: Extra Care`",
    mend="Take the dash away; give each value a name.",
)
DUPLICATE_KEY = Rule(
    code="MB110",
    name="duplicate-field",
    checks="No field is given twice in the same group.",
    why="Most tools keep the last and drop the first without a word.",
    example="two lines `effective: …` in one transfer",
    mend="Keep one of the two lines.",
)
ANCHOR_OR_ALIAS = Rule(
    code="MB111",
    name="anchor-or-alias",
    checks="The fields use no YAML anchors (`&name`), aliases (`*name`) or merge keys (`<<`).",
    why="They make a line mean something that stands elsewhere, and a few lines of them can grow to fill the memory.",
    example="`summary: *same`",
    mend="Write the value out; put text that begins with `*` or `&` in quotation marks.",
)
TAG = Rule(
    code="MB112",
    name="yaml-tag",
    checks="The fields use no YAML tags (`!name`).",
    why="A tag asks the reader to turn text into something else; records are read as written.",
    example="`value: !!float 4.10`",
    mend="Take the tag away; put text that begins with `!` in quotation marks.",
)
TOO_LARGE = Rule(
    code="MB113",
    name="too-large",
    checks="A file is at most 512 kB, its fields at most 128 thousand characters, a line at most 20 thousand.",
    why="A record is something a person reads; a larger file is an attachment or a mistake.",
    example="a whole report pasted into one field",
    mend="Record what it says in several records, each with a short quotation.",
)
TOO_DEEP = Rule(
    code="MB114",
    name="too-deep",
    checks="Fields are nested at most twelve deep.",
    why="No record needs more, and thousands of nested brackets crash the programs that read them.",
    example="`[[[[[[[[[[[[[[`",
    mend="Take the extra brackets away.",
)
EMPTY_VALUE = Rule(
    code="MB115",
    name="empty-value",
    checks="Every field that is named has a value.",
    why="An empty field does not say whether the source is silent, the form was left blank, or somebody forgot.",
    example="`authorised_by:`",
    mend="Write the value, `not stated` (the source is silent) or `left blank` (a heading with nothing under it), or take the line out.",
)
HIDDEN_CHARACTER = Rule(
    code="MB116",
    name="hidden-character",
    checks="Files hold no control characters, invisible marks or marks that reverse the direction of text, nor an "
    "escape that stands for one.",
    why="They make a line read otherwise than it is, to a person and to a search.",
    example="a zero-width space pasted from a web page",
    mend="Delete the character; the message gives its place and number.",
)
KEY_NOT_TEXT = Rule(
    code="MB117",
    name="name-not-text",
    checks="The name of a field is a word.",
    why="A list or a group as a name has no meaning in a record.",
    example="`[a, b]: c`",
    mend="Give the field one of the names that `minutebook schema` lists.",
)
CANNOT_OPEN = Rule(
    code="MB118",
    name="cannot-open",
    checks="Every file and folder under `kb/` can be opened.",
    why="A file that cannot be read would be missing without a word.",
    example="a file without permission to read",
    mend="Give yourself permission to read it, or take it out of `kb/`.",
)
SETTINGS = Rule(
    code="MB119",
    name="bad-settings",
    checks="`kb/minutebook.yml` and `kb/synonyms.yml` can be read and hold only the settings that are known.",
    why="A misspelt setting would be left out, and the site built without it.",
    example="`as-of: 2020-01-07` (the setting is `as_of`)",
    mend="Write the name as the reference page gives it.",
)
ID_TAKEN = Rule(
    code="MB120",
    name="id-taken",
    checks="No record of an overlay has the id of a record of the knowledge base.",
    why="Of two records with one id, one would be missing without a word.",
    example="`decisions/2020-contract.md` in `kb/` and in the folder given with `--overlay`",
    mend="Rename the one in the overlay.",
)
NARRATIVE_TOO_HEAVY = Rule(
    code="MB121",
    name="narrative-too-heavy",
    checks="A narrative is short and plain enough to be converted: at most 60 thousand characters, and not thousands of brackets or lists nested a dozen deep.",
    why="To convert a few kilobytes of brackets takes minutes; what is beyond the limits is shown as plain paragraphs, without links and lists.",
    example="a table of two thousand rows pasted into the narrative",
    mend="Keep the narrative to a few sentences; figures have records of their own.",
    severity=Severity.WARNING,
)
