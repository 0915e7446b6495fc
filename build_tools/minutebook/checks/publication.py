"""6xx, what may be published: exemptions with their grounds, and public records that give nothing private away."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice

from minutebook.absence import written_name
from minutebook.belonging import belongs_to, council_of, date_of
from minutebook.checks.finding import finding, narrative_place, place
from minutebook.checks.references import shown
from minutebook.countries import country_of
from minutebook.diagnostics import Diagnostic, Place
from minutebook.evidence.verification import mark
from minutebook.exemptions import VERSIONS, paragraphs_in_force
from minutebook.knowledge_base import KnowledgeBase, narrative_links, plain, plain_words
from minutebook.personal import holds_email
from minutebook.privacy import is_public
from minutebook.records.agenda_item import AgendaItem
from minutebook.records.base import (
    Access,
    Citation,
    Exemption,
    FieldPath,
    Record,
    StatedValue,
    citations,
    parts,
)
from minutebook.records.meeting import Meeting
from minutebook.records.resolution import Exclusion
from minutebook.records.source_document import SourceDocument
from minutebook.records.values import FieldKey, Ref
from minutebook.rules import publication as rules
from minutebook.suggest import did_you_mean
from minutebook.when import Answer, before

# What a public record cannot stand without: to belong to a body (but for a meeting of it), a post or a
# plan is another matter.
_STANDS_ON = frozenset({"items", "meetings", "projects"})
_LINK_TARGET = re.compile(r"\]\(\s*<?\s*([^)\s>]*)")
_DEFINED_LINK = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*<?(\S+)", re.MULTILINE)
_AUTOMATIC_LINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^\s>]*)>")
_SAFE = ("https://", "http://")
_EMBEDDING = r"(?:img|iframe|video|audio|object|embed|script|link|style|svg|picture|source)\b"
_PICTURE = re.compile(rf"!\[(?:[^\]\n]*\]\([^)\n]*\))?|<\s*{_EMBEDDING}[^>\n]*>?", re.IGNORECASE)
_END_OF_PICTURE = re.compile(rf"</\s*{_EMBEDDING}", re.IGNORECASE)
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)[^\n]+?(?<!`)\1(?!`)")
_TAG = re.compile(r"<[A-Za-z/!?][^>\n]*>?")
# What an erased record may say besides the fields that its type needs.
_STAYS = frozenset({"access", "exemption", "erased"})
# Words too short or too common to give a record away by themselves.
_TELLING = 8


def check_exemptions_have_grounds(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """An exempt record has its grounds (MB601), a public one none (MB602), a confidential one no way out (MB604)."""
    for record in kb.records.values():
        grounds = record.exemption is not None and record.exemption.paragraphs  # `not stated` is none
        if record.access is Access.EXEMPT and not grounds:
            at = place(record, ("access",))
            lacks = "" if record.exemption else " and no public-interest reason"
            message = f"the record is exempt, but gives no paragraph of Schedule 12A{lacks}"
            yield finding(kb, record, at, rules.EXEMPT_WITHOUT_GROUNDS, message)
        if record.access in (Access.PUBLIC, Access.DRAFT) and record.exemption is not None:
            message = f"the record has an exemption, but its access is `{record.access}`"
            yield finding(
                kb, record, place(record, ("exemption",), key=True), rules.EXEMPTION_ON_PUBLIC, message
            )
        if record.access is Access.CONFIDENTIAL:
            for field in ("exemption", "public_summary", "corrections"):
                if getattr(record, field, None):
                    at = place(record, (field,), key=True)
                    message = f"the record is confidential, but has `{field}`"
                    yield finding(kb, record, at, rules.CONFIDENTIAL_OVERRIDE, message)


def check_paragraphs_are_in_force(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The paragraphs named are in the list of that date and country (MB603)."""
    grounds: Iterable[tuple[Record, FieldPath, Exemption | Exclusion]] = chain(
        kb.each(Exemption), kb.each(Exclusion)
    )
    for record, path, part in grounds:
        council = council_of(kb, record)
        country = country_of(council.area_code if council is not None else None)
        version = part.schedule_version
        if version is not None and version not in VERSIONS:
            help = did_you_mean(version, VERSIONS) or f"the versions are {', '.join(VERSIONS)}"
            at = place(record, (*path, "schedule_version"))
            yield finding(kb, record, at, rules.UNKNOWN_PARAGRAPH, f"no list is called `{version}`", help)
            continue
        in_force = paragraphs_in_force(country, date_of(kb, record), version)
        if version is not None and not in_force:
            at = place(record, (*path, "schedule_version"))
            message = f"the list `{version}` is that of another country"
            yield finding(kb, record, at, rules.UNKNOWN_PARAGRAPH, message)
        for number, paragraph in enumerate(part.paragraphs):
            if in_force and paragraph not in in_force:
                at = place(record, (*path, "paragraphs", number))
                message = f"no paragraph `{paragraph}` in the list of that date and country"
                help = f"its paragraphs are {', '.join(in_force)}"
                yield finding(kb, record, at, rules.UNKNOWN_PARAGRAPH, message, help)


def check_public_records_stand_on_public_ones(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A public record does not rest on one that is not (MB606), and has a public receipt (MB607)."""
    restricted = {record.id for record in kb.records.values() if not is_public(record)}
    hidden_receipts: defaultdict[Ref, list[tuple[FieldPath, Citation]]] = defaultdict(list)
    for record, path, citation in kb.each(Citation):
        if citation.source in restricted:
            hidden_receipts[record.id].append((path, citation))
    for record in filter(is_public, kb.records.values()):
        above = belongs_to(kb, record)
        if (
            above is not None
            and above.id in restricted
            and (above.id.folder in _STANDS_ON or isinstance(record, Meeting))
        ):
            at = next((link.path for link in kb.links[record.id] if link.target == above.id), ())
            message = "the record is public, but what it belongs to is not"
            yield finding(kb, record, place(record, at), rules.RESTS_ON_RESTRICTED, message, names=[above.id])
        if hidden := hidden_receipts.get(record.id):
            quoted = [(path, c) for path, c in hidden if c.quote is not None or c.states]
            if quoted:
                message = "the record is public, but quotes a source that is not"
            elif all(citation.source in restricted for citation in citations(record)):
                message = "the record is public, but no source that it cites is"
            else:
                continue  # the gate takes the citation out, and another is left
            path, citation = (quoted or hidden)[0]
            at = (*path, "source")
            yield finding(
                kb, record, place(record, at), rules.RECEIPT_NOT_PUBLIC, message, names=[citation.source]
            )


def check_restricted_records_are_not_named(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """No text of a public record has the id, title or alias of one that is not (MB605)."""
    hidden = _hidden_names(kb)
    if not hidden:
        return
    pattern = re.compile(
        "|".join(rf"\b{re.escape(name)}\b" for name in sorted(hidden, key=len, reverse=True))
    )
    # A text that lacks a word of each name holds none of them: to see that is quicker than to search.
    # The rarest word of a name is looked for first; which words are rare, every fiftieth record tells.
    some = islice(kb.records.values(), 0, None, 50)
    common = Counter(word for record in some for word in plain_words(record.file.text))
    by_rarest: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for name in hidden:
        rarest = min(name.split(), key=lambda word: (common[word], -len(word)))
        by_rarest[rarest].append(frozenset(name.split()))
    rarest_words = frozenset(by_rarest)
    for record in kb.records.values():
        # A text between double quotation marks may have letters written as `\\u00e9`.
        escaped = "\\" in record.file.text
        whole = " ".join(t for _, t in _published_texts(kb, record)) if escaped else record.file.text
        if _has_none_of(rarest_words, record.id.slug, whole):
            continue
        known = set(plain_words(f"{record.id.slug} {whole}"))
        if not any(name <= known for rarest in by_rarest.keys() & known for name in by_rarest[rarest]):
            continue
        found: dict[Ref, tuple[str, Place]] = {}
        for path, text in _published_texts(kb, record):
            # Not line by line: a name may begin on one and end on the next.
            for match in pattern.finditer(plain(text)):
                target, name = hidden[match.group()], match.group()
                if target != record.id and target not in found:
                    at = place(record, path) if path is not None else _named_at(record, text, name)
                    found[target] = name, at
        for target, (name, at) in found.items():
            message = f"the words `{name}` are a name of a record that is not public"
            yield finding(kb, record, at, rules.NAMES_RESTRICTED, message, names=[target])


@lru_cache(maxsize=65_536)  # a live server asks again of every text at each change of one
def _has_none_of(words: frozenset[str], slug: str, text: str) -> bool:
    return words.isdisjoint(plain_words(f"{slug} {text}"))


def _named_at(record: Record, narrative: str, name: str) -> Place:
    """Where a narrative has a name, of which only the plain words are known; the record where they are not found."""
    match = re.search(r"[\W_]+".join(map(re.escape, name.split())), narrative, re.IGNORECASE)
    return narrative_place(record, *match.span()) if match else place(record)


def _published_texts(kb: KnowledgeBase, record: Record) -> Iterator[tuple[FieldPath | None, str]]:
    """The texts of a record that readers see, without the references and links that the gate takes out.

    Of an item taken in private these are what the law wants known; of others that are not public, none.
    Each with its path; that of a narrative, which has its length and lines still, is None.
    """
    if isinstance(record, AgendaItem) and record.access is Access.EXEMPT and record.exemption is not None:
        yield ("number",), record.number or ""
        yield ("public_summary",), record.public_summary or ""
        yield ("exemption", "public_interest_reason"), record.exemption.public_interest_reason
    if not is_public(record):
        return
    yield (), record.id.slug
    narrative = record.narrative
    for target, match in narrative_links(record):
        if _is_hidden(kb, target):
            narrative = narrative.replace(match.group(), " " * len(match.group()))
    yield None, narrative
    for path, part in parts(record):
        if isinstance(part, StatedValue) and _is_hidden(kb, part.key.record_id):
            continue
        if isinstance(part, Citation) and _is_hidden(kb, part.source):
            continue  # MB607 speaks of it
        for name, info in type(part).model_fields.items():
            value = getattr(part, name)
            at = (*path, written_name(info, name))
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, str) and not isinstance(one, Ref | FieldKey):
                    yield at, one
                elif (words := getattr(one, "as_written", None)) is not None:
                    yield at, words


def _is_hidden(kb: KnowledgeBase, target: Ref | None) -> bool:
    return target is not None and target in kb.records and not is_public(kb.records[target])


def _hidden_names(kb: KnowledgeBase) -> dict[str, Ref]:
    """The names that would give a restricted record away: not those that a public record bears too."""
    public: set[str] = set()
    hidden: dict[str, Ref] = {}
    # The public ones first.
    for record in sorted(kb.records.values(), key=is_public, reverse=True):
        whole_id = f"{record.id.folder}/{record.id.slug}"
        for name in (record.title, *record.aliases, record.id.slug, whole_id):
            words = plain(name)
            if is_public(record):
                public.add(words)
            elif words not in public and (len(words) >= _TELLING or name == whole_id):
                hidden.setdefault(words, record.id)
    return hidden


def check_marks_are_of_public_words(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """No fingerprint has a mark of words that only records quote which are not public (MB621)."""
    hidden: defaultdict[Ref, dict[str, Ref]] = defaultdict(dict)
    for record, _, citation in kb.each(Citation):
        if citation.quote is not None and not is_public(record):
            hidden[citation.source][mark(citation.quote)] = record.id
    for source_id, marks in hidden.items():
        source = kb.get(source_id, SourceDocument)
        if source is None or source.fingerprint is None or marks.keys().isdisjoint(source.fingerprint.marks):
            continue
        public = {
            mark(citation.quote)
            for record, _, citation in kb.each(Citation)
            if citation.source == source_id and citation.quote is not None and is_public(record)
        }
        if left := marks.keys() & {*source.fingerprint.marks} - public:
            many = "a mark" if len(left) == 1 else f"{len(left)} marks"
            message = f"the fingerprint has {many} of words that no public record quotes"
            at = place(source, ("fingerprint", "marks"), key=True)
            names = [marks[one] for one in left]
            yield finding(kb, source, at, rules.MARKS_OF_HIDDEN_WORDS, message, names=names)


def check_narrative_is_safe(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Links have a safe scheme (MB617), nothing is embedded (MB618), and there is no HTML (MB619)."""
    for record in kb.records.values():
        text = record.narrative
        if not any(map(text.__contains__, ("](", "]:", "<", "!["))):
            continue  # what all of these patterns begin or end with: most narratives have none of it
        # Between backticks it is shown as it is written.
        text = _CODE.sub(lambda code: " " * len(code.group()), text) if "`" in text else text
        pictures = [match.span() for match in _PICTURE.finditer(text)]
        for pattern in (_LINK_TARGET, _DEFINED_LINK, _AUTOMATIC_LINK):
            for match in pattern.finditer(text):
                # An e-mail address and the address of a picture have rules of their own.
                if (
                    not match[1].lower().startswith(_SAFE)
                    and not holds_email(match[1])
                    and not _within(match.start(), pictures)
                ):
                    at = narrative_place(record, *match.span(1))
                    message = f"`{match[1][:60]}` is no address that begins with `https://` or `http://`"
                    yield finding(kb, record, at, rules.UNSAFE_LINK, message)
        for start, end in pictures:
            message = "narrative holds a picture or something from another site"
            yield finding(kb, record, narrative_place(record, start, end), rules.REMOTE_CONTENT, message)
        automatic = {match.start() for match in _AUTOMATIC_LINK.finditer(text)}
        for match in _TAG.finditer(text):
            if (
                match.start() not in automatic
                and not _within(match.start(), pictures)
                and not _END_OF_PICTURE.match(match.group())
                and not holds_email(match.group())  # MB609 says it, without the line
            ):
                message = f"narrative holds HTML, found `{match.group()[:40]}`"
                yield finding(kb, record, narrative_place(record, *match.span()), rules.RAW_HTML, message)
                break  # one finding says it of the record


def _within(offset: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)


def check_corrections_and_erasure(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A correction says why and on whose word, and not in the future (MB620); an erased record says nothing else (MB615)."""
    for record in kb.records.values():
        for number, correction in enumerate(record.corrections):
            path: FieldPath = ("corrections", number)
            if correction.on_the_word_of is None:
                message = "the correction does not say on whose word the page was changed"
                yield finding(kb, record, place(record, path), rules.CORRECTION_INCOMPLETE, message)
            elif len(plain_words(correction.reason)) < 2:  # `error` says nothing
                message = "the reason of the correction does not say what was wrong"
                at = place(record, (*path, "reason"))
                yield finding(kb, record, at, rules.CORRECTION_INCOMPLETE, message)
            elif kb.as_of is not None and before(kb.as_of, correction.on) is Answer.YES:
                message = (
                    f"the correction is dated {correction.on.display()}, after the date the site speaks of"
                )
                help = "correct the date, or set `as_of` in `minutebook.yml`"
                at = place(record, (*path, "on"))
                yield finding(kb, record, at, rules.CORRECTION_INCOMPLETE, message, help)
        if record.erased is not None:
            left = [
                written_name(info, name)
                for name, info in type(record).model_fields.items()
                if name not in _STAYS and not info.is_required() and getattr(record, name) != info.default
            ]
            if record.narrative.strip():
                left.append("narrative")
            if left:
                message = (
                    f"the record says it was erased, but still has {', '.join(f'`{name}`' for name in left)}"
                )
                yield finding(
                    kb, record, place(record, ("erased",), key=True), rules.ERASED_WITH_CONTENT, message
                )


def check_erased_ids_stay_taken(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """No other record goes by the name of an erased one (MB616)."""
    erased: dict[tuple[str, str], Record] = {
        (r.council, plain(r.id.slug)): r for r in kb.records.values() if r.erased is not None
    }
    for record in kb.records.values():
        for number, alias in enumerate(record.aliases):
            other = erased.get((record.council, plain(alias)))
            if other is not None and other.id != record.id:
                at = place(record, ("aliases", number))
                message = f"`{shown(other.id, record.council)}` was erased; its name stays with it"
                yield finding(kb, record, at, rules.ERASED_ID_AGAIN, message, names=[other.id])


CHECKS = (
    check_exemptions_have_grounds,
    check_paragraphs_are_in_force,
    check_public_records_stand_on_public_ones,
    check_restricted_records_are_not_named,
    check_marks_are_of_public_words,
    check_narrative_is_safe,
    check_corrections_and_erasure,
    check_erased_ids_stay_taken,
)
