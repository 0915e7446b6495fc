"""Minutebook: the decisions of a council as checked records, and the site built from them."""

__version__ = "0.1.0"
