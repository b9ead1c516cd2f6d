"""The short run of forms that are stopped: at their first prompts, two forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conftest import POSIX
from .prompting import FORMS, stop_form

pytestmark = pytest.mark.uncovered

FEW = 4


@POSIX
@pytest.mark.parametrize("name", ["contact", "pupil"])
def test_a_form_stopped_at_a_prompt_ends_in_order_and_the_store_is_sound(
    tmp_path: Path, name: str
) -> None:
    assert name in FORMS
    found = stop_form(tmp_path, name, FEW)
    assert (found.rounds, found.stopped, found.unsound) == (FEW, FEW, 0)
