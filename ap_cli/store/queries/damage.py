"""Read damaged rows, and rows that nothing would show, so that they can be named (AP906)."""

from __future__ import annotations

from ...domain.entries import KINDS
from ...domain.placement import Placement
from ..opening import Store

SUBJECTS = ("placement", "pupil", "provider")
LOST = (
    "SELECT id, CASE WHEN kind NOT IN ({kinds})"
    " THEN 'nothing is called ' || quote(substr(kind, 1, 20))"
    " WHEN day NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' THEN 'its day is none'"
    " ELSE 'it is about nobody who is recorded' END"
    " FROM entry WHERE withdrawn IS NULL AND {scope} (kind NOT IN ({kinds})"
    " OR day NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' OR NOT ({whose})) ORDER BY id"
)
WHOSE = " OR ".join(
    f"(typeof({each}) = 'integer' AND EXISTS (SELECT 1 FROM {each} s WHERE s.id = entry.{each}))"
    for each in SUBJECTS
)
"""Whether an entry's subject exists, as a condition of SQL."""


def lost_entries(store: Store, subject: str = "", id: int = 0) -> list[tuple[int, str]]:
    """List the numbers of entries that no history would show, and why.

    Search all entries, or those about a subject, its placements, and their pupils and providers.
    """
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    key = "id" if subject == Placement.NOUN else subject
    mine = [
        f"{subject} = :id",
        *(
            f"{each} IN (SELECT {each.replace('placement', 'id')} FROM placement WHERE {key} = :id)"
            for each in SUBJECTS
        ),
    ]
    query = LOST.format(
        kinds=kinds, whose=WHOSE, scope=f"({' OR '.join(mine)}) AND" if subject else ""
    )
    return [(number, str(why)) for number, why in store.rows(query, id=id)]
