"""The list of rules: what is checked, why it matters, an example, the mend; written before it is coded."""

from __future__ import annotations

from types import MappingProxyType

from minutebook.diagnostics import Rule
from minutebook.rules import evidence, fields, figures, procedure, publication, reading, references, time

FAMILIES = MappingProxyType(
    {
        "1": ("Reading", reading),
        "2": ("Fields", fields),
        "3": ("References", references),
        "4": ("Time and ownership", time),
        "5": ("Procedure", procedure),
        "6": ("Publication", publication),
        "7": ("Evidence", evidence),
        "8": ("Figures", figures),
    }
)

RULES = MappingProxyType(
    {
        rule.code: rule
        for _, module in FAMILIES.values()
        for rule in sorted((v for v in vars(module).values() if isinstance(v, Rule)), key=lambda r: r.code)
    }
)
