"""A journey: commands typed on days that go by, and what an officer would want to be told on each."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from ..conftest import Program, Ran


@dataclass
class Journey:
    """The program on a store of its own, on days that go by."""

    ap: Program
    day: str = "2025-09-01"
    commands: int = 0

    def on(self, day: str) -> Journey:
        """Goes on to a day."""
        assert day >= self.day, "time goes forward"
        self.day = day
        return self

    def do(self, command: str) -> Ran:
        """A command that must succeed."""
        self.commands += 1
        return self.ap.ok(*shlex.split(command), on=self.day)

    def refused(self, command: str) -> str:
        """A command that must be refused, and what it says."""
        self.commands += 1
        found = self.ap(*shlex.split(command), on=self.day)
        assert found.code == 2 and not found.out, (command, found)
        return found.err

    def breached(self) -> list[str]:
        """The rules that are breached, as `ap check` says."""
        return sorted(
            {
                row["rule"]
                for row in self.ap.json("check", "--show", "breached", on=self.day)
                if not row["waived"]
            }
        )

    def untold(self) -> list[str]:
        """The rules that cannot be told."""
        return sorted(
            {row["rule"] for row in self.ap.json("check", "--show", "cannot-tell", on=self.day)}
        )

    def due(self) -> list[tuple[str, str, bool]]:
        """The reviews that are due: whose, by when, and whether overdue."""
        return [
            (row["placement"], row["due"], row["overdue"])
            for row in self.ap.json("reviews", "due", on=self.day)
        ]

    def path(self, placement: str = "PL-0001") -> dict[str, tuple[int, int, int]]:
        """How much of each stage is done, late and to come."""
        shown = self.ap.json("placement", "show", placement, on=self.day)[0]["path"]
        return {
            stage: (each["done"], each["late"], each["to_come"]) for stage, each in shown.items()
        }

    def next(self, placement: str = "PL-0001") -> list[str]:
        """The rules behind the next three things to do."""
        return [
            step["rule"]
            for step in self.ap.json("placement", "show", placement, on=self.day)[0]["next"]
        ]
