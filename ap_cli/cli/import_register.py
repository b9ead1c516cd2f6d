"""The public register of schools: providers are checked against it, and added from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..domain.days import count, words
from ..domain.provider import RegisterStatus
from ..errors import AnswersMissing, BadAnswers
from ..forms.text import printable
from ..render.result import Result, fixed_lines
from .settings import Settings

if TYPE_CHECKING:
    from ..domain.establishment import Establishment
    from ..services.register import Compared

FACTS = {
    "name": "name",
    "urn": "URN",
    "ukprn": "UKPRN",
    "sites": "address",
    "registered": "registered",
    "register_says": "the register says",
}
"""What is filled in, in the words of a person; its value comes after."""


def import_file(settings: Settings, file: Path, dry_run: bool, yes: bool) -> Result:
    """Fill in what the register says of providers, and say what differs.

    A new name or status is kept with `yes`, or if a terminal is answered so.
    """
    from ..exchange.gias import read_extract
    from ..services import register

    providers = register.list_providers(settings.store, settings.today)
    extract = read_extract(file, register.want(providers), settings.today)
    compared = register.compare_all(providers, extract.establishments, extract.day)
    agreed = yes or (not dry_run and ask_agreed(settings, compared))
    changed = 0
    if not dry_run:
        changed = register.keep(settings.store, compared, agreed, settings.author, settings.today)
    told = [line for one in compared for line in lines_of(one, agreed)]
    return Result(
        "import gias",
        [row_of(one, agreed) for one in compared if one.found or one.told],
        lines=fixed_lines(*told),
        said=(summary(compared, extract.day, changed, dry_run),),
    )


def ask_agreed(settings: Settings, compared: list[Compared]) -> bool:
    """Show what the register says otherwise and ask whether to keep that; no in a pipe."""
    differing = [one for one in compared if one.differs]
    if not differing or not settings.interactive:
        return False
    from ..interview.prompts import ask_yes, say

    for one in differing:
        say(f"{one.before.ref}  {printable(one.before.name)}: {'; '.join(one.told)}")
    return ask_yes("Take over these names and statuses from the register?", usual=False)


def lines_of(one: Compared, agreed: bool) -> Iterator[str]:
    """Yield a line with what is filled in, and a line for each thing that differs."""
    who = f"{one.before.ref}  {printable(one.before.name)}"
    after = one.agreed if agreed else one.filled
    names = [name for name in filled_facts(one, agreed) if name in FACTS]
    if names:
        filled = [f"{FACTS[name]} {printable(str(getattr(after, name)))}" for name in names]
        yield f"{who}: {', '.join(filled)}"
    yield from (f"{who}: {told}" for told in one.told)


def filled_facts(one: Compared, agreed: bool) -> tuple[str, ...]:
    """Return the facts that are taken over from the register."""
    from ..services.records import changes

    return tuple(changes(one.before, one.agreed if agreed else one.filled))


def row_of(one: Compared, agreed: bool) -> dict[str, Any]:
    """Return as data what becomes of a provider."""
    return {
        "provider": one.before.ref,
        "urn": one.found.urn if one.found else None,
        "status": one.found.status if one.found else None,
        "filled": ", ".join(filled_facts(one, agreed)),
        "differs": "; ".join(one.told),
    }


def summary(compared: list[Compared], day: Any, changed: int, dry_run: bool) -> str:
    """Say how many providers were found in the register of a day, and changed."""
    found = sum(one.found is not None for one in compared)
    kept = "nothing kept" if dry_run else f"{changed:,} changed"
    waiting = sum(bool(one.differs) for one in compared)
    more = f"; {count(waiting, 'differs', 'differ')}: --yes takes over name and status"
    return (
        f"{found:,} of {count(len(compared), 'provider')} found in the register of {words(day)},"
        f" {kept}{more if waiting and not changed else ''}"
    )


def look_up(
    settings: Settings, file: Path, given: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the answers about a new provider, those given over the register's, and what to say.

    Its URN says which it is. Raise ApError if that is on record, or nothing open has it.
    """
    from ..exchange.gias import read_extract
    from ..forms.filling import merge_answers
    from ..services import register

    urn = read_wanted(settings, given)
    register.refuse_known(settings.store, urn, settings.today)
    wanted = register.Wanted(frozenset((urn,)), frozenset(), frozenset())
    extract = read_extract(file, wanted, settings.today)
    found = register.pick_open(extract.establishments, urn, extract.day)
    known = register.answers_about(found, extract.day, settings.today)
    answers = merge_answers(known, {**given, "urn": urn})
    if "kind" not in answers:
        tell_type(settings, found)
    return answers, (say_found(found, extract.day),)


def say_found(found: Establishment, day: date) -> str:
    """Say as what the register of a day has a new provider, and if it is to close."""
    named = ", ".join(printable(text) for text in (found.name, found.address) if text)
    closes = found.is_open and found.says is not RegisterStatus.OPEN
    status = f"; it is {printable(found.status.lower())}" if closes else ""
    return f"the register of {words(day)} has it as {named}{status}"


def read_wanted(settings: Settings, given: Mapping[str, Any]) -> str:
    """Return the URN that is looked up; a terminal asks for it."""
    from ..domain.identifiers import read_urn

    typed = given.get("urn")
    if typed is None and settings.interactive:
        typed = ask_urn()
    if typed is None:
        raise AnswersMissing(["--urn, which --from-gias looks up"])
    try:
        return read_urn(typed)
    except ValueError as problem:
        raise BadAnswers([f"--urn: {problem}"]) from None


def ask_urn() -> str:
    """Ask for the URN of the provider that is looked up."""
    from ..domain.identifiers import read_urn
    from ..interview.prompts import ask_line

    def problem(text: str) -> str:
        try:
            read_urn(text)
        except ValueError as wrong:
            return str(wrong)
        return ""

    return ask_line("What is its URN? Six digits:", problem)


def tell_type(settings: Settings, found: Establishment) -> None:
    """Say of what type the register has a provider whose kind has to be asked for.

    Raise AnswersMissing without a terminal.
    """
    named = printable(found.type_name or found.type_code)
    if not settings.interactive:
        told = f"its type in the register, “{named}”," if named else "the register"
        raise AnswersMissing([f"--kind, which {told} does not tell"])
    from ..interview.prompts import say

    if named:
        say(f"{printable(found.name)} is of the type “{named}” in the register.")
