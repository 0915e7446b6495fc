"""To be told of what is new: Atom feeds and calendars, for the whole site, a council, a body and a project."""

from __future__ import annotations

from minutebook.outputs.feeds.addresses import CALENDAR, FEED, calendar_of, feed_of
from minutebook.outputs.feeds.making import feeds

__all__ = ["CALENDAR", "FEED", "calendar_of", "feed_of", "feeds"]
