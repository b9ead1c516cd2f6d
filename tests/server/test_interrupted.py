"""Ctrl-C within a statement on a server: the connection can be used again, and a commit is whole."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any

import psycopg
import pytest

from ap_cli.store.opening import Store
from ap_cli.store.server_errors import ServerError

from .cluster import Cluster, ServerProgram

SLOW = (
    "CREATE TABLE slow(row integer); "
    + """
CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN PERFORM pg_sleep(0.6); RETURN NULL; END';
CREATE CONSTRAINT TRIGGER waits AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION wait()
"""
)
"""A table that takes a moment to commit what was put into it."""


@contextmanager
def ctrl_c(after: float) -> Iterator[None]:
    """Press Ctrl-C so many seconds after the block has begun; it has to be heard within it."""
    with pytest.raises(KeyboardInterrupt), pressed(after):
        yield


@contextmanager
def pressed(*after: float) -> Iterator[None]:
    """Press Ctrl-C so many seconds after the block has begun, each time.

    Also where the tests run in the background, which Ctrl-C does not reach.
    """
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    pressing = [Timer(seconds, os.kill, (os.getpid(), signal.SIGINT)) for seconds in after]
    for timer in pressing:
        timer.start()
    try:
        yield
    finally:
        for timer in pressing:
            timer.join()
        signal.signal(signal.SIGINT, heard)


@pytest.fixture
def store(cluster: Cluster, tmp_path: Any) -> Iterator[Store]:
    made = ServerProgram(tmp_path, server=cluster.create("interrupted"))
    made.ok("pupil", "add", "Test Pupil", "--born", "2011-01-01")
    with psycopg.connect(made.server) as connection:
        connection.execute(SLOW)
    with made.opened() as store:
        yield store


def rows(store: Store) -> int:
    return int(store.row("SELECT count(*) FROM slow")[0])


def test_what_was_read_when_ctrl_c_was_pressed_can_be_read_again(store: Store) -> None:
    with ctrl_c(0.2):
        store.row("SELECT pg_sleep(30)")
    assert rows(store) == 0


def test_of_a_change_in_which_ctrl_c_was_pressed_nothing_is_kept(store: Store) -> None:
    store.connection.execute("BEGIN IMMEDIATE")
    store.connection.execute("INSERT INTO slow VALUES (1)")
    with ctrl_c(0.2):
        store.row("SELECT pg_sleep(30)")
    store.connection.execute("ROLLBACK")
    assert rows(store) == 0


def test_a_commit_in_which_ctrl_c_was_pressed_is_whole(store: Store) -> None:
    store.connection.execute("BEGIN IMMEDIATE")
    store.connection.execute("INSERT INTO slow VALUES (1)")
    with ctrl_c(0.2):
        store.connection.execute("COMMIT")
    assert not store.connection.in_transaction
    assert rows(store) == 1


def test_a_second_ctrl_c_does_not_wait_for_the_commit(store: Store) -> None:
    store.connection.execute("BEGIN IMMEDIATE")
    store.connection.execute("INSERT INTO slow SELECT generate_series(1, 50)")
    began = time.monotonic()
    with pytest.raises(ServerError, match="`ap log` says whether it was"), pressed(0.2, 0.5):
        store.connection.execute("COMMIT")
    assert not store.connection.in_transaction and rows(store) == 0
    assert time.monotonic() - began < 15, "fifty rows take thirty seconds"
