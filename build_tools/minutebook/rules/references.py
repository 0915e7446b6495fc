"""3xx, references: what a record points to is there, and is of the right type."""

from __future__ import annotations

from minutebook.diagnostics import Rule, Severity

UNKNOWN_REFERENCE = Rule(
    code="MB301",
    name="unknown-reference",
    checks="Every reference names a record that is there.",
    why="A link to nothing hides who held, decided or promised something.",
    example="`to: bodies/asc-improvment-board`",
    mend="Correct the id, or write the record that is missing.",
)
WRONG_FOLDER = Rule(
    code="MB302",
    name="wrong-type-of-record",
    checks="A reference points to a type of record that its field can hold.",
    why="A project that is moved to a meeting has no holder.",
    example="`decided_by: projects/extra-care`",
    mend="Name a record from one of the folders that the message lists.",
)
MALFORMED = Rule(
    code="MB303",
    name="malformed-reference",
    checks="A reference is `<folder>/<slug>`, or `<council>/<folder>/<slug>` for another council, in lower case, without `.md`.",
    why="Two ways of writing one id would make two things of one.",
    example="`to: Bodies/ASC Board.md`",
    mend="Write it as `bodies/asc-board`.",
)
UNKNOWN_LINK = Rule(
    code="MB304",
    name="unknown-link",
    checks="Every `[[link]]` in narrative names a record that is there.",
    why="Readers follow it.",
    example="`[[projects/extra-cares]]`",
    mend="Correct the id between the brackets.",
)
MALFORMED_LINK = Rule(
    code="MB305",
    name="malformed-link",
    checks="A `[[link]]` in narrative is an id, or an id, `|` and the words to show.",
    why="What cannot be read as a link would stand on the page with its brackets.",
    example="`[[Extra Care]]`",
    mend="Write `[[projects/extra-care]]` or `[[projects/extra-care|Extra Care]]`.",
)
SHARED_NAME = Rule(
    code="MB306",
    name="shared-name",
    checks="Within a council no two records of one type share a title or alias.",
    why="A question that names one of them could not be answered without asking back.",
    example="two projects called `Extra Care`",
    mend="Give one of them a fuller title, or take the alias away.",
)
CIRCLE = Rule(
    code="MB307",
    name="circle",
    checks="No body or project is, through its parents, its own parent; nothing supersedes, rescinds or succeeds itself by a circle.",
    why="Ownership and reporting lines are followed upwards; in a circle they never end.",
    example="`projects/a` is part of `projects/b`, and `projects/b` is part of `projects/a`",
    mend="Take away the reference that the source does not support.",
)
SELF_REFERENCE = Rule(
    code="MB308",
    name="self-reference",
    checks="No record refers to itself.",
    why="A decision that supersedes itself is a slip of the pen.",
    example="`parent: bodies/cabinet` in `bodies/cabinet.md`",
    mend="Name the other record, or take the line away.",
)
UNKNOWN_KEY = Rule(
    code="MB309",
    name="unknown-key",
    checks="The `key` of a stated value names a record that is there and a field, row or `row/column` that it has.",
    why="Two sources are compared by their keys; a misspelt key is compared with nothing.",
    example="`key: figures/harrow-is-home-saving#deliverd`",
    mend="Write the field, or the row, as the record has it.",
)
UNKNOWN_COUNCIL = Rule(
    code="MB310",
    name="unknown-council",
    checks="Every council folder has the record of its council, `kb/<council>/council/<council>.md`.",
    why="Without it nobody knows whose records these are, or under which law.",
    example="`kb/harrow/` without `kb/harrow/council/harrow.md`",
    mend='Write it: `minutebook new council "Harrow Council"`.',
)
UNKNOWN_SUPPORT = Rule(
    code="MB311",
    name="unknown-supported-field",
    checks="The fields that a citation `supports` are fields of the record, or of the part, that it stands in.",
    why="A receipt must say which fact it is for.",
    example="`supports: [efective]`",
    mend="Write the name of the field.",
)
ORPHAN = Rule(
    code="MB312",
    name="nothing-points-here",
    checks="A body or a post is referred to by some other record.",
    why="A record nobody points to is often a second spelling of one that is there.",
    example="`bodies/asc-imp-board`, beside `bodies/asc-improvement-board`",
    mend="Refer to it where it matters, or take it away.",
    severity=Severity.WARNING,
)
