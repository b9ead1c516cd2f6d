"""How a statement names its parameters: as SQLite does, and as psycopg does."""

from __future__ import annotations

import re
from functools import lru_cache

NAMED = re.compile(r"""'[^']*'|"[^"]*"|(?<!:):([a-z_]\w*)|%""")
"""What a statement is looked through for: text and names in quotes, a parameter, a percent sign."""


@lru_cache(maxsize=1024)
def with_percent(query: str) -> str:
    """Return a statement with its named parameters as psycopg writes them."""
    return NAMED.sub(_in_percent, query)


def _in_percent(found: re.Match[str]) -> str:
    if found[1]:
        return f"%({found[1]})s"
    return found[0].replace("%", "%%")
