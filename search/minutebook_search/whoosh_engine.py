"""The search engine of the command line and of `serve`: Whoosh, and the only room that knows it."""

from __future__ import annotations

import hashlib
import heapq
import sys
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, reduce
from itertools import islice
from pathlib import Path
from typing import Any

from minutebook_search import documents as documents_room
from minutebook_search import words as words_room
from minutebook_search.documents import SearchDocument, fingerprint, terms_of
from minutebook_search.engine import Hit, SearchResult
from minutebook_search.facets import Register
from minutebook_search.index_cache import Files, IndexCache, user_key_path
from minutebook_search.query import And, DateRange, Filter, Node, Not, Or, Phrase, Prefix, Word, parse_query
from minutebook_search.snippets import Finder, snippet_of
from minutebook_search.words import Compound, compounds, joined, words

with warnings.catch_warnings():
    # Whoosh 2.7.4 is from 2016 and pinned. Python warns of its backslashes and of `is` beside a
    # literal whenever it compiles a module of it: all that are used are loaded here, in silence.
    warnings.simplefilter("ignore")
    import whoosh
    import whoosh.codec.whoosh3  # loaded by name when an index is written or opened
    from whoosh.fields import FieldType, Schema
    from whoosh.filedb.filestore import FileStorage, RamStorage
    from whoosh.formats import Frequency, Positions
    from whoosh.lang import stemmer_for_language
    from whoosh.scoring import BM25F
    from whoosh.system import pack_uint

MAX_EXPANSIONS = 200  # words that the beginning of a word may stand for; thousands take seconds

_STEMS = "stems"  # words and compounds by stem, for words outside phrases
_PRINTED = "printed"  # words as printed with their positions, for phrases and beginnings of words
_MEMORY = 64  # megabytes of postings before they go to the disk in pieces; more is no faster
_DIGITS = 4  # of a score: what lies beyond is rounding, and would order equals by chance

_POSITIONS = Positions()

Scores = dict[int, float]

_snowball = stemmer_for_language("en")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of an English word (Snowball): `planning` and `plans` are `plan`.

    Whoosh's default, the Porter variant, makes `plann` of *planning*.
    """
    return str(_snowball(word)) or word


def open_engine(
    documents: Iterable[SearchDocument], cache: Path | None = None, say: Callable[[str], None] | None = None
) -> WhooshEngine:
    """Return an engine for these documents, with the index kept at `cache` if it was made from them.

    Where it was not, or is not to be trusted, the index is made anew and kept there; with `cache` None
    it is kept nowhere. `say` is told of work that takes long.
    """
    ordered = sorted(documents, key=lambda document: document.id)
    key_path = user_key_path()
    if cache is None or key_path is None:
        return WhooshEngine(ordered, build_index(ordered))
    index_cache = IndexCache(cache, key_path)
    made_from = {"documents": fingerprint(ordered), "whoosh": whoosh.versionstring(), "code": _code()}
    files = index_cache.load(made_from)
    if files is None:
        if say is not None:
            say(f"indexing {len(ordered):,} records, once until they change")
        files = build_index(ordered)
        index_cache.save(made_from, files)
    return WhooshEngine(ordered, files)


def _code() -> str:
    """A fingerprint of the code that decides what an index holds, so that none outlives a change of it."""
    rooms = (Path(str(room.__file__)) for room in (sys.modules[__name__], documents_room, words_room))
    return hashlib.sha256(b"".join(room.read_bytes() for room in rooms)).hexdigest()


# -- writing an index ---------------------------------------------------------------------------


class _Terms(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field whose terms come ready: what a word is, is settled in one room for every reader."""

    def index(self, value: Iterable[tuple[bytes, int, float, bytes]], **_: Any) -> Any:
        """Return the terms as they came: bytes, frequency, weight, and what the format keeps."""
        return value


def build_index(documents: Iterable[SearchDocument]) -> Files:
    """Return the files of an index of these documents, numbered in the order in which they come."""
    schema = Schema(
        **{
            _STEMS: _Terms(Frequency(), None, scorable=True),
            _PRINTED: _Terms(_POSITIONS, None, scorable=True),
        }
    )
    # Whoosh writes its intermediate files where its storage lies: in a folder that is only ours.
    with tempfile.TemporaryDirectory(prefix="minutebook-") as folder:
        storage = FileStorage(folder)
        index = storage.create_index(schema)
        writer = index.writer(limitmb=_MEMORY)
        for document in documents:
            terms = terms_of(document, stem)
            writer.add_document(
                **{
                    _STEMS: [
                        (term.encode(), len(weights), sum(weights), pack_uint(len(weights)))
                        for term, weights in terms.stems.items()
                    ],
                    _PRINTED: [
                        (term.encode(), len(places), sum(weight for _, weight in places), _encoded(places))
                        for term, places in terms.printed.items()
                    ],
                }
            )
        writer.commit()
        index.close()
        return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir()) if path.is_file()}


def _encoded(places: Iterable[tuple[int, float]]) -> bytes:
    return bytes(_POSITIONS.encode([position for position, _ in places]))


# -- answering queries --------------------------------------------------------------------------


class WhooshEngine:
    """Answers queries from an index of Whoosh and the documents it was made from."""

    def __init__(self, documents: Sequence[SearchDocument], files: Files) -> None:
        storage = RamStorage()
        storage.files = dict(files)
        self._documents = documents
        self._register = Register(documents)
        self._searcher = storage.open_index().searcher(weighting=BM25F())

    def search(self, query: str, *, limit: int = 10) -> SearchResult:
        """Return the best `limit` matches, best first; those of equal score in the order of their ids."""
        parsed = parse_query(query)
        evaluation = _Evaluation(self._searcher, self._register)
        scores = evaluation.matches(parsed.root) if parsed.root is not None else {}
        # Documents are numbered in the order of their ids.
        best = heapq.nsmallest(limit, ((-round(score, _DIGITS), number) for number, score in scores.items()))
        leaves = tuple(dict.fromkeys(parsed.wanted()))
        finder = Finder(leaves, stem)
        if parsed.root is not None and not scores:
            evaluation.explain(parsed.root, leaves)
        return SearchResult(
            query=query,
            total=len(scores),
            hits=tuple(self._hit(number, -score, finder) for score, number in best),
            facets=self._register.facets(scores),
            messages=(*map(str, parsed.messages), *dict.fromkeys(evaluation.messages)),
        )

    def _hit(self, number: int, score: float, finder: Finder) -> Hit:
        document = self._documents[number]
        snippet = snippet_of(document, finder)
        return Hit(
            id=document.id,
            type=document.type,
            title=document.title,
            date=document.date.value if document.date is not None else None,
            body=document.body,
            url=document.url,
            score=score,
            snippet=snippet.text,
            marks=snippet.marks,
        )


class _Evaluation:
    """One query against one index: the numbers of the documents that match, with their scores.

    Whoosh keeps the terms, their postings and the weighting (BM25F); the algebra is done here, on sets.
    Its own query objects are slower where all matches are counted, and recurse.
    """

    def __init__(self, searcher: Any, register: Register) -> None:
        self._searcher = searcher
        self._reader = searcher.reader()
        self._register = register
        self.messages: list[str] = []

    def matches(self, node: Node) -> Scores:
        match node:
            case Word():
                return reduce(_both, (self._compound(compound) for compound in compounds(node.text)))
            case Phrase():
                return self._row([word.printed for word in words(node.text)])
            case Prefix():
                return self._prefix(node)
            case Filter() | DateRange():
                chosen = self._register.chosen(node)
                if chosen.message is not None:
                    self.messages.append(chosen.message)
                return dict.fromkeys(chosen.numbers, 0.0)
            case Not():
                return self._without(self._all(), node)
            case And():
                return self._and(node)
            case Or():
                return reduce(_either, (self.matches(one) for one in node.of))

    def explain(self, root: Node, leaves: Iterable[Node]) -> None:
        """Say of each word, phrase and range of dates that no document has it; else that none has them all."""
        said = len(self.messages)
        for leaf in leaves:
            if not self.matches(leaf):
                match leaf:
                    case Word():
                        self.messages.append(f"no record has `{leaf.text}`")
                    case Prefix():
                        self.messages.append(f"no record has `{leaf.text}*`")
                    case Phrase():
                        self.messages.append(f'no record has `"{leaf.text}"`')
                    case DateRange():
                        self.messages.append("no record has a date in that range")
        if len(self.messages) == said and isinstance(root, And | Or | Not):
            self.messages.append("each of these is in some record, but no record matches the whole query")

    def _all(self) -> Scores:
        return dict.fromkeys(range(len(self._register.documents)), 0.0)

    def _and(self, node: And) -> Scores:
        wanted = [self.matches(one) for one in node.of if not isinstance(one, Not)]
        found = reduce(_both, wanted) if wanted else self._all()
        for one in node.of:
            if isinstance(one, Not):
                found = self._without(found, one)
        return found

    def _without(self, found: Scores, node: Not) -> Scores:
        left_out = self.matches(node.of)
        return {number: score for number, score in found.items() if number not in left_out}

    def _compound(self, compound: Compound) -> Scores:
        """A word by its stem; one that is tied together also as its words in a row."""
        if len(compound) == 1:
            return self._postings(_STEMS, stem(compound[0].base))
        whole = self._postings(_STEMS, stem(joined(compound)))
        row = self._row([word.printed for word in compound])
        return {n: max(whole.get(n, 0.0), row.get(n, 0.0)) for n in whole.keys() | row.keys()}

    def _prefix(self, node: Prefix) -> Scores:
        beginning = joined(tuple(words(node.text)))
        terms = [
            term.decode()
            for term in islice(self._reader.expand_prefix(_PRINTED, beginning), MAX_EXPANSIONS + 1)
        ]
        if len(terms) > MAX_EXPANSIONS:
            del terms[MAX_EXPANSIONS:]
            self.messages.append(
                f"`{node.text}*` begins more than {MAX_EXPANSIONS} words: searched for the first "
                f"{MAX_EXPANSIONS} in alphabetical order"
            )
        return reduce(_either, (self._postings(_PRINTED, term) for term in terms), {})

    def _postings(self, field: str, term: str) -> Scores:
        found: Scores = {}
        if (field, term) in self._reader:
            matcher = self._searcher.postings(field, term)
            while matcher.is_active():
                found[matcher.id()] = matcher.score()
                matcher.next()
        return found

    def _row(self, row: Sequence[str]) -> Scores:
        """The documents in which these printed words stand one after another."""
        places = defaultdict[str, list[int]](list)
        for place, word in enumerate(row):
            places[word].append(place)
        if not places or any((_PRINTED, word) not in self._reader for word in places):
            return {}
        rarest_first = sorted(places, key=lambda word: (self._reader.doc_frequency(_PRINTED, word), word))
        first, *others = [(self._searcher.postings(_PRINTED, word), places[word]) for word in rarest_first]
        found: Scores = {}
        while first[0].is_active():
            number = first[0].id()
            if all(_is_at(matcher, number) for matcher, _ in others) and _stand_in_a_row([first, *others]):
                found[number] = sum(matcher.score() for matcher, _ in (first, *others))
            first[0].next()
        return found


def _is_at(matcher: Any, number: int) -> bool:
    """Move a list of postings to a document, and say whether it has it."""
    if matcher.is_active():
        matcher.skip_to(number)
    return bool(matcher.is_active() and matcher.id() == number)


def _stand_in_a_row(postings: Iterable[tuple[Any, list[int]]]) -> bool:
    """Whether a document has a place from which each word stands where the row has it."""
    starts: set[int] | None = None
    for matcher, places in postings:
        positions = matcher.value_as("positions")
        for place in places:
            here = {position - place for position in positions}
            starts = here if starts is None else starts & here
        if not starts:
            return False
    return True


def _both(some: Scores, others: Scores) -> Scores:
    if len(others) < len(some):
        some, others = others, some
    return {number: score + others[number] for number, score in some.items() if number in others}


def _either(some: Scores, others: Scores) -> Scores:
    joint = dict(some)
    for number, score in others.items():
        joint[number] = joint.get(number, 0.0) + score
    return joint
