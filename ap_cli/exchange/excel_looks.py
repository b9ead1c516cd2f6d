"""What an Excel workbook shows and its values do not say: hidden, struck through, broken, coloured.

The library that reads the values passes all of it over, so the parts of the workbook are streamed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from zipfile import ZipFile

from msgspec.structs import replace

from .archives import Handle, XmlReader
from .looks import WIDEST, Look, Seen

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespaces of a workbook: as nearly all have it, and the strict one."""

LINKS = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
LINK_IDS = tuple(
    f"{namespace} id"
    for namespace in (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
)
WORKBOOK = "xl/workbook.xml"
DIGITS = "0123456789"
NO_COLOURS = ({"rgb": "FFFFFFFF"}, {"rgb": "00FFFFFF"}, {"theme": "0"}, {"indexed": "9"})
NOT_YES = ("0", "false", "off")


def named(handles: Mapping[str, Handle]) -> dict[str, Handle]:
    """Return the handlers of a workbook's elements by their names with either namespace."""
    return {f"{space} {name}": handle for space in MAIN for name, handle in handles.items()}


def is_on(attributes: Mapping[str, str], name: str) -> bool:
    """Return whether an attribute says yes; one that is not there says no."""
    return attributes.get(name, "0") not in NOT_YES


def look_at_workbook(archive: ZipFile) -> dict[str, Look]:
    """Return what each worksheet shows, by its name; raise KeyError if a part is missing."""
    links = read_links(archive)
    known = set(archive.namelist())
    formats, texts = Formats(), Texts()
    for part in known & set(links.values()):
        if part.endswith("/styles.xml"):
            XmlReader(named(formats.handles())).read(archive, part)
        elif part.endswith("/sharedStrings.xml"):
            XmlReader(named(texts.handles())).read(archive, part)
    looks = {}
    sheets, since_1904 = read_sheet_links(archive)
    for name, link in sheets:
        part = links.get(link, "")
        if part in known:
            comments = read_comments(archive, part, known)
            look = Cells(formats, texts, comments).read(archive, part)
            looks[name] = replace(look, since_1904=since_1904)
    return looks


def read_links(archive: ZipFile, of: str = WORKBOOK, kind: str = "") -> dict[str, str]:
    """Return the parts that another links to, those of a kind if one is named, by their ids."""
    folder, name = posixpath.split(of)
    links: dict[str, str] = {}

    def note(attributes: Mapping[str, str]) -> None:
        if attributes.get("Type", "").endswith(kind):
            target = posixpath.join("/", folder, attributes.get("Target", ""))
            links[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

    XmlReader({LINKS: note}).read(archive, f"{folder}/_rels/{name}.rels")
    return links


def read_comments(archive: ZipFile, part: str, known: AbstractSet[str]) -> set[tuple[int, int]]:
    """Return the cells of a sheet that somebody has commented on."""
    found: set[tuple[int, int]] = set()

    def note(attributes: Mapping[str, str]) -> None:
        place = attributes.get("ref", "")
        letters = place.rstrip(DIGITS)
        if letters.isalpha() and letters != place:
            found.add((int(place[len(letters) :]), read_column(letters)))

    folder, name = posixpath.split(part)
    if f"{folder}/_rels/{name}.rels" in known:
        for comments in read_links(archive, part, "/comments").values():
            if comments in known:
                XmlReader(named({"comment": note})).read(archive, comments)
    return found


def read_sheet_links(archive: ZipFile) -> tuple[list[tuple[str, str]], bool]:
    """List the sheets of a workbook in order, each with the id of its part.

    With them comes whether the workbook counts its days from 1904, as those of old Macs do.
    """
    sheets: list[tuple[str, str]] = []
    counts: list[bool] = []

    def note(attributes: Mapping[str, str]) -> None:
        link = next((attributes[name] for name in LINK_IDS if name in attributes), "")
        sheets.append((attributes.get("name", ""), link))

    def note_days(attributes: Mapping[str, str]) -> None:
        counts.append(is_on(attributes, "date1904"))

    XmlReader(named({"sheet": note, "workbookPr": note_days})).read(archive, WORKBOOK)
    return sheets, any(counts)


class Formats:
    """Which formats of cells are struck through, and which have a fill, by their numbers."""

    def __init__(self) -> None:
        self.struck: set[str] = set()
        self.coloured: set[str] = set()
        self._fonts = self._fills = self._formats = -1
        self._struck_fonts: set[str] = set()
        self._fills_with_colour: set[str] = set()
        self._are_of_cells = False

    def handles(self) -> dict[str, Handle]:
        """Return what reads the part with the formats; fonts and fills stand before their use."""
        return {
            "font": self._font,
            "strike": self._strike,
            "fill": self._fill,
            "patternFill": self._pattern,
            "fgColor": self._colour,
            "cellXfs": self._begin,
            "cellStyles": self._end,
            "xf": self._format,
        }

    def _font(self, _: Mapping[str, str]) -> None:
        self._fonts += 1

    def _strike(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("val", "1") not in NOT_YES:
            self._struck_fonts.add(str(self._fonts))

    def _fill(self, _: Mapping[str, str]) -> None:
        self._fills += 1

    def _pattern(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("patternType", "none") not in ("none", "gray125"):
            self._fills_with_colour.add(str(self._fills))

    def _colour(self, attributes: Mapping[str, str]) -> None:
        if attributes in NO_COLOURS:
            self._fills_with_colour.discard(str(self._fills))

    def _begin(self, _: Mapping[str, str]) -> None:
        self._are_of_cells = True

    def _end(self, _: Mapping[str, str]) -> None:
        self._are_of_cells = False

    def _format(self, attributes: Mapping[str, str]) -> None:
        if not self._are_of_cells:
            return
        self._formats += 1
        if attributes.get("fontId") in self._struck_fonts:
            self.struck.add(str(self._formats))
        if attributes.get("fillId") in self._fills_with_colour:
            self.coloured.add(str(self._formats))


class Texts:
    """Which of the texts that cells share are struck through, wholly or in part."""

    def __init__(self) -> None:
        self.struck: set[str] = set()
        self._number = -1

    def handles(self) -> dict[str, Handle]:
        """Return what reads the part with the texts."""
        return {"si": self._text, "strike": self._strike}

    def _text(self, _: Mapping[str, str]) -> None:
        self._number += 1

    def _strike(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("val", "1") not in NOT_YES:
            self.struck.add(str(self._number))


class Cells:
    """The cells of a sheet, gone through in order for what their values do not say."""

    def __init__(
        self, formats: Formats, texts: Texts, comments: AbstractSet[tuple[int, int]] = frozenset()
    ) -> None:
        self._formats, self._texts = formats, texts
        self._reader = XmlReader(named(self._handles()))
        self._columns: dict[str, int] = {}
        self._row, self._column = 0, -1
        self._kind = self._style = self._value = ""
        self._calculates = self._has_value = self._has_struck_part = False
        self._row_is_hidden = False
        self._seen = Seen()
        self._seen.comments |= comments

    def _handles(self) -> dict[str, Handle]:
        return {
            "col": self._columns_begin,
            "row": self._row_begins,
            "c": self._cell_begins,
            "f": self._formula,
            "v": self._stored,
            "is": self._stored,
            "strike": self._strike,
        }

    def read(self, archive: ZipFile, part: str) -> Look:
        """Return what a sheet shows."""
        self._reader.read(archive, part)
        self._cell_ends()
        return self._seen.look()

    def _columns_begin(self, attributes: Mapping[str, str]) -> None:
        if is_on(attributes, "hidden"):
            first, last = int(attributes["min"]) - 1, int(attributes["max"])
            self._seen.hidden_columns.update(range(first, min(last, WIDEST)))

    def _row_begins(self, attributes: Mapping[str, str]) -> None:
        self._cell_ends()
        self._row = int(attributes.get("r", self._row + 1))
        self._column = -1
        self._row_is_hidden = is_on(attributes, "hidden")

    def _cell_begins(self, attributes: Mapping[str, str]) -> None:
        self._cell_ends()
        place = attributes.get("r")
        self._column = self._position(place) if place else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")

    def _position(self, place: str) -> int:
        """Return the position of the column of a place such as B3, which is remembered."""
        letters = place.rstrip(DIGITS)
        if letters not in self._columns:
            self._columns[letters] = read_column(letters)
        return self._columns[letters]

    def _formula(self, _: Mapping[str, str]) -> None:
        self._calculates = True

    def _stored(self, _: Mapping[str, str]) -> None:
        self._has_value = True
        if self._calculates or (self._kind == "s" and self._texts.struck):
            self._reader.parser.CharacterDataHandler = self._letters

    def _letters(self, letters: str) -> None:
        self._value += letters

    def _strike(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("val", "1") not in NOT_YES:
            self._has_struck_part = True

    def _cell_ends(self) -> None:
        """Note what is to be said of the cell that was gone through, and forget it."""
        if self._style in self._formats.coloured:
            self._seen.coloured.add(self._row, self._column)
        if self._has_value:
            self._seen.reach(self._row, self._column)
            if self._row_is_hidden:
                self._seen.hidden_rows.add(self._row)
            if self._style in self._formats.struck or self._is_struck_text():
                self._seen.struck.add(self._row, self._column)
        if self._kind == "e":
            self._seen.errors.add(self._row, self._column)
        elif self._calculates and not self._is_stored():
            self._seen.unstored.add(self._row, self._column)
        self._kind = self._style = self._value = ""
        self._calculates = self._has_value = self._has_struck_part = False
        self._reader.parser.CharacterDataHandler = None

    def _is_struck_text(self) -> bool:
        is_shared = self._kind == "s" and self._value.strip() in self._texts.struck
        return is_shared or self._has_struck_part

    def _is_stored(self) -> bool:
        """Return whether the formula has a value; one that makes an empty text has."""
        return self._has_value and (self._kind == "str" or bool(self._value.strip()))


def read_column(letters: str) -> int:
    """Return the position of a column: 0 for A, 27 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number - 1
