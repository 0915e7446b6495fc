"""5xx, procedure: what the law and standing orders ask of a decision, a meeting and a vote is stated.

A field that the law requires may say `not stated`: old minutes leave out what today's must have. What a
council did wrong is a fact to record and stops no build; what a record leaves open is a finding. A rule that
rests on an Act keeps quiet where the Act does not run (by the first letter of the council's `area_code`;
England where there is none), before it was in force, and where the dates leave open whether it was broken.
"""

from __future__ import annotations

from minutebook.diagnostics import Rule, Severity

EXECUTIVE_STATEMENT = Rule(
    code="MB501",
    name="executive-statement-incomplete",
    checks="A decision of kind `executive` gives, beside its date, the `reasons`, the `options_rejected` and the `conflicts` declared; where there was a conflict, the `dispensations` too.",
    why="The law wants a written statement with each of these parts, so that anyone can see why it was decided and what else was weighed (SI 2012/2089, regulations 12 and 13).",
    example="`kind: executive` without `options_rejected`",
    mend="Add the part that the message names; where the published statement leaves it out, write `not stated`.",
)
OFFICER_RECORD = Rule(
    code="MB502",
    name="officer-decision-incomplete",
    checks="A decision of kind `officer` since 6 August 2014 gives the `trigger` that made it one to record, who it was `delegated_by`, the `reasons` and the `options_rejected`; under a specific express authorisation, the `conflicts` that members declared too.",
    why="An officer has only the power that somebody gave; the record shows who gave it, and why the decision had to be published (Openness of Local Government Bodies Regulations 2014, regulation 7).",
    example="`kind: officer` without `delegated_by`",
    mend="Add the part that the message names; where the published record leaves it out, write `not stated`.",
)
DECIDER_KIND = Rule(
    code="MB503",
    name="decider-does-not-fit-the-kind",
    checks="A decision of kind `officer` was taken by a post; an `executive` one by a cabinet, a committee, a board that the law sets up, a partnership, an external body, a post, or another body with the power `decide`; a `council` or `regulatory` one by neither a cabinet nor a post.",
    why="Who may decide depends on the sort of power that is used (Local Government Act 2000, sections 9D and 9E).",
    example="`kind: officer` with `decided_by: bodies/cabinet`",
    mend="Correct the `kind` or `decided_by`.",
)
NOTED_NOT_DECIDED = Rule(
    code="MB504",
    name="noted-not-decided",
    checks="A body whose resolution only notes a decision is not recorded as the one that took it, unless it met on the day of the decision as well.",
    why="A body that hears of a decision two months later did not take it, and cannot answer for it.",
    example="`decided_by: bodies/overview-and-scrutiny-committee` for a decision that the committee was told of",
    mend="Name in `decided_by` who the source says decided, or write `not stated`; the resolution that notes it goes into `noted_by`. If the body did decide it, record the meeting of that day.",
)
NOTED_BY_DOES_NOT_NOTE = Rule(
    code="MB505",
    name="noted-by-does-not-note",
    checks="Each resolution in the `noted_by` of a decision has a clause whose effect is `noted`.",
    why="A body that approved or recommended something did more than note it, and readers should see that.",
    example="`noted_by: [resolutions/2019-11-05-budget]`, whose one clause has `effect: approved`",
    mend="Correct the `effect` of the clause, or take the resolution out of `noted_by`.",
)
SCRUTINY_DECIDED = Rule(
    code="MB506",
    name="scrutiny-decided",
    checks="No decision is recorded as taken by a body of kind `scrutiny committee`.",
    why="A scrutiny committee reviews, reports and recommends; it may not exercise the council's powers (Local Government Act 2000, section 9F).",
    example="`decided_by: bodies/overview-and-scrutiny-committee`",
    mend="Record what the committee did as a resolution, and name in `decided_by` who took the decision; how a committee ordered its own work needs no decision record.",
)
KEY_WITHOUT_NOTICE = Rule(
    code="MB507",
    name="key-decision-without-notice",
    checks="A key decision gives the date of its notice in `forward_plan`, or the `urgency` that took its place.",
    why="The public and scrutiny are to know 28 clear days before that a key decision is coming (SI 2012/2089, regulations 9 to 11).",
    example="`key_decision: true` with neither `forward_plan` nor `urgency`",
    mend="Add the date of the notice, or the urgency and its reason; where no document gives the date, `forward_plan: not stated`.",
)
KEY_NOTICE_SHORT = Rule(
    code="MB508",
    name="key-notice-too-short",
    checks="A key decision since 10 September 2012 was taken 28 clear days or more after the notice in `forward_plan`; by the general exception, five clear working days or more after the notice in `urgency`.",
    why="Notice that comes too late lets nobody object in time (SI 2012/2089, regulations 9 and 10). Neither the day of the notice nor that of the decision counts; the 28 days are days of the calendar, working days leave out weekends and bank holidays.",
    example="`forward_plan: 2019-11-20` and `decided_on: 2019-12-12`",
    mend="Look at both dates again; where they are right, record the urgency that was relied on, or speak of the notice in `editor_note`.",
    severity=Severity.WARNING,
)
URGENCY_INCOMPLETE = Rule(
    code="MB509",
    name="urgency-incomplete",
    checks="The `urgency` of a key decision gives what its `route` asks for: the `notice_on` of the general exception; who it was `agreed_by` for special urgency.",
    why="Urgency sets the 28 days aside, so the law asks who was told and who agreed (SI 2012/2089, regulations 10 and 11).",
    example="`urgency: {route: special urgency, reason: The contract ends on Friday}`",
    mend="Add the field that the message names, or write `not stated` in it.",
)
KEY_WITHOUT_REASON = Rule(
    code="MB510",
    name="key-decision-without-reason",
    checks="A key decision says in `key_reason` why it is one, or names in `wards` the two or more wards it affects.",
    why="Key means significant spending or saving, or a significant effect on two or more wards; which of them it was tells readers what was at stake (SI 2012/2089, regulation 8).",
    example="`key_decision: true` with neither `key_reason` nor `wards`",
    mend="Add the reason as the notice gives it, or `key_reason: not stated`.",
    severity=Severity.WARNING,
)
IMPLEMENTED_TOO_SOON = Rule(
    code="MB511",
    name="implemented-before-call-in-ended",
    checks="A decision was not implemented before the last day of its call-in, unless it was exempt from call-in.",
    why="While it can be called in, scrutiny can ask for a decision to be looked at again; carried out already, it cannot be (Local Government Act 2000, section 9F).",
    example="`implemented_on: 2019-11-08` with `call_in: {open_until: 2019-11-12, status: not called in}`",
    mend="Correct the date that is wrong; where the decision was exempt from call-in, write `status: exempt from call-in`.",
)
CALL_IN_INCOMPLETE = Rule(
    code="MB512",
    name="call-in-incomplete",
    checks="A decision that was called in says who it was `called_by` and what the `outcome` was; one that was exempt from call-in says why, in `outcome`.",
    why="Readers who find a decision called in ask first whether it stood.",
    example="`call_in: {status: called in}`",
    mend="Add `called_by` and `outcome`, or write `not stated` in them.",
    severity=Severity.WARNING,
)
CALL_IN_STALE = Rule(
    code="MB513",
    name="call-in-left-open",
    checks="The `status` of a call-in is not `open` when its last day has passed, on the date the site speaks of.",
    why="A decision shown as open to call-in years later misleads whoever wants to object.",
    example="`call_in: {open_until: 2019-11-12, status: open}` in a site of 2020",
    mend="Write `not called in` or `called in`, with the source that shows it.",
    severity=Severity.WARNING,
)
APPROVAL_UNSTATED = Rule(
    code="MB514",
    name="minutes-without-approval",
    checks="Minutes that are `approved` name the meeting they were `approved_at`; minutes in `draft` name none.",
    why="Minutes are evidence once they are signed at a meeting; until then they are a draft (Local Government Act 1972, Schedule 12, paragraph 41).",
    example="`minutes_status: approved` without `approved_at`",
    mend="Add the meeting that approved them, or `approved_at: not stated`.",
)
APPROVED_ELSEWHERE = Rule(
    code="MB515",
    name="minutes-approved-elsewhere",
    checks="Minutes were approved at a later meeting of the same body, of its successor, or of one it reports to.",
    why="Minutes are signed at the same or the next suitable meeting; nobody can vouch for a meeting that is still to come, or for another body's (Local Government Act 1972, Schedule 12, paragraph 41).",
    example="`approved_at: meetings/2019-09-10-cabinet` in a meeting of November 2019",
    mend="Name the meeting that approved them; where a successor took the body's place, say so in the body's `succeeded_by`.",
)
AGENDA_LATE = Rule(
    code="MB516",
    name="agenda-late",
    checks="The agenda of a council, its executive or a committee was published five clear working days or more before the meeting in England (three before October 2002), three in Wales and Scotland.",
    why="The public may read agenda and reports five clear days before the meeting (Local Government Act 1972, section 100B; in Wales section 100BA; Local Government (Scotland) Act 1973, section 50B). Neither the day of publication nor that of the meeting counts, and no weekend or bank holiday.",
    example="`agenda_published: 2020-01-02` and `held_on: 2020-01-07`",
    mend="Look at both dates again; where they are right, say in `editor_note` that the notice was short, and why if the source says so.",
    severity=Severity.WARNING,
)
URGENT_WITHOUT_REASON = Rule(
    code="MB517",
    name="urgent-item-without-reason",
    checks="An item whose report is dated less than five clear working days before the meeting (three in Wales and Scotland), and not on its very day, gives its `urgent_reason`. Of a whole agenda that came late MB516 says it once.",
    why="A late item may be taken only if the chair holds it urgent, and the minutes say why (Local Government Act 1972, section 100B(4)(b)).",
    example="an item of a meeting on 7 January 2020, with a report `dated: 2020-01-06` and no `urgent_reason`",
    mend="Add the reason that the minutes give, or `urgent_reason: not stated`.",
    severity=Severity.WARNING,
)
EXCLUSION_ELSEWHERE = Rule(
    code="MB518",
    name="exclusion-of-another-meeting",
    checks="The `exclusion` of a resolution names an item of the meeting at which it was passed. That it gives paragraphs of Schedule 12A and the public-interest reason, or says that they are `not stated`, is MB202; which paragraphs there are, MB603.",
    why="The public may be sent out only by a resolution that names the proceedings and describes the exempt information in the words of the Schedule (Local Government Act 1972, section 100A(4) and (5)).",
    example="`exclusion: {item: items/2019-11-12-07, …}` in a resolution of January 2020",
    mend="Name the item from which the resolution sent the public out, or correct the meeting of the item.",
)
PRIVATE_WITHOUT_EXCLUSION = Rule(
    code="MB519",
    name="private-item-without-exclusion",
    checks="An item that is `exempt`, of a meeting of a council, its executive or a committee, is named by the `exclusion` of a resolution.",
    why="Without that resolution the public had a right to be in the room (Local Government Act 1972, section 100A(4)).",
    example="an item with `access: exempt` that no resolution takes in private",
    mend="Record the resolution that excluded the public; where the minutes hold none, say in `editor_note` that no resolution is minuted.",
    severity=Severity.WARNING,
)
NO_PUBLIC_SUMMARY = Rule(
    code="MB520",
    name="no-public-summary",
    checks="An item that an `exclusion` names, or that is exempt or has an exempt resolution or decision, has a `public_summary`. An item that is confidential has none (MB604).",
    why="Where what is left leaves no fair record, the law wants a written summary that gives nothing away (Local Government Act 1972, section 100C(2)).",
    example="an item that an `exclusion` names, without `public_summary`",
    mend="Copy the summary that the council published; where it published none, `public_summary: not stated`.",
)
BACKGROUND_PAPERS_UNSTATED = Rule(
    code="MB521",
    name="background-papers-not-stated",
    checks="A report to a council, its executive or a committee says what its `background_papers` are.",
    why="Each report lists the papers it rests on, and they stay open for four years; *none* and *left blank* are answers too (Local Government Act 1972, section 100D).",
    example="a report without `background_papers`",
    mend="List them, each *held* or *referred to, not held*; `none` where the report says so, `left blank` where a heading has nothing under it, `not stated` where there is no heading.",
    severity=Severity.WARNING,
)
NAMED_VOTE_MISSING = Rule(
    code="MB522",
    name="named-vote-missing",
    checks="Where a decision since 25 February 2014 is a `budget_decision`, the vote of the resolution that made it (whose clause `concerns` it) lists who voted how: `named_for`, `named_against` and `named_abstained`. Where nobody voted so, the number 0 is enough.",
    why="At a budget meeting the minutes record how each member voted (SI 2014/165).",
    example="`vote: {for: 34, against: 21}` in the resolution that set the budget",
    mend="Add the lists from the minutes; a list that they leave out is `not stated`, one that is empty `none`.",
)
VOTES_DO_NOT_ADD_UP = Rule(
    code="MB523",
    name="votes-do-not-add-up",
    checks="The numbers of a vote are those of the names listed, and nobody is listed on two sides. A group among the names stands for any number; twice in one list is MB211.",
    why="A name left out or counted twice changes what a member is known to have voted.",
    example="`vote: {for: 3, named_for: [Leader, Portfolio Holder for Adults]}`",
    mend="Count again in the source; where the source itself differs, write a discrepancy about the resolution.",
    severity=Severity.WARNING,
)
VOTE_AGAINST_FATE = Rule(
    code="MB524",
    name="vote-does-not-fit-the-fate",
    checks="A motion that was `carried` has no fewer votes for than against, one that was `lost` no more; a resolution that took effect was not voted down.",
    why="Questions are decided by a majority of those present and voting, and on a tie by the chair (Local Government Act 1972, Schedule 12, paragraph 39).",
    example="`fate: carried` with `vote: {for: 4, against: 9}`",
    mend="Correct the `fate`, or the numbers that were taken the wrong way round; where another majority was needed, speak of the majority in `editor_note`.",
    severity=Severity.WARNING,
)
CLAUSE_NUMBERS = Rule(
    code="MB525",
    name="clause-numbers",
    checks="The numbers of the clauses of a resolution, and of the recommendations of a report, follow on each other without a gap or a repeat (`1`, `1a`, `2`; `(i)`, `(ii)`); either all of them have one or none has.",
    why="A missing number is often a missing clause, and a clause is cited by its number.",
    example="clauses with `number: 1`, `number: 2`, `number: 4`",
    mend="Add the clause that is missing or correct the number; where the source numbers them so, speak of the numbers in `editor_note`.",
    severity=Severity.WARNING,
)
CLAUSE_WITHOUT_RECIPIENT = Rule(
    code="MB526",
    name="clause-without-recipient",
    checks="A clause that is `delegated`, `referred` or `requested` says in `falls_to` who is to act.",
    why="What falls to nobody is not done, and nobody can be asked about it.",
    example="`effect: delegated` without `falls_to`",
    mend="Name the post or body, or write `falls_to: not stated`.",
    severity=Severity.WARNING,
)
RESCINDS_LATER = Rule(
    code="MB527",
    name="rescinds-a-later-resolution",
    checks="A resolution rescinds or amends only resolutions that were made before it.",
    why="A chain that runs backwards shows the wrong wording as the one in force.",
    example="a resolution of November 2019 with `rescinds: [resolutions/2020-01-07-resilient-harrow]`",
    mend="Turn the reference round, or correct the date that is wrong.",
)
RESCINDS_ANOTHERS = Rule(
    code="MB528",
    name="rescinds-another-body",
    checks="A body rescinds or amends its own resolutions, those of a body that reports to it, or those of a body whose place it took. Where it is not known up to the full council whom a body reports to, nothing is said.",
    why="A committee cannot undo what the council resolved; an entry that says so is mostly a wrong reference.",
    example="a resolution of a sub-committee that rescinds one of the full council",
    mend="Name the resolution that is meant; what a body only asks another to undo is a clause with `effect: recommended`.",
    severity=Severity.WARNING,
)
SCRUTINY_UNANSWERED = Rule(
    code="MB529",
    name="scrutiny-unanswered",
    checks="Once two months have passed, what a scrutiny committee recommended to the executive (a cabinet, or a post of it) has an entry of `recommendations` with a `response`, or an action that `arises_from` the resolution.",
    why="The executive must consider the recommendations and answer within two months, saying what it will do (Local Government Act 2000, section 9FE).",
    example="a clause with `effect: recommended` and `falls_to: [bodies/cabinet]` of March, and no answer in June",
    mend="Record the answer with its source, or `response: not stated` where the source shows that one came; where none is held, an action with `promised_by: bodies/cabinet` and the date it was due, which is then listed among the promises.",
    severity=Severity.WARNING,
)
ITEM_NUMBER_TWICE = Rule(
    code="MB530",
    name="item-number-twice",
    checks="No two items of a meeting have the same `number` or the same `minute_number`.",
    why="Minutes are cited by them; two items with one number are mostly one item recorded twice.",
    example="two items of `meetings/2020-01-07-overview-and-scrutiny` with `number: 7`",
    mend="Keep one of them, or correct the number; the number of the agenda is not that of the minute.",
    severity=Severity.WARNING,
)
REPORT_TO_ANOTHER = Rule(
    code="MB531",
    name="report-to-another-body",
    checks="A report that an item considers is addressed to the body that met, or to one whose place it took.",
    why="A report to the Cabinet that a scrutiny committee looks at beforehand was put before two bodies, and asks them different things.",
    example="`to: bodies/cabinet` in a report that an item of the scrutiny committee lists",
    mend="Correct `to`, or say in the `editor_note` of the item how the report came to this body.",
    severity=Severity.WARNING,
)
INTEREST_ELSEWHERE = Rule(
    code="MB532",
    name="interest-in-another-meeting",
    checks="An interest that a meeting records is in an item of that meeting.",
    why="A declaration under the wrong item says that a member kept out of the wrong vote.",
    example="an interest at a meeting of January in `items/2019-11-12-07`",
    mend="Name the item of this meeting, or leave `item` out where the declaration was general.",
)
CLEARED_TOO_LATE = Rule(
    code="MB533",
    name="cleared-too-late",
    checks="The clearances of a report are dated no later than the last meeting, of the body it is addressed to, that considered it.",
    why="The Chief Financial Officer and the Monitoring Officer sign before members decide, not afterwards.",
    example="`clearances: [{role: posts/monitoring-officer, date: 2020-01-09}]` in a report to a meeting of 7 January 2020",
    mend="Look at the date again; where the report prints it so, speak of the clearance in `editor_note`.",
    severity=Severity.WARNING,
)
