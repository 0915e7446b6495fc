"""6xx, publication: what is not public, personal or unsafe stays out of every page. No rule here can be waived."""

from __future__ import annotations

from minutebook.diagnostics import Rule, Severity

EXEMPT_WITHOUT_GROUNDS = Rule(
    code="MB601",
    name="exempt-without-grounds",
    checks="A record with `access: exempt` has an `exemption` with at least one paragraph of Schedule 12A and the public-interest reason.",
    why="Information is exempt only under a paragraph of the Schedule, and only where the public interest in keeping it outweighs that in disclosing it (Local Government Act 1972, section 100A(4) and Schedule 12A).",
    example="`access: exempt` without `exemption`",
    mend="Add `exemption: {paragraphs: [3], public_interest_reason: …}` as the body resolved it, or make the record public.",
)
EXEMPTION_ON_PUBLIC = Rule(
    code="MB602",
    name="exemption-on-a-public-record",
    checks="A record with an `exemption` says `access: exempt`.",
    why="Whoever wrote the reason meant to keep the record private; without the mark it would be published.",
    example="`exemption: {paragraphs: [3], …}` in a record without `access`",
    mend="Write `access: exempt`, or take the exemption away.",
)
UNKNOWN_PARAGRAPH = Rule(
    code="MB603",
    name="unknown-paragraph",
    checks="The paragraphs of an exemption or an exclusion are in the list of their date and country: in England 1 to 7 since March 2006, in Wales 12 to 18; in Scotland those of Schedule 7A to the 1973 Act; another numbering is named in `schedule_version`.",
    why="A paragraph that is not in the list exempts nothing, and the same number means different things before and after the lists were rewritten.",
    example="`paragraphs: [9]` in a record of Harrow from 2020",
    mend="Write the number that the resolution gives; for an older numbering add its `schedule_version`.",
)
CONFIDENTIAL_OVERRIDE = Rule(
    code="MB604",
    name="confidential-override",
    checks="A record with `access: confidential` has no `exemption`, `public_summary` or `corrections`: nothing that would let a part of it out.",
    why="Confidential information is never disclosed: a government department gave it in confidence, or a law or a court forbids it (Local Government Act 1972, section 100A(2) and (3)). No public interest outweighs that.",
    example="`access: confidential` with `public_summary: …`",
    mend="Take the field away; if the information is only exempt, write `access: exempt`.",
)
NAMES_RESTRICTED = Rule(
    code="MB605",
    name="names-a-restricted-record",
    checks="No text, alias or quotation of a public record has the id, title or an alias of a record that is not public. Names that a public record bears too are let by, and so are names of fewer than eight letters, which are common words.",
    why="References to such a record are taken out of the page; words that name it in a sentence are not.",
    example="a public item whose narrative names a tender by the title of its exempt report",
    mend="Write the sentence so that it gives nothing away, as the public minutes do; give the other record a title that may be known.",
)
RESTS_ON_RESTRICTED = Rule(
    code="MB606",
    name="rests-on-a-restricted-record",
    checks="A public record does not belong to one that is not public: a resolution to its item, a statement or an item to its meeting, a meeting to its body, an indicator or a part to its programme.",
    why="Its page would have to leave out what it is about, and would still show that it is there.",
    example="a public resolution with `item: items/2020-01-07-12`, which is exempt",
    mend="Give both the same `access`, or record what was done in public as an item of its own.",
)
RECEIPT_NOT_PUBLIC = Rule(
    code="MB607",
    name="receipt-not-public",
    checks="A public record that has citations cites at least one source that is public, and quotes nothing from one that is not.",
    why="A quotation from an exempt report discloses it, and a fact whose receipts are all withheld cannot be looked up.",
    example="a public decision whose one citation has `source: sources/exempt-appendix-a`",
    mend="Cite the public document that says it; if there is none, the record is not public either.",
)
TELEPHONE = Rule(
    code="MB608",
    name="telephone-number",
    checks="No field or narrative has a telephone number.",
    why="Reports print the number of whoever wrote them; copied and indexed, it stays when the person has left (UK GDPR, article 5: no more than is needed).",
    example="`Contact: 020 7946 0123` in a narrative",
    mend="Name the post; readers find how to reach it on the council's own site.",
)
EMAIL = Rule(
    code="MB609",
    name="email-address",
    checks="No field or narrative has an e-mail address, in a link or in words.",
    why="Most of them are made from a person's name, and a published one is collected by machines (UK GDPR, article 5: no more than is needed).",
    example="`by: firstname.surname@harrow.example` in a narrative",
    mend="Name the post; readers find how to reach it on the council's own site.",
)
POSTCODE = Rule(
    code="MB610",
    name="postcode",
    checks="No field or narrative has a full postcode, written in capitals, but for the `venue` of a meeting.",
    why="A full postcode is some fifteen homes: with a case or a complaint beside it, it points at a person.",
    example="a question that tells of `a resident of ZZ9 9ZZ`",
    mend="Write the ward, or the first half of the postcode.",
)
PERSONAL_NUMBER = Rule(
    code="MB611",
    name="personal-number",
    checks="No field or narrative has a National Insurance number, written in capitals, or a number of ten digits that checks as an NHS number.",
    why="They name one living person and open that person's records; they are never needed here.",
    example="a quotation that has the National Insurance number of whoever complained",
    mend="Take the number out, and tell whoever answers for data protection if it was published.",
)
NAME_WITHOUT_BASIS = Rule(
    code="MB612",
    name="name-without-basis",
    checks="A holder of a post with `publish_name: true` has a `name` and a `basis`.",
    why="A person's name may be printed where there is a reason in law to print it; the reason is written down beside it (UK GDPR, article 6).",
    example="`holders: [{name: …, publish_name: true}]`",
    mend="Add the basis, such as `elected member, published by the council`, or take `publish_name` away.",
)
UNPUBLISHED_NAME = Rule(
    code="MB613",
    name="unpublished-name",
    checks="The name of a holder who has no `publish_name` stands nowhere else in a public record: in no text, alias, quotation or file name.",
    why="The name is kept back on the page of the post and would be printed on another.",
    example="a narrative that names the officer who presented the report",
    mend="Name the post; end a quotation before the name, or begin it after.",
)
PERSON_FOR_POST = Rule(
    code="MB614",
    name="person-instead-of-post",
    checks="Where a post or a capacity is expected (`mover`, `seconder`, `asked_by`, `declared_by`, `speaker`, `called_by`, `agreed_by`, `group`, a named vote, `by` of `checked`, `on_the_word_of`) stands no personal name: nothing that begins with Councillor, Cllr, Mr, Mrs, Ms, Miss, Mx, Dr, Sir, Dame, Lord or Lady.",
    why="An office answers for what was done, and records here name people only with a reason (UK GDPR, article 5).",
    example="`mover: Councillor A. Example`",
    mend="Write the post or the capacity, such as `the Chair` or `a member`; a name that may be printed goes into the `holders` of its post.",
    severity=Severity.WARNING,
)
ERASED_WITH_CONTENT = Rule(
    code="MB615",
    name="erased-with-content",
    checks="A record that says it was `erased` has no narrative left, and no field that its type does not need (no summary, alias, citation or note), but for `access` and `exemption`. What the fields that it needs still say is for whoever erases to read.",
    why="Content is erased because somebody had a right to that (UK GDPR, article 17); what is left in the file is published again.",
    example="`erased: on a request of March 2021`, above the narrative as it was",
    mend="Take everything out but the fields that the type needs; the history of the files has to be cleaned apart from this.",
)
ERASED_ID_AGAIN = Rule(
    code="MB616",
    name="erased-id-used-again",
    checks="The id of an erased record stays with it: no file of an overlay takes it, and no other record has its slug among its aliases.",
    why="Whoever follows an old link must learn that the record was erased, not land on something else.",
    example="an overlay with a new `kb/harrow/statements/2020-01-concern.md`, erased in `kb/`",
    mend="Give the new record another slug.",
)
UNSAFE_LINK = Rule(
    code="MB617",
    name="unsafe-link",
    checks="Links in narrative begin with `https://` or `http://`, or are `[[links]]` to records; none leads to a place on its own page. An e-mail address in a link breaks MB609 instead.",
    why="`javascript:` and `data:` run something when a reader follows them; `file:` and addresses inside the council lead nowhere and tell of its network. A narrative stands on several pages, and no place in it has a name of its own, so `#…` would lead nowhere.",
    example="`[the report](javascript:alert(1))`",
    mend="Copy the address of the public page from the browser, or link to the record.",
)
REMOTE_CONTENT = Rule(
    code="MB618",
    name="remote-content",
    checks="Narrative holds no pictures and embeds nothing from other sites.",
    why="Every reader's browser would ask a stranger for it, and the stranger would learn who reads what.",
    example="`![chart](https://charts.example/1.png)`",
    mend="Link to the page that has the picture; figures and indicators get their charts when the site is built.",
)
RAW_HTML = Rule(
    code="MB619",
    name="html-in-narrative",
    checks="Narrative is Markdown, without HTML but between backticks.",
    why="HTML is taken out when the page is made, and what it held may go with it.",
    example='`<div class="note">Deferred to March.</div>`',
    mend="Write it in Markdown; put a `<` that is meant as one between backticks.",
    severity=Severity.WARNING,
)
CORRECTION_INCOMPLETE = Rule(
    code="MB620",
    name="correction-without-reason",
    checks="A correction gives a `reason` that says what was wrong, in more than one word, and `on_the_word_of` whom it was changed; it is dated no later than the date the site speaks of.",
    why="A published record of a decision that changes without a reason is no record.",
    example="`corrections: [{on: 2020-02-03, said: £400,000, reason: correction}]`",
    mend="Say what was wrong and how it is known; name the role or body that said so.",
)
MARKS_OF_HIDDEN_WORDS = Rule(
    code="MB621",
    name="marks-of-hidden-words",
    checks="The `fingerprint` of a source has no mark of words that only records quote which are not public.",
    why="A mark tells whoever guesses the words that they are quoted, and `coverage` counts them. Both are written by `check --record`, of what was public on that day.",
    example="an event made `exempt` after its quotation from public minutes was verified and recorded",
    mend="Run `minutebook check --sources DIR --record` again, or take `fingerprint` and `coverage` out of the record of the source.",
    severity=Severity.WARNING,
)
