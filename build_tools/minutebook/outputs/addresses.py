"""Where each page lies in the site, and how one page names another: relative, so that any sub-path will do."""

from __future__ import annotations

from markupsafe import Markup, escape

from minutebook.knowledge_base import KnowledgeBase
from minutebook.records.values import Ref

HOME = ""
DECISIONS = "decision-history/"
RESOLUTIONS = "resolutions/"
HOLDINGS = "who-holds-what/"
CHANGES = "what-changed-hands/"
BODIES = "bodies/"
RECORDS = "records/"
A_TO_Z, BY_YEAR = f"{RECORDS}a-to-z/", f"{RECORDS}by-year/"
BY_BODY, BY_PROJECT = f"{RECORDS}by-body/", f"{RECORDS}by-project/"
SOURCES = "sources/"
TOPICS = "topics/"
PROJECTS = "projects/"
# Under *Who holds what*: the projects that nobody is stated to hold, and those with more than one answer.
NOT_STATED_TO_HOLD, MORE_THAN_ONE = f"{HOLDINGS}not-stated/", f"{HOLDINGS}more-than-one-answer/"
HOW_READ = "how-read"  # on the page of a transfer, where it tells how an unclear source is read
COMPARE = "then-and-now/"
PROMISES = "promises/"
PROMISES_TABLE = "data/promises.csv"
DISCREPANCIES = "discrepancies/"
NOT_HELD = "not-held/"
COVERAGE = "coverage/"
MEASURES = "indicators-and-budgets/"
CORRECTIONS = "corrections/"
PRIVATE = "private-items/"
DATA = "data/"
SEARCH = "search/"  # where the output `search` puts its page
ABOUT = "about/how-it-works/"

# Joined with `+`, which escapes what is no markup as `format` does, in a fifth of the time.
_OPEN, _SHUT, _END = Markup('<a href="'), Markup('">'), Markup("</a>")
_SHUT_EXTERNAL = Markup('" rel="external">')
_NOT_HERE = Markup('<span class="mb-absent">a record that is not here</span>')


def address_of(record_id: str) -> str:
    """The address of a record: its id, for good."""
    return f"{record_id}/"


def list_address(council: str, folder: str) -> str:
    """The address of the list of a council's records of one type."""
    return f"{council}/{folder}/"


def compare_address(transfer_id: Ref) -> str:
    """Where the comparison of a transfer lies: giver and receivers side by side."""
    return f"{COMPARE}{transfer_id.council}/{transfer_id.slug}/"


def days_address(project_id: Ref) -> str:
    """Where it lies who answered for a project on any day."""
    return f"{HOLDINGS}of/{project_id}/"


def path_of(address: str) -> str:
    """The file that holds the page at an address."""
    return f"{address}index.html"


def relative(here: str, there: str) -> str:
    """The address `there` as a page at `here` writes it; both are relative to the top and end in `/`."""
    from_parts, to_parts = here.split("/")[:-1], there.split("/")[:-1]
    common = 0
    for one, other in zip(from_parts, to_parts, strict=False):
        if one != other:
            break
        common += 1
    steps = [".."] * (len(from_parts) - common) + to_parts[common:]
    return "/".join(steps) + "/" if steps else "./"


def external(url: str, text: str | None = None) -> Markup:
    """A link out of the site; a record holds no address but http and https."""
    return _OPEN + url + _SHUT_EXTERNAL + (text or url) + _END


class Links:
    """Links as they stand on one page."""

    def __init__(self, kb: KnowledgeBase, here: str) -> None:
        self.kb = kb
        self.here = here

    def href(self, address: str) -> str:
        """The address of a page or asset from here."""
        if address.endswith("/") or not address:
            return relative(self.here, address)
        folder, _, name = address.rpartition("/")
        return relative(self.here, f"{folder}/" if folder else "") + name

    def page(self, address: str, text: str) -> Markup:
        """A link to a page of the site."""
        return _OPEN + self.href(address) + _SHUT + text + _END

    def record(self, record_id: str | None, text: str | None = None) -> Markup:
        """A link to a record, by its title; words that say nothing of it where it is not public."""
        record = self.kb.records.get(Ref(record_id)) if record_id else None
        if record is None:
            return _NOT_HERE
        # In one piece, for speed: ids are lower-case letters, digits and hyphens (the reader sees to it).
        return Markup(
            f'<a href="{relative(self.here, address_of(record.id))}">{escape(text or record.title)}</a>'
        )

    def part(self, record_id: str | None, part: str, text: str) -> Markup:
        """A link to a part of the page of a record, by the id of that part."""
        record = self.kb.records.get(Ref(record_id)) if record_id else None
        if record is None:
            return _NOT_HERE
        return _OPEN + f"{self.href(address_of(record.id))}#{part}" + _SHUT + text + _END


# Stands for the way from a page to the top of the site, in pieces that are made once and put on many pages.
_TOP = "\ue000"


class Anywhere(Links):
    """Links as they stand on any page: each begins at the top, the way to which is put in by `here`."""

    def __init__(self, kb: KnowledgeBase) -> None:
        super().__init__(kb, HOME)

    def href(self, address: str) -> str:
        """The address of a page or asset, from the top."""
        return f"{_TOP}{address}" if address else f"{_TOP}./"

    def record(self, record_id: str | None, text: str | None = None) -> Markup:
        """A link to a record, by its title; words that say nothing of it where it is not public."""
        record = self.kb.records.get(Ref(record_id)) if record_id else None
        if record is None:
            return _NOT_HERE
        return Markup(f'<a href="{_TOP}{address_of(record.id)}">{escape(text or record.title)}</a>')


def put(piece: Markup, here: str) -> Markup:
    """A piece that was made with `Anywhere`, as it stands on the page at `here`."""
    return Markup(str(piece).replace(_TOP, "../" * here.count("/")))
