"""Read damaged rows, and rows that nothing would show, so that they can be named (AP906)."""

from __future__ import annotations

from ...domain.entries import KINDS
from ...domain.placement import Placement
from ...forms.form import Noun
from ..dialect import in_quotes, is_no_day, is_whole_number
from ..opening import Store

SUBJECTS = ("placement", "pupil", "provider")
NO_DAY = is_no_day("day")
LOST = (
    "SELECT id, CASE WHEN kind NOT IN ({kinds})"
    f" THEN 'nothing is called ' || {in_quotes('substr(kind, 1, 20)')}"
    f" WHEN {NO_DAY} THEN 'its day is none'"
    " ELSE 'it is about nobody who is recorded' END"
    " FROM entry WHERE withdrawn IS NULL AND {among}"
    f" AND (kind NOT IN ({{kinds}}) OR {NO_DAY} OR NOT ({{whose}})) ORDER BY id"
)
SUSPECTS = " UNION ALL ".join(
    (
        "SELECT id FROM entry WHERE kind NOT IN ({kinds})",
        f"SELECT id FROM entry WHERE {NO_DAY}",
        "SELECT id FROM entry WHERE placement IS NULL AND pupil IS NULL AND provider IS NULL",
        *(
            f"SELECT id FROM entry WHERE {each} IS NOT NULL"
            f" AND {each} NOT IN (SELECT id FROM {each})"
            for each in SUBJECTS
        ),
    )
)
"""A query for the entries that may be lost: each part reads an index, and not the entries."""

WHOSE = " OR ".join(
    f"({is_whole_number(each)} AND EXISTS (SELECT 1 FROM {each} s WHERE s.id = entry.{each}))"
    for each in SUBJECTS
)
"""Whether an entry's subject exists, as a condition of SQL."""


def lost_entries(
    store: Store, subject: tuple[type[Noun], int] | None = None
) -> list[tuple[int, str]]:
    """List the numbers of entries that no history would show, and why.

    Search all entries, or those about a subject, its placements, and their pupils and providers.
    """
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    noun, id = subject or (None, 0)
    among = about_subject(noun) if noun else f"id IN ({SUSPECTS.format(kinds=kinds)})"
    query = LOST.format(kinds=kinds, whose=WHOSE, among=among)
    return [(number, str(why)) for number, why in store.rows(query, id=id)]


def about_subject(noun: type[Noun]) -> str:
    """Return the condition of entries about a subject, its placements, or their parties."""
    key = "id" if noun is Placement else noun.NOUN
    mine = [
        f"{noun.NOUN} = :id",
        *(
            f"{each} IN (SELECT {each.replace('placement', 'id')} FROM placement WHERE {key} = :id)"
            for each in SUBJECTS
        ),
    ]
    return f"({' OR '.join(mine)})"
