"""A user's own settings: what they can be, and where the value of each comes from."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from ..domain.retention import NEVER, PERIODS
from ..errors import ApError
from ..forms.text import echo
from ..store.address import SERVER, Address, read_address, refuse_password, without_password
from ..store.author import system_user
from ..store.keys import look_in
from ..store.retention import USUAL

FLAG, ENVIRONMENT, CONFIG_FILE, DEFAULT = "flag", "environment", "config file", "default"
"""Where the value of a setting can come from: the first one that has it wins."""

YES = ("1", "true", "yes", "on")
NO = ("0", "false", "no", "off")
LONGEST_USER = 80
SIDES = ("council", "school")


class Preference(Struct, frozen=True):
    """A setting: what it is about, the values it takes, and the one it has if nobody chose.

    A setting without `values` takes other text, which `read` checks and returns as it is written.
    """

    name: str
    about: str
    flag: str
    variables: tuple[str, ...]
    values: tuple[str, ...] = ()
    default: str | Callable[[], str] = ""

    def read(self, typed: object) -> str:
        """The value as typed; raise ApError, with what works, if it cannot be one."""
        if not self.values:
            return READERS[self.name](typed)
        value = str(typed).strip().lower()
        if isinstance(typed, str) and value in self.values:
            return value
        raise ApError(f"{self.name}: choose {in_a_row(self.values)}, not {echo(typed, 20)}")


class Choice(Struct, frozen=True):
    """The value of a setting, where it comes from, and which flag, variable or file has it."""

    value: str
    source: str
    by: str | None = None

    @property
    def shown(self) -> str:
        """The value as it may be shown: an address of a server is without its password."""
        return without_password(self.value) if SERVER.match(self.value) else self.value


def in_a_row(names: tuple[str, ...]) -> str:
    """Join names as people say them: "full, short or never"."""
    return f"{', '.join(names[:-1])} or {names[-1]}"


def read_store(typed: object) -> str:
    """The path of a store, whole; raise ApError for a folder and for what is no path."""
    text = str(typed).strip()
    if SERVER.match(text):
        return read_server(text)
    try:
        path = Path(text).expanduser()
        if not isinstance(typed, str) or not text or not text.isprintable():
            raise ApError("db: type the path of a file, such as ~/ap.db")
        if not path.is_absolute():
            raise ApError(f"db: type the whole path of a file, such as {path.resolve()}")
        if path.is_dir():
            raise ApError(f"db: this is a folder: name a file in it, such as {path / 'ap.db'}")
    except (OSError, RuntimeError, ValueError):
        raise ApError("db: type the path of a file, such as ~/ap.db") from None
    return str(path)


def read_server(typed: str) -> str:
    """The address of a server; raise ApError if it holds a password, which a file would keep."""
    refuse_password(typed, "db")
    if not typed.isprintable():
        raise ApError("db: type the address of a server as postgresql://HOST/DATABASE")
    return typed


def read_user(typed: object) -> str:
    """A name for the log; raise ApError if it is empty, too long or cannot be shown."""
    text = str(typed).strip()
    if isinstance(typed, str) and text and text.isprintable() and len(text) <= LONGEST_USER:
        return text
    raise ApError(f"user: type a name of up to {LONGEST_USER} letters, such as “A. Tester”")


def read_backups(typed: object) -> str:
    """How long automatic backups are kept, as `ap` writes it; raise ApError for anything else."""
    from ..store.retention import NEVER, read_retention

    try:
        return str(read_retention(str(typed)) or NEVER)
    except ValueError as problem:
        raise ApError(f"backups: {problem}") from None


def read_key_path(typed: object) -> str:
    """The whole path of a key file, which may not exist yet; raise ApError if it can be none."""
    text = str(typed).strip()
    try:
        path = Path(text).expanduser().absolute()
        if isinstance(typed, str) and text and text.isprintable() and not path.is_dir():
            return str(path)
    except (OSError, RuntimeError, ValueError):
        pass
    raise ApError("key-file: type the path of a file, such as ~/ap.key")


LONGEST_LINE = 120
"""Letters of a line of the letterhead, at most."""


def read_line(name: str, example: str) -> Callable[[object], str]:
    """What reads a line of the letterhead; it raises ApError if it is empty or cannot be shown."""

    def read(typed: object) -> str:
        text = str(typed).strip()
        if isinstance(typed, str) and text and text.isprintable() and len(text) <= LONGEST_LINE:
            return text
        raise ApError(f"{name}: type up to {LONGEST_LINE} letters, such as “{example}”")

    return read


def read_logo_path(typed: object) -> str:
    """The whole path of a picture; raise ApError if there is no such file."""
    text = str(typed).strip()
    try:
        path = Path(text).expanduser().absolute()
        if isinstance(typed, str) and text and text.isprintable() and path.is_file():
            return str(path)
    except (OSError, RuntimeError, ValueError):
        pass
    raise ApError("letterhead-logo: type the path of a PNG or JPEG picture, such as ~/logo.png")


def read_period(name: str) -> Callable[[object], str]:
    """What reads the length of a period of keeping, as a number; it raises ApError otherwise."""

    def read(typed: object) -> str:
        try:
            return str(PERIODS[name].read(str(typed)) or NEVER)
        except ValueError as problem:
            raise ApError(f"{name}: {problem}") from None

    return read


READERS: dict[str, Callable[[object], str]] = {
    "db": read_store,
    "key-file": read_key_path,
    "user": read_user,
    "backups": read_backups,
    "letterhead": read_line("letterhead", "Example Academy"),
    "letterhead-address": read_line("letterhead-address", "1 Example Road, Testford TE1 1ST"),
    "letterhead-phone": read_line("letterhead-phone", "01632 960000"),
    "letterhead-email": read_line("letterhead-email", "office@example.org"),
    "letterhead-logo": read_logo_path,
    **{name: read_period(name) for name in PERIODS},
}
"""How the settings are read that take other text than one of a few words."""


def default_store() -> Path:
    """The store in the user's own data folder."""
    from platformdirs import user_data_path

    return user_data_path("ap", appauthor=False) / "ap.db"


def default_store_path() -> str:
    return str(default_store())


PREFERENCES = {
    preference.name: preference
    for preference in (
        Preference(
            "names",
            "how lists on the screen show children's names",
            "--names",
            ("AP_NAMES",),
            ("full", "short", "never"),
            "short",
        ),
        Preference(
            "prompts",
            "whether commands may ask questions",
            "--no-input",
            ("CI", "AP_PROMPT"),
            ("always", "never"),
            "always",
        ),
        Preference(
            "color",
            "whether the screen has colours",
            "--no-color",
            ("NO_COLOR", "TERM"),
            ("auto", "never"),
            "auto",
        ),
        Preference(
            "db",
            "the file that holds the records",
            "--db",
            ("AP_DB",),
            default=default_store_path,
        ),
        Preference(
            "key-file",
            "the file with the key of an encrypted store, if it is not in the key ring",
            "--key-file",
            ("AP_KEY_FILE",),
        ),
        Preference(
            "user",
            "the name that the log gives to your changes; on a server it is your user there",
            "",
            ("AP_USER",),
            default=system_user,
        ),
        Preference(
            "backups",
            "how long backups are kept: all of so many days, then one a week, one a month",
            "",
            ("AP_BACKUPS",),
            default=USUAL,
        ),
        *(
            Preference(
                name,
                f"{period.unit} of keeping {period.title} ({period.source})",
                "",
                (),
                default=str(period.usual),
            )
            for name, period in PERIODS.items()
        ),
        Preference("me", "whether you are the council or a school", "", ("AP_ME",), SIDES),
        Preference("letterhead", "the school or council that your documents come from", "", ()),
        Preference("letterhead-address", "its address, on your documents", "", ()),
        Preference("letterhead-phone", "its telephone number, on your documents", "", ()),
        Preference("letterhead-email", "its email address, on your documents", "", ()),
        Preference("letterhead-logo", "its logo, on your documents: a PNG or JPEG file", "", ()),
    )
}
"""Every setting by its name."""


def find_preference(name: str) -> Preference:
    """The setting of a name; raise ApError with all names if there is none."""
    from difflib import get_close_matches

    wanted = "color" if name.lower() == "colour" else name.lower()
    if wanted not in PREFERENCES:
        names = in_a_row(tuple(PREFERENCES))
        near = get_close_matches(wanted, PREFERENCES, 1)
        meant = f"did you mean {near[0]}? Choose" if near else "choose"
        raise ApError(f"there is no setting {echo(name, 20)}: {meant} {names}")
    return PREFERENCES[wanted]


WORDS = {
    "AP_NAMES": dict.fromkeys(YES, "full") | dict.fromkeys(NO, "never"),
    "AP_PROMPT": dict.fromkeys(YES, "always") | dict.fromkeys(NO, "never"),
    "TERM": {"dumb": "never"},
}
"""What words of an environment variable mean for its setting, beside the setting's own values."""


def value_in_environment(preference: Preference, variable: str) -> str | None:
    """The value that an environment variable gives a setting; None if it says nothing of it."""
    text = os.environ.get(variable, "")
    word = text.strip().lower()
    if not word:
        return None
    if not preference.values:
        return text
    if variable in ("NO_COLOR", "CI"):
        is_set = variable == "NO_COLOR" or word not in NO
        return "never" if is_set else None
    value = WORDS.get(variable, {}).get(word, word)
    return value if value in preference.values else None


def config_file() -> Path:
    """The file of the user's own settings, which may not exist: AP_CONFIG, or in their folder."""
    if named := os.environ.get("AP_CONFIG"):
        return Path(named).absolute()
    from platformdirs import user_config_path

    return user_config_path("ap", appauthor=False) / "config.toml"


class Preferences(Struct, frozen=True, dict=True):
    """The settings of one call; the file is read when a value is needed that only it can have.

    `given` has what the call's own flags say, by the name of the setting.
    """

    given: Mapping[str, str]

    @cached_property
    def file(self) -> Path:
        """Where the settings are kept."""
        return config_file()

    @cached_property
    def written(self) -> dict[str, Any]:
        """What the file says, nothing if there is none; raise ApError if it cannot be read."""
        try:
            if str(self.file) == os.devnull or not self.file.exists():
                return {}
        except OSError as problem:
            raise ApError(f"{self.file} cannot be read: {problem.strerror}") from None
        from .config_file import read_config  # heavy, and most users have no file

        return read_config(self.file)

    def choose(self, name: str) -> Choice:
        """The value of a setting: its flag's, the environment's, the file's, or the default.

        Raise ApError if the file cannot be read, or has a value that the setting cannot take.
        """
        preference = PREFERENCES[name]
        if name in self.given:
            return Choice(self.given[name], FLAG, preference.flag)
        for variable in preference.variables:
            value = value_in_environment(preference, variable)
            if value is not None:
                return Choice(value, ENVIRONMENT, variable)
        if name in self.written:
            try:
                return Choice(preference.read(self.written[name]), CONFIG_FILE, str(self.file))
            except ApError as problem:
                raise ApError(f"{self.file}: {problem}") from None
        default = preference.default
        return Choice(default if isinstance(default, str) else default(), DEFAULT)

    def value(self, name: str) -> str:
        """The value of a setting; raise ApError as `choose` does."""
        return self.choose(name).value

    def set_aside(self) -> list[tuple[str, str | None]]:
        """Set aside what cannot be used of the file, so that the call goes on without it.

        Return what that is, each with the command that puts it right, if there is one.
        """
        try:
            written = dict(self.written)
        except ApError as problem:
            self.__dict__["written"] = {}
            return [(str(problem), None)]
        problems: list[tuple[str, str | None]] = []
        for name, value in self.written.items():
            try:
                find_preference(name).read(value)
            except ApError as problem:
                mend = None if isinstance(value, dict) else f"ap config unset {name}"
                problems.append((f"{self.file}: {problem}", mend))
                del written[name]
        self.__dict__["written"] = written
        return problems


def find_address(
    preferences: Preferences, ask: Callable[[str], str | None] | None = None
) -> Address:
    """Where the store is; from now on keys are looked for where the user says, when one is needed.

    `ask` asks for a passphrase. Raise ApError as `choose` does, and for a password in an argument.
    """

    def find_key_file() -> Path | None:
        named = preferences.value("key-file")
        return Path(read_key_path(named)) if named else None

    refuse_password(preferences.given.get("db", ""), "--db")
    look_in(find_key_file, ask)
    return read_address(preferences.value("db"))
