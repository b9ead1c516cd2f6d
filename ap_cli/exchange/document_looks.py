"""What an OpenDocument spreadsheet shows and its values do not say, read from its parts."""

from __future__ import annotations

from collections.abc import Mapping
from zipfile import ZipFile

from .archives import Handle, XmlReader
from .looks import WIDEST, Look, Seen

CONTENT, STYLES = "content.xml", "styles.xml"
KIND = b"application/vnd.oasis.opendocument.spreadsheet"
SPACE = "urn:oasis:names:tc:opendocument:xmlns"
TABLE, STYLE, OFFICE, TEXT, FORMAT = (
    f"{SPACE}:{name}:1.0" for name in ("table", "style", "office", "text", "xsl-fo-compatible")
)
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
SHOWN = "visible"
NO_COLOURS = ("transparent", "#ffffff")
TALLEST = 1 << 20
"""The most rows that a spreadsheet has."""


def is_spreadsheet(archive: ZipFile) -> bool:
    """Return whether an OpenDocument file is a spreadsheet, not a text or a drawing."""
    return "mimetype" in archive.namelist() and archive.read("mimetype").startswith(KIND)


def is_locked(archive: ZipFile) -> bool:
    """Return whether an OpenDocument file needs a password."""
    part = "META-INF/manifest.xml"
    return part in archive.namelist() and b"encryption-data" in archive.read(part)


def look_at_document(archive: ZipFile) -> dict[str, Look]:
    """Return what each sheet shows, by its name."""
    styles = Styles()
    if STYLES in archive.namelist():
        XmlReader(styles.handles()).read(archive, STYLES)
    return Document(styles).read(archive)


class Styles:
    """Which styles, by their names, are struck through, and which have a fill."""

    def __init__(self) -> None:
        self.struck: set[str] = set()
        self.coloured: set[str] = set()
        self._name = ""

    def handles(self) -> dict[str, Handle]:
        """Return what reads styles, wherever they stand."""
        return {
            f"{STYLE} style": self._begin,
            f"{STYLE} text-properties": self._text,
            f"{STYLE} table-cell-properties": self._cell,
        }

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self._name = attributes.get(f"{STYLE} name", "")
        parent = attributes.get(f"{STYLE} parent-style-name", "")
        for names in (self.struck, self.coloured):
            if parent in names:
                names.add(self._name)

    def _text(self, attributes: Mapping[str, str]) -> None:
        line = attributes.get(f"{STYLE} text-line-through-style")
        if line is not None:
            note(self.struck, self._name, line != "none")

    def _cell(self, attributes: Mapping[str, str]) -> None:
        colour = attributes.get(f"{FORMAT} background-color")
        if colour is not None:
            note(self.coloured, self._name, colour.lower() not in NO_COLOURS)


def note(names: set[str], name: str, belongs: bool) -> None:
    """Add a name or take it away."""
    if belongs:
        names.add(name)
    else:
        names.discard(name)


class Document:
    """The sheets of a document, gone through in order for what their values do not say."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._looks: dict[str, Look] = {}
        self._reader = XmlReader(styles.handles() | self._handles())
        self._begin_sheet("")

    def _handles(self) -> dict[str, Handle]:
        return {
            f"{TABLE} table": self._sheet_begins,
            f"{TABLE} table-column": self._column_begins,
            f"{TABLE} table-row": self._row_begins,
            f"{TABLE} table-cell": self._cell_begins,
            f"{TABLE} covered-table-cell": self._cell_begins,
            f"{TEXT} span": self._part_begins,
            f"{OFFICE} annotation": self._comment,
        }

    def read(self, archive: ZipFile) -> dict[str, Look]:
        """Return what each sheet shows, by its name."""
        self._reader.read(archive, CONTENT)
        self._sheet_ends()
        return self._looks

    def _begin_sheet(self, name: str) -> None:
        self._name = name
        self._row = self._next_row = self._column = self._next_column = 0
        self._columns = 0
        self._row_is_hidden = False
        self._is_struck = True
        self._seen = Seen()

    def _sheet_begins(self, attributes: Mapping[str, str]) -> None:
        self._sheet_ends()
        self._begin_sheet(attributes.get(f"{TABLE} name", ""))

    def _sheet_ends(self) -> None:
        self._looks[self._name] = self._seen.look()

    def _column_begins(self, attributes: Mapping[str, str]) -> None:
        first = self._columns
        self._columns += repeats(attributes, "columns", WIDEST)
        if attributes.get(f"{TABLE} visibility", SHOWN) != SHOWN:
            self._seen.hidden_columns.update(range(first, self._columns))

    def _row_begins(self, attributes: Mapping[str, str]) -> None:
        self._row = self._next_row + 1
        self._next_row += repeats(attributes, "rows", TALLEST)
        self._next_column = 0
        self._row_is_hidden = attributes.get(f"{TABLE} visibility", SHOWN) != SHOWN

    def _cell_begins(self, attributes: Mapping[str, str]) -> None:
        self._column = self._next_column
        self._next_column += repeats(attributes, "columns", WIDEST)
        style = attributes.get(f"{TABLE} style-name", "")
        has_value = f"{OFFICE} value-type" in attributes
        self._is_struck = has_value and style in self._styles.struck
        if style in self._styles.coloured:
            self._seen.coloured.add(self._row, self._column)
        if attributes.get(f"{CALC} value-type") == "error":
            self._seen.errors.add(self._row, self._column)
        elif f"{TABLE} formula" in attributes and not has_value:
            self._seen.unstored.add(self._row, self._column)
        if has_value:
            self._value_begins()

    def _value_begins(self) -> None:
        """Note how far the values reach, and what is hidden or struck through of them."""
        self._seen.reach(self._next_row, self._next_column - 1)
        if self._row_is_hidden:
            self._seen.hidden_rows.update(range(self._row, self._next_row + 1))
        if self._is_struck:
            self._seen.struck.add(self._row, self._column)

    def _comment(self, _: Mapping[str, str]) -> None:
        self._seen.comments.add((self._row, self._column))

    def _part_begins(self, attributes: Mapping[str, str]) -> None:
        """Note a cell of whose text a part is struck through, unless all of it is."""
        if not self._is_struck and attributes.get(f"{TEXT} style-name") in self._styles.struck:
            self._is_struck = True
            self._seen.struck.add(self._row, self._column)


def repeats(attributes: Mapping[str, str], what: str, most: int) -> int:
    """Return how often a row, column or cell stands there, one after the other."""
    return min(int(attributes.get(f"{TABLE} number-{what}-repeated", 1)), most)
