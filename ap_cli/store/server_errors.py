"""The errors of a PostgreSQL server, as those of SQLite's driver that the program knows."""

from __future__ import annotations

from ..extras import needing
from . import driver
from .address import Address

with needing("postgres"):
    import psycopg
    from psycopg import errors


class ServerError(driver.OperationalError):
    """A problem of the server, as a sentence."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class Waiting(ServerError):
    """Somebody else is writing."""

    sqlite_errorcode = driver.SQLITE_BUSY


def as_driver_has_it(problem: psycopg.Error, address: Address) -> Exception:
    """Return an error of SQLite's driver for a problem of a server; it names no value."""
    said = (problem.diag.message_primary or "").strip()
    if isinstance(problem, errors.CheckViolation):
        return driver.IntegrityError(f"CHECK constraint failed: {problem.diag.constraint_name}")
    if isinstance(problem, errors.IntegrityError):
        return driver.IntegrityError(said)
    if isinstance(problem, psycopg.DataError):
        return driver.DataError("a value is not one that its column can hold")
    if isinstance(problem, errors.LockNotAvailable):
        return Waiting(f"{address} is in use by another program: try again in a moment")
    if isinstance(problem, errors.InsufficientPrivilege):
        return ServerError(not_let(address, said))
    if isinstance(problem, errors.InvalidSchemaName):
        return ServerError(f"{address} has no schema that you may use: ask whoever runs the server")
    if isinstance(problem, errors.ReadOnlySqlTransaction):
        return ServerError(f"{address} cannot be written: the server only lets you read")
    if is_gone(problem):
        return ServerError(
            f"{address} no longer answers: the server was stopped or the network is down."
            " What was being written is not kept; try again in a moment"
        )
    return ServerError(f"{address} cannot be used: {said or type(problem).__name__}")


def not_let(address: Address, said: str) -> str:
    """Say that a server refused something, in its own words."""
    return f"{address} does not let you do this ({said}): ask whoever runs the server"


def is_gone(problem: psycopg.Error) -> bool:
    """Return whether a server ended the connection, or cannot be reached."""
    ended = (errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow)
    if isinstance(problem, ended):
        return True
    return isinstance(problem, psycopg.OperationalError) and problem.sqlstate is None
