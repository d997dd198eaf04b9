"""The rules of temporal expressions, by what they make: days and months, clock times, lengths, periods and ranges."""

from riwaya.stages.dates.rules import clock, days, lengths, periods, ranges, reported
from riwaya.stages.dates.rules.grammar import GRAMMAR

__all__ = ["GRAMMAR", "clock", "days", "lengths", "periods", "ranges", "reported"]
