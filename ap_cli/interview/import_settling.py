"""What an import asks on a terminal of its rows: who and where is meant, and what they lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from ..domain.commissioner import COMMISSIONER
from ..domain.days import count, words
from ..domain.likeness import provider_key
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..exchange.fields import all_fields
from ..forms.form import Question, questions, reference
from ..forms.text import shortened
from ..services.import_near import names_near
from ..services.import_values import (
    ANOTHER,
    NAMESAKE,
    Decisions,
    KindOfProvider,
    MovedSite,
    NeededInRows,
    NewName,
    OpenQuestion,
    OtherProvider,
    OtherStore,
    SamePlacement,
    SameProvider,
    SamePupil,
    SameSchool,
    WhichCommissioner,
    WhichPlacement,
)
from ..services.importing import ImportReport
from ..services.records import name_in_style
from .asking import Asking
from .import_options import Offered, ask_choice, ask_option

NEARLY = "is nearly the name of:"


class Settling:
    """Asks what rows leave open; what is skipped is not asked again.

    `names` is how children are named: "full", "short" or "never". `usual` has answers for rows
    without one that were kept, by field: they are offered. `once` has the fields among the
    `fills` whose answer is for one row alone.
    """

    def __init__(self, asking: Asking, names: str, usual: Mapping[str, str]) -> None:
        self._asking, self._names, self._usual = asking, names, usual
        self.once: set[str] = set()
        self.skipped: set[OpenQuestion] = set()
        self.fills: dict[str, str] = {}
        self._decided = Answers(Decisions())
        self._asked_in: Mapping[OpenQuestion, int] = {}

    def ask(self, decisions: Decisions, report: ImportReport) -> Decisions | None:
        """Ask all that is open and return what is decided then; None if nothing is left to ask.

        Whether the file is from another store comes first: its references tell much of the rest.
        Who commissions comes next, who has routes of their own.
        """
        self._decided = Answers(decisions, report.decided_kinds)
        self._asked_in = report.asked_in
        left = {asked: rows for asked, rows in report.asks.items() if asked not in self.skipped}
        if not left:
            return None
        if OtherStore() in left:
            is_from_another = ask_other_store(self._asking, left[OtherStore()])
            return replace(
                decisions,
                own_references=not is_from_another,
                is_from_another=is_from_another,
            )
        commissioners = {one: left[one] for one in left if isinstance(one, WhichCommissioner)}
        for asked, rows in (commissioners or left).items():
            self._ask_one(asked, rows)
        if not commissioners:
            self._ask_all_needed(left)
        return self.so_far(decisions)

    def so_far(self, decisions: Decisions) -> Decisions:
        """Return what is decided by now, of questions that were stopped half-way as well."""
        return self._decided.as_decisions(decisions)

    def _ask_one(self, asked: OpenQuestion, rows: int) -> None:
        decided = self._decided
        if isinstance(asked, SameProvider):
            self._ask_provider(asked, rows, decided.providers)
        elif isinstance(asked, SameSchool):
            self._ask_school(asked, rows, decided.schools)
        elif isinstance(asked, SamePupil):
            self._ask_pupil(asked, decided.pupils)
        elif isinstance(asked, SamePlacement):
            self._ask_placement(asked, decided.placements)
        elif isinstance(asked, OtherProvider):
            self._ask_other_provider(asked, decided.placements)
        elif isinstance(asked, KindOfProvider):
            self._ask_new_provider(asked, rows)
        else:
            self._ask_of_places(asked, rows)

    def _ask_of_places(self, asked: OpenQuestion, rows: int) -> None:
        if isinstance(asked, NewName):
            self._ask_new_name(asked, rows)
        elif isinstance(asked, MovedSite):
            self._ask_moved(asked, rows)
        elif isinstance(asked, WhichCommissioner):
            self._ask_commissioner(asked, rows)

    def _ask_new_name(self, asked: NewName, rows: int) -> None:
        ref = reference(Provider.PREFIX, asked.provider)
        in_rows = count(rows, "row calls", "rows call")
        is_new = self._asking.yes(
            f"{in_rows} {ref} ({shortened(asked.on_record)}) “{shortened(asked.name)}”. Is that"
            " its new name? If not, they are left out.",
            usual=False,
        )
        if is_new:
            self._decided.renamed.add(asked)
        else:
            self.skipped.add(asked)

    def _ask_moved(self, asked: MovedSite, rows: int) -> None:
        options = [
            *(address for _, address in asked.sites),
            "none: another provider of that name",
        ]
        said = (
            f"“{shortened(asked.address)}” ({count(rows, 'row')}) is no address of"
            f" {shortened(asked.name)} yet. Which of these does it replace?"
        )
        numbers = [ANOTHER, *(number for number, _ in asked.sites), NAMESAKE]
        chosen = ask_option(self._asking, said, options, rows, new_means="it is one more address")
        if chosen is None:
            self.skipped.add(asked)
        else:
            self._decided.moved[asked] = numbers[chosen]

    def _ask_commissioner(self, asked: WhichCommissioner, rows: int) -> None:
        if not asked.known or (not asked.name and COMMISSIONER in self.fills):
            self.skipped.add(asked)
            return
        in_rows = count(rows, "row")
        said = f"Who commissions these placements? ({in_rows} without it)"
        otherwise = "or Enter to leave it open"
        if asked.name:
            otherwise = ""
            is_there = provider_key(asked.name) in {provider_key(name) for _, name in asked.known}
            means = (
                "is the name of several. Which of them commissions?"
                if is_there
                else "commissions, and is not in ap. Who is it?"
            )
            said = f"“{shortened(asked.name)}” ({in_rows}) {means}"
        options = name_commissioners(asked.known)
        number = ask_option(self._asking, said, options, rows, otherwise, has_new=False)
        if number is None:
            self.skipped.add(asked)
        elif asked.name:
            self._decided.commissioners[provider_key(asked.name)] = asked.known[number - 1][0]
        else:
            self.fills[COMMISSIONER] = asked.known[number - 1][0]

    def _ask_provider(self, asked: SameProvider, rows: int, providers: dict[str, str]) -> None:
        key = provider_key(asked.name)
        if key in providers:
            return
        chosen = self._ask_which(asked.name, rows, asked.near)
        if chosen is None:
            self.skipped.add(asked)
        else:
            providers[key] = asked.near[chosen - 1] if chosen else ""

    def _ask_school(self, asked: SameSchool, rows: int, schools: dict[str, str]) -> None:
        key = provider_key(asked.name)
        if key not in schools:
            stays = "or Enter to keep it as it stands"
            chosen = self._ask_which(asked.name, rows, asked.near, stays)
            schools[key] = asked.near[chosen - 1] if chosen else ""

    def _ask_which(
        self,
        name: str,
        rows: int,
        options: Sequence[str],
        otherwise: str = "",
        means: str = NEARLY,
    ) -> int | None:
        """Ask which of some a name means: its number, 0 for a new one, None if it is skipped.

        `otherwise` is what Enter alone does, `means` what the name may have to do with them.
        """
        said = f"“{shortened(name)}” ({count(rows, 'row')}) {means}"
        return ask_option(self._asking, said, options, rows, otherwise)

    def _ask_pupil(self, asked: SamePupil, pupils: dict[SamePupil, int]) -> None:
        there = zip(asked.near, asked.names, strict=True)
        options = [f"{self._name(id, name)}, born {words(born)}" for id, (name, born) in there]
        said = f", born {words(asked.born)}" if asked.born else ""
        whom = f"{self._name(0, asked.name)}{said}"
        chosen = self._ask_which(whom, 1, options, means="may be:")
        if chosen is None:
            self.skipped.add(asked)
        else:
            pupils[asked] = asked.near[chosen - 1] if chosen else ANOTHER

    def _ask_other_provider(
        self, asked: OtherProvider, placements: dict[WhichPlacement, bool]
    ) -> None:
        ref = reference(Placement.PREFIX, asked.placement)
        said = (
            f"Row {self._asked_in[asked]}: {self._name(asked.pupil, asked.name)} begins on"
            f" {words(asked.begins)} at {shortened(asked.called)}. The row may correct:"
        )
        option = f"{ref}, which began that day at {shortened(asked.at)} and is not in the file"
        self._ask_whether(asked, said, option, placements)

    def _ask_placement(self, asked: SamePlacement, placements: dict[WhichPlacement, bool]) -> None:
        ref = reference(Placement.PREFIX, asked.placement)
        whom = self._name(asked.pupil, asked.name)
        said = (
            f"Row {self._asked_in[asked]}: {whom} begins on {words(asked.begins)}. The row names no"
            " placement, and may be:"
        )
        option = f"{ref} of the same pupil and provider, which begins on {words(asked.starts)}"
        self._ask_whether(asked, said, option, placements)

    def _ask_whether(
        self,
        asked: WhichPlacement,
        said: str,
        option: str,
        placements: dict[WhichPlacement, bool],
    ) -> None:
        """Ask whether a row is about a placement on record, or about another."""
        chosen = ask_option(self._asking, said, [option], 1)
        if chosen is None:
            self.skipped.add(asked)
        else:
            placements[asked] = chosen != ANOTHER

    def _fill(self, field: str, answer: str, rows: int) -> None:
        """Take an answer for the rows without one; that for one row is no habit of such files."""
        self.fills[field] = answer
        if rows == 1:
            self.once.add(field)

    def _name(self, id: int, name: str) -> str:
        """Name a child as the screen does; one who is new has no reference yet."""
        if self._names == "never" and not id:
            return "a child of the file"
        return name_in_style(id, name, self._names)

    def _ask_new_provider(self, asked: KindOfProvider, rows: int) -> None:
        """Ask what kind a new provider is, unless it is another spelling of one asked before."""
        decided = self._decided
        providers, kinds, new = decided.providers, decided.kinds, decided.new
        key = provider_key(asked.name)
        if key in kinds or key in providers:
            return
        known = dict(enumerate(new))
        near = [new[known[at]] for at in names_near(known, key)]
        if near:
            chosen = self._ask_which(asked.name, rows, [f"{name} (new)" for name in near])
            if chosen is None:
                self.skipped.add(asked)
                return
            if chosen:
                providers[key] = near[chosen - 1]
                return
        in_rows = count(rows, "row")
        said = f"“{shortened(asked.name)}” ({in_rows}) is new. What kind of provider is it?"
        kind = ask_choice(self._asking, said, Offered(kind_of_provider(), ()), rows)
        if not kind:
            self.skipped.add(asked)
            return
        kinds[key] = kind
        new[key] = asked.name
        if near:
            providers[key] = ""

    def _ask_all_needed(self, left: Mapping[OpenQuestion, int]) -> None:
        """Ask once for each field that rows need, with the choices that some of them have."""
        needed = [asked for asked in left if isinstance(asked, NeededInRows)]
        for field in dict.fromkeys(asked.field for asked in needed):
            asks = [asked for asked in needed if asked.field == field]
            if field not in self.fills:
                self._ask_needed(field, asks, sum(left[asked] for asked in asks))

    def _ask_needed(self, field: str, asks: Sequence[NeededInRows], rows: int) -> None:
        about = all_fields()[field].question
        if about is None:
            self.skipped |= set(asks)
            return
        said = f"{about.text} ({count(rows, 'row')} without it)"
        offered = Offered(about, [option for asked in asks for option in asked.options])
        found = ask_choice(self._asking, said, offered, rows, self._usual.get(field, ""))
        if found:
            self._fill(field, found, rows)
        else:
            self.skipped |= set(asks)


def kind_of_provider() -> Question:
    """Return the question what kind of provider one is."""
    return next(asked for asked in questions(Provider) if asked.key == "kind")


class Answers:
    """What is decided while questions are asked; `new` has the new providers among them."""

    def __init__(self, decisions: Decisions, new: Mapping[str, str] = {}) -> None:
        self.providers, self.pupils = dict(decisions.providers), dict(decisions.pupils)
        self.kinds, self.placements = dict(decisions.kinds), dict(decisions.placements)
        self.schools, self.commissioners = dict(decisions.schools), dict(decisions.commissioners)
        self.renamed, self.moved = set(decisions.renamed), dict(decisions.moved)
        self.new: dict[str, str] = dict(new)

    def as_decisions(self, before: Decisions) -> Decisions:
        """Return them as decisions, with what was decided `before` of the whole file."""
        return replace(
            before,
            providers=self.providers,
            schools=self.schools,
            pupils=self.pupils,
            kinds=self.kinds,
            placements=self.placements,
            renamed=frozenset(self.renamed),
            moved=self.moved,
            commissioners=self.commissioners,
        )


def ask_other_store(asking: Asking, rows: int) -> bool:
    """Ask whether a file is from another store, whose references mean nothing here."""
    in_rows = count(rows, "row has", "rows have")
    asking.say(f"{in_rows} a reference that is another's in this store, or nobody's.")
    return asking.yes("Is the file from another store, whose references are not read?", usual=False)


def name_commissioners(known: Sequence[tuple[str, str]]) -> list[str]:
    """Return what commissioners are called in a list, with the reference if two are called so."""
    times = Counter(provider_key(name) for _, name in known)
    return [
        f"{shortened(name)} ({ref})" if times[provider_key(name)] > 1 else shortened(name)
        for ref, name in known
    ]
