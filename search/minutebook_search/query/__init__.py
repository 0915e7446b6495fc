"""The query language: text to a tree and messages; reading never fails.

    query   = { [ "AND" ] either }                 all must match
    either  = operand { "OR" operand }             OR binds its two neighbours: `a b OR c` is `a (b OR c)`
    operand = { "NOT" | "-" } ( group | phrase | filter | prefix | word )
    group   = "(" query ")"
    phrase  = quote { character } quote            words as printed, in a row
    filter  = field ":" ( phrase | value )         type council body outcome project topic date
    prefix  = word "*"
    value   = for `date` a date, or `A..B`, `A..`, `..B`; else a name or an id

`AND`, `OR` and `NOT` are operators in capitals only. `-` means NOT only right before what it leaves out.
A field may be cut short while it stays the only one (`out:approved`). Quotation marks, apostrophes and
dashes of every kind are alike. What cannot be read is left out, and a message with its column says so.
"""

from __future__ import annotations

from minutebook_search.query.codes import possible_codes, rows_of_words
from minutebook_search.query.explanation import explain
from minutebook_search.query.filters import FIELDS
from minutebook_search.query.limits import MAX_DEPTH, MAX_LENGTH, MAX_TERMS
from minutebook_search.query.meaning import NUMBERED, Synonyms, flattened, widen
from minutebook_search.query.parser import parse_query
from minutebook_search.query.tree import (
    Alike,
    And,
    DateRange,
    Filter,
    Leaf,
    Message,
    Node,
    Not,
    Or,
    ParsedQuery,
    Phrase,
    Prefix,
    Word,
    wanted,
)

__all__ = [
    "FIELDS",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "MAX_TERMS",
    "NUMBERED",
    "Alike",
    "And",
    "DateRange",
    "Filter",
    "Leaf",
    "Message",
    "Node",
    "Not",
    "Or",
    "ParsedQuery",
    "Phrase",
    "Prefix",
    "Synonyms",
    "Word",
    "explain",
    "flattened",
    "parse_query",
    "possible_codes",
    "rows_of_words",
    "wanted",
    "widen",
]
