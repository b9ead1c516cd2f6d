"""Whatever is typed or stands in a file: it is read, or refused with a sentence, and never else."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ap_cli.domain.provider import Sites
from ap_cli.domain.readers import READERS
from ap_cli.errors import ApError
from ap_cli.exchange.attendance import read_attendance
from ap_cli.exchange.terms import read_terms
from ap_cli.forms.readers import Reader

from .tally import Tally

TODAY = date(2026, 3, 2)
EXAMPLES = Path(__file__).parents[1] / "data" / "terms"

PIECES = (
    *(
        "18",
        "18:15",
        "0",
        "-1",
        "1e9",
        "٣",
        "½",
        "²",
        "9" * 40,
        "1,850.50",
        "£",
        "85%",
        "NaN",
        "0x1",
    ),
    *(
        "27/02/2026",
        "2026-02-30",
        "31/02",
        "friday",
        "next friday",
        "+6w",
        "-9999d",
        "today",
        "2 March",
    ),
    *(
        "0000-00-00",
        "10000-01-01",
        "since ",
        " until ",
        ";",
        "yes",
        "no",
        "none",
        "not yet",
        "mon-thu",
    ),
    *(
        "fri am",
        "P-0001",
        "pl1",
        "E-",
        "A123456789012",
        "2: Far Field",
        "é",
        "e\u0301",
        "\u202e",
        "\x00",
    ),
    *(
        "\x1b[2J",
        "\r\n",
        "\t",
        "\u2028",
        "\ud800",
        "🙂",
        "\ufeff",
        "\u00a0",
        "=1+1",
        "<",
        "&amp;",
        "%s",
    ),
    *("{0}", "$(x)", "'", '"', "\\", "/", "..", ",", "—", "–", "L. Sample", "İ", "ß", "", " "),
)
"""What people, spreadsheets and other programs write, and what breaks careless readers."""

ATTENDANCE = (
    b"pupil,date,session,code,nature\nP-0001,2026-02-24,am,B,care\nP-0001,24/02/2026,pm,I,\n"
)


def made_text(chance: random.Random) -> str:
    """A text of some pieces, and of characters from anywhere."""
    parts = chance.choices(PIECES, k=chance.choice((1, 1, 1, 2, 2, 3, 5)))
    if chance.random() < 0.2:
        parts.append(chr(chance.randrange(0x110000)))
    if chance.random() < 0.01:
        parts.append("9a" * 20_000)
    chance.shuffle(parts)
    return chance.choice(("", "", " ")).join(parts)


def made_value(chance: random.Random) -> object:
    """A text, or now and then what a file of answers may hold instead."""
    if chance.random() < 0.1:
        odd = (
            None,
            True,
            7,
            -1,
            10**30,
            18.25,
            float("nan"),
            float("inf"),
            [],
            ["a"],
            {"a": 1},
            b"",
        )
        return chance.choice(odd)
    return made_text(chance)


def made_file(chance: random.Random, examples: list[bytes]) -> bytes:
    """An example of a file with pieces put in, cut out, doubled, or another encoding."""
    content = bytearray(chance.choice(examples))
    for _ in range(chance.choice((1, 2, 4, 9))):
        at = chance.randrange(len(content) + 1)
        piece = made_text(chance)[:60].encode("utf-8", "surrogatepass")
        end = min(len(content), at + chance.choice((0, 1, 5, 40)))
        content[at:end] = chance.choice((piece, piece, b"", bytes(content[at:end]) * 2, b"\xff"))
    if chance.random() < 0.03:
        return bytes(content).decode("utf-8", "replace").encode("utf-16")
    return bytes(content)


def read_typed(reader: Reader, given: object) -> None:
    """Read an answer; raise AssertionError if what was read is not read again as it is written."""
    value = read_one(reader, given)
    if isinstance(value, Sites):  # a site is written as a line of its own
        return
    try:
        again = read_one(reader, reader.write(value))
    except ValueError as problem:
        raise AssertionError(given, value) from problem
    assert again == value, (given, value, again)


def read_one(reader: Reader, given: object) -> object:
    if reader.read_parts:
        return reader.read_parts({"": given}, TODAY, None)
    return reader.read(given, TODAY) if reader.counts_from_today else reader.read(given)


def read_ended(reader: Reader, given: object) -> None:
    """Read the further answers of a question."""
    assert reader.read_parts
    names = {part.name: given for part in reader.parts}
    reader.read_parts({"": "2026-01-06"} | names, TODAY, None)


def parsers(folder: Path) -> Iterator[tuple[str, Callable[[random.Random], None]]]:
    """Each reader with a name: of typed answers, of term dates, calendars and attendance."""
    for kind, reader in READERS.items():

        def typed(chance: random.Random, reader: Reader = reader) -> None:
            read_typed(reader, made_value(chance))

        yield kind.__name__, typed
        if reader.read_parts:

            def ended(chance: random.Random, reader: Reader = reader) -> None:
                read_ended(reader, made_value(chance))

            yield f"{kind.__name__} ended", ended
    for ending in ("csv", "ics"):
        examples = [file.read_bytes() for file in sorted(EXAMPLES.rglob(f"*.{ending}"))]

        def terms(
            chance: random.Random, examples: list[bytes] = examples, ending: str = ending
        ) -> None:
            written = write(folder / f"terms.{ending}", made_file(chance, examples))
            read_terms(written, TODAY, chance.choice((None, "Elm")))

        yield f"terms.{ending}", terms

    def attendance(chance: random.Random) -> None:
        read_attendance(write(folder / "marks.csv", made_file(chance, [ATTENDANCE])), TODAY)

    yield "attendance", attendance


def write(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


def feed(name: str, parse: Callable[[random.Random], Any], rounds: int) -> tuple[int, list[str]]:
    """Give a parser so many inputs; return how many it read, and each other end with its seed."""
    read, wrong = 0, []
    for seed in range(rounds):
        try:
            parse(random.Random(f"{name} {seed}"))
        except (ValueError, ApError) as refused:
            if not str(refused) or isinstance(refused, UnicodeError):
                wrong.append(f"{name} {seed}: {refused!r}")
        except Exception as problem:  # noqa: BLE001 - each is told
            wrong.append(f"{name} {seed}: {problem!r}"[:300])
        else:
            read += 1
    return read, wrong


def feed_parsers(folder: Path, rounds: int) -> Tally:
    """Each parser gets so many inputs: those that it neither reads nor refuses are unsound."""
    tally = Tally(rounds)
    for name, parse in parsers(folder):
        read, wrong = feed(name, parse, rounds)
        print(*wrong[:5], sep="\n", end="\n" if wrong else "")
        tally.acknowledged += read
        tally.unsound += len(wrong)
        tally.stopped += rounds - read
    return tally
