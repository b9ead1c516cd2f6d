"""What an explanation calls fields, and questions with arguments."""

from __future__ import annotations

import pytest

from ap_cli.forms.explaining import FieldLabel, explained, explained_fields, labels_of
from ap_cli.forms.form import Record


@explained_fields(hours="the hours there")
class Week(Record, frozen=True):
    """A week."""

    hours: int


@explained_fields(days=FieldLabel("the days there", fact="placement.days"))
class LongWeek(Week, frozen=True):
    """A week with its days."""

    days: int


def test_a_class_has_its_own_labels_and_those_that_it_inherits() -> None:
    assert list(labels_of(Week)) == ["hours"]
    assert labels_of(LongWeek) == {
        "hours": FieldLabel("the hours there"),
        "days": FieldLabel("the days there", fact="placement.days"),
    }


def test_a_label_of_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(TypeError, match="Week has no field minutes"):
        explained_fields(minutes="the minutes there")(Week)


def test_a_method_with_words_beside_it_is_the_method_itself() -> None:
    def coded(codes: str) -> str:
        return codes

    assert explained("the sessions marked {codes}")(coded) is coded
