"""By which names this machine may be asked, for all that answers over HTTP before a site is published."""

from __future__ import annotations

ADDRESS = "127.0.0.1"  # the only one that anything here listens at
_NAMES = frozenset({ADDRESS, "localhost"})


def is_own_name(host: str) -> bool:
    """Return whether the `Host` of a request is a name of this machine, with any port.

    A page elsewhere can have its own name lead here (DNS rebinding), and would read what is not
    published yet: its requests then bear that name, and are refused.
    """
    return host.partition(":")[0].lower() in _NAMES


__all__ = ["ADDRESS", "is_own_name"]
