"""From outputs to a site: a public-only tree of files, MkDocs over it, a look at the result, and one swap."""

from __future__ import annotations

import html
import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from minutebook.outputs import OutputFile, make_outputs
from minutebook.outputs.templating import clean
from minutebook.publication import PublishedKnowledgeBase
from minutebook.when import When

WORKPLACE = ".minutebook"
# Lies in every tree that we staged; a folder without it is somebody else's, and nothing in it is removed.
MARK = ".staged-by-minutebook"
