"""The service described for programs: OpenAPI 3.1, with the shapes of the command line's JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minutebook import __version__
from minutebook_search.engine import Sort

MOST_HITS = 100
MOST_OFFSET = 100_000
FORMATS = ("json", "csv")  # the first where none is asked for

_TEXT: Mapping[str, Any] = {"type": "string"}
_TEXT_OR_NULL: Mapping[str, Any] = {"type": ["string", "null"]}
_TEXTS: Mapping[str, Any] = {"type": "array", "items": _TEXT}


def _object(properties: Mapping[str, Any], optional: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A JSON object with exactly these properties, and those of `optional` where there is something to say."""
    return {
        "type": "object",
        "required": list(properties),
        "properties": {**properties, **(optional or {})},
        "additionalProperties": False,
    }


def _parameter(
    name: str, schema: Mapping[str, Any], description: str, required: bool = False
) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": schema, "description": description}


def _operation(
    summary: str, parameters: list[dict[str, Any]], answer: str, other_forms: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    def response(description: str, schema: str, others: Mapping[str, Any] | None = None) -> dict[str, Any]:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
        return {"description": description, "content": {**content, **(others or {})}}

    return {
        "get": {
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": response("The answer.", answer, other_forms),
                "400": response("The request cannot be read.", "Error"),
                "404": response("Nothing has that name.", "Error"),
                "405": response("Only GET is answered.", "Error"),
                "414": response("The address is too long.", "Error"),
                "421": response("The request came under another name of host.", "Error"),
                "503": response("Too many queries at once, or the query took too long.", "Error"),
            },
        }
    }


_HIT = _object(
    {
        "id": {
            "type": "string",
            "description": "Council, folder and name: `harrow/projects/extra-care` is a record of the council `harrow`, "
            "which the facet `council` counts under that name.",
        },
        "type": _TEXT,
        "title": _TEXT,
        "date": _TEXT_OR_NULL,
        "body": _TEXT_OR_NULL,
        "url": {"type": "string", "description": "Relative to the root of the site."},
        "score": {"type": "number"},
        "snippet": _TEXT,
    }
)
_CITATION = _object({"source": _TEXT, "at": _TEXT_OR_NULL, "quote": _TEXT_OR_NULL, "url": _TEXT_OR_NULL})
_STATUS = {"type": "string", "enum": ["held", "uncertain", "gap", "not-begun", "ended", "withheld"]}
_POSSIBLE = _object(
    {
        "status": _STATUS,
        "holder": _TEXT_OR_NULL,
        "since": _TEXT_OR_NULL,
        "transfer": _TEXT_OR_NULL,
        "authority": _TEXT_OR_NULL,
        "monitored_by": _TEXT_OR_NULL,
    }
)
_SCHEMAS = {
    "SearchResult": _object(
        {
            "query": _TEXT,
            "total": {"type": "integer", "minimum": 0},
            "hits": {"type": "array", "items": _HIT},
            "facets": {
                "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": {"type": "integer"}},
            },
            "corrected": {
                "type": ["string", "null"],
                "description": "The query that was searched instead, where a word was corrected.",
            },
        },
        {
            "messages": {**_TEXTS, "description": "What was left out or read otherwise, and why."},
            "explanation": {**_TEXTS, "description": "How the query was read, where `explain` is 1."},
        },
    ),
    "Owner": _object(
        {
            "project": _TEXT,
            "on": _TEXT,
            "status": _STATUS,
            "holders": _TEXTS,
            "possible": {"type": "array", "items": _POSSIBLE},
            "disputed_by": _TEXTS,
            "citations": {"type": "array", "items": _CITATION},
        }
    ),
    "Error": _object({"error": {"type": "string", "description": "A sentence that says what is wrong."}}),
}

DESCRIPTION: Mapping[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Minutebook",
        "version": __version__,
        "description": "Public records of councils: search, and who answers for a project. Read only.",
    },
    "paths": {
        "/api/search": _operation(
            "Find the records that match a query.",
            [
                _parameter("q", {"type": "string", "minLength": 1}, "The query; docs/reference/search.md has the language.", required=True),
                _parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST_HITS, "default": 10}, "How many records."),
                _parameter("offset", {"type": "integer", "minimum": 0, "maximum": MOST_OFFSET, "default": 0}, "How many to pass over."),
                _parameter("sort", {"type": "string", "enum": list(map(str, Sort)), "default": "relevance"}, "Best, newest or oldest first."),
                _parameter("explain", {"type": "integer", "enum": [0, 1], "default": 0}, "Whether to say how the query was read."),
                _parameter("format", {"type": "string", "enum": list(FORMATS), "default": FORMATS[0]}, "`csv` for the table of `minutebook search --csv`."),
            ],
            "SearchResult",
            {"text/csv": {"schema": _TEXT}},
        ),
        "/api/owner": _operation(
            "Say who answers for a project on a date.",
            [
                _parameter("project", {"type": "string", "minLength": 1}, "An id, a slug, a title or another name.", required=True),
                _parameter("on", _TEXT, "A date as records write it; by default the date the records speak of."),
            ],
            "Owner",
        ),
    },
    "components": {"schemas": _SCHEMAS},
}  # fmt: skip
