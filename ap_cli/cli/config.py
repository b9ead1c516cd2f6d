"""ap config"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import ApError
from ..forms.text import printable
from ..render.result import Result, View, fixed_lines, is_accessible
from ..store.address import SERVER
from .command import command, group
from .county import change_overlay
from .preferences import (
    CONFIG_FILE,
    DEFAULT,
    ENVIRONMENT,
    FLAG,
    PREFERENCES,
    Choice,
    Preference,
    Preferences,
    find_preference,
)
from .settings import Settings

app = group("Read and change your own settings: names, prompts, colours, your store.")
command(app, name="overlay", hidden=True)(change_overlay)


def complete_name(incomplete: str) -> list[str]:
    """The names of settings that begin so."""
    return [name for name in PREFERENCES if name.startswith(incomplete)]


def complete_value(ctx: typer.Context, incomplete: str) -> list[str]:
    """The values of the setting named before that begin so."""
    preference = PREFERENCES.get(str(ctx.params.get("name")))
    values = preference.values if preference else ()
    return [value for value in values if value.startswith(incomplete)]


NAME = typer.Argument(
    metavar="|".join(PREFERENCES),
    help="Which setting.",
    show_default=False,
    autocompletion=complete_name,
)


@command(app, name="list")
def list_settings(settings: Settings) -> Result:
    """List your settings: the value of each, and where it comes from.

    A flag beats the environment, the environment beats your config file, and that beats the
    default.

    Examples: ap config list; ap config list --json; ap config list --csv
    """
    preferences = settings.preferences
    rows = [as_row(each, preferences.choose(each.name)) for each in PREFERENCES.values()]
    unknown = [name for name in preferences.written if name not in PREFERENCES]
    said = [f"Config file: {preferences.file}{'' if preferences.file.exists() else ' (none yet)'}"]
    said += [f"It has a setting that ap does not know: {printable(name)}" for name in unknown]
    return Result("config", rows, ("name", "value", "from"), list_lines, tuple(said))


@command(app, name="get")
def get_setting(settings: Settings, name: Annotated[str, NAME]) -> Result:
    """Show a setting. Where its value comes from stands beside it, on standard error.

    Examples: ap config get names; ap config get db --json; ap config get prompts
    """
    preference = find_preference(name)
    chosen = settings.preferences.choose(preference.name)
    return show_setting(preference, chosen, f"from {origin(chosen)}")


@command(app, name="set")
def set_setting(
    settings: Settings,
    name: Annotated[str, NAME],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE",
            help="The new value.",
            show_default=False,
            autocompletion=complete_value,
        ),
    ],
) -> Result:
    """Change one of your settings, in your config file.

    names: how the screen shows children, as full names, as first name and initial (short), or
    never. prompts and color: never turns them off. db: the file that holds the records, or
    postgresql://HOST/DATABASE. key-file: the file with the key of an encrypted store. user: the
    name that the log gives to your changes. backups: how long they are kept, as days, weeks and
    months (“7d 8w 12m”), or never. letterhead, with its -address, -phone, -email and -logo: what
    stands at the head of your documents. retention-pupil and retention-sen: years from birth for
    which a record is kept; retention-register: years for an attendance mark, 6 or more;
    retention-drafts: days for a draft.

    Examples: ap config set names full; ap config set prompts never; ap config set db ~/school.db
    """
    preference = find_preference(name)
    return change_setting(settings, preference, as_typed(preference, value))


@command(app, name="unset")
def unset_setting(settings: Settings, name: Annotated[str, NAME]) -> Result:
    """Take a setting out of your config file, so that its default holds again.

    Examples: ap config unset names; ap config unset prompts; ap config unset db --json
    """
    if name in settings.preferences.written and name not in PREFERENCES:
        return take_out_unknown(settings.preferences, name)
    return change_setting(settings, find_preference(name), None)


def as_typed(preference: Preference, typed: str) -> str:
    """The value as typed; the path of a store is taken from the folder that this is typed in."""
    text = typed.strip()
    if preference.name != "db" or not text or text.startswith("~") or SERVER.match(text):
        return preference.read(typed)
    try:
        return preference.read(str(Path(typed).absolute()))
    except (OSError, ValueError):
        raise ApError("db: type the path of a file, such as ~/ap.db") from None


def change_setting(settings: Settings, preference: Preference, value: str | None) -> Result:
    """Write a setting in the user's file, or take it out for None."""
    before, name = settings.preferences, preference.name
    if before.written.get(name) == value:
        same = "it already says that" if value else f"your config file says nothing of {name}"
        return show_setting(preference, before.choose(name), f"No change: {same}")
    from .config_file import write_setting

    write_setting(before.file, name, value)
    chosen = Preferences(before.given).choose(name)
    now = f"{name} is now {chosen.shown}" if chosen.shown else f"{name} is no longer set"
    said = f"{now}, by {origin(chosen)}" if chosen.shown else now
    if chosen.source in (FLAG, ENVIRONMENT):
        comes = f"{origin(chosen)} comes first"
        said = f"{before.file} is changed, but {comes}: {chosen.shown or 'nothing'}"
    result = show_setting(preference, chosen, said)
    result.kept = "the setting"
    return result


def take_out_unknown(preferences: Preferences, name: str) -> Result:
    """Take a setting that ap does not know out of the user's file."""
    from .config_file import write_setting

    write_setting(preferences.file, name, None)
    row = {"name": name, "value": None, "from": None, "by": None, "values": None, "about": None}
    said = f"{printable(name)} is no longer in {preferences.file}"
    return Result("config", [row], lines=fixed_lines(), said=(said,), kept="the setting")


def show_setting(preference: Preference, chosen: Choice, said: str) -> Result:
    """One setting: its value alone on stdout, what is to be said of it beside it."""
    return Result(
        "config",
        [as_row(preference, chosen)],
        lines=fixed_lines(printable(chosen.shown)),
        said=(said,),
    )


def as_row(preference: Preference, chosen: Choice) -> dict[str, Any]:
    """A setting as data."""
    return {
        "name": preference.name,
        "value": chosen.shown,
        "from": chosen.source,
        "by": chosen.by,
        "values": list(preference.values) or None,
        "about": preference.about,
    }


def origin(chosen: Choice) -> str:
    """Where a value comes from, in words: "the flag --names", "your config file"."""
    return {
        FLAG: f"the flag {chosen.by}",
        ENVIRONMENT: f"the environment variable {chosen.by}",
        CONFIG_FILE: f"your config file, {chosen.by}",
        DEFAULT: "the default",
    }[chosen.source]


def list_lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
    """A line a setting: its name, its value, where that comes from; then what it is about."""
    rows = list(rows)
    widest = max(len(row["name"]) for row in rows)
    for row in rows:
        source = row["by"] if row["from"] in (FLAG, ENVIRONMENT) else row["from"]
        if is_accessible():
            yield f"{row['name']}: {printable(row['value'])}, from {source}: {row['about']}"
            continue
        value = printable(row["value"]) or "none"
        yield f"{row['name']:<{widest}} {value:<8} ({source})"
        if view.width:
            choices = f" ({', '.join(row['values'])})" if row["values"] else ""
            yield f"{'':<{widest}} {row['about']}{choices}"
