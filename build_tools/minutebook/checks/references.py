"""References lead to records, of the right type, and in no circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from weakref import WeakKeyDictionary

from minutebook.checks.finding import finding, narrative_place, place
from minutebook.diagnostics import Diagnostic, Place
from minutebook.grammar import with_article
from minutebook.knowledge_base import KnowledgeBase, narrative_links
from minutebook.privacy import is_public
from minutebook.records import BY_FOLDER
from minutebook.records.base import Record, Reference, StatedValue
from minutebook.records.values import Ref
from minutebook.rules import references as rules
from minutebook.suggest import nearest

# A field that points up a hierarchy or back in time must not come round to where it began.
_ONE_WAY = (
    ("bodies", "parent"),
    ("projects", "parent"),
    ("bodies", "succeeded_by"),
    ("council", "succeeded_by"),
    ("decisions", "supersedes"),
    ("resolutions", "rescinds"),
)


def shown(target: Ref, council: str) -> str:
    """The id as a record of `council` would write it."""
    return f"{target.folder}/{target.slug}" if target.council == council else str(target)


def check_references_lead_somewhere(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A reference names a record that is there (MB301), of a type its field can hold (MB302), and not itself (MB308)."""
    for record_id, links in kb.links.items():
        record = kb.records[record_id]
        for link in links:
            found = _fault(kb, record, link)
            if found is not None:
                yield found


def _fault(kb: KnowledgeBase, record: Record, link: Reference) -> Diagnostic | None:
    target, folders = link.target, link.to.folders
    fits = not folders or target.folder in folders
    if fits and target != record.id and (target in kb.records or target in kb.broken):
        return None
    name = shown(target, record.council)
    if not fits:
        known = target.folder in BY_FOLDER
        kind = _a(target.folder) if known else f"a record of a folder `{target.folder}`, which is none"
        field = next(str(step) for step in reversed(link.path) if isinstance(step, str))
        message = f"`{field}` points to {_either(folders)}, but `{name}` is {kind}"
        help = f"name a record from {' or '.join(f'`{folder}/`' for folder in folders)}"
        rule = rules.WRONG_FOLDER if known else rules.UNKNOWN_REFERENCE
        return finding(kb, record, place(record, link.path), rule, message, help, names=[target])
    if target == record.id and not link.to.itself:
        return finding(
            kb, record, place(record, link.path), rules.SELF_REFERENCE, "the record refers to itself"
        )
    message = f"no {BY_FOLDER[target.folder].noun if target.folder in BY_FOLDER else 'record'} `{name}`"
    near = _suggestion(kb, record, target, folders)
    return finding(kb, record, place(record, link.path), rules.UNKNOWN_REFERENCE, message, near)


def _either(folders: tuple[str, ...]) -> str:
    return " or ".join(_a(folder) for folder in folders)


def _a(folder: str) -> str:
    noun = BY_FOLDER[folder].noun
    if noun.endswith("s"):
        return f"a record of {noun}"
    return with_article(noun)


# What was looked for in vain, and what was offered: who takes a record away leaves a thousand references to it.
_OFFERED: WeakKeyDictionary[KnowledgeBase, dict[object, str | None]] = WeakKeyDictionary()


def _suggestion(kb: KnowledgeBase, record: Record, target: Ref, folders: tuple[str, ...] = ()) -> str | None:
    """Offer the nearest id of the same folder, else one of the same slug elsewhere: only what is there and public."""
    offered = _OFFERED.setdefault(kb, {})
    itself = record.id if record.id.folder == target.folder else None
    key = (target, folders, record.council, itself)
    if key not in offered:
        near = _nearest(kb, target, folders, record.council, itself)
        offered[key] = f"did you mean `{near}`?" if near else None
    return offered[key]


def _nearest(
    kb: KnowledgeBase, target: Ref, folders: tuple[str, ...], council: str, itself: Ref | None
) -> str | None:
    public = [one.id for one in kb.records.values() if is_public(one)]
    alike = (shown(one, council) for one in public if one.folder == target.folder and one != itself)
    if (near := nearest(shown(target, council), alike)) is not None:
        return near
    fitting = (one for one in public if not folders or one.folder in folders)
    return next((shown(one, council) for one in fitting if one.slug == target.slug), None)


def check_narrative_links(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A `[[link]]` is an id (MB305) and names a record that is there (MB304)."""
    for record in kb.records.values():
        for target, match in narrative_links(record):
            if target in kb.records or target in kb.broken:
                continue
            at = narrative_place(record, *match.span())
            if target is None:
                found = kb.find(match[1])
                help = (
                    f"did you mean `[[{shown(found[0].id, record.council)}|{match[1]}]]`?"
                    if len(found) == 1
                    else None
                )
                message = f"`{match[0]}` is no link to a record"
                names = [one.id for one in found]
                yield finding(kb, record, at, rules.MALFORMED_LINK, message, help, names=names)
            else:
                message = f"no record `{shown(target, record.council)}`"
                yield finding(kb, record, at, rules.UNKNOWN_LINK, message, _suggestion(kb, record, target))


def check_stated_keys(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The key of a stated value names a record and a field of it (MB309)."""
    for record, path, stated in kb.each(StatedValue):
        target = kb.records.get(stated.key.record_id)
        at_key = (*path, "key")
        if target is None:
            if stated.key.record_id in kb.broken:
                continue
            message = f"no record `{shown(stated.key.record_id, record.council)}`"
            help: str | None = _suggestion(kb, record, stated.key.record_id)
            yield finding(kb, record, _key_place(record, at_key), rules.UNKNOWN_KEY, message, help)
        elif stated.key.field not in target.field_keys():
            message = f"`{shown(target.id, record.council)}` has no field or row `{stated.key.field}`"
            name = nearest(stated.key.field, target.field_keys())
            help = f"did you mean `{name}`?" if name else None
            at = _key_place(record, at_key)
            yield finding(kb, record, at, rules.UNKNOWN_KEY, message, help, names=[target.id])


def _key_place(record: Record, path: tuple[str | int, ...]) -> Place:
    """Where the key stands; a single stated value may be written without its dash."""
    exact = place(record, path)
    alone = place(record, (*path[:-2], path[-1]))
    return max(exact, alone, key=lambda found: found.sort_key)


def check_no_circles(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """What points upwards or backwards does not come round (MB307); each circle is said once."""
    for folder, field in _ONE_WAY:
        ways = {record.id: _targets(record, field) for record in kb.of(BY_FOLDER[folder])}
        seen: set[Ref] = set()
        for record_id in _without_an_end(ways):
            circle = _circle(ways, record_id)
            if circle is None or seen & set(circle):
                continue
            seen |= set(circle)
            record = kb.records[record_id]
            names = " → ".join(f"`{shown(one, record.council)}`" for one in (*circle, circle[0]))
            message = f"`{field}` goes round in a circle: {names}"
            yield finding(kb, record, place(record, (field,)), rules.CIRCLE, message, names=circle)


def _targets(record: Record, field: str) -> tuple[Ref, ...]:
    """What a field points to but for the record itself, of which MB308 speaks."""
    value = getattr(record, field) or ()
    return tuple(one for one in ((value,) if isinstance(value, Ref) else value) if one != record.id)


def _without_an_end(ways: Mapping[Ref, tuple[Ref, ...]]) -> list[Ref]:
    """Those from which one can go on for ever: in a sound knowledge base none, and no way is walked twice to see that."""
    left = {one: sum(target in ways for target in targets) for one, targets in ways.items()}
    pointing: defaultdict[Ref, list[Ref]] = defaultdict(list)
    for one, targets in ways.items():
        for target in targets:
            pointing[target].append(one)
    ends = [one for one, count in left.items() if count == 0]
    while ends:
        end = ends.pop()
        del left[end]
        for one in pointing[end]:
            left[one] -= 1
            if left[one] == 0:
                ends.append(one)
    return list(left)


def _circle(ways: Mapping[Ref, tuple[Ref, ...]], record_id: Ref) -> tuple[Ref, ...] | None:
    """The ids on a way from a record back to itself, if there is one."""
    open_ways: list[tuple[Ref, ...]] = [(record_id,)]
    seen = {record_id}
    while open_ways:
        way = open_ways.pop()
        for target in ways.get(way[-1], ()):
            if target == record_id:
                return way
            if target not in seen:
                seen.add(target)
                open_ways.append((*way, target))
    return None


CHECKS = (check_references_lead_somewhere, check_narrative_links, check_stated_keys, check_no_circles)
