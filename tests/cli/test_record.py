"""What happened: recorded, corrected, withdrawn and undone; refused where it cannot be, and nothing half-kept."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from ap_cli.domain.entries import KINDS
from ap_cli.domain.samples import sample_options
from ap_cli.store import attachments, evidence
from ap_cli.store.address import Address
from ap_cli.store.connection import connect
from ap_cli.store.queries.chain import unguard

from ..conftest import COMPLETE, POSIX, Program, extending


def entries(ap: Program) -> list[str]:
    return [row["ref"] for row in ap.json("timeline", "PL-0001") if row["ref"]]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["review", "PL-0001", "--day", "2026-03-03"], "is after 2 March 2026"),
        (["review", "PL-0001", "--day", "2026-01-05"], "before PL-0001 starts"),
        (["concern", "PL-0001"], "needs what it is about"),
        (
            ["concern", "PL-0001", "--what", "x", "--lead-informed", "2026-03-03"],
            "--lead-informed: 3 March 2026 is still to come: give today or an earlier day",
        ),
        (["concern", "PL-0001", "--what", "x", "--closed"], "closed with its outcome"),
        (["concern", "PL-0001", "--what", "x", "--outcome", "y"], "give --closed as well"),
        (["concern", "PL-0001", "--what", "x", "--of", "E-0009"], "is not a concern of PL-0001"),
        (
            ["concern", "PL-0001", "--what", "x", "--decision", "keep-with-monitoring"],
            "what is monitored",
        ),
        (
            ["concern", "PL-0001", "--what", "x", "--monitoring-until", "2026-03-01"],
            "cannot end before",
        ),
        (["extension", "PL-0001", "--to", "2026-12-18"], "choose a day after the planned end"),
        (
            ["extension", "PL-0001", "--to", "2027-01-08", "--review", "E-0001"],
            "is not a review of PL-0001",
        ),
        (["follow-up", "PL-0001", "--settled"], "has not ended"),
        (["exclusion", "P-0001", "--suspension"], "needs its last day"),
        (["exclusion", "P-0001", "--permanent", "--until", "2026-03-06"], "no last day"),
        (
            ["exclusion", "P-0001", "--permanent", "--on-roll-since", "2026-03-01"],
            "cannot be before the day of the permanent exclusion",
        ),
        (["declaration", "PR-0001", "--full-time", "2", "--with-plan", "3"], "3 of 2 cannot be"),
        (["induction", "PL-0001", "--prior-attendance", "101"], "from 0 to 100"),
        (["invitation", "PL-0001", "--review-on", "2026-03-02"], "before the review"),
        (["advice", "PL-0001", "--approach", "tier-1-support", "--why-not", "x"], "--no-tried"),
        (["evidence", "PL-0001", "--item", "insurance"], "type the reference of a provider"),
    ],
    ids=lambda value: " ".join(value[:4]) if isinstance(value, list) else "",
)
def test_what_cannot_have_happened_is_refused(placed: Program, args: list[str], words: str) -> None:
    before = placed.store.read_bytes()
    found = placed("record", *args)
    assert found.code == 2 and words in found.err and placed.store.read_bytes() == before


def test_an_exclusion_without_its_kind_is_refused_with_what_is_needed(placed: Program) -> None:
    before = placed.store.read_bytes()
    found = placed("record", "exclusion", "P-0001")
    assert found.code == 4 and "still needed: --permanent or --suspension" in found.err
    assert placed.store.read_bytes() == before


def test_an_academy_may_waive_what_binds_a_maintained_school_by_law(placed: Program) -> None:
    placed.ok("record", "waiver", "PL-0001", "--rule", "AP421", "--reason", "x")


def test_a_rule_that_binds_a_maintained_school_by_law_is_not_waived_there(placed: Program) -> None:
    placed.ok("init", "--commissioner", "Example School", "--kind", "maintained-school")
    placed.ok("placement", "edit", "PL-0001", "--commissioner", "C-0001")
    assert (
        "cannot be waived"
        in placed("record", "waiver", "PL-0001", "--rule", "AP421", "--reason", "x").err
    )


LEAST = {
    "concern": ["--what", "x"],
    "review": [*COMPLETE],
    "extension": ["--to", "2027-01-08"],
    "invitation": ["--review-on", "2026-03-20"],
    "waiver": ["--rule", "AP511", "--reason", "x"],
    "visit": ["--by", "A. Tester"],
    "plan": [],
    "notified": [],
}
"""The least that a kind of entry says, if it is not what it requires or its first answer."""

REFS = {"placement": "PL-0001", "pupil": "P-0001", "provider": "PR-0001"}


def least(kind: str) -> list[str]:
    form = KINDS[kind]
    return LEAST.get(kind, sample_options(form, most=0) or sample_options(form, most=1))


def end_the_placement(placed: Program) -> None:
    ending = ["--reason", "x", "--destination", "home-school"]
    placed.ok("placement", "end", "PL-0001", "--day", "2026-02-27", *ending)


def test_every_kind_takes_the_least_that_says_something(placed: Program) -> None:
    end_the_placement(placed)
    for kind, form in KINDS.items():
        day = ["--day", "2026-02-26"] if form.WITHIN else []
        recorded = placed.ok("record", kind, REFS[form.ABOUT[0]], *day, *least(kind))
        assert recorded.out.startswith("E-")


SAYS_NOTHING = sorted(kind for kind in KINDS if not sample_options(KINDS[kind], most=0))
SAYS_NOTHING = [kind for kind in SAYS_NOTHING if kind not in ("concern", "review")]
"""The kinds that require no answer; a concern and a review have a refusal of their own."""


@pytest.mark.parametrize("kind", [kind for kind in SAYS_NOTHING if least(kind)])
def test_an_entry_with_nothing_but_its_day_is_refused_with_what_it_needs(
    placed: Program, kind: str
) -> None:
    end_the_placement(placed)
    before = placed.store.read_bytes()
    ref = REFS[KINDS[kind].ABOUT[0]]
    day = ["--day", "2026-02-26"] if KINDS[kind].WITHIN else []
    bare = placed("record", kind, ref, *day)
    assert bare.code == 2 and "needs more than its day: give --" in bare.err
    assert placed.store.read_bytes() == before
    if kind != "visit":
        assert placed("record", kind, ref, *day, "--by", "A. Tester").code == 2
    placed.ok("record", kind, ref, *day, "--note", "by letter")


def test_an_answer_that_is_not_known_yet_says_something(placed: Program) -> None:
    placed.ok("record", "risk", "PL-0001", "--not-known", "statement")


def test_recording_during_is_refused_after_the_end_and_what_follows_is_not(placed: Program) -> None:
    placed.ok(
        "placement",
        "end",
        "PL-0001",
        "--day",
        "2026-02-27",
        "--reason",
        "x",
        "--destination",
        "home-school",
    )
    for kind in ("review", "progress", "induction"):
        assert "is after PL-0001 ended" in placed("record", kind, "PL-0001").err
    placed.ok("record", "discussion", "PL-0001", "--took-part", "child")
    placed.ok("record", "follow-up", "PL-0001", "--settled")
    assert placed("record", "follow-up", "PL-0001", "--settled", "--day", "2026-02-26").code == 2


def test_a_correction_keeps_the_original_in_the_log_with_its_reason(placed: Program) -> None:
    placed.ok("record", "review", "PL-0001", *COMPLETE, "--by", "A. Tester")
    assert placed("record", "edit", "E-0001", "--no-safe").code == 4
    assert (
        "safe no"
        in placed.ok(
            "record",
            "edit",
            "E-0001",
            "--no-safe",
            "--day",
            "2026-02-27",
            "--reason",
            "typed in the wrong line",
        ).err
    )
    row = placed.json("timeline", "PL-0001")[-1]
    assert (row["safe"], row["day"], row["by"]) == (False, "2026-02-27", "A. Tester")
    last = placed.json("log", "PL-0001")[-1]
    assert (
        last["reason"] == "typed in the wrong line"
        and last["old"]["safe"] is True
        and last["new"]["safe"] is False
    )
    assert placed("record", "edit", "E-0001", "--day", "2026-03-03", "--reason", "x").code == 2, (
        "a correction is checked as well"
    )
    assert placed("record", "edit", "E-0001", "--item", "insurance", "--reason", "x").code == 2, (
        "no question of a review"
    )
    assert "there is no record E-0009" in placed("record", "edit", "E-0009", "--reason", "x").err


def test_a_correction_of_an_extension_moves_the_planned_end_along(placed: Program) -> None:
    placed.ok("placement", "extend", "PL-0001", "--to", "2027-01-15")
    placed.ok("record", "edit", "E-0001", "--to", "2027-01-22", "--because", "a Friday was meant")
    assert placed.json("placement", "show", "PL-0001")[0]["ends"] == "2027-01-22"


def test_what_is_withdrawn_is_seen_by_no_rule_and_stays_in_the_log(placed: Program) -> None:
    placed.ok("record", "review", "PL-0001", *COMPLETE)
    assert placed.json("reviews", "due")[0]["due"] == "2026-05-22"
    placed.ok("record", "withdraw", "E-0001", "--reason", "another child's")
    assert placed.json("reviews", "due")[0]["due"] == "2026-02-13" and entries(placed) == []
    assert connect(placed.store).execute("SELECT count(*) FROM v_review").fetchone() == (0,)
    refused = placed("record", "withdraw", "E-0001", "--reason", "x").err
    assert "`ap log E-0001` says why" in refused and "another child" not in refused
    assert "another child's" in placed.ok("log", "E-0001").out
    assert "because: another child's" in placed.ok("log", "PL-0001").out
    assert placed.ok("record", "review", "PL-0001", *COMPLETE).out == "E-0002\n", (
        "its reference is not used again"
    )


def test_what_others_go_on_with_is_not_withdrawn(placed: Program) -> None:
    placed.ok("record", "concern", "PL-0001", "--what", "x")
    placed.ok("record", "concern", "PL-0001", "--of", "E-0001", "--decision", "withdraw")
    assert (
        "E-0002 goes on with E-0001" in placed("record", "withdraw", "E-0001", "--reason", "x").err
    )
    placed.ok("record", "withdraw", "E-0002", "--reason", "x")
    placed.ok("record", "withdraw", "E-0001", "--reason", "x")


def dump(ap: Program) -> list[str]:
    store = connect(ap.store)
    tables = ("pupil", "provider", "site", "placement", "week", "entry")
    return [
        repr(row) for table in tables for row in store.execute(f"SELECT * FROM {table} ORDER BY id")
    ]


@pytest.mark.parametrize(
    "command",
    [
        ["pupil", "add", "Second Pupil", "--born", "2011-01-01"],
        ["pupil", "edit", "P-0001", "--looked-after", "2026-01-12"],
        ["provider", "edit", "PR-0001", "--address", "2 Far Field"],
        ["placement", "edit", "PL-0001", "--starts", "2026-01-07", "--hours", "12"],
        ["placement", "edit", "PL-0001", "--hours", "12", "--from", "2026-02-23"],
        [
            "placement",
            "new",
            "--pupil",
            "P-0001",
            "--provider",
            "PR-0001",
            "--route",
            "suspension",
            "--starts",
            "2026-02-23",
            "--hours",
            "3",
        ],
        [
            "placement",
            "end",
            "PL-0001",
            "--day",
            "2026-02-27",
            "--reason",
            "x",
            "--destination",
            "none",
        ],
        ["placement", "extend", "PL-0001", "--to", "2027-01-15"],
        [
            *extending("2027-01-08"),
        ],
        ["provider", "suspend", "PR-0001", "--reason", "x"],
    ],
    ids=lambda command: " ".join(command[:3]),
)
def test_undo_puts_everything_back_and_the_log_keeps_both(
    placed: Program, command: list[str]
) -> None:
    before, logged = dump(placed), len(placed.json("log"))
    placed.ok(*command)
    assert dump(placed) != before
    assert "would be undone" in placed.ok("undo", "--dry-run").out
    placed.ok("undo")
    assert dump(placed) == before and len(placed.json("log")) > logged + 1
    assert placed.json("log")[-1]["what"].startswith("undo: ")


def test_undo_goes_back_step_by_step_and_ends(ap: Program) -> None:
    ap.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27")
    ap.ok("pupil", "edit", "P-0001", "--ehcp", "no")
    assert [ap.ok("undo", "--json").data[0]["what"] for _ in range(2)] == [
        "edit pupil",
        "add pupil",
    ]
    assert "nothing to undo" in ap("undo").err and ap.json("pupil", "list") == []
    assert ap.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27").out == "P-0002\n", (
        "a reference is not used again"
    )


@pytest.mark.plain_store(
    "looks into files of evidence, which are sealed otherwise: test_encrypting does"
)
def test_a_file_of_evidence_is_copied_under_its_hash(placed: Program) -> None:
    file = placed.folder / "Insurance 2026.PDF"
    file.write_bytes(b"%PDF-1.7 invented")
    placed.ok("record", "evidence", "PR-0001", "--item", "insurance", "--file", str(file))
    name = hashlib.sha256(file.read_bytes()).hexdigest() + ".pdf"
    kept = attachments.find(Address(placed.store), name)
    assert (
        kept.read_bytes() == file.read_bytes()
        and placed.json("timeline", "PR-0001")[-1]["file"] == name
    )
    if os.name == "posix":
        assert kept.stat().st_mode & 0o777 == 0o600 and kept.parent.stat().st_mode & 0o777 == 0o700
    file.unlink()
    assert kept.exists(), "the copy is the store's own"


def test_a_file_that_cannot_be_copied_is_refused_and_nothing_is_half_written(
    placed: Program, tmp_path: Path
) -> None:
    large = tmp_path / "large.bin"
    with large.open("wb") as out:
        out.truncate(200 << 20)
    (tmp_path / "empty").touch()
    before = placed.store.read_bytes()
    for file, words in (
        (tmp_path / "gone.pdf", "No such file"),
        (large, "more than 100 megabytes"),
        (tmp_path / "empty", "is empty"),
        (tmp_path, "not an ordinary file"),
    ):
        found = placed("record", "evidence", "PR-0001", "--item", "insurance", "--file", str(file))
        assert found.code == 2 and words in found.err and len(found.err.splitlines()) == 1, file
    assert placed.store.read_bytes() == before and not list(
        Address(placed.store).attachments.iterdir()
    )


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "", "x.pdf", "a" * 64 + "/../x", "A" * 64]
)
def test_no_name_of_an_attachment_leads_outside_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not the name"):
        attachments.find(tmp_path / "ap.db", name)


def test_a_refused_entry_leaves_no_file_behind(placed: Program) -> None:
    (placed.folder / "x.pdf").write_bytes(b"x")
    store = connect(placed.store)
    store.execute(
        "CREATE TRIGGER no_entries BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    assert (
        placed("record", "evidence", "PR-0001", "--item", "insurance", "--file", "x.pdf").code == 5
    )
    assert not list(Address(placed.store).attachments.glob("*"))


def test_a_review_that_was_asked_for_is_on_the_list(placed: Program) -> None:
    placed.ok("record", "review", "PL-0001", *COMPLETE, "--day", "2026-01-06")
    told = placed.ok(
        "record", "request", "PL-0001", "--asked-by", "parent", "--day", "2026-02-02"
    ).err
    assert "PL-0001 (P-0001): a review is due by" in told
    assert placed.json("check", "--rule", "AP508", "--show", "all")[0]["answer"] == "met", (
        "a review four weeks before excuses another"
    )
    placed.ok("record", "withdraw", "E-0001", "--reason", "it was not held")
    found = placed.json("check", "--rule", "AP508", "--show", "all", on="2026-02-20")[0]
    assert (found["answer"], found["due"]) == ("not yet", "2026-03-02"), (
        "fifteen school days after 2 February, over half term"
    )


@pytest.mark.skipif(os.name != "posix", reason="named pipes are POSIX's")
def test_a_pipe_or_a_device_is_refused_at_once(placed: Program) -> None:
    os.mkfifo(placed.folder / "pipe")
    for file in ("pipe", "/dev/zero"):
        assert (
            "not an ordinary file"
            in placed("record", "evidence", "PR-0001", "--item", "insurance", "--file", file).err
        )


def test_a_correction_does_not_move_a_concern_past_what_goes_on_with_it(placed: Program) -> None:
    placed.ok("record", "concern", "PL-0001", "--what", "x", "--day", "2026-02-02")
    placed.ok(
        "record",
        "concern",
        "PL-0001",
        "--of",
        "E-0001",
        "--decision",
        "withdraw",
        "--day",
        "2026-02-03",
    )
    assert (
        "E-0002 goes on with E-0001"
        in placed("record", "edit", "E-0001", "--day", "2026-02-04", "--reason", "x").err
    )


def test_a_provider_is_suspended_once_and_resumed_once(placed: Program) -> None:
    assert "is not suspended" in placed("provider", "resume", "PR-0001", "--reason", "x").err
    placed.ok("provider", "suspend", "PR-0001", "--reason", "x")
    assert "is already suspended" in placed("provider", "suspend", "PR-0001", "--reason", "x").err
    placed.ok("provider", "resume", "PR-0001", "--reason", "x")


def test_a_concern_cannot_go_on_with_what_goes_on_with_it(placed: Program) -> None:
    for of in ([], ["--of", "E-0001"], ["--of", "E-0002"]):
        placed.ok(
            "record", "concern", "PL-0001", "--what", "a bruise", "--decision", "withdraw", *of
        )
    refused = placed("record", "edit", "E-0001", "--of", "E-0003", "--reason", "x")
    assert refused.code == 2 and "E-0003 already goes on with E-0001" in refused.err


def test_what_goes_on_with_a_closed_concern_says_whether_it_opens_it_again(placed: Program) -> None:
    placed.ok(
        "record",
        "concern",
        "PL-0001",
        "--what",
        "a bruise",
        "--decision",
        "withdraw",
        "--closed",
        "--outcome",
        "seen by a doctor",
    )
    refused = placed(
        "record",
        "concern",
        "PL-0001",
        "--of",
        "E-0001",
        "--what",
        "another bruise",
        "--decision",
        "withdraw",
    )
    assert (
        refused.code == 2
        and "E-0001 was closed on 2 March 2026: add --open to open it again" in refused.err
    )
    placed.ok(
        "record",
        "concern",
        "PL-0001",
        "--of",
        "E-0001",
        "--what",
        "another bruise",
        "--decision",
        "withdraw",
        "--open",
    )


def test_text_that_may_hold_a_name_is_not_said_again(placed: Program) -> None:
    placed.ok("record", "contact", "PL-0001", "--whom", "the provider", "--said", "well")
    said = placed.ok(
        "record",
        "edit",
        "E-0001",
        "--said",
        "Test Child is well",
        "--day",
        "2026-02-27",
        "--reason",
        "x",
    ).err
    assert "said changed" in said and "day 27 February 2026" in said and "Test Child" not in said
    said = placed.ok(
        "placement", "edit", "PL-0001", "--consulted", "Test Child's aunt", "--ends", "2026-07-10"
    ).err
    assert "consulted changed" in said and "ends 10 July 2026" in said and "Test Child" not in said


@pytest.mark.parametrize(
    "words",
    [
        ["--note", "E-0001", "E-0002", "--safe"],
        ["--safe", "E-0002", "--note", "E-0001"],
        ["e-2", "--note", "E-0001", "--safe"],
    ],
)
def test_a_note_that_looks_like_a_reference_is_not_taken_for_the_one_to_correct(
    placed: Program, words: list[str]
) -> None:
    placed.ok("record", "contact", "PL-0001", "--whom", "the provider", "--said", "well")
    placed.ok("record", "review", "PL-0001", *COMPLETE)
    placed.ok("record", "edit", *words, "--reason", "x", f"--db={placed.store}")
    kept = (
        connect(placed.store)
        .execute("SELECT kind, json_extract(details, '$.safe'), note FROM entry ORDER BY id")
        .fetchall()
    )
    assert kept == [("contact", None, None), ("review", 1, "E-0001")]


def test_a_reference_that_is_not_there_is_said_whatever_the_options_are(placed: Program) -> None:
    placed.ok("record", "review", "PL-0001", *COMPLETE)
    refused = placed("record", "edit", "E-9999", "--safe", "--reason", "x")
    assert (
        refused.code == 2
        and refused.err == "there is no record E-9999 in the store; did you mean E-0001?\n"
    )


@pytest.mark.plain_store(
    "looks into files of evidence, which are sealed otherwise: test_encrypting does"
)
def test_a_file_of_evidence_stays_when_its_record_is_undone_as_the_log_names_it(
    placed: Program,
) -> None:
    (placed.folder / "one.txt").write_text("insured")
    placed.ok("record", "evidence", "PR-0001", "--item", "insurance", "--file", "one.txt")
    placed.ok("undo")
    kept = placed.store.with_name(f"{placed.store.name}.attachments")
    assert [file.read_text() for file in kept.iterdir()] == ["insured"]
    for file in kept.iterdir():
        os.utime(file, (0, 0))
    assert evidence.sweep(placed.opened()) == ()


def test_a_file_is_not_left_behind_where_its_record_cannot_be_kept(placed: Program) -> None:
    (placed.folder / "one.txt").write_text("insured")
    connect(placed.store).execute(
        "CREATE TRIGGER also BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    )
    args = ("record", "evidence", "PR-0001", "--item", "own-checks", "--file", "one.txt")
    assert placed(*args).code == 5
    assert list(placed.store.with_name(f"{placed.store.name}.attachments").iterdir()) == []


@POSIX
@pytest.mark.parametrize("given", ["~nosuchuser/x", "no.txt", ".", "pipe"])
def test_a_file_that_cannot_be_copied_is_refused_and_makes_no_folder(
    placed: Program, given: str
) -> None:
    import os

    os.mkfifo(placed.folder / "pipe")
    refused = placed("record", "evidence", "PR-0001", "--item", "insurance", "--file", given)
    assert refused.code == 2 and refused.err.startswith("--file: ")
    assert not placed.store.with_name(f"{placed.store.name}.attachments").exists()


@POSIX
@pytest.mark.parametrize("link", [True, False], ids=["a link to nowhere", "a file"])
def test_where_the_attachments_cannot_be_kept_that_is_named(placed: Program, link: bool) -> None:
    (placed.folder / "one.txt").write_text("insured")
    kept = placed.store.with_name(f"{placed.store.name}.attachments")
    kept.symlink_to(placed.folder / "nowhere") if link else kept.write_text("")
    refused = placed("record", "evidence", "PR-0001", "--item", "insurance", "--file", "one.txt")
    assert refused.code == 5 and "the files of evidence need a folder of that name" in refused.err


def test_one_that_has_ended_turns_out_never_to_have_started(placed: Program) -> None:
    placed.ok(
        "placement",
        "end",
        "PL-0001",
        "--day",
        "2026-02-27",
        "--reason",
        "done",
        "--destination",
        "home-school",
    )
    placed.ok("placement", "end", "PL-0001", "--correct", "--never-started")
    assert placed.json("placement", "show", "PL-0001")[0]["ended"] == "2026-01-06"
    (row,) = placed.json("placement", "list")
    assert (row["until"], row["state"]) == ("2026-01-06", "never started") and row["ends"] > row[
        "until"
    ]


@pytest.mark.parametrize(
    ("statement", "command"),
    [
        ("UPDATE audit SET old = '[' WHERE place = 'entry'", ["undo"]),
        ("UPDATE audit SET new = 'null' WHERE place = 'entry'", ["undo"]),
        ("UPDATE audit SET place = 'nothing' WHERE place = 'entry'", ["undo"]),
        ("UPDATE audit SET row = 77 WHERE place = 'entry'", ["undo"]),
        ("UPDATE audit SET row = 9223372036854775807 WHERE place = 'entry'", ["undo"]),
        (
            "UPDATE entry SET placement = NULL",
            ["record", "edit", "E-0001", "--said", "y", "--reason", "x"],
        ),
    ],
)
def test_a_row_that_was_edited_by_hand_is_named_without_an_unexpected_error(
    placed: Program, statement: str, command: list[str]
) -> None:
    placed.ok("pupil", "add", "--name", "Test Child Two", "--born", "2011-05-05")
    placed.ok("record", "contact", "PL-0001", "--whom", "the provider", "--said", "well")
    store = connect(placed.store, foreign_keys=False)
    store.execute("PRAGMA ignore_check_constraints = ON")
    unguard(store)
    store.execute(statement)
    found = placed(*command)
    assert found.code == 5 and len(found.err.splitlines()) == 1, found


def test_a_placement_that_cannot_be_read_moves_with_its_pupil_and_back_and_stays_named(
    placed: Program,
) -> None:
    placed.ok("pupil", "add", "--name", "Test Child Two", "--born", "2011-05-05")
    store = connect(placed.store, foreign_keys=False)
    store.execute("PRAGMA ignore_check_constraints = ON")
    store.execute("UPDATE placement SET starts = 'never'")
    placed.ok("pupil", "merge", "P-0001", "--into", "P-0002", "--yes")
    query = "SELECT pupil, starts FROM placement"
    assert store.execute(query).fetchone() == (2, "never")
    assert "PL-0001 cannot be read" in placed("check", "-v").out
    placed.ok("undo")
    assert store.execute(query).fetchone() == (1, "never")


def test_an_extension_moves_the_planned_end_in_the_same_write(placed: Program) -> None:
    placed.ok(
        *extending("2027-03-26"),
    )
    assert placed.json("placement", "show", "PL-0001")[0]["ends"] == "2027-03-26"


@pytest.mark.parametrize(
    "made", [extending("2026-07-01"), ("placement", "extend", "PL-0001", "--to", "2026-07-01")]
)
def test_an_extension_gives_a_placement_without_a_planned_end_one(
    placed: Program, made: tuple[str, ...]
) -> None:
    placed.ok("placement", "edit", "PL-0001", "--not-known", "ends")
    placed.ok(*made)
    assert placed.json("placement", "show", "PL-0001")[0]["ends"] == "2026-07-01"


@pytest.mark.parametrize(
    "args",
    [["--day", "2026-03-03"], ["--day", "2026-01-05"], ["--decided", "extend"], ["--extend-to", "2027-01-01"], ["--decided", "extend", "--extend-to", "2026-12-18"],
     ["--next-review", "2026-03-02"], ["--decided", "perhaps"]],
)  # fmt: skip
def test_a_review_that_cannot_be_is_refused(placed: Program, args: list[str]) -> None:
    assert placed("record", "review", "PL-0001", *COMPLETE, *args).code == 2
    assert [row["kind"] for row in placed.json("timeline", "PL-0001")] == ["start"]


@pytest.mark.parametrize(
    "kind",
    [
        ["final-report", "--progress", "x"],
        ["discussion", "--support", "x"],
        ["readiness", "--attends", "yes"],
    ],
)
def test_what_comes_with_the_end_is_not_recorded_before_the_start(
    placed: Program, kind: list[str]
) -> None:
    args = [kind[0], "PL-0001", *kind[1:], "--day"]
    early = placed("record", *args, "2026-01-05")
    assert early.code == 2 and "is before PL-0001 starts" in early.err
    placed.ok("record", *args, "2026-01-06")
    moved = placed("placement", "edit", "PL-0001", "--starts", "2026-01-07")
    assert (
        moved.code == 2
        and f"has an entry ({kind[0]}) on 6 January 2026, before 7 January 2026" in moved.err
    )


def test_a_discussion_after_the_end_lies_outside_nothing(placed: Program) -> None:
    placed.ok(
        "placement",
        "end",
        "PL-0001",
        "--day",
        "2026-03-13",
        "--reason",
        "x",
        "--destination",
        "home-school",
        "--no-input",
        on="2026-03-16",
    )
    placed.ok(
        "record", "discussion", "PL-0001", "--support", "x", "--day", "2026-03-16", on="2026-03-16"
    )
    placed.ok("placement", "edit", "PL-0001", "--owner", "A. Tester", on="2026-03-16")


def test_a_review_that_decided_an_extension_is_recorded_after_it_as_its_remedy_says(
    placed: Program,
) -> None:
    placed.ok(
        "record",
        "extension",
        "PL-0001",
        "--to",
        "2027-03-26",
        "--day",
        "2026-03-02",
        "--reason",
        "x",
    )
    (found,) = placed.json("check", "PL-0001", "--rule", "AP505")
    command = found["remedy"].partition("ap ")[2].split()
    placed.ok(*command, *COMPLETE[:4], "--no-input")
    assert placed.json("check", "PL-0001", "--rule", "AP505", "--show", "all")[0]["answer"] == "met"
    later = placed(
        *extending("2026-12-18"),
        "--no-input",
    )
    assert later.code == 2 and "choose a day after the planned end" in later.err
