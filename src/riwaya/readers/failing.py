"""Errors as results: one sentence that names the document, whatever library the error came from."""

from __future__ import annotations

from riwaya.errors import RiwayaError
from riwaya.model import Failure
from riwaya.readers.shown import shown

__all__ = ["failure"]


def failure(label: str, error: Exception) -> Failure:
    """The failure of the document at `label`; our own errors are predicates that its name completes.

    >>> from riwaya.errors import UnreadableDocument
    >>> failure("a.txt", UnreadableDocument("is empty.")).message
    'a.txt is empty.'
    """
    if isinstance(error, RiwayaError):
        message = str(error) if label in str(error) else f"{label} {error}"
    elif isinstance(error, OSError) and error.strerror:
        message = f"{label} cannot be opened: {error.strerror}."
    else:
        message = f"{label} cannot be read: {error or type(error).__name__}."
    return Failure(path=label, stage="read", error=type(error).__name__, message=shown(message))
