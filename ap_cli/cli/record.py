"""ap record: one command for each kind of entry, made from its form when called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from typer.main import get_command

from ..domain.entries import KINDS, Entry
from ..domain.forms import reference as printed
from ..render.data import entry_data
from ..render.nouns import days_of
from ..render.result import Result, references_alone
from ..services import records
from .asking import chosen, kept
from .command import command, group, single
from .lazy import lazy_group
from .references import argument
from .settings import Settings

EXAMPLES = {
    "visit": "ap record visit PL-0001 --purpose pre-placement --by 'A. Tester' --day 2025-12-15 --needs-met",
    "contact": "ap record contact PL-0001 --whom 'the provider' --said 'settling in well'",
    "review": "ap record review PL-0001 --decided continue --safe --attending --next-review 2026-05-20",
    "evidence": "ap record evidence PR-0001 --item insurance --by 'A. Tester' --expires 2027-03-31",
    "waiver": "ap record waiver PL-0001 --rule AP416 --reason 'taught at home by agreement' --by 'A. Tester'",
}
"""An example of each kind, for its help."""


def load(name: str) -> Any:
    """The command that records one kind of entry."""
    one, form = single(), KINDS[name]
    nouns = tuple(noun for name in form.ABOUT for noun in records.NOUNS.values() if name == noun.NOUN)
    which = argument(f"[{'|'.join(noun.PREFIX + '-0001' for noun in nouns)}]", f"The {' or '.join(form.ABOUT)}.", *form.ABOUT)

    def record(settings: Settings, given: Mapping[str, Any], reference: Any = None) -> Result:
        from ..services import entries

        typed = {"day": settings.today, **given}
        subject = records.subject_of(reference, *nouns) if reference else (nouns[0], chosen(settings, nouns[0], None, form, typed).id)
        records.get(settings.store, *subject, settings.today)

        def keep(entry: Entry) -> Entry:
            return entries.record(settings.store, entry, subject, settings.author, settings.today)

        day = settings.today.isoformat()
        made = kept(settings, form, dict(given) if settings.interactive else typed, keep, {"day": day})
        about = printed(subject[0].PREFIX, subject[1])
        said = (f"{made.ref}: {form.KIND} of {about}, {', '.join(days_of(made))}",)
        return Result(form.KIND, [entry_data(made, about)], lines=references_alone, said=said)

    record.__annotations__["reference"] = Annotated[str | None, which]  # made here, so that it cannot stand in the signature
    told = f"{form.__doc__}\n\nExample: {EXAMPLES[name]}"
    command(one, form=form, name=name, help=told, known=("day",))(record)
    return get_command(one)


summaries = {name: form.__doc__ or "" for name, form in KINDS.items()}
app = group("Record what happened: each kind of entry is a command.", lazy_group(summaries, load))
