"""`build` and `serve`: the site from the records."""

from __future__ import annotations

import click


@click.command()
def build() -> None:
    """Build the site."""


@click.command()
def serve() -> None:
    """Serve the site."""
