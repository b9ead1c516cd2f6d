"""Alternative provision placements, checked with reasons and kept as a record that stands up."""

__version__ = "0.1.0"
