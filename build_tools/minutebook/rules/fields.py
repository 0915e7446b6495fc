"""2xx, fields: each record has the fields of its type, and each field a value of its kind."""

from __future__ import annotations

from minutebook.diagnostics import Rule, Severity

UNKNOWN_FIELD = Rule(
    code="MB201",
    name="unknown-field",
    checks="A record has only the fields of its type.",
    why="A misspelt name would be left out, and with it what it says.",
    example="`sumary: …`",
    mend="Write the name as `minutebook schema` gives it; what has no field belongs in the narrative.",
)
MISSING_FIELD = Rule(
    code="MB202",
    name="missing-field",
    checks="The fields that a type needs are there.",
    why="A decision without a date or a body cannot be put into any history.",
    example="a transfer without `authorised_by`",
    mend="Add the field; where the source is silent, write `not stated`.",
)
WRONG_SHAPE = Rule(
    code="MB203",
    name="wrong-shape",
    checks="Where a list is expected stands a list, where a group of fields is expected a group, where text is expected text.",
    why="Guessing at the shape would put words where they do not belong.",
    example="`topics: housing` (a list is expected)",
    mend="Write a list as `- one entry` a line, or in brackets: `[housing, care]`.",
)
UNKNOWN_CHOICE = Rule(
    code="MB204",
    name="unknown-choice",
    checks="A field with a fixed list of words has one of them.",
    why="Filters, outcomes and rules rest on these words.",
    example="`effect: note` (the word is `noted`)",
    mend="Use one of the words that the message lists.",
)
BAD_NUMBER = Rule(
    code="MB205",
    name="bad-number",
    checks="Numbers and amounts can be read, as the source prints them: `£1.263m`, `£863K`, `7.1%`, `51,032`.",
    why="An amount that cannot be read cannot be compared with another.",
    example="`amount: about 400k`",
    mend="Write the number alone; the words before it go into `qualifier`.",
)
CANNOT_BE_ABSENT = Rule(
    code="MB206",
    name="cannot-be-absent",
    checks="`not stated`, `left blank`, `none` and `not held` stand only where a field may be without a value.",
    why="A record without a title, or a transfer without a date, is not a record: it is a question.",
    example="`title: not stated`",
    mend="Give the value; a date can be as wide as the source leaves it (`../2019-12`: by December 2019).",
)
ABSENCE_WITHOUT_CITATION = Rule(
    code="MB207",
    name="absence-without-citation",
    checks="A record that says *not stated* or *left blank* of a field cites the document that is silent.",
    why="That nobody said is a finding about a document, and a reader must be able to look.",
    example="`authorised_by: not stated` in a record with no citations",
    mend="Cite the document and the place where it would have stood.",
)
ONE_OF = Rule(
    code="MB208",
    name="exactly-one-of",
    checks="Where exactly one of several fields is needed, one is given.",
    why="A project that moves to a body and is also closed has two answers to one question.",
    example="a move with both `to` and `gap`",
    mend="Keep the one that the source supports.",
)
BAD_TEXT = Rule(
    code="MB209",
    name="bad-text",
    checks="Text is not empty, not longer than its field allows, on one line where the field is a line, and of the form the field asks for.",
    why="A title of two lines, or a code with a letter too many, breaks every list it stands in.",
    example="`area_code: E0900015` (a digit is missing)",
    mend="Write it in the form that the message gives.",
)
BAD_ADDRESS = Rule(
    code="MB210",
    name="bad-address",
    checks="Addresses of pages are whole and begin with `https://` or `http://`.",
    why="Any other kind of address can run something when a reader follows it.",
    example="`url: javascript:alert(1)`, `url: www.harrow.gov.uk`",
    mend="Copy the address from the browser, with its `https://`.",
)
REPEATED_VALUE = Rule(
    code="MB211",
    name="repeated-value",
    checks="No value stands twice in a list of names, topics or references.",
    why="A name or link printed twice looks like two things.",
    example="`topics: [care, care]`",
    mend="Take one of them away.",
    severity=Severity.WARNING,
)
TOO_FEW = Rule(
    code="MB212",
    name="too-few-entries",
    checks="Lists that need entries have them: a resolution has a clause, a transfer a move, a discrepancy two sides.",
    why="A disagreement with one side, or a transfer of nothing, says nothing.",
    example="a discrepancy with one side",
    mend="Add what is missing, or take the record away.",
)
STILL_BLANK = Rule(
    code="MB213",
    name="still-to-be-filled-in",
    checks="No field, and no narrative, still has the `…` that `minutebook new` put there.",
    why="A record with blanks in it would be published with them.",
    example="`quote: …`",
    mend="Write the value; where the source is silent `not stated`; take the line away where the field may be left out.",
)
ABSENCE_MISSPELT = Rule(
    code="MB214",
    name="absence-misspelt",
    checks="Where a field has no value, the words for that are `not stated`, `left blank`, `none` and `not held`, as written here.",
    why="`venue: n/a` would be published as the name of a place, without a receipt, and counted as known.",
    example="`venue: n/a`, `held_on: Not stated`, `publisher: unknown`",
    mend="Write `not stated` where the source is silent, `left blank` where a heading has nothing under it.",
)
