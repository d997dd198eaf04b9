"""Where one statement ends and the next begins, in words of one sentence and one speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riwaya.stages.claims.marks import NOBODY, OUTSIDE, Marks
from riwaya.text.words import SIGN

NEAR = 3
"""A predicate this many words after «بعد», «خلال», «التي» … makes a statement of its own of what they open."""
NAMED = 8
"""A name this many words after «ردا على» tells which happening is meant."""
LEAST_WORDS = 2
WITHOUT_PREDICATE = 4
"""Words of a statement whose verb is in no table, at least."""


def cut(marks: Marks, words: range) -> Iterator[list[int]]:
    """The words of a sentence as statements; what states nothing is left out or belongs to what stands beside it."""
    told = any(marks.owner[i] == OUTSIDE for i in words)
    for piece in glued(marks, [p for p in pieces(marks, words) if p]):
        whole = () if is_frame(marks, piece, words) else trimmed(marks, piece)
        if whole and says_enough(marks, whole, told):
            yield whole


def is_frame(marks: Marks, piece: Sequence[int], words: range) -> bool:
    """Does it only lead to what somebody says: «في مؤتمر صحفي أمس، إن»?"""
    last = next((i for i in reversed(piece) if marks.kinds[i] != SIGN), piece[-1])
    after = next((i for i in range(last + 1, words.stop) if marks.kinds[i] != SIGN), None)
    leads = marks.owner[last] == NOBODY and "complement" in marks.bounds[last]
    return leads and after is not None and marks.owner[after] != NOBODY


def trimmed(marks: Marks, piece: list[int]) -> list[int]:
    """Without the words at its end that wait for more: «… وذلك بعدما»."""
    end = len(piece)
    while end and (marks.kinds[piece[end - 1]] == SIGN or dangles(marks, piece[end - 1])):
        end -= 1
    return piece[:end]


def dangles(marks: Marks, i: int) -> bool:
    inside = marks.mention[i] != NOBODY or marks.timex[i] != NOBODY or marks.quantity[i] != NOBODY
    return not inside and not marks.bounds[i].isdisjoint(("complement", "dangling"))


def pieces(marks: Marks, words: range) -> Iterator[list[int]]:
    """The words of a sentence, parted where the speaker changes or a statement begins."""
    piece: list[int] = []
    for i in words:
        if marks.owner[i] == OUTSIDE or marks.silent[i] != NOBODY:
            yield piece
            piece = []
            continue
        if piece and (marks.owner[i] != marks.owner[piece[-1]] or begins(marks, i)):
            yield piece
            piece = []
        piece.append(i)
    yield piece


def begins(marks: Marks, i: int) -> bool:
    """Does a statement begin with this word?"""
    norm = marks.norms[i]
    if marks.kinds[i] == SIGN:
        return norm in "،,؛;-–"
    if marks.mention[i] != NOBODY and marks.mention[i] == marks.mention[i - 1]:
        return False
    if marks.timex[i] != NOBODY and marks.timex[i] == marks.timex[i - 1]:
        return False
    if not marks.bounds[i].isdisjoint(("cut", "member", "topic")):
        return True
    verb = marks.classes[i]
    if verb is not None and verb[1] and norm[0] in "وف" and norm[1:] and is_conjoined(marks, norm):
        return True
    if not marks.bounds[i].isdisjoint(("adjunct", "relative")):
        return any(marks.classes[k] is not None for k in range(i, min(i + NEAR + 1, len(marks.norms))))
    if "reference" in marks.bounds[i]:
        named = any(marks.mention[k] != NOBODY for k in range(i, min(i + NAMED + 1, len(marks.norms))))
        return named and any(c is not None for c in marks.classes[i : i + NEAR + 1])
    if "until" in marks.bounds[i]:
        return any(c[1] for c in marks.classes[i : i + NEAR + 1] if c is not None)
    return False


def is_conjoined(marks: Marks, norm: str) -> bool:
    """Is the first letter «و» or «ف» written on to a verb, and not the verb's own?"""
    return norm not in marks.known.verbs


def stands(marks: Marks, piece: Sequence[int]) -> bool:
    """Does a piece state something?"""
    if sum(marks.kinds[i] != SIGN for i in piece) < LEAST_WORDS:
        return False
    first = next((i for i in piece if marks.kinds[i] != SIGN), piece[0])
    if "member" in marks.bounds[first]:
        return True
    if is_prelude(marks, piece):
        return False
    return any(marks.classes[i] is not None for i in piece) or any(marks.quantity[i] != NOBODY for i in piece)


def is_prelude(marks: Marks, piece: Sequence[int]) -> bool:
    """Does it only say on whose behalf or before whom: «بحضور عدد من المسؤولين»?"""
    first = next((i for i in piece if marks.kinds[i] != SIGN), piece[0])
    verbs = (i for i in piece if (found := marks.classes[i]) is not None and found[1])
    return "prelude" in marks.bounds[first] and next(verbs, None) is None


def says_enough(marks: Marks, piece: Sequence[int], told: bool) -> bool:
    """Does it state something, or is it long enough to, with a verb that no table knows?

    In a sentence with a speaker («من جهته», «في مؤتمر صحفي») what is nobody's words and states nothing is left out.
    """
    if stands(marks, piece):
        return True
    own = marks.owner[piece[0]] == NOBODY
    return (
        not (own and told)
        and not is_prelude(marks, piece)
        and sum(marks.kinds[i] != SIGN for i in piece) >= WITHOUT_PREDICATE
    )


def goes_on(marks: Marks, before: Sequence[int], piece: Sequence[int]) -> bool:
    """Is the piece the verb to a subject before it, or one more number of a list?"""
    words = [i for i in piece if marks.kinds[i] != SIGN]
    if not words:
        return True
    if not any(marks.classes[i] is not None for i in piece):
        return marks.quantity[words[0]] != NOBODY and marks.norms[words[0]].startswith("و")
    bare = not any(marks.classes[i] is not None for i in before)
    verb = marks.classes[words[0]]
    return bare and ("auxiliary" in marks.bounds[words[0]] or (verb is not None and verb[1]))


def glued(marks: Marks, pieces: list[list[int]]) -> list[list[int]]:
    """What states nothing by itself belongs to the piece before, or else behind, of the same speaker."""
    done: list[list[int]] = []
    waiting: list[int] = []
    for piece in pieces:
        beside = bool(done) and done[-1][-1] + 1 == piece[0] and marks.owner[done[-1][-1]] == marks.owner[piece[0]]
        if waiting and (waiting[-1] + 1 != piece[0] or marks.owner[waiting[-1]] != marks.owner[piece[0]]):
            done.append(waiting)
            waiting = []
            beside = False
        if waiting:
            waiting = waiting + piece
            if stands(marks, waiting):
                done.append(waiting)
                waiting = []
        elif beside and (not stands(marks, piece) or goes_on(marks, done[-1], piece)):
            done[-1] = done[-1] + piece
        elif stands(marks, piece):
            done.append(piece)
        else:
            waiting = piece
    return [*done, waiting] if waiting else done
