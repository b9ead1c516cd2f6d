"""A county's overlay: put in force whole or not at all, each mistake with its line, and never weaker than the law."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from msgspec.structs import replace

from ap_cli.errors import BadAnswers
from ap_cli.policy.county import County, CountyRule, FigureLines, Line, default, shipped
from ap_cli.policy.figures import in_force, lines
from ap_cli.rules import RULES
from ap_cli.rules.examples import EXAMPLES
from ap_cli.rules.rule import MUST
from ap_cli.services import overlay
from ap_cli.store.connection import connect

from ..conftest import Program

COUNTY = """name = "Testshire"
local_rules = ["AP416"]
inset_days = [2026-03-03]

[sources]
TH = "the handbook of Testshire"

[figures."ts.hours"]
title = "the longest week of a placement"
unit = "minutes a week"
source = "TH 2"
values = [{ from = 2025-09-01, is = 900 }, { from = 2026-09-01, is = 1200 }]

[[rules]]
id = "TS101"
title = "transport is agreed, and no placement is longer than fifteen hours a week"
about = "placement"
cites = ["TH 2"]
guidance = "Testshire asks for both."
answered = ["placement.transport"]
at_most = { "placement.weekly_minutes" = "ts.hours" }

[[rules]]
id = "TS102"
title = "the provider says how it keeps the child's information safe"
about = "provider"
severity = "advise"
cites = ["TH 3"]
guidance = "Testshire asks."
answered = ["provider.offered_minutes"]

[[checklist]]
item = "travel-plan"
title = "the provider's own travel plan"
source = "TH 3"

[[contacts]]
name = "Education Effectiveness"
for = "unregistered schools"
email = "schools@testshire.example"
source = "TH 1"

[[half_terms]]
name = "spring 1 2026"
first = 2026-01-05
last = 2026-02-13

[[half_terms]]
name = "spring 2 2026"
first = 2026-02-23
last = 2026-03-27

[[providers]]
name = "Hollow Oak Farm"
days = 3
source = "TH 4"
"""


def put(ap: Program, text: str, *args: str) -> tuple[int, str]:
    (ap.folder / "county.toml").write_text(text, "utf-8")
    found = ap("county", "set", "county.toml", *args)
    return found.code, found.err


@pytest.fixture
def there(placed: Program) -> Program:
    """A placement in a county with an overlay of its own."""
    code, said = put(placed, COUNTY)
    assert code == 0 and "Testshire's rules are now in use" in said
    return placed


def rules(ap: Program, *args: str) -> dict[str, str]:
    return {row["rule"]: row["answer"] for row in ap.json("check", "--show", "all", *args)}


def test_the_countys_rules_are_asked_and_the_local_ones_that_it_does_not_take_are_not(
    placed: Program,
) -> None:
    before = rules(placed)
    assert {"AP110", "AP416", "AP607"} <= set(before) and not {"TS101", "TS102"} & set(before)
    put(placed, COUNTY)
    after = rules(placed)
    assert {"TS101", "TS102", "AP416"} <= set(after) and not {"AP110", "AP607"} & set(after)
    assert {rule.id for rule in RULES if rule.severity is MUST} & set(before) <= set(after), (
        "no must is left out"
    )


def test_a_rule_of_the_county_asks_for_answers_then_for_the_figure_of_the_day(
    there: Program,
) -> None:
    (asked,) = there.json("check", "PL-0001", "--rule", "TS101")
    assert (
        asked["answer"] == "breached"
        and asked["message"] == "not answered: “How does the pupil get there?”"
        and asked["remedy"] == "ap placement edit PL-0001 --transport …"
    )
    there.ok("placement", "edit", "PL-0001", "--transport", "by taxi")
    (over,) = there.json("check", "PL-0001", "--rule", "TS101")
    assert (
        over["message"].endswith("19 hours, where at most 15 hours is right")
        and over["cites"] == ["TH 2"]
        and over["severity"] == "local"
    )
    assert (
        there.json("check", "PL-0001", "--rule", "TS101", "--show", "all", on="2026-08-31")[0][
            "answer"
        ]
        == "breached"
    )
    assert (
        there.json("check", "PL-0001", "--rule", "TS101", "--show", "all", on="2026-09-01")[0][
            "answer"
        ]
        == "met"
    )
    assert (
        "ts.hours" in there.ok("rules", "figures").out
        and "TH 2 (the handbook of Testshire)" in there.ok("rules", "show", "TS101").out
    )
    why = there.ok("check", "PL-0001", "--rule", "TS101", "--why").out
    assert "the longest week of a placement: 15 hours a week" in why


def test_a_rule_of_the_county_is_waived_like_any_other(there: Program) -> None:
    there.ok(
        "record", "waiver", "PL-0001", "--rule", "ts101", "--reason", "agreed", "--by", "A. Tester"
    )
    assert there.json("check", "PL-0001", "--rule", "TS101")[0]["waived"]["reason"] == "agreed"


def test_an_item_of_the_countys_own_checklist_is_recorded_by_its_name(there: Program) -> None:
    put(there, COUNTY.replace('["AP416"]', '["AP315"]'))
    (missing,) = there.json("check", "PR-0001", "--rule", "AP315")
    assert "the provider's own travel plan" in missing["message"]
    assert (
        missing["remedy"] == "ap record evidence PR-0001 --item county --named travel-plan --by …"
    )
    wrong = there(
        "record",
        "evidence",
        "PR-0001",
        "--item",
        "county",
        "--named",
        "parking",
        "--by",
        "A. Tester",
    )
    assert (
        wrong.code == 2
        and "not on the checklist of Testshire: choose from travel-plan" in wrong.err
    )
    assert (
        there("record", "evidence", "PR-0001", "--item", "dbs", "--named", "travel-plan").code == 2
    )
    assert there("record", "evidence", "PR-0001", "--item", "county").code == 2
    there.ok(
        "record",
        "evidence",
        "PR-0001",
        "--item",
        "county",
        "--named",
        "travel-plan",
        "--by",
        "A. Tester",
    )
    assert there.json("check", "PR-0001", "--rule", "AP315", "--show", "all")[0]["answer"] == "met"


def test_the_countys_contact_calendar_and_terms_of_a_provider_are_used(there: Program) -> None:
    (plan,) = there.json("check", "PR-0001", "--rule", "AP202")
    assert "tell Education Effectiveness, schools@testshire.example (TH 1)" in plan["message"]
    assert {row["source"] for row in there.json("terms", "list")} == {"the county's overlay"}
    assert [(row["name"], row["first"], row["last"]) for row in there.json("terms", "list")] == [
        ("spring 1 2026", "2026-01-05", "2026-02-13"), ("spring 2 2026", "2026-02-23", "2026-03-27"), ("INSET day", "2026-03-03", "2026-03-03"),
    ]  # fmt: skip
    assert (
        there("attendance", "record", "PL-0001", "2026-03-03", "am", "B", on="2026-03-04").code == 2
    ), "no school day"
    put(there, COUNTY.replace('["AP416"]', '["AP607"]'))
    there.ok("placement", "edit", "PL-0001", "--at-provider", "mon-tue", "--hours", "12")
    assert (
        "2 days a week, and its terms are 3"
        in there.json("check", "PL-0001", "--rule", "AP607")[0]["message"]
    )


@pytest.mark.parametrize(
    ("day", "answer", "severity"),
    [("2026-03-01", "breached", "advise"), ("2026-03-02", "breached", "must")],
)
def test_an_enacted_change_of_the_law_decides_as_a_must_from_the_day_on_which_an_overlay_lets_it_begin(
    placed: Program, day: str, answer: str, severity: str
) -> None:
    assert "enacted-not-commenced" in placed.ok("rules", "show", "AP205").out
    placed.ok(
        "pupil",
        "edit",
        "P-0001",
        "--ehcp",
        "no",
        "--sen-support",
        "2024-09-01",
        "--looked-after",
        "no",
    )
    put(
        placed,
        'name = "Testshire"\n[figures."school.sen"]\nvalues = [{ from = 2026-03-02, is = 1, source = "SI 2026/1" }]\n',
    )
    found = placed.json("check", "PR-0001", "--rule", "AP205", "--show", "all", on=day)[0]
    assert (found["answer"], found["severity"]) == (answer, severity), found


@pytest.mark.parametrize(
    ("before", "after", "further", "words"),
    [
        ("name =", "name", 0, "this is not TOML"),
        ('name = "Testshire"', "name = 7", 0, "write text, not a whole number"),
        ('["AP416"]', '["AP202"]', 0, "AP202 is not a rule that a county chooses"),
        ('["AP416"]', '["AP999"]', 0, "AP999 is not a rule of ap"),
        (
            '"ts.hours"]',
            '"school.pupils"]',
            0,
            "leave this figure out: the law sets it",
        ),
        ('"ts.hours"]', '"ts.days"]', 13, "there is no figure ts.hours"),
        ('unit = "minutes a week"\n', "", -2, "check the name of the figure"),
        ("is = 900", "is = -1", 0, "write a number from 0 to 3,600, not -1"),
        ("is = 900", 'is = "many"', 0, "write a whole number, not text"),
        ('"TS101"', '"AP101"', 0, "cannot be the id of a county's rule"),
        ('"TS102"', '"TS101"', 0, "two rules are called TS101"),
        ("placement.transport", "placement.nothing", 0, "placement.nothing is not a fact"),
        (
            "placement.weekly_minutes",
            "placement.transport",
            0,
            "placement.transport is not a number",
        ),
        (
            "provider.offered_minutes",
            "placement.transport",
            0,
            "placement.transport is not known of a provider",
        ),
        ('severity = "advise"', 'severity = "must"', 0, "choose one of local, advise, not “must”"),
        (
            'about = "provider"',
            'about = "provider"\ncolour = "red"',
            1,
            "use one of these names here: id, title",
        ),
        (
            'about = "provider"',
            'about = "provider"\nby = "first-review"',
            1,
            "a provider has no first review",
        ),
        (
            'item = "travel-plan"',
            'item = "Travel Plan"',
            0,
            "small letters, numbers and hyphens, such as travel-plan",
        ),
        ("first = 2026-02-23", "first = 2026-02-10", -2, "overlaps spring 1 2026"),
        ("last = 2026-03-27", "last = 2026-02-01", -3, "before it begins"),
        ("last = 2026-03-27", "last = 2026-03-05", -3, "two weeks is the least"),
        (
            "last = 2026-03-27",
            'last = "27 March"',
            0,
            "write a day such as 2026-11-03, without quotation marks",
        ),
        ("first = 2026-01-05", "first = 9999-01-05", -2, "outside the years"),
        (
            "[2026-03-03]",
            "[2026-03-03, 2026-03-07]",
            0,
            "leave out Saturday 7 March 2026: it is at a weekend",
        ),
        ("[2026-03-03]", "[0001-01-01]", 0, "outside the years"),
        (
            "[2026-03-03]",
            f"[{', '.join(f'2026-03-{day:02d}' for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16))}]",
            0,
            "11 in the school year 2025/26",
        ),
        ('TH = "the', 'SI 2010/1156 = "the', 0, "this is not TOML"),
        ('TH = "the', '"EA 1996" = "the', 0, "the program uses this one for Education Act 1996"),
        ("handbook of Testshire", "handbook\\u001b[31m of Testshire", 0, "control characters"),
        ("handbook of Testshire", "x" * 2001, 0, "shorten it to 2,000 letters"),
        ("is = 900", "is = 3601", 0, "from 0 to 3,600"),
        ("is = 900", f"is = {'9' * 5000}", 0, "not TOML"),
        ('about = "placement"', 'about = "child"', 0, "placement, provider"),
        ('guidance = "Testshire asks for both."\n', "", -5, "rules: add guidance"),
        (
            '"placement.weekly_minutes" = "ts.hours"',
            '"placement.weekly_minutes" = "school.pupils"',
            0,
            "give both in minutes",
        ),
    ],
)
def test_a_mistake_is_named_by_its_line_and_nothing_is_changed(
    there: Program, before: str, after: str, further: int, words: str
) -> None:
    line = COUNTY[: COUNTY.index(before)].count("\n") + 1 + further
    code, said = put(there, COUNTY.replace(before, after, 1))
    assert code == 2 and f"line {line}: " in said and words in said, said
    assert (
        there.json("county", "show")[0]["name"] == "Testshire"
        and there.json("county", "show")[0]["rules"] == 2
    )


def test_every_mistake_is_named_at_once(placed: Program) -> None:
    code, said = put(
        placed,
        COUNTY.replace("placement.transport", "x.y")
        .replace("is = 900", "is = -1")
        .replace('item = "travel-plan"', 'item = "!"'),
    )
    assert code == 2 and [found.split(":")[0] for found in said.strip().splitlines()] == [
        "line 12",
        "line 20",
        "line 33",
    ]


def test_mistakes_of_form_hide_none_of_another_kind(placed: Program) -> None:
    wrong = (
        COUNTY.replace("is = 900", 'is = "many"')
        .replace('item = "travel-plan"', 'item = "!"')
        .replace("last = 2026-03-27", "last = 2026-02-01")
    )
    code, said = put(placed, wrong)
    assert code == 2 and [found.split(":")[0] for found in said.strip().splitlines()] == [
        "line 12",
        "line 33",
        "line 48",
    ]


@pytest.mark.parametrize(
    ("figure", "value", "taken"),
    [("training.months", 240, True), ("training.months", 241, False), ("marks.school_days", 400, True), ("marks.school_days", 401, False),
     ("school.sen", 1, True), ("school.sen", 2, False), ("school.sen", 0, False)],
)  # fmt: skip
def test_no_figure_is_larger_than_its_unit_can_be(
    placed: Program, figure: str, value: int, taken: bool
) -> None:
    text = f'name = "Testshire"\n[figures."{figure}"]\nvalues = [{{ from = 2025-09-01, is = {value} }}]\n'
    assert (put(placed, text)[0] == 0) is taken
    assert placed("check").code == 1


def test_an_overlay_of_too_many_lines_is_refused_at_once(placed: Program) -> None:
    code, said = put(placed, 'name = "Testshire"\n' + "# more\n" * 2_000)
    assert code == 2 and "2,000 is the most" in said


def test_the_line_of_a_mistake_in_the_longest_overlay_is_found_in_no_time() -> None:
    text = 'name = "Testshire"\n' + "".join(
        f'[sources."S{number}"]\n' if number == 600 else f"# {number}\n" for number in range(1_900)
    )
    began = perf_counter()
    with pytest.raises(BadAnswers, match="line 602: "):
        overlay.read(text)
    assert perf_counter() - began < 5


def test_a_fixed_figure_of_an_overlay_that_was_edited_by_hand_is_not_in_force() -> None:
    edited = replace(
        default(),
        figures={"full_time.line": FigureLines((Line(default().half_terms[0].first, 6000),))},
    )
    assert in_force(default().half_terms[-1].last, edited)["full_time.line"] == 1080


def test_what_ships_is_a_right_overlay_and_takes_every_local_rule(ap: Program) -> None:
    text = ap.ok("county", "print").out
    assert overlay.read(text).name == "Leicestershire" and put(ap, text)[0] == 0
    assert default().local_rules is None and not default().without_rules


def test_the_example_at_the_end_of_what_ships_has_every_part_of_an_overlay_and_can_be_used(
    placed: Program,
) -> None:
    lines = placed.ok("county", "print").out.partition("## WHAT ELSE")[2].splitlines()[1:]
    text = "\n".join(line.removeprefix("#").strip() for line in lines if not line.startswith("##"))
    code, said = put(placed, f'name = "Testshire"\n{text}\n')
    assert code == 0, said
    used = overlay.read(f'name = "Testshire"\n{text}\n')
    shipped_there = ("name", "local_rules", "contacts", "half_terms", "providers")
    assert all(
        getattr(used, part) for part in County.__struct_fields__ if part not in shipped_there
    )
    said_of_rules = {
        name for name in CountyRule.__struct_fields__ if name not in ("at_least", "outside_only")
    }
    assert all(f"\n{name} = " in text for name in said_of_rules)
    assert placed.json("check", "PL-0001", "--rule", "TS101")


def test_a_dry_run_an_undo_and_the_default(placed: Program) -> None:
    assert (
        put(placed, COUNTY, "--dry-run")[0] == 0
        and placed.json("county", "show")[0]["name"] == "Leicestershire"
    )
    put(placed, COUNTY)
    put(placed, COUNTY.replace("Testshire", "Otherland"))
    placed.ok("undo")
    assert placed.json("county", "show")[0]["name"] == "Testshire"
    placed.ok("county", "reset")
    assert placed.json("county", "show")[0]["name"] == "Leicestershire"
    assert placed.ok("county", "print").out.startswith("# What Leic")


@pytest.mark.parametrize("made", ["{", '{"name": 7}', "7", b"\x00"])
def test_an_overlay_that_cannot_be_read_is_a_finding_and_the_store_works_on_without_it(
    there: Program, made: object
) -> None:
    connect(there.store).execute("UPDATE overlay SET made = ?", (made,))
    found = there.json("check")
    (unread,) = [row for row in found if row["rule"] == "AP906"]
    assert (
        unread["subject"] == "overlay"
        and "Leicestershire's is used instead" in unread["message"]
        and unread["remedy"] == "ap county set FILE"
    )
    assert "AP110" in {row["rule"] for row in found} and there.ok("reviews", "due")
    assert put(there, COUNTY)[0] == 0 and not [
        row for row in there.json("check") if row["rule"] == "AP906"
    ]


def test_a_check_as_known_on_a_day_has_the_overlay_of_that_day(placed: Program) -> None:
    (placed.folder / "county.toml").write_text(COUNTY, "utf-8")
    placed.ok("county", "set", "county.toml", on="2026-03-10")
    assert not [
        row
        for row in placed.json("check", "--as-known", "2026-03-09", on="2026-03-20")
        if row["rule"] == "TS101"
    ]
    assert [
        row
        for row in placed.json("check", "--as-known", "2026-03-10", on="2026-03-20")
        if row["rule"] == "TS101"
    ]


def test_every_figure_on_which_a_must_rests_is_fixed_by_law() -> None:
    by_title = {figure.title: figure for figure in shipped().figures.values()}
    for rule in RULES:
        notes = [
            note
            for example in EXAMPLES[rule.id]
            for note in rule.explain(example.make())
            if note.path.startswith("figure: ")
        ]
        for note in notes:
            assert rule.severity is not MUST or by_title[note.path.removeprefix("figure: ")].law, (
                rule.id,
                note.path,
            )


def test_a_line_of_a_county_holds_from_its_day_on_and_those_of_policy_before_it() -> None:
    own = replace(
        default(),
        figures={
            "contact.school_days": FigureLines(
                (Line(in_force_from := default().half_terms[0].first, 7, "TH 9"),)
            )
        },
    )
    day_before = in_force_from.fromordinal(in_force_from.toordinal() - 1)
    assert (
        in_force(day_before, own)["contact.school_days"]
        == in_force(day_before)["contact.school_days"]
        == 15
    )
    assert (
        in_force(in_force_from, own)["contact.school_days"] == 7
        and in_force(in_force_from)["contact.school_days"] == 15
    )
    assert (
        in_force(in_force_from, own).by_name["contact.school_days"].source == "TH 9"
        and len(lines(own)["contact.school_days"].values) == 2
    )


def test_no_file_that_is_none_is_read(ap: Program, tmp_path: Path) -> None:
    for name in ("nowhere.toml", str(tmp_path), "/dev/null"):
        assert ap("config", "overlay", name).code == 2


HALF_TERMS = '[[half_terms]]\nname = "a"\nfirst = 2026-09-01\nlast = 2026-10-10\n'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('inset_days = [\n2026-09-01,\n2026-09-05,\n]\n', 4, "leave out Saturday 5 September 2026: it is at a weekend"),
        ('local_rules = [\n"AP416",\n"ZZ1",\n]\n', 4, "ZZ1 is not a rule of ap"),
        ('local_rules = ["AP414", "AP416"]\nwithout_rules = ["AP416"]\n', 3, "AP416 is in local_rules, which hold, and in without_rules, which do not: take it out of one of them"),
        ('[[providers]]\nname = "A"\nsource = "x"\ndays = 6\n', 5, "write a number of days a week from 1 to 5, not 6"),
        ('[[providers]]\nname = "A"\nsource = "x"\ndays = 0\n', 5, "write a number of days a week from 1 to 5, not 0"),
        ('[[providers]]\nname = "A"\nsource = "x"\nurn = "12"\n', 5, "a URN is six digits"),
        ('[[providers]]\nname = "A"\nsource = "x"\n[[providers]]\nname = "a"\nsource = "x"\n', 6, "two are called a"),
        ('[[contacts]]\nname = " "\nfor = "x"\n', 2, "contacts: fill in the name"),
        ('calendar = " "\n', 2, "calendar: name one, or leave it out"),
        (HALF_TERMS * 201, 2, "half_terms: leave some out: 201 are too many, 200 is the most"),
        ("local_rules = [\n" + '"AP416",\n' * 201 + "]\n", 2, "local_rules: leave some out: 201 are too many"),
        (HALF_TERMS * 40, 6, "… and 9 more"),
    ],
)  # fmt: skip
def test_what_no_county_has_is_refused_with_its_line(
    placed: Program, text: str, line: int, said: str
) -> None:
    code, told = put(placed, f'name = "Testshire"\n{text}', "--dry-run")
    assert code == 2 and said in told and f"line {line}: " in told, told


@pytest.mark.parametrize("days", [1, 5])
def test_a_week_at_a_provider_has_one_to_five_days(placed: Program, days: int) -> None:
    assert (
        put(
            placed,
            f'name = "Testshire"\n[[providers]]\nname = "A"\nsource = "x"\ndays = {days}\nurn = "123456"\n',
            "--dry-run",
        )[0]
        == 0
    )


def test_what_is_deeper_than_any_overlay_is_refused_in_a_sentence(placed: Program) -> None:
    for deep in (".".join(["a"] * 3000) + " = 1", "a = " + "[" * 500 + "]" * 500):
        code, told = put(placed, f'name = "x"\n{deep}\n')
        assert code == 2 and len(told.splitlines()) == 1, told


@pytest.mark.parametrize(
    ("id", "right"),
    [
        ("RU101", True),
        ("R1", True),
        ("RU2A3", True),
        ("АР202", False),
        ("RU²", False),
        ("ÀÉ1", False),
        ("RU", False),
        ("A" * 10 + "1", False),
    ],
)
def test_the_id_of_a_countys_own_rule_is_of_plain_letters_and_a_number(
    placed: Program, id: str, right: bool
) -> None:
    own = f'[[rules]]\nid = "{id}"\ntitle = "x"\nabout = "placement"\ncites = ["x"]\nguidance = "x"\nanswered = ["placement.transport"]\n'
    code, told = put(placed, f'name = "Testshire"\n{own}', "--dry-run")
    assert (code == 0) is right and (right or "cannot be the id of a county's rule" in told)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["AP414"], "AP414 is a local rule that Testshire does not use"),
        (["AP414", "AP607"], "AP414, AP607 are local rules that Testshire does not use"),
        (["AP416"], ""),
        (["AP414", "AP416"], ""),
    ],
)
def test_a_check_of_local_rules_that_a_county_does_not_use_is_refused(
    placed: Program, asked: list[str], sentence: str
) -> None:
    put(placed, 'name = "Testshire"\nlocal_rules = ["AP416"]\n')
    found = placed("check", *(part for id in asked for part in ("--rule", id)))
    assert (found.code == 2) is bool(sentence) and (not sentence or sentence in found.err)


def test_a_local_rule_holds_unless_the_overlay_leaves_it_out(placed: Program) -> None:
    put(placed, 'name = "Testshire"\nwithout_rules = ["AP414"]\n')
    assert placed("check", "--rule", "AP414").code == 2
    assert placed.json("check", "PL-0001", "--rule", "AP416", "--show", "all")
    assert "all local rules but 1" in placed.ok("config", "overlay").out


def test_the_name_that_it_had_before_goes_on_working_and_is_in_no_list(placed: Program) -> None:
    (placed.folder / "county.toml").write_text(COUNTY, "utf-8")
    old = ("config", "overlay")
    assert "would be in use" in placed.ok(*old, "county.toml", "--dry-run").err
    assert placed.json(*old)[0]["name"] == "Leicestershire"
    placed.ok(*old, "county.toml")
    assert placed.json(*old) == placed.json("county", "show")
    assert placed.ok(*old, "--print").out == COUNTY == placed.ok("county", "print").out
    placed.ok(*old, "--default")
    assert placed.json(*old)[0]["name"] == "Leicestershire"
    assert placed(*old, "county.toml", "--default").code == 2
    assert "overlay" not in placed.ok("config", "--help").out


@pytest.mark.plain_store("begins without a store")
def test_a_file_can_be_checked_without_a_store_and_nothing_is_saved(ap: Program) -> None:
    (ap.folder / "county.toml").write_text(COUNTY, "utf-8")
    assert "nothing was saved" in ap.ok("county", "check", "county.toml").err
    (ap.folder / "county.toml").write_text(COUNTY.replace("is = 900", "is = -1"), "utf-8")
    found = ap("county", "check", "county.toml")
    assert found.code == 2 and found.err.startswith("line 12: ")
    assert not ap.store.exists()


def test_it_says_whether_the_county_comes_with_ap(placed: Program) -> None:
    found = placed.ok("county", "show")
    assert found.out.startswith("Leicestershire: all local rules") and "comes with ap" in found.err
    assert placed.json("county", "show")[0]["own"] is False
    put(placed, COUNTY)
    assert placed.json("county", "show")[0]["own"] is True
    assert placed.ok("county", "show").err == ""


def test_going_back_to_what_is_there_changes_nothing(placed: Program) -> None:
    assert "were in use already" in placed.ok("county", "reset").err
    assert not [row for row in placed.json("log") if "county reset" in row.values()]
    put(placed, COUNTY)
    placed.ok("county", "reset", "--dry-run")
    assert placed.json("county", "show")[0]["name"] == "Testshire"
    placed.ok("county", "reset")
    assert [row for row in placed.json("log") if "county reset" in row.values()]


def test_a_damaged_overlay_can_be_reset(there: Program) -> None:
    connect(there.store).execute("UPDATE overlay SET made = '{', text = NULL")
    assert "are now in use" in there.ok("county", "reset").err
    assert not [row for row in there.json("check") if row["rule"] == "AP906"]


def test_what_is_in_force_is_written_to_a_file_to_begin_another_with(placed: Program) -> None:
    placed.ok("county", "print", "--out", "county.txt")
    text = (placed.folder / "county.txt").read_text("utf-8")
    assert overlay.read(text).name == "Leicestershire"
    placed.ok("county", "set", "county.txt")
    placed.ok("county", "import", "county.txt")
