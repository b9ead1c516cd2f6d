"""Where a store is written anew: beside it."""

from __future__ import annotations

import os
from pathlib import Path


def resolve(path: Path) -> Path:
    """Return the file itself where a store is a link to it."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def place_beside(path: Path) -> Path:
    """Return where a store is written anew: one name, so that what was left is found again."""
    place = resolve(path)
    return place.with_name(f".{place.name}.recoding")
