"""A form says each field once: its question, its type, its gap; and what does not fit is refused at once."""

from datetime import date
from typing import Any, ClassVar

import pytest

from ap_cli.forms.facts import Fact, Unknown
from ap_cli.forms.form import Form, Question, answered, ask, question, questions, require


class Visitor(Form):
    name: str = require("Who came?", source="HB 1.1")
    left: Fact[date] = ask("When did they leave?", when=answered("name", "A. Tester"))
    note: Fact[str] = ask("Is there anything to note?", hint="Such as a badge.", last=True)


class Guest(Visitor):
    KIND: ClassVar[str] = "guest"

    badges: Fact[tuple[str, ...]] = ask("Which badges?", flag="--badge")


def test_what_nobody_answered_is_a_gap_with_the_name_of_its_field() -> None:
    assert Visitor(name="A. Tester").left == Unknown("visitor.left")
    assert Guest(name="A. Tester").badges == Unknown("guest.badges")
    assert Guest(name="A. Tester").note == Unknown("visitor.note"), "inherited, it keeps its name"


def test_a_required_answer_is_asked_for_when_the_record_is_made() -> None:
    with pytest.raises(TypeError, match="Missing required argument 'name'"):
        Visitor()  # type: ignore[call-arg]


def test_a_form_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match="immutable"):
        Visitor(name="A. Tester").name = "B. Tester"  # type: ignore[misc]


def test_the_questions_of_a_form_come_in_order_with_their_types_and_flags() -> None:
    assert [(each.name, each.type, each.flag) for each in questions(Guest)] == [
        ("name", str, "--name"),
        ("left", date, "--left"),
        ("badges", tuple[str, ...], "--badge"),
        ("note", str, "--note"),
    ]
    known = question(Guest, "name")
    assert known and known.required and (known.text, known.source) == ("Who came?", "HB 1.1")


def form(**fields: tuple[Any, Any]) -> Any:
    """A form with these fields, each a type and a question."""
    types = {name: kind for name, (kind, _) in fields.items()}
    asked = {name: question for name, (_, question) in fields.items()}
    return type(Form)("Wrong", (Form,), {"__module__": __name__, "__annotations__": types} | asked)


@pytest.mark.parametrize(
    ("kind", "asks", "told"),
    [
        (date, ask("When?"), "tests.forms.test_form: Wrong.day: ask(…) needs Fact[…]"),
        (Fact[date], require("When?"), "Wrong.day: require(…) takes no Fact[…]"),
        ("Fact[date]", ask("When?"), "Wrong.day has a type in quotation marks"),
        (
            Fact[date],
            ask("When?", when=answered("dya", True)),
            "Wrong.day: its condition asks for 'dya', which is no field",
        ),
    ],
)
def test_a_field_that_does_not_fit_its_question_is_refused_where_it_is_written(
    kind: Any, asks: Any, told: str
) -> None:
    with pytest.raises(TypeError) as refused:
        form(day=(kind, asks))
    assert told in str(refused.value)


def test_what_is_shown_of_a_question_is_made_from_its_field() -> None:
    hours = Question("How many hours?", source="HB 1.2", name="weekly_minutes", type=int)
    assert (hours.label, hours.prompt) == ("hours a week", "How many hours? (HB 1.2)")
    safe = Question("Is it safe?", name="safe", type=bool)
    assert (safe.both_flags, safe.quoted) == ("--safe/--no-safe", "“Is it safe?”")
