"""Read and write the reports that a server shows to those who may see no records."""

from __future__ import annotations

from datetime import UTC, datetime

from ..opening import Store


def keep_report(store: Store, term: str, content: str) -> None:
    """Keep the report of a term in place of the one before; the server notes who published it."""
    store.rows(
        "INSERT INTO published (term, content, at, who) VALUES (:term, :content, :at, '')"
        " ON CONFLICT (term) DO UPDATE SET content = excluded.content, at = excluded.at",
        term=term,
        content=content,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def reports(store: Store) -> list[tuple[str, str, str, str]]:
    """List the reports in the order in which they were published: term, content, at and who."""
    rows = store.rows("SELECT term, content, at, who FROM published ORDER BY at, term")
    return [(str(term), str(content), str(at), str(who)) for term, content, at, who in rows]
