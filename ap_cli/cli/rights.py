"""ap pupil erase, hold and release"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ..domain.pupil import Pupil
from ..errors import AnswersMissing, BadAnswers
from ..render.result import Result, fixed_lines
from ..services import holds
from .asking import read_day
from .finding import find_record
from .references import BACKUPS_TOO, REASON, YES, completing
from .settings import Settings

if TYPE_CHECKING:
    from ..services.erasing import Erasure

ONE = typer.Argument(
    metavar="P-0001",
    help="The pupil.",
    autocompletion=completing("pupil"),
    show_default=False,
)


def find_pupil(settings: Settings, reference: str) -> int:
    """The number of a pupil, by the reference or, where names may be searched, by the name."""
    return find_record(settings, reference, Pupil)[1]


def read_reason(reason: str | None) -> str | None:
    """A reason without space around it; raise BadAnswers if it says nothing."""
    if reason is None:
        return None
    if not reason.strip():
        raise BadAnswers(["--reason: say why in a few words"])
    return reason.strip()


def erase_pupil(
    settings: Settings,
    reference: Annotated[str, ONE],
    reason: Annotated[str | None, REASON] = None,
    backups_too: Annotated[bool, BACKUPS_TOO] = False,
    yes: Annotated[bool, YES] = False,
) -> Result:
    """Erase a pupil for good: the record, placements, marks, evidence, and what the log has.

    Without --yes it says what would go; a terminal asks for the reference. It is refused while a
    placement has not ended, and on legal hold. The log still verifies. ap undo cannot bring it
    back.

    Examples: ap pupil erase P-0001; ap pupil erase P-0001 --reason "25th birthday" --yes;
    ap pupil erase p1 --json
    """
    from ..render.erasing import show_erasure
    from ..services import erasing

    pupil, why = find_pupil(settings, reference), read_reason(reason)
    planned = erasing.plan_erasure(settings.store, [pupil], settings.today)
    if yes and why is None:
        raise AnswersMissing(["--reason"])
    if not yes and settings.interactive:
        why = ask_to_erase(planned, why)
        yes = why is not None
    if not yes or why is None:
        return show_erasure(planned, is_done=False)
    done = erasing.erase_pupils(
        settings.store, [pupil], why, settings.author, settings.today, backups_too
    )
    return show_erasure(done, is_done=True)


def ask_to_erase(planned: Erasure, reason: str | None) -> str | None:
    """Show what would go and ask for the reference; return the reason, None if it is not typed."""
    from ..forms.form import reference as printed
    from ..interview.prompts import ask_line, ask_required, say
    from ..render.erasing import ELSEWHERE, backup_lines, erased_lines

    (pupil,) = planned.pupils
    say("\n".join([*erased_lines(pupil), *backup_lines(planned), ELSEWHERE]))

    def problem(typed: str) -> str:
        if not typed or is_same(typed):
            return ""
        return f"Type {pupil.ref} to erase it, or press Enter to leave everything as it is."

    def is_same(typed: str) -> bool:
        digits = typed.upper().removeprefix("P").lstrip("-_ ")
        return digits.isdecimal() and printed(Pupil.PREFIX, int(digits)) == pupil.ref

    if not ask_line(f"Type {pupil.ref} to erase it for good:", problem):
        return None
    return reason or ask_required("Why is it erased? The reason stays: no names.")


def hold_pupil(
    settings: Settings,
    reference: Annotated[str, ONE],
    reason: Annotated[str | None, REASON] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", help="The last day of the hold, if it is known.", metavar="DAY"),
    ] = None,
) -> Result:
    """Put a pupil's record on legal hold: it is not erased, and past no retention period.

    Examples: ap pupil hold P-0001 --reason "inquiry"; ap pupil hold P-0001 --reason "a claim"
    --until 2027-08-31; ap pupil hold p1 --reason inquiry --json
    """
    pupil, why = find_pupil(settings, reference), read_reason(reason)
    if why is None:
        raise AnswersMissing(["--reason"])
    last = read_day(settings, until, "--until") if until else None
    made = holds.hold(settings.store, pupil, why, last, settings.author, settings.today)
    return show_holds([made], (f"{made.ref} is {made.in_words()}",))


def release_pupil(settings: Settings, reference: Annotated[str, ONE]) -> Result:
    """Release a pupil's record from legal hold.

    Examples: ap pupil release P-0001; ap pupil release p1; ap pupil release P-0001 --json
    """
    pupil = find_pupil(settings, reference)
    found = holds.release(settings.store, pupil, settings.author, settings.today)
    return show_holds(found, (f"{found[0].ref} is no longer on legal hold",))


def show_holds(found: list[holds.Hold], said: tuple[str, ...]) -> Result:
    """Holds that were put or released: the reference of the pupil for people."""
    rows = [
        {
            "ref": each.ref,
            "since": each.since,
            "until": each.until,
            "reason": each.reason,
            "who": each.who,
        }
        for each in found
    ]
    return Result("hold", rows, lines=fixed_lines(found[0].ref), said=said)


FOR_SCHOOL = typer.Option(
    "--for-school",
    help="The school that the record goes to: recorded as sent there.",
    metavar="NAME",
    show_default=False,
)


def export_pupil(
    settings: Settings,
    reference: Annotated[str, ONE],
    school: Annotated[str | None, FOR_SCHOOL] = None,
) -> Result:
    """Export everything about one child: for the child and parents, or for the next school.

    --out FILE.html, .pdf or .docx is a document to read, .json data. The record names the child,
    and no other. --for-school leaves out the log, who looked, legal holds and waivers, and records
    that it was sent. ap log --seen says who exported a record.

    Examples: ap pupil export P-0001 --json; ap pupil export P-0001 --out record.html;
    ap pupil export P-0001 --for-school "Elm Academy" --out record.json
    """
    from ..documents.child_record import make_content
    from ..render.child_record import child_data, show_child
    from ..services.child_record import gather_child, log_export
    from .report import write_report

    pupil, name = find_pupil(settings, reference), (school or "").strip()
    if school is not None and not name:
        raise BadAnswers(["--for-school: type the name of the school"])
    record = gather_child(settings.store, pupil, settings.today, name)
    data = child_data(record)

    def make(format: str) -> bytes:
        return write_report(settings, make_content(data, settings.today), format)

    shown = show_child(record, data, make)
    log_export(settings.store, record, settings.author, settings.today, str(settings.out or ""))
    return shown
