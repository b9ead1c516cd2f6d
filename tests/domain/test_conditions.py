"""The conditions under which questions are asked: they look at what there is, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ap_cli.domain.asked_when import (
    council_must_arrange_it,
    has_begun,
    provider_is_a_school,
    pupil_has_a_plan,
    school_age_ends_soon,
    some_time_is_at_home,
)
from ap_cli.domain.commissioner import Commissioner, CommissionerKind
from ap_cli.domain.ending import Ending
from ap_cli.domain.entries import KINDS
from ap_cli.domain.options import Place, Route
from ap_cli.domain.placement import (
    Placement,
    attends_one_of_several_sites,
)
from ap_cli.domain.places import place_is_open
from ap_cli.domain.provider import Provider
from ap_cli.domain.pupil import Pupil
from ap_cli.domain.readers import fill
from ap_cli.domain.sessions import Sessions
from ap_cli.forms.form import Form, question, questions
from ap_cli.rules.examples.builders import PROVIDER, PUPIL

TODAY = date(2026, 3, 2)
FORMS: list[type[Form]] = [Placement, Ending, Pupil, Provider, Commissioner, *KINDS.values()]


class Given:
    """The answers given to a form; asking for a question that it does not have is refused."""

    def __init__(self, form: type[Form] = Placement, **values: Any) -> None:
        self.form, self.values, self.today = form, values, TODAY

    def value(self, name: str) -> Any:
        assert question(self.form, name), f"{self.form.__name__} has no question {name!r}"
        return self.values.get(name)

    def named(self, name: str) -> Any:
        return self.value(name)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_a_condition_asks_only_for_questions_of_its_form(form: type[Form]) -> None:
    for each in questions(form):
        if each.when:
            assert each.when(Given(form)) in (True, False), f"{form.__name__}.{each.name}"


@pytest.mark.parametrize(("born", "soon"), [("2010-08-31", True), ("2010-09-01", False)])
def test_a_plan_for_afterwards_is_asked_for_within_a_year_of_the_end_of_school_age(
    born: str, soon: bool
) -> None:
    pupil = fill(Pupil, PUPIL | {"born": born}, TODAY)
    assert school_age_ends_soon(Given(pupil=pupil)) is soon


@pytest.mark.parametrize(
    ("ends", "asked"), [("2026-03-27", False), ("2027-03-31", False), ("2027-04-01", True)]
)
def test_of_a_pupil_in_year_10_no_end_of_school_age_is_talked_of(ends: str, asked: bool) -> None:
    """Case L31: born in autumn 2010, school age ends on 25 June 2027; a placement from November."""
    pupil = fill(Pupil, PUPIL | {"born": "2010-11-15"}, TODAY)
    given = Given(pupil=pupil, ends=date.fromisoformat(ends))
    given.today = date(2025, 11, 24)
    assert school_age_ends_soon(given) is asked


@pytest.mark.parametrize(
    ("route", "kind", "asked"),
    [
        (Route.SECTION_19, CommissionerKind.ACADEMY, True),
        (Route.SECTION_19, CommissionerKind.LOCAL_AUTHORITY, False),
        (Route.SUSPENSION, CommissionerKind.ACADEMY, False),
    ],
)
def test_whether_it_is_for_the_council_is_asked_if_the_law_says_so_and_another_arranges_it(
    route: Route, kind: CommissionerKind, asked: bool
) -> None:
    commissioner = Commissioner(name="Test School", kind=kind)
    assert council_must_arrange_it(Given(route=route, commissioner=commissioner)) is asked


def test_top_up_is_asked_for_a_pupil_with_a_plan_today() -> None:
    for ehcp, asked in (("2026-03-02", True), ("2026-03-03", False), ("no", False)):
        pupil = fill(Pupil, PUPIL | {"ehcp": ehcp}, TODAY)
        assert pupil_has_a_plan(Given(pupil=pupil)) is asked


def test_the_site_is_asked_for_if_the_provider_has_several() -> None:
    for addresses, asked in ((["1 Lane"], False), (["1 Lane", "2 Lane"], True)):
        provider = fill(Provider, PROVIDER | {"address": addresses}, TODAY)
        assert attends_one_of_several_sites(Given(provider=provider)) is asked
        at_home = Given(provider=provider, place=Place.HOME)
        assert not attends_one_of_several_sites(at_home)


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("non-school", True),
        ("online", True),
        ("pru", True),
        ("own-site", False),
        ("academy", False),
    ],
)
def test_the_place_is_asked_for_if_the_kind_of_provider_leaves_it_open(
    kind: str, asked: bool
) -> None:
    provider = fill(Provider, PROVIDER | {"kind": kind}, TODAY)
    assert place_is_open(Given(provider=provider)) is asked
    assert place_is_open(Given(provider=provider, place=Place.SCHOOL)), "it was given as a flag"
    assert not place_is_open(Given())


def test_the_second_register_is_asked_for_if_the_provider_is_a_school() -> None:
    for kind, asked in (("academy", True), ("independent", False)):
        provider = fill(Provider, PROVIDER | {"kind": kind}, TODAY)
        assert provider_is_a_school(Given(provider=provider)) is asked


def test_time_at_home_and_what_follows_the_start_are_asked_for_in_their_time() -> None:
    assert some_time_is_at_home(Given(at_home=Sessions((8, 9))))
    assert not some_time_is_at_home(Given(at_home=Sessions()))
    assert has_begun(Given(starts=date(2026, 3, 1))) and not has_begun(Given(starts=TODAY))
