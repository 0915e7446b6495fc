"""4xx, time and ownership: dates that can be read, lives that make sense, and one owner at a time."""

from __future__ import annotations

from minutebook.diagnostics import Rule, Severity

UNREADABLE = Rule(
    code="MB401",
    name="unreadable-date",
    checks="Dates are EDTF (ISO 8601-2): `2019-11-05`, `2019-11`, `2019`, `2019-12-12/2020-01-07`, `../2019-11`, `[2019-03-27, 2019-04-10]`; financial years `2019/20`, quarters `2019/20-Q2`.",
    why="5/11/2019 is two different days on two sides of an ocean.",
    example="`held_on: 7 January 2020`",
    mend="Write `2020-01-07`; the source's own words go into `as_written`.",
)
AMBIGUOUS_YEAR = Rule(
    code="MB402",
    name="ambiguous-year",
    checks="A year and the two digits of the following year are not joined by a hyphen.",
    why="Sources write the financial year that way; the standard for dates reads `2020-21` as a season and `2011-12` as December.",
    example="`period: 2020-21`",
    mend="Write `2020/21` for the financial year, or the months you mean.",
)
SEASON = Rule(
    code="MB403",
    name="season",
    checks="Dates are not seasons.",
    why="Nobody can say on which day a season begins, and the codes look like months.",
    example="`2018-23`",
    mend="Write the months the source allows, with its word in `as_written`: `{value: 2018-09/2018-11, as_written: Autumn 2018}`.",
)
BACKWARDS = Rule(
    code="MB404",
    name="backwards",
    checks="A period does not end before it begins; nothing ends, is implemented or is approved before it began.",
    why="One of the two dates is a slip, and every answer that rests on it is wrong.",
    example="`established: 2020`, `ended: 2019-06`",
    mend="Look at the source again and correct the date that is wrong.",
)
NO_OWNER = Rule(
    code="MB405",
    name="project-without-owner",
    checks="Every project is established by a transfer, itself or through the programme it is part of.",
    why="*Who answers for this project?* must have an answer for every project, if only that no document says.",
    example="a project that is part of nothing and stands in no transfer",
    mend="Write a transfer of kind `establish` that names it; where no document says who received it, its move is a `gap`.",
)
GIVER_DID_NOT_HOLD = Rule(
    code="MB406",
    name="giver-did-not-hold-it",
    checks="The body a transfer is `from` held each project that moves, on the day before.",
    why="A chain of ownership with a link missing proves nothing.",
    example="a project moved from a board that had given it up a year before",
    mend="Correct `from`, or write the transfer that is missing in between.",
)
SPLIT_RECEIVERS = Rule(
    code="MB407",
    name="wrong-number-of-receivers",
    checks="A split has two or more receivers; a replacement, a merger or a renaming has one.",
    why="The kind of a transfer tells readers how many bodies to look at afterwards.",
    example="a split with one receiver",
    mend="Correct the `kind`, or name the other receiver.",
)
NOT_ACCOUNTED_FOR = Rule(
    code="MB408",
    name="not-accounted-for",
    checks="A split, a merger, a replacement or a renaming says of everything the giver held where it goes: to a body, closed, or a declared gap. A gap is declared for the project it names and is not inherited from a programme.",
    why="Projects are lost in reorganisations; this is where they are found.",
    example="a split of a board with seven projects that names six",
    mend="Name the project among the `moves`; where no document says where it went, `gap: …`.",
)
LEFT_BEHIND = Rule(
    code="MB409",
    name="left-behind",
    checks="A body that ends holds nothing: everything it held has been moved, closed or declared a gap by then.",
    why="Nobody answers for what a body that is gone still holds.",
    example="a board that ended in March and still holds a project in April",
    mend="Write the transfer that took the project from it.",
)
AUTHORITY_LATE = Rule(
    code="MB410",
    name="authority-after-effect",
    checks="The decision that authorises a transfer is dated no later than its effect.",
    why="What is done before it is decided is done without authority.",
    example="a transfer from January 2020, authorised in March 2020",
    mend="Correct a date, or cite the decision that came first; where none is stated, `authorised_by: not stated`.",
)
AUTHORITY_WITHOUT_POWER = Rule(
    code="MB411",
    name="authority-without-power",
    checks="The decision that authorises a transfer was taken by a body or post that has the power.",
    why="A scrutiny committee can note or recommend a change of governance; it cannot make one.",
    example="a transfer authorised by a scrutiny committee's resolution to note it",
    mend="Name the decision that made it so, record the power among the body's `powers`, or write `not stated`.",
)
RECEIVER_NOT_THERE = Rule(
    code="MB412",
    name="receiver-not-there",
    checks="Nobody receives a project, or goes on watching one, before they exist or after they have ended.",
    why="A project handed to a body that is not there has no owner.",
    example="a board established in March 2020 that receives a project in January 2020",
    mend="Correct the date of one of them, or the receiver.",
)
TWO_OWNERS = Rule(
    code="MB413",
    name="two-owners",
    checks="No project is moved twice by one transfer, and no two transfers hand on the same project at the same time.",
    why="Two bodies that both answer for a project are none.",
    example="two moves of `projects/extra-care` in one split",
    mend="Keep the move that the source supports; a rival account is a statement that `disputes` the transfer.",
)
ORDER_UNKNOWN = Rule(
    code="MB414",
    name="order-unknown",
    checks="The transfers of one project follow on each other: their dates, or who gave it to whom, tell which came first.",
    why="Without an order nobody can say who holds it now; until there is one, `owner` answers with what each of them would leave.",
    example="two transfers of a project in 2020, each from another body",
    mend="Narrow one of the dates, or correct `from`.",
)
ESTABLISH_TWICE = Rule(
    code="MB415",
    name="established-twice",
    checks="A project is established once, by a transfer without `from`; only a project that has ended is reopened.",
    why="A second beginning hides the first owner.",
    example="two transfers of kind `establish` for one project",
    mend="Make the second one a `transfer`, or a `reopen` where the project had ended.",
)
WRONG_MOVES = Rule(
    code="MB416",
    name="moves-do-not-fit-the-kind",
    checks="A closure closes; nothing else does what its kind does not say: `establish` and `reopen` give to a body or declare a gap, `close` closes or passes on the watching, `split`, `merge`, `replace` and `rename` name `from`.",
    why="Readers trust the word over the list.",
    example="kind `close` with a move `to` a body",
    mend="Correct the `kind`, or the moves.",
)
CLOSED_MOVED = Rule(
    code="MB417",
    name="closed-and-moved",
    checks="A project that has ended is not moved or closed again; it can be reopened, and its watching can pass to another.",
    why="What has ended has no owner to move from.",
    example="a project closed in 2019 and transferred in 2020",
    mend="Write `monitored_by` for who watches it now, or a `reopen` before the transfer.",
)
ENDED_WITHOUT_SUCCESSOR = Rule(
    code="MB418",
    name="successors-do-not-fit",
    checks="The reason a body ended fits the number of its successors: abolished or finished none, renamed, replaced or merged one, split two or more.",
    why="Readers who come to a body that is gone need to know where to go next.",
    example="`ended_reason: split` with one successor",
    mend="Correct the reason, or name the successors.",
    severity=Severity.WARNING,
)
OUT_OF_ORDER = Rule(
    code="MB419",
    name="history-out-of-order",
    checks="Dates in a history stand oldest first: the due dates and the status of a promise, the measurements of an indicator, the stages of a project.",
    why="The last entry is taken for what holds now.",
    example="a promise `put off` in June above `open` in May",
    mend="Put the entries in the order of their dates.",
    severity=Severity.WARNING,
)
NOT_YET_DECIDED = Rule(
    code="MB420",
    name="noted-before-decided",
    checks="A decision is reported and noted no earlier than it was decided, and supersedes or is superseded by decisions in the order of their dates.",
    why="Nobody can note what has not been decided; one of the dates is a slip.",
    example="a decision of November noted in October",
    mend="Correct the date that is wrong.",
)
NO_TELLING_WHEN = Rule(
    code="MB421",
    name="nobody-says-when",
    checks="A date to which a promise was put off, and every state of it but `open`, says when that was said, or cites where, if the promise rests on more than one source.",
    why="Readers ask where a promise stood on a day: what came of it later must not be told before it was known.",
    example="`status: [{status: kept, on: not stated}]` of a promise that cites the minutes of March and of June",
    mend="Add the day (`said_on` of a due date, `on` of a state), or a citation of its own.",
)
