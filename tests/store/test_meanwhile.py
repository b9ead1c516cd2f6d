"""Whatever two editors do in whatever order, neither replaces what the other wrote unseen."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ap_cli.domain.pupil import Pupil
from ap_cli.services import records
from ap_cli.services.meanwhile import Changed, as_read, settle, values_read, write_down
from ap_cli.store.address import Address
from ap_cli.store.author import Author
from ap_cli.store.opening import Store, open_store

TODAY = date(2026, 3, 2)
FIELDS = ("home_school", "name")
VALUES = ("Elm", "Oak", "Ash")


class Editor:
    """A form of one person: what it has read or been asked about, and what is typed into it."""

    def __init__(self, store: Store, who: str) -> None:
        self.store, self.author = store, Author(who)
        self.open()

    def open(self) -> None:
        self.read = self.after = stands(self.store)
        self.seen = {name: {str(getattr(self.read, name))} for name in FIELDS}

    def type(self, name: str, value: str) -> None:
        self.after = replace(self.after, **{name: value})

    def resume(self) -> None:
        """Stop the form, and go on from what its draft had read and typed."""
        typed = records.changes(self.read, self.after)
        kept = write_down(self.read, typed)
        self.read = as_read(stands(self.store), kept)
        self.after = replace(self.read, **typed)
        for name in set(FIELDS) - set(typed):
            self.seen[name].add(str(getattr(self.read, name)))

    def save(self, keeps: bool) -> dict[str, tuple[str, str]]:
        """Save the form; the values that it replaced, each with the new one."""
        while True:
            changed = records.changes(self.read, self.after)
            read = values_read(self.read, self.after, changed)
            before = stands(self.store)
            try:
                if changed:
                    records.correct(
                        self.store, self.read, self.after, self.author, TODAY, read=read
                    )
                return {
                    name: (str(getattr(before, name)), str(getattr(stands(self.store), name)))
                    for name in FIELDS
                }
            except Changed as problem:
                for field in problem.fields:
                    self.seen[field.name].add(str(field.now))
                kept = {field.name for field in problem.fields} if keeps else set()
                self.read, self.after = settle(problem, self.read, self.after, kept)


def stands(store: Store) -> Pupil:
    return records.get(store, Pupil, 1, TODAY)


STEPS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.lists(st.tuples(st.sampled_from(FIELDS), st.sampled_from(VALUES)), max_size=2),
        st.sampled_from(("save", "save", "wait", "resume", "open")),
        st.booleans(),
    ),
    min_size=2,
    max_size=10,
)
"""Who does something, what is typed, what is done then, and whether the other's answer is kept."""


@settings(max_examples=100)
@given(STEPS)
def test_nothing_is_replaced_that_its_writer_did_not_see(
    steps: list[tuple[int, list[tuple[str, str]], str, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ap.db"
        store = open_store(Address(path))
        records.add(store, Pupil(name="Elm", born=date(2010, 6, 27)), Author("a"), TODAY)
        editors = [Editor(open_store(Address(path)), who) for who in ("a", "b")]
        for number, typed, what, keeps in steps:
            editor = editors[number]
            for name, value in typed:
                editor.type(name, value)
            if what == "save":
                for name, (old, new) in editor.save(keeps).items():
                    assert old == new or old in editor.seen[name], (name, old, new)
            if what == "resume":
                editor.resume()
            elif what != "wait":
                editor.open()
        for one in (store, *(editor.store for editor in editors)):
            one.connection.close()


def test_a_value_typed_over_an_unseen_one_is_refused_and_named(tmp_path: Path) -> None:
    store = open_store(Address(tmp_path / "ap.db"))
    records.add(store, Pupil(name="Elm", born=date(2010, 6, 27)), Author("a"), TODAY)
    first, second = Editor(store, "a"), Editor(store, "b")
    first.type("name", "Oak")
    first.save(keeps=False)
    second.type("name", "Ash")
    changed = values_read(second.read, second.after, ["name"])
    try:
        records.correct(store, second.read, second.after, Author("b"), TODAY, read=changed)
    except Changed as problem:
        (field,) = problem.fields
        assert (field.read, field.now, field.new, field.who) == ("Elm", "Oak", "Ash", "a")
    else:
        raise AssertionError("it was replaced")
    assert stands(store).name == "Oak"
