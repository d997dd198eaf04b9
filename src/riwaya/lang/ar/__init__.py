"""Arabic: its tables and the few procedures that no table can hold."""

from riwaya.lang.lexicon import Lexicon

arabic = Lexicon("ar")
"""The tables of this folder."""
