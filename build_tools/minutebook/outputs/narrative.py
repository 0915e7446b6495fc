"""The editor's Markdown as HTML: converted first, then let through by an allow-list."""

from __future__ import annotations

import re
from re import Match
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString
from markupsafe import Markup, escape

from minutebook.knowledge_base import LINK, KnowledgeBase
from minutebook.narrative_limits import too_heavy
from minutebook.outputs.addresses import address_of, relative
from minutebook.outputs.templating import clean
from minutebook.outputs.words import paragraphs
from minutebook.records.base import Record
from minutebook.records.values import Ref

# No `img`: a page asks nothing of another host. No `id` or `class`: the page's own are its own.
_TAGS = frozenset({
    "a", "abbr", "blockquote", "br", "cite", "code", "dd", "del", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "small", "strong", "sub", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
})  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "th": {"scope"}, "ol": {"start"}}
_SCHEMES = frozenset({"http", "https", "mailto"})
_ABROAD = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_HEADING = re.compile(r"(</?h)([1-6])(?=>)")
_TAG = re.compile(r"<[^>]*>")
_PREFORMATTED = re.compile(r"<pre>.*?</pre>", re.DOTALL)


class Narratives:
    """Converts narratives of one knowledge base."""

    def __init__(self, kb: KnowledgeBase, converter: _Converter | None = None) -> None:
        self._kb = kb
        self._converter = converter or _Converter()

    def of(self, kb: KnowledgeBase) -> Narratives:
        """The same for another knowledge base: a Markdown object is slow to make, and to let go."""
        return Narratives(kb, self._converter)

    def html(self, record: Record, here: str) -> Markup:
        """The narrative of a record for the page at `here`; plain paragraphs where it cannot be converted."""
        text = clean(record.narrative)
        if not text.strip():
            return Markup("")
        if too_heavy(text) is not None:
            return _plain(text)
        try:
            return self._converter.convert(self._kb, record.council, here, text)
        except RecursionError:
            return _plain(text)


class _Converter:
    """One Markdown object, for whichever knowledge base."""

    def __init__(self) -> None:
        self._links = _RecordLinks()
        self._markdown = Markdown(extensions=["tables", "sane_lists"], output_format="html")
        # Before links (160), after code and escapes: `[[x]]` in a code span stays as it is.
        self._markdown.inlinePatterns.register(self._links, "record_links", 175)

    def convert(self, kb: KnowledgeBase, council: str, here: str, text: str) -> Markup:
        """A text of a council, with links to the records of a knowledge base, for the page at `here`."""
        self._links.start(kb, council, here)
        return _let_through(self._markdown.reset().convert(text), self._links.made)


class _RecordLinks(InlineProcessor):
    """`[[projects/extra-care]]` and `[[projects/extra-care|the flats]]` as links to records."""

    _kb: KnowledgeBase  # from `start` on

    def __init__(self) -> None:
        super().__init__(LINK.pattern)

    def start(self, kb: KnowledgeBase, council: str, here: str) -> None:
        """Begin with another record: to what it can link, whose council it is, and where its page lies."""
        self._kb, self._council, self._here = kb, council, here
        self.made: set[str] = set()

    # The two steps of an inline processor differ in what they return; this is the one in use.
    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self,
        m: Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | None, int | None, int | None]:
        """Make the link; what names no record stays as it was written."""
        try:
            record_id = Ref.parse(m[1].strip(), self._council)
        except ValueError:
            return None, None, None
        record = self._kb.records.get(record_id)
        if record is None:
            # Not even the words: they may be the title of what is not public.
            gone = Element("em")
            gone.text = AtomicString("(a record that is not here)")
            return gone, m.start(0), m.end(0)
        link = Element("a", href=relative(self._here, address_of(record_id)))
        link.text = AtomicString((m[2] or "").strip() or record.title)
        self.made.add(link.get("href", ""))
        return link, m.start(0), m.end(0)


def _let_through(html: str, made: set[str]) -> Markup:
    def address(_tag: str, attribute: str, value: str) -> str | None:
        if attribute != "href":
            return value
        # Ours, or abroad by name: `//host/` and a path of the editor's own would not be checked by anybody.
        return value if value in made or _ABROAD.match(value) else None

    sanitised = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        attribute_filter=address,
        link_rel=None,
    )
    # It stands under a heading of the second level.
    lower = _HEADING.sub(lambda m: f"{m[1]}{min(int(m[2]) + 2, 6)}", sanitised)
    # Lines of code keep their breaks when the page is set in lines of its own.
    lower = _PREFORMATTED.sub(lambda m: m[0].replace("\n", "&#10;"), lower)
    # What the allow-list let through, unless nothing is left of it.
    return Markup(lower) if _TAG.sub("", lower).strip() else Markup("")


def _plain(text: str) -> Markup:
    return Markup("\n").join(Markup("<p>{}</p>").format(escape(one)) for one in paragraphs(text))
