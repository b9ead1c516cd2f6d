"""Alternative provision placements, checked with reasons and kept as a record that stands up."""

__version__ = "0.2.0"
