"""ap show"""

from __future__ import annotations

from typing import Annotated

from msgspec.structs import replace

from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..errors import AnswersMissing, StoreProblem
from ..forms.form import Noun
from ..render.meeting import show_page
from ..render.nouns import show_record
from ..render.result import Result
from ..services import records
from ..services.meeting import gather_page
from .command import command, single
from .finding import find_record
from .looking import look_at
from .references import ANY
from .settings import Settings

app = single()
SHOWN = (Placement, Pupil, Provider)


def ask_whom(settings: Settings) -> str:
    """Ask for a name or a reference; raise AnswersMissing if nobody can be asked."""
    if not settings.interactive:
        raise AnswersMissing(["a reference such as PL-0001, P-0001 or PR-0001"])
    from ..interview.prompts import ask_required

    return ask_required("Whom or what? Part of a name, or a reference:")


@command(app)
def show(settings: Settings, reference: Annotated[str | None, ANY] = None) -> Result:
    """Show a placement, a pupil or a provider on one screen, worth printing for a meeting.

    Who and where, this week, attendance, reviews, what is open, and the next days. A full name
    shows on a terminal, as the child was asked for, and elsewhere only with --names.

    Examples: ap show PL-0001; ap show P-0001 --out meeting.txt; ap show PR-0001
    """
    if reference is None:
        reference = ask_whom(settings)
    noun, id = find_record(settings, reference, *SHOWN)
    record = records.get_to_mend(settings.store, noun, id, settings.today)
    return replace(show_or_name_damage(settings, record), look=look_at(record))


def show_or_name_damage(settings: Settings, record: Noun) -> Result:
    """The page of a record; its own facts alone if damage to it or beside it hides the rest."""
    try:
        if not settings.left_out:
            page = gather_page(settings.store, record, settings.today)
            return show_page(page, settings.today, settings.names)
    except StoreProblem as problem:
        settings.store.leave_out(problem)
    names = records.named(settings.store, record, settings.today)
    return show_record(record, settings.today, names, named=settings.names)
