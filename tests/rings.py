"""Key rings for tests, as `keyring` takes them from those who name one: a file, and one that is locked."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class FileRing(KeyringBackend):
    """A key ring in the file that AP_TEST_RING names."""

    priority = 1  # type: ignore[assignment]

    @property
    def file(self) -> Path:
        return Path(os.environ["AP_TEST_RING"])

    def kept(self) -> dict[str, str]:
        return json.loads(self.file.read_text("utf-8")) if self.file.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.file.write_text(json.dumps(self.kept() | {f"{service} {username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        kept = self.kept()
        if kept.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError(username)
        self.file.write_text(json.dumps(kept))


class LockedRing(KeyringBackend):
    """A key ring that nobody has unlocked."""

    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("the collection is locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("the collection is locked")

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringLocked("the collection is locked")
