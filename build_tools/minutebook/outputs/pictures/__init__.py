"""Pictures drawn at build time: SVG without a script or a style of its own, each told in words as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from minutebook.outputs.pictures.bars import bars
from minutebook.outputs.pictures.flow import flow
from minutebook.outputs.pictures.measures import measures
from minutebook.outputs.pictures.reporting import reporting
from minutebook.outputs.site import Site
from minutebook.records.base import Record
from minutebook.records.figures import Figures
from minutebook.records.indicator import Indicator
from minutebook.records.transfer import Transfer

_DRAWN_BY: Mapping[type[Record], Callable[[Site, Any], Markup | None]] = MappingProxyType(
    {Figures: bars, Indicator: measures, Transfer: flow}
)


def picture_of(site: Site, record: Record) -> Markup | None:
    """The picture of a record: what a transfer moved where, figures as bars, an indicator from its baseline on.

    None where there is nothing to look at that the words do not say as well. The figures stand beside
    it on the page of the record, in its table.
    """
    draw = _DRAWN_BY.get(type(record))
    return draw(site, record) if draw is not None and record.erased is None else None


__all__ = ["bars", "flow", "measures", "picture_of", "reporting"]
