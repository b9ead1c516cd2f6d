"""Forms: records whose fields carry their question.

Whatever asks, reads or shows is made from them. A form's module leaves `from __future__ import
annotations` out, so that the types of its fields are there to be read.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import date
from functools import cache, cached_property
from inspect import get_annotations
from operator import attrgetter
from types import NoneType, UnionType
from typing import (
    Any,
    ClassVar,
    NewType,
    Protocol,
    TypedDict,
    Union,
    Unpack,
    dataclass_transform,
    get_args,
    get_origin,
)

from msgspec import NODEFAULT, Struct, StructMeta
from msgspec.structs import asdict

from .facts import Unknown
from .text import label

Minutes = NewType("Minutes", int)
"""Time in a week, in whole minutes: more than none."""

MinutesOrNone = NewType("MinutesOrNone", int)
"""Time in a week, in whole minutes, where none is an answer too."""

TIMES = (Minutes, MinutesOrNone)
"""The types of time in a week."""

Pence = NewType("Pence", int)
"""Money, in pence."""

Count = NewType("Count", int)
"""How many there are: 0 or more."""

Percent = NewType("Percent", int)
"""A share in whole per cent, from 0 to 100."""

LONGEST_WEEK = 60
"""The most hours that a week can have."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years in which a day of a record can be."""


def check_year(day: date) -> date:
    """Return the day itself; raise ValueError if no record can have a day in its year."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


class Answers(Protocol):
    """The answers so far, which decide whether another question is asked."""

    @property
    def today(self) -> date:
        """The day on which the questions are asked."""

    def value(self, name: str) -> Any:
        """Return the answer to a question of the form by its field, or None."""

    def named(self, name: str) -> Any:
        """Return the record whose reference answers a question, or None."""


AskedWhen = Callable[[Answers], bool]
"""Whether a question is asked, given the answers so far."""


class AnsweredWith(Struct, frozen=True):
    """The condition that another question of the same form has one of some answers."""

    name: str
    values: tuple[object, ...]

    def __call__(self, answers: Answers) -> bool:
        return answers.value(self.name) in self.values


def answered(name: str, *values: object) -> AnsweredWith:
    """Make the condition that the question of a field has one of these answers."""
    return AnsweredWith(name, values)


class Ask(Struct, frozen=True):
    """A question as its form writes it; `ask` and `require` say what each part is for."""

    text: str
    hint: str = ""
    source: str = ""
    flags: str = ""
    no: str = ""
    topic: str = ""
    when: AskedWhen | None = None
    last: bool = False
    expected: bool = False
    past: bool = False
    required: bool = False


class Details(TypedDict, total=False):
    """What a question may come with."""

    hint: str
    source: str
    flag: str
    no: str
    topic: str
    when: AskedWhen
    last: bool
    expected: bool
    past: bool


def ask(question: str, **details: Unpack[Details]) -> Any:
    """Ask for a fact that may be missing: until it is answered the field is Unknown.

    `hint` is one line under the question, and `source` says who wants it asked. `flag` replaces the
    flag made from the field's name ("--on-directory/--not-on-directory" names both sides); `no` is
    a flag that answers "no". `topic` is the heading under which a wizard asks it, and `when` the
    condition under which it does; `last` puts it after the questions of the forms that inherit it.
    `expected` is asked until it is answered or called not known yet: a terminal does not skip it.
    `past` asks for the day of something that was done: a terminal refuses a day to come.
    """
    return _written(question, details, required=False)


def require(question: str, **details: Unpack[Details]) -> Any:
    """Ask for a fact without which there is no record; it takes the same details as `ask`."""
    return _written(question, details, required=True)


def _written(question: str, details: Details, required: bool) -> Ask:
    return Ask(
        question,
        details.get("hint", ""),
        details.get("source", ""),
        details.get("flag", ""),
        details.get("no", ""),
        details.get("topic", ""),
        details.get("when"),
        details.get("last", False),
        details.get("expected", False),
        details.get("past", False),
        required,
    )


class Record(Struct, frozen=True):
    """The base of every value of the domain: immutable, compact, compared by its facts."""


class FormMeta(StructMeta):
    """Makes a form of a class.

    `ask` becomes a gap named after its field, `require` a field without a default.
    """

    def __new__(
        mcls, name: str, bases: tuple[type, ...], body: dict[str, Any], **config: Any
    ) -> Any:
        own = {field: value for field, value in body.items() if isinstance(value, Ask)}
        form = body.get("KIND") or name.lower()  # as in gap_name
        for field, question in own.items():
            if question.required:
                del body[field]
            else:
                body[field] = Unknown(f"{form}.{field}")
        asks: dict[str, Ask] = {}
        for base in bases:
            asks |= getattr(base, "ASKS", {})
        body["ASKS"] = asks | body.get("ASKS", {}) | own
        made = super().__new__(
            mcls, name, bases, body, **{"frozen": True, "kw_only": True} | config
        )
        _refuse_unfit(made, own)
        return made


def _refuse_unfit(form: Any, asks: dict[str, Ask]) -> None:
    """Raise TypeError, naming the field, if the type or condition of a question does not fit."""
    annotations = get_annotations(form)
    for name, question in asks.items():
        place = f"{form.__module__}: {form.__name__}.{name}"
        annotation = annotations.get(name)
        if annotation is None:
            raise TypeError(f"{place} has no type")
        if isinstance(annotation, str):
            raise TypeError(
                f"{place} has a type in quotation marks: leave out `from __future__ "
                "import annotations`"
            )
        if question.required == may_be_unknown(annotation):
            right = "require(…) takes no Fact[…]" if question.required else "ask(…) needs Fact[…]"
            raise TypeError(f"{place}: {right}")
        _refuse_unknown_name(place, question, form.__struct_fields__)


def _refuse_unknown_name(place: str, question: Ask, names: Container[str]) -> None:
    when = question.when
    if isinstance(when, AnsweredWith) and when.name not in names:
        raise TypeError(f"{place}: its condition asks for {when.name!r}, which is no field")


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(require,))
class Form(Record, metaclass=FormMeta, frozen=True, kw_only=True):
    """The base of everything that is asked for, question by question."""

    ASKS: ClassVar[dict[str, Ask]] = {}
    """The questions of its fields, those that it inherits included."""


class Noun(Form, frozen=True, kw_only=True):
    """A thing with a table and a reference of its own, such as `P-0001`."""

    PREFIX: ClassVar[str] = ""
    NOUN: ClassVar[str] = ""

    id: int = 0

    @property
    def ref(self) -> str:
        """Its reference, as people say it."""
        return reference(self.PREFIX, self.id)


def reference(prefix: str, id: int) -> str:
    """Return a reference as it is printed: `P-0001`."""
    return f"{prefix}-{id:04d}"


class Question(Ask, frozen=True, kw_only=True, dict=True):
    """A question with the field of a form that it asks for.

    What follows from it is worked out once: a file of answers asks for it in every row.
    """

    name: str
    type: Any

    @cached_property
    def key(self) -> str:
        """Its key in an answers file: its flag with underscores."""
        return self.flag[2:].replace("-", "_")

    @cached_property
    def flag(self) -> str:
        """Its flag on the command line."""
        return self.flags.split("/")[0] or flag_of(self.name)

    @property
    def label(self) -> str:
        """Its fact's name for people: "hours a week"."""
        return label(self.name)

    @property
    def both_flags(self) -> str:
        """The flags for yes and for no: "--safe/--no-safe"."""
        return self.flags or f"{self.flag}/--no-{self.flag[2:]}"

    @property
    def prompt(self) -> str:
        """The question with who wants it asked: "Which tier is it? (HB 1.3)"."""
        return f"{self.text} ({self.source})" if self.source else self.text

    @property
    def quoted(self) -> str:
        """The question in quotation marks."""
        return f"“{self.text}”"

    @cached_property
    def several(self) -> bool:
        """Whether it takes more than one answer."""
        return get_origin(self.type) is tuple

    @cached_property
    def item(self) -> Any:
        """The type of one answer."""
        return get_args(self.type)[0] if self.several else self.type


def gap_name(form: type[Form], name: str) -> str:
    """Name a field's gap: "placement.tier", or "follow-up.settled" by the kind of an entry."""
    return f"{getattr(form, 'KIND', '') or form.__name__.lower()}.{name}"


def flag_of(name: str) -> str:
    """Return the flag of a field's question, unless the question names another."""
    return "--" + name.replace("_", "-")


@cache
def questions(form: type[Form]) -> tuple[Question, ...]:
    """List the questions of a form, in the order in which they are asked."""
    in_order = [question(form, name) for name in form.__struct_fields__ if name in form.ASKS]
    return tuple(sorted(filter(None, in_order), key=attrgetter("last")))


@cache
def question(form: type[Form], name: str) -> Question | None:
    """Return the question of one field, or None if it has no question."""
    if name not in form.ASKS:
        return None
    kind, _ = field_types(form)[name]
    return Question(**asdict(form.ASKS[name]), name=name, type=kind)


@cache
def field_types(form: type[Form]) -> dict[str, tuple[Any, bool]]:
    """Map the fields to their types if recorded, and to whether they may be unrecorded."""
    types: dict[str, Any] = {}
    for base in reversed(form.__mro__):
        types |= get_annotations(base)
    return {
        name: (type_of_answer(types[name]), may_be_unknown(types[name]))
        for name in form.__struct_fields__
    }


def type_of_answer(annotation: Any) -> Any:
    """Return a field's type without Unknown and None."""
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    left = [arg for arg in get_args(annotation) if arg not in (Unknown, NoneType)]
    return left[0] if len(left) == 1 else Union[tuple(left)]


def may_be_unknown(annotation: Any) -> bool:
    """Return whether a field may be a fact that nobody recorded."""
    return Unknown in getattr(annotation, "__args__", ())


@cache
def required_fields(form: type[Form]) -> frozenset[str]:
    """List the fields of a form that have no default."""
    defaults = form.__struct_defaults__
    names = form.__struct_fields__
    first = len(names) - len(defaults)
    without = [
        name for name, default in zip(names[first:], defaults, strict=True) if default is NODEFAULT
    ]
    return frozenset([*names[:first], *without])
