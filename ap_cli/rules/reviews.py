"""AP5: what a review finds: that it is acted on, is complete, and says how it goes on."""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.entries.before import Visit
from ..domain.entries.during import FOUND, Decision, Review
from ..domain.entries.entry import Entry
from ..forms.facts import is_yes, recorded
from .bound import LawForSome
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import is_directed_off_site
from .direction import IN_FORCE
from .gaps import as_asked
from .rule import MUST, SAFETY, SHOULD, PlacementRule, Says
from .task import About, Choice, Edit, Remedy, Urgency, Weight, Who, Write, about

CHANGES = (Decision.CHANGE, Decision.END)
Looked = Review | Visit
"""What looks at whether a place is safe."""


@once
def list_unsafe(case: PlacementCase) -> tuple[Looked, ...]:
    """List the reviews, complete or not, and the visits that found it not safe, in order."""
    visits = (visit for visit in case.at_the_provider.all(Visit) if is_since_start(case, visit))
    looked: tuple[Looked, ...] = (*case.entries.all(Review), *case.entries.all(Visit), *visits)
    return tuple(sorted((one for one in looked if is_unsafe(one)), key=in_order))


def is_since_start(case: PlacementCase, visit: Visit) -> bool:
    """Tell whether a visit to the provider was made since the placement started."""
    return visit.day >= case.placement.starts and (case.runs or visit.day <= case.on)


def is_unsafe(looked: Looked) -> bool:
    """Tell whether a review or a visit found it not safe."""
    return recorded(looked.safe) and looked.safe is False


def in_order(entry: Entry) -> tuple[date, int]:
    """Return the day and number of an entry, to sort by."""
    return entry.day, entry.id


def mended_on(case: PlacementCase, unsafe: Looked) -> date | None:
    """Return the first day on which a pupil found not safe was protected; None if not yet."""
    ended = case.placement.ended
    days = [] if ended is None or ended > case.now else [max(ended, unsafe.day)]
    later = [one for one in case.entries.all(Review) if in_order(one) >= in_order(unsafe)]
    days += [one.day for one in later if protects(one) or (not one.lacking and one.safe)]
    if isinstance(unsafe, Visit):
        days += [
            visit.day for visit in list_safe_visits(case) if in_order(visit) > in_order(unsafe)
        ]
    return min(days, default=None)


def protects(review: Review) -> bool:
    """Tell whether a review says that the pupil stopped going there, or what protects them."""
    return is_yes(review.stopped) or recorded(review.protection)


@once
def list_safe_visits(case: PlacementCase) -> tuple[Visit, ...]:
    """List the visits at which a competent person found it safe."""
    visits = (*case.entries.all(Visit), *case.at_the_provider.all(Visit))
    return tuple(
        visit for visit in visits if is_yes(visit.safe) and recorded(visit.competent_person)
    )


@once
def find_unprotected(case: PlacementCase) -> Looked | None:
    """Return the last review or visit that found it not safe, if nothing protects the pupil yet."""
    unsafe = [one for one in list_unsafe(case) if mended_on(case, one) is None]
    return unsafe[-1] if unsafe else None


@once
def find_last_complete(case: PlacementCase) -> Review | None:
    """Return the last review that is complete; None if there is none."""
    complete = [review for review in case.entries.all(Review) if not review.lacking]
    return complete[-1] if complete else None


@once
def list_unanswered_noes(case: PlacementCase) -> tuple[str, ...]:
    """Name the questions to which the last complete review says no, if nothing follows from it."""
    review = find_last_complete(case)
    if review is None or not case.runs or recorded(review.why_no_change):
        return ()
    if recorded(review.decided) and review.decided in CHANGES:
        return ()
    return tuple(name for name in FOUND if getattr(review, name) is False)


def name_looked(looked: Looked) -> str:
    """Name a review or a visit: "the review of 10 February 2026 (E-0102)"."""
    return f"the {looked.KIND} of {words(looked.day)} ({looked.ref})"


def quote(names: tuple[str, ...]) -> str:
    """Quote questions of a review, with commas between them."""
    return ", ".join(as_asked(f"{Review.KIND}.{name}") for name in names)


class ReviewIsActedOn(PlacementRule):
    """What a review finds is acted on.

    If a review or a visit finds that the pupil is not safe, the same day you end the placement,
    stop it for now, or say what keeps the pupil safe. It stays on view until then, or until a later
    complete review finds it safe. What you decided on a concern does not mend it.

    If the last complete review says no to objectives, attendance or needs, say what changes or why
    nothing does.
    """

    id, severity, sources = "AP513", SHOULD, ("AP guide", "KCSIE", "HB 2.2", "HB App 3")
    task, key, label = "Say what follows from the review", "safe", "Reviews not acted on"
    weight = Weight.CHILD
    urgency = SAFETY
    afterwards = True
    silent = "no complete review has been held"

    def urgency_for(self, case: PlacementCase) -> Urgency | None:
        return SAFETY if find_unprotected(case) else None

    def task_for(self, case: PlacementCase) -> str:
        return "Keep the pupil safe today" if find_unprotected(case) else self.task

    def holds(self, case: PlacementCase) -> Says:
        if not list_unsafe(case) and find_last_complete(case) is None:
            return None
        return find_unprotected(case) is None and not list_unanswered_noes(case)

    def warning(self, case: PlacementCase) -> str:
        unsafe = list_unsafe(case)
        mended = mended_on(case, unsafe[-1]) if unsafe and case.runs else None
        last = find_last_complete(case)
        is_later = bool(last and mended and last.safe and last.day > mended)
        if mended is None or mended == unsafe[-1].day or is_later:
            return ""
        day = words(mended)
        return f"the pupil was not safe at {name_looked(unsafe[-1])}, and protected only on {day}"

    def problem(self, case: PlacementCase) -> str:
        unsafe, noes = find_unprotected(case), list_unanswered_noes(case)
        parts = []
        if unsafe:
            where = name_looked(unsafe)
            parts.append(f"the pupil is not safe, by {where}, and nothing protects them since")
        if noes:
            review = find_last_complete(case)
            assert review is not None, "a complete review says no"
            parts.append(f"{name_looked(review)} says no to {quote(noes)}, and nothing follows")
        return "; ".join(parts)

    def remedy(self, case: PlacementCase) -> Remedy:
        unsafe, record = find_unprotected(case), about(case.placement)
        if unsafe is None:
            review = find_last_complete(case)
            assert review is not None, "a complete review says no"
            return Edit(About(Review.KIND, review.ref), ("decided", "why_no_change"))
        ask = ("stopped", "protection")
        end = Write(record, "ending")
        if isinstance(unsafe, Review) and unsafe.day == case.now:
            return Choice(record, (end, Edit(About(Review.KIND, unsafe.ref), ask)))
        return Choice(record, (end, Write(record, Review.KIND, ("safe", *ask))))


@once
def list_incomplete(case: PlacementCase) -> tuple[Review, ...]:
    """List the incomplete reviews; one of an earlier edition only until a complete one is held."""
    last = find_last_complete(case)
    return tuple(
        review
        for review in case.entries.all(Review)
        if review.lacking
        and not (review.earlier_edition and last and in_order(last) > in_order(review))
    )


def leaves_safety_open(case: PlacementCase) -> bool:
    """Tell whether the last review of a running placement does not say whether it is safe."""
    last = case.entries.latest(Review)
    return bool(last and case.runs and not last.earlier_edition and not recorded(last.safe))


class ReviewIsComplete(PlacementRule):
    """A review answers what it is held for.

    Each review says whether the placement meets its objectives, whether the pupil attends, whether
    it is safe, and whether it meets the pupil's needs. A review without one of the four answers
    does not count until you complete it; if the last one does not say whether it is safe, that
    comes first. Reviews from before these answers were asked for count;
    they are named until the next complete review.
    """

    id, severity, sources = "AP514", SHOULD, ("AP guide", "KCSIE", "HB App 3")
    task, key, label = "Complete the review", "complete", "Reviews not complete"
    silent = "no review has been held"

    def urgency_for(self, case: PlacementCase) -> Urgency | None:
        return SAFETY if leaves_safety_open(case) else None

    def holds(self, case: PlacementCase) -> Says:
        if not case.entries.latest(Review):
            return None
        return not list_incomplete(case)

    def problem(self, case: PlacementCase) -> str:
        reviews = list_incomplete(case)
        earlier = [review.ref for review in reviews if review.earlier_edition]
        parts = [
            f"{name_looked(review)} does not answer {quote(review.lacking)}"
            for review in reviews
            if not review.earlier_edition
        ]
        if earlier:
            parts.append(f"recorded before the four answers were asked for: {', '.join(earlier)}")
        return "; ".join(parts)

    def remedy(self, case: PlacementCase) -> Remedy:
        last = list_incomplete(case)[-1]
        return Edit(About(Review.KIND, last.ref), last.lacking)


def lacking_decision(review: Review) -> tuple[str, ...]:
    """Name what is missing of the decision of a review: what was decided, or until when."""
    if not recorded(review.decided):
        return ("decided", "until")
    goes_on = review.decided in GOES_ON and not recorded(review.until)
    return ("until",) if goes_on else ()


GOES_ON = (Decision.CONTINUE, Decision.CHANGE)
"""The decisions after which a direction goes on, so that it wants a day until when."""


@once
def list_undecided(case: PlacementCase) -> tuple[Review, ...]:
    """List the reviews that lack a decision; one of an earlier edition only if it is the last."""
    reviews = case.entries.all(Review)
    return tuple(
        review
        for review in reviews
        if lacking_decision(review) and not (review.earlier_edition and review is not reviews[-1])
    )


class DirectionGoesOnByDecision(LawForSome):
    """After each review it is decided whether the direction goes on, and for how long.

    After each review of an off-site direction, decide whether it goes on. If it does, with a change
    or without one, say until what day. Of the reviews from before this was asked for, only the last
    is named.
    """

    id, severity, sources = "AP515", MUST, ("SI 2010/1156 reg 4",)
    done_by = (Who.SCHOOL,)
    task, key, label = (
        "Decide how long the direction goes on",
        "goes-on",
        "Directions that go on without a decision",
    )
    applies = is_directed_off_site
    since = IN_FORCE
    silent = "no review has been held"

    def holds(self, case: PlacementCase) -> Says:
        if not case.entries.latest(Review):
            return None
        return not list_undecided(case)

    def problem(self, case: PlacementCase) -> str:
        return "; ".join(describe_undecided(review) for review in list_undecided(case))

    def remedy(self, case: PlacementCase) -> Remedy:
        review = list_undecided(case)[-1]
        return Edit(About(Review.KIND, review.ref), lacking_decision(review))


def describe_undecided(review: Review) -> str:
    """Say what the decision of a review lacks."""
    if recorded(review.decided):
        return f"{name_looked(review)} decided that the direction goes on, and not until when"
    return f"{name_looked(review)} has not decided whether the direction goes on"
