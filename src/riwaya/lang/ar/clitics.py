"""Letters that are written on to the next word, و ف, then ب ل ك س, then ال; and pronouns behind a noun.

Source: K. Ryding, A Reference Grammar of Modern Standard Arabic (2005), §2.4 and ch. 16.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

CONJUNCTIONS = ("و", "ف")
PRONOUNS = ("ه", "ها", "هم", "هما", "هن")
"""Of the third person, behind a noun: whose it is."""
PREPOSITIONS = ("ب", "ل", "ك")
FUTURE = "س"


def splits(norm: str) -> Iterator[tuple[str, str]]:
    """Every way to part a folded word into clitics and the rest, the uncut word first.

    >>> list(splits("وبالمدينه"))
    [('', 'وبالمدينه'), ('و', 'بالمدينه'), ('وب', 'المدينه')]
    >>> list(splits("للنظام"))
    [('', 'للنظام'), ('ل', 'النظام')]

    The article stays with the rest, and «لل» gives it back its alif, so `len(clitics) + len(rest)` can be one more
    than the word's length: count the letters to skip with `skipped`. At least two letters are left.
    """
    yield "", norm
    for conjunction in ("", *CONJUNCTIONS):
        if not norm.startswith(conjunction):
            continue
        rest = norm[len(conjunction) :]
        if conjunction and len(rest) >= 2:
            yield conjunction, rest
        if rest.startswith("لل") and len(rest) >= 4:
            yield conjunction + "ل", "ا" + rest[1:]
            continue
        for letter in (*PREPOSITIONS, FUTURE):
            if rest.startswith(letter) and len(rest) >= 3:
                yield conjunction + letter, rest[1:]


def skipped(norm: str, rest: str) -> int:
    """How many letters of the folded word stand before `rest`; 0 where «لل» swallowed the alif of `rest`.

    >>> skipped("وبدمشق", "دمشق"), skipped("للنظام", "النظام")
    (2, 0)

    A contracted word cannot be cut («للنظام» has no alif to start at), so the whole of it stands for the rest.
    """
    return len(norm) - len(rest) if norm.endswith(rest) else 0


def peel(norm: str, known: Container[str]) -> tuple[str, str] | None:
    """The split with the shortest clitic whose rest is a known word; None when there is none.

    >>> peel("وقال", {"قال"}), peel("ولد", {"قال"})
    (('و', 'قال'), None)
    """
    return next(((clitic, rest) for clitic, rest in splits(norm) if rest in known), None)
