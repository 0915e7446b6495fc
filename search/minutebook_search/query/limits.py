"""How much of a query is read: more than anybody means, less than would keep a machine busy."""

from __future__ import annotations

MAX_LENGTH = 1_000  # characters
MAX_TERMS = 100  # words, phrases and filters; an OR of thousands takes an engine seconds
MAX_DEPTH = 20  # parentheses within parentheses
