"""A week in a mail: plain text, or Markdown with headings and lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from ..domain.days import count, due_words, short_day
from ..forms.text import printable
from ..rules.task import Urgency
from ..services.digest import Digest, ReviewToHold
from ..services.tasks import OpenTask
from ..store.queries.people import Whom
from .result import Lines, Result, View
from .rows import most_that_fit, room_for
from .urgencies import URGENCIES, count_words
from .written import escape_markup

MOST = 15
"""How many lines a section of the mail has, the loudest; what is about safety is never cut."""
PROMPT = 1
"""The rows below the digest on a screen: the shell's prompt."""

WEEK_HEADING = "This week"
AFTER = "in the week after"
"""What is due this fortnight, and not in the week of the mail."""


def show_digest(digest: Digest, names: bool) -> Result:
    """A week as text, as Markdown or as data: pupils by reference, unless names are asked for."""
    rows = [*(task_data(task, names) for tasks in digest.tasks.values() for task in tasks)]
    rows += [review_data(review, names) for review in digest.reviews]
    return Result(
        "digest",
        rows,
        COLUMNS,
        digest_lines(digest, names, "", "- "),
        tuple(f"{problem}: “ap check” lists it" for problem in digest.unread),
        markdown=digest_lines(digest, names, "## ", "- "),
    )


COLUMNS = ("section", "task", "pupil", "provider", "ref", "by")


def digest_lines(digest: Digest, names: bool, heading: str, item: str) -> Lines:
    """The lines of a mail: what stands before a heading, and before an item, decides its form."""

    def make(number: int, every: bool) -> list[str]:
        marked = bool(heading)
        lines = [f"{'# ' if marked else ''}{title(digest)}"]
        for name, texts in sections(digest, names, number, every):
            lines += ["", f"{heading}{name}", *([""] if marked else [])]
            for text in texts:
                shown = printable(text)
                lines.append(f"{item}{escape_markup(shown) if marked else shown}")
        return [*lines, "", closing(digest)]

    def lines(_: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        if not view.width:
            yield from make(MOST, every=True)
            return
        for_a_screen = partial(make, every=False)
        yield from most_that_fit(
            for_a_screen, range(1, MOST + 1), room_for(view, PROMPT), view.width
        )

    return lines


def title(digest: Digest) -> str:
    """Which week it is, and how much there is in it."""
    tasks = sum(map(len, digest.tasks.values()))
    on = digest.on
    day = f"{short_day(on, on)} {on.year}"
    how_many = f"{count(tasks, 'task')}, {count(len(digest.reviews), 'review')}"
    return f"The week from {day}: {how_many}"


def sections(
    digest: Digest, names: bool, most: int, every: bool
) -> Iterator[tuple[str, list[str]]]:
    """The sections of the mail with so many of their items, the loudest first; none is empty.

    Of what is about safety a mail has `every` item.
    """
    for urgency, tasks in digest.tasks.items():
        name = WEEK_HEADING if urgency is Urgency.SOON else URGENCIES[urgency].heading
        texts = [task_text(task, digest.on, names) for task in tasks]
        whole = every and urgency is Urgency.SAFETY
        command = f"ap todo --urgency {urgency}"
        above = f"{name} ({count(len(texts), 'task')}{also_reviews(digest, urgency)})"
        yield above, texts if whole else shorten_list(texts, most, command)
    if digest.reviews:
        texts = [review_text(review, digest.on, names) for review in digest.reviews]
        yield f"Reviews ({len(texts):,})", shorten_list(texts, most, "ap reviews due")


def also_reviews(digest: Digest, urgency: Urgency) -> str:
    """Say how many reviews are late as well, which have a section of their own."""
    overdue = sum(review.overdue for review in digest.reviews)
    if urgency is not Urgency.LATE or not overdue:
        return ""
    return f", and {count(overdue, 'review')} below"


def shorten_list(texts: Sequence[str], most: int, command: str) -> list[str]:
    """The first of these items, and how many more a command lists."""
    if len(texts) <= most:
        return list(texts)
    more = f"{len(texts) - most + 1:,} more: {command}"
    return [*texts[: most - 1], f"and {more}" if most > 1 else f"see them: {command}"]


def task_text(task: OpenTask, on: date, names: bool) -> str:
    """A task: what, about whom, and when."""
    when = due_words(task.by, on) if task.by else "now"
    return f"{task.task.words}: {whom_text(task.whom, names)}, {when}"


def review_text(review: ReviewToHold, on: date, names: bool) -> str:
    """A review: about whom, and when."""
    due = due_words(review.due, on)
    if review.estimated:
        due = f"about {due.removeprefix('by ')} (no term dates)"
    return f"{whom_text(review.whom, names)}, {due}"


def whom_text(whom: Whom, names: bool) -> str:
    """Whom it is about: the pupil by reference, with the name only if it was asked for."""
    parts = [whom.name] if names and whom.name else []
    parts += [ref for ref in dict.fromkeys((whom.pupil, whom.ref)) if ref]
    parts += [whom.provider_name] if whom.provider_name else []
    return " ".join(parts[:1]) + "".join(f", {part}" for part in parts[1:])


def closing(digest: Digest) -> str:
    """How much can wait, and which commands list everything."""
    soon = digest.rest.get(Urgency.SOON, 0)
    others = [(one, number) for one, number in digest.rest.items() if one is not Urgency.SOON]
    rest = ", ".join(filter(None, (f"{soon:,} {AFTER}" if soon else "", count_words(others))))
    waits = f"Not in this mail: {rest}. " if rest else ""
    return f"{waits}All of it: ap todo and ap reviews due"


def task_data(task: OpenTask, names: bool) -> dict[str, Any]:
    """A task as data."""
    return {
        "section": task.urgency,
        "task": task.task.words,
        "key": task.key,
        **whom_data(task.whom, names),
        "by": task.by,
        "overdue": None,
        "rules": task.task.rules,
    }


def review_data(review: ReviewToHold, names: bool) -> dict[str, Any]:
    """A review as data."""
    return {
        "section": "review",
        "task": "Hold the review",
        "key": "review",
        **whom_data(review.whom, names),
        "by": review.due,
        "overdue": review.overdue,
        "rules": [],
    }


def whom_data(whom: Whom, names: bool) -> dict[str, Any]:
    """Whom it is about, as data."""
    return {
        "ref": whom.ref,
        "pupil": whom.pupil or None,
        "name": (whom.name or None) if names else None,
        "provider": whom.provider or None,
    }
