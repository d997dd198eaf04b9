"""What can go wrong, as one tree.

    RiwayaError                      catch this to catch ours
    ├─ InvalidInput (ValueError)     what you gave is wrong
    │  ├─ UnreadableDocument         the bytes are not what they say, or hold no text
    │  ├─ InvalidLexicon             a table of language knowledge is faulty
    │  ├─ InvalidSettings            riwaya.toml or an option
    │  ├─ InvalidSpan                start and end do not lie in the text
    │  └─ InvalidMetadata            a side file of metadata or a --fields mapping
    ├─ MissingThing (LookupError)    what you asked for is not here
    │  ├─ UnknownLanguage
    │  ├─ UnknownDocument
    │  └─ MissingLayer
    └─ CaseError                     the case is locked, newer than this program, or damaged

A message says what is wrong, what was given, what would do, and what to do next, in one or two sentences.
The command line prints it without a traceback.
"""


class RiwayaError(Exception):
    """Catch this to catch every error that riwaya raises on purpose."""


class InvalidInput(RiwayaError, ValueError):
    """What you gave is wrong."""


class UnreadableDocument(InvalidInput):
    """A file cannot be turned into text: damaged, encrypted, too large, or not what its name says."""


class InvalidLexicon(InvalidInput):
    """A table of language knowledge has faults; the message lists all of them."""


class InvalidSettings(InvalidInput):
    """A setting is unknown or out of range."""


class InvalidSpan(InvalidInput):
    """A span whose ends do not lie, in order, inside its text."""


class InvalidMetadata(InvalidInput):
    """A side file of metadata, or a mapping of field names, does not fit."""


class MissingThing(RiwayaError, LookupError):
    """What you asked for is not here."""


class UnknownLanguage(MissingThing):
    """No tables for this language."""


class UnknownDocument(MissingThing):
    """No document of this id in the case."""


class MissingLayer(MissingThing):
    """No layer of this name; the message lists those there are."""


class CaseError(RiwayaError):
    """The case file is locked, made by a newer riwaya, or damaged."""
