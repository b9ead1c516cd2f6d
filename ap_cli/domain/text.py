"""Texts for people: they live in `forms/text.py`, and the rules still take them from here."""

from ..forms.text import first_of as first_of
from ..forms.text import hours as hours
from ..forms.text import in_unit as in_unit
from ..forms.text import label as label
from ..forms.text import pounds as pounds
