"""7xx, evidence: every fact has a receipt, and the receipt says what it is cited for.

What only the text of a source can show is checked where the text is at hand (`--sources`).
"""

from __future__ import annotations

from minutebook.diagnostics import Rule, Severity

NO_CITATION = Rule(
    code="MB701",
    name="record-without-citation",
    checks="Every record but a source cites a source, itself or in one of its parts.",
    why="A fact without a receipt is a claim of ours.",
    example="a decision without `citations`",
    mend="Add `citations: [{source: sources/…, at: …, quote: …}]`.",
)
QUOTE_NOT_FOUND = Rule(
    code="MB702",
    name="quote-not-in-source",
    checks="With `--sources`: the `quote` of every citation, and every passage that a source calls `unrecorded`, stands in the text of its source, white space, quotation marks, dashes and bullets apart. An ellipsis stands for words left out, at most 1,000 characters of them.",
    why="A receipt with other words on it proves nothing; most often they were typed from memory.",
    example="`quote: the Programme be noted`, where the minutes say `the report be noted`",
    mend="Copy the words from the source, or cite the source that has them.",
)
WORDING_NOT_FOUND = Rule(
    code="MB703",
    name="wording-not-in-source",
    checks="With `--sources`: the `wording` of a clause, a motion, a recommendation, a decision or a promise stands in the text of a source that the record cites; where the text of one of them is not held, nothing is said.",
    why="The wording is shown as the body's own words, in quotation marks.",
    example="`wording: That the report is noted`, where the minutes say `That the report be noted`",
    mend="Copy the words from the source; what is in your own words belongs in `summary` or the narrative.",
)
SOURCE_TEXT_MISSING = Rule(
    code="MB704",
    name="source-text-missing",
    checks="With `--sources DIR`: the `text_path` of every source is a file in that folder that can be read as text.",
    why="Receipts that were to be read again and were not would pass without a word.",
    example="`text_path: 000.txt`, and no `000.txt` in the folder",
    mend="Put the text there, correct the name, or take `text_path` out where the text is no longer held.",
)
SOURCE_TEXT_CHANGED = Rule(
    code="MB705",
    name="source-text-changed",
    checks="With `--sources`: the text of a source has the `fingerprint` it had when its receipts were verified.",
    why="A page that was changed after we read it may say something else now, also where no quotation lies.",
    example="`fingerprint: {sha256: 9f86…}` of a text that now has another",
    mend="Compare the two texts, correct the records, then run `minutebook check --sources DIR --record`.",
    severity=Severity.WARNING,
)
TEXT_PATH_OUTSIDE = Rule(
    code="MB706",
    name="text-path-outside",
    checks="The `text_path` of a source names a file inside the folder of texts: it has no `..`, does not begin with `/`, and neither it nor a folder on the way is a link.",
    why="A record from a stranger could otherwise have any file of the machine read.",
    example="`text_path: ../../private/notes.txt`",
    mend="Write the file name alone.",
)
QUOTE_TWICE = Rule(
    code="MB707",
    name="quote-found-twice",
    checks="With `--sources`: a quotation that stands in its source more than once has an `at` that says which is meant.",
    why="Short words such as `the report be noted` stand under several items; the receipt must lead to one.",
    example="`quote: RESOLVED`, without `at`",
    mend="Quote a few words more, or add `at` with the section or the lines.",
    severity=Severity.WARNING,
)
QUOTE_TOO_LONG = Rule(
    code="MB708",
    name="quote-too-long",
    checks="The `quote` of a citation is at most 500 characters.",
    why="A quotation proves a fact; a page of somebody else's text is a copy, which its licence may not allow.",
    example="a `quote` that takes in three paragraphs",
    mend="Keep the words that prove the fact; where several do, write several citations.",
    severity=Severity.WARNING,
)
QUOTE_NOT_TAKEN = Rule(
    code="MB709",
    name="quote-not-taken",
    checks="`quote: not held` stands only where the text of the source is not held: the source has no `text_path`.",
    why="Receipts without words are counted against the knowledge base, and cannot be verified.",
    example="`quote: not held` from a source with `text_path: 001.txt`",
    mend="Copy the words from the text.",
    severity=Severity.WARNING,
)
NO_PLACE = Rule(
    code="MB710",
    name="citation-without-place",
    checks="A citation says in `at` where in its source the words stand, unless the source is a single page: a meeting page, a decision notice, a register, a blog post or news.",
    why="A reader who has to look through sixty pages for a sentence does not look.",
    example="`{source: sources/harrow-report, quote: …}` without `at`",
    mend="Add the section, the paragraph or the lines, as a reader would find them.",
    severity=Severity.WARNING,
)
SILENCE_NOT_SHOWN = Rule(
    code="MB711",
    name="silence-not-shown",
    checks="A field that is *not stated* or *left blank* is named in the `supports` of a citation, itself or the group that it stands in: the place where it would have stood.",
    why="That a document is silent can be looked up only if we say which one, and where; that the record cites anything at all is rule MB207.",
    example="`authorised_by: not stated`, and no citation with `supports: [authorised_by]`",
    mend="Add `supports` to the citation that shows it, with the name of the field.",
    severity=Severity.WARNING,
)
THIRD_PARTY_SUPPORT = Rule(
    code="MB712",
    name="third-party-support",
    checks="A source with `standing: third-party` is cited by statements and discrepancies alone.",
    why="A blog or a newspaper shows what somebody said; what the council did is shown by the council's own documents.",
    example="a decision that cites `sources/residents-blog`",
    mend="Cite the official document; what the third party says goes into a statement, which may `disputes` the record.",
)
SOURCES_DISAGREE = Rule(
    code="MB713",
    name="sources-disagree",
    checks="Where two citations state different values for the same `key` over times that overlap, or may, a discrepancy has both among its sides. Numbers are compared as numbers: `£400K` and `£400,000` are the same, `£1.26m` and `£1,263,000` are not.",
    why="Showing one of the two values without a word hides that the sources disagree.",
    example="`states: {key: figures/savings#targeted-reviews, value: £863K}` in one citation and `value: £683,000` in another",
    mend="Look at both again; if both are printed so, write a record in `discrepancies` with the two as its sides.",
)
DISCREPANCY_SETTLED = Rule(
    code="MB714",
    name="discrepancy-settled",
    checks="The sides of a discrepancy still differ: where their citations state values for one `key`, the values are not the same; where they state none, the words that they quote are not.",
    why="A disagreement that was settled by a correction and still stands on the page accuses a document wrongly.",
    example="two sides that both state `£400,000` since one was corrected",
    mend="Correct the side that was changed by mistake, or take the record away.",
)
VALUE_NOT_QUOTED = Rule(
    code="MB715",
    name="stated-value-not-quoted",
    checks="Each `value` that a citation states stands, as written, in its `quote`.",
    why="The value is what two sources are compared by; it must be what the source prints.",
    example="`quote: savings of £312,000` with `states: {key: …, value: £400,000}`",
    mend="Correct the value, or quote the words that have it.",
)
CHECKED_TOO_EARLY = Rule(
    code="MB716",
    name="checked-before-the-source",
    checks="No source that a record cites is dated later than the day on which the record was `checked` against it, or on which its text was verified.",
    why="Nobody can have read what was not yet written; one of the dates is a slip, or a citation was added and the record not read again.",
    example="`checked: {by: editor, on: 2020-01-10}` in a record that cites a report of March 2020",
    mend="Read the record against its sources again and give the new date, or correct the date of the source.",
)
SOURCE_TOO_EARLY = Rule(
    code="MB717",
    name="source-before-the-fact",
    checks="A meeting held, a decision taken or an event has a source dated no earlier than its day.",
    why="An agenda or a plan shows what was intended; meetings are moved, and plans are dropped.",
    example="a meeting `held_on: 2020-01-07` whose one source is the agenda of 20 December 2019",
    mend="Cite the minutes or a later document; if there is none, record it as planned.",
    severity=Severity.WARNING,
)
SOURCE_UNUSED = Rule(
    code="MB718",
    name="source-not-cited",
    checks="Every source is cited by some record, or says under `unrecorded` why nothing is.",
    why="A document that nobody cites is work left undone, or a second record of one that is there.",
    example="`sources/bromley-agenda`, which no citation names",
    mend="Record what it says, or take it away.",
    severity=Severity.WARNING,
)
