"""A child is erased from a store on a server as from a file."""

from __future__ import annotations

from pathlib import Path

from ..conftest import place
from .cluster import Cluster, ServerProgram

PLANTED = "SELECT count(*) FROM audit WHERE old || new || coalesce(reason, '') ILIKE '%test pupil%'"


def test_a_child_is_erased_there_and_the_chain_verifies(cluster: Cluster, tmp_path: Path) -> None:
    there = ServerProgram(tmp_path, server=cluster.create("erasing"))
    place(there)
    there.ok("attendance", "record", "PL-0001", "2026-01-06", "am", "B")
    there.ok("placement", "end", "PL-0001", "--day", "2026-02-27", "--reason", "moved",
             "--destination", "home-school")  # fmt: skip
    there.ok("pupil", "hold", "P-0001", "--reason", "an inquiry")
    assert there("pupil", "erase", "P-0001", "--reason", "x", "--yes").code == 2
    there.ok("pupil", "release", "P-0001")
    there.ok("pupil", "export", "P-0001", "--for-school", "Elm Academy")
    assert there.json("retention", "report") == []
    there.ok("pupil", "erase", "P-0001", "--reason", "past the period", "--yes")
    assert "it was erased on 2 March 2026" in there("pupil", "show", "P-0001").err
    assert cluster.sql(PLANTED, "erasing") == [(0,)]
    assert "were erased" in there.ok("db", "verify").out
