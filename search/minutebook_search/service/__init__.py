"""The search service: `/api/search`, `/api/owner` and `/api/openapi.json`, on this machine, for `minutebook serve`."""

from __future__ import annotations

from minutebook_search.service.app import api, service

__all__ = ["api", "service"]
