"""What analysts decided, and what may be decided; `riwaya.case.decisions` keeps it, `riwaya.case.effects` counts it."""

from __future__ import annotations

from getpass import getuser

import msgspec
from msgspec import Struct

from riwaya.case import decisions, effects
from riwaya.case.effects import Change
from riwaya.case.writer import Writer
from riwaya.errors import InvalidInput
from riwaya.model import Across, Claim, Decision, Entity, Event, document_key
from riwaya.web.desk import Desk

LAST = ("rename", "review", "note")
"""Verdicts that need words; they stand beside one that judges."""


def copy_subject(older: str, newer: str) -> str:
    return f"copy/{document_key(older)}/{document_key(newer)}"


def origin_subject(claim: str, origin: str) -> str:
    return f"origin/{claim}/{origin}"


def pair_subject(kind: str, one: str, other: str) -> str:
    """Two of a kind as one subject, in one order: `pair_subject("claims", "b", "a")` is claims/a+b."""
    return f"{kind}/{'+'.join(sorted((one, other)))}"


class Ask(Struct, frozen=True, kw_only=True):
    """A subject as a form shows it: what may be said of it, and what was."""

    subject: str
    choices: list[str]
    """Verdicts that a button gives."""
    words: list[str]
    """Verdicts that need words."""
    standing: list[Decision]
    """In the order they were made: the last is the one that `undo` takes back."""

    @property
    def judged(self) -> bool:
        return any(d.verdict not in LAST for d in self.standing)


class Verdicts:
    """The decisions in force, read once for a page."""

    def __init__(self, desk: Desk) -> None:
        self.all = decisions.standing(desk.case)
        self.by_subject: dict[str, list[Decision]] = {}
        for decision in self.all:
            self.by_subject.setdefault(decision.subject, []).append(decision)

    def on(self, subject: str) -> Decision | None:
        """Of those that stand on a subject the one that judges."""
        stack = sorted(self.by_subject.get(subject, ()), key=lambda d: d.verdict not in LAST)
        return stack[-1] if stack else None

    def ask(self, subject: str) -> Ask:
        allowed = decisions.VERDICTS[subject.partition("/")[0]]
        return Ask(
            subject=subject,
            choices=[v for v in allowed if v not in LAST],
            words=[v for v in allowed if v in LAST],
            standing=self.by_subject.get(subject, []),
        )

    def pairs(self, kind: str, id: str) -> list[Ask]:
        """What was decided on pairs that an id is one of: merges, and that they are two."""
        return [
            self.ask(subject)
            for subject in self.by_subject
            if subject.startswith(f"{kind}/") and id in subject.rpartition("/")[2].split("+")
        ]


# --- deciding --------------------------------------------------------------------------------------------------------

KINDS: dict[str, type[Across]] = {"claims": Claim, "entities": Entity, "events": Event}


def decide(desk: Desk, subject: str, verdict: str, note: str | None = None, other: str | None = None) -> Decision:
    """Appends a decision; raises InvalidInput where it makes no sense, CaseError while another writes.

    `other` makes a pair of a subject such as `claims/A`: an id, or the address of its page.
    """
    if other:
        subject = f"{subject}+{identified(desk, subject.partition('/')[0], other)}"
        kind, _, ids = subject.partition("/")
        subject = f"{kind}/{'+'.join(sorted(ids.split('+')))}"
    with Writer(desk.path, desk.lang) as writer:
        return decisions.decide(writer, subject, verdict, by=analyst(), note=note)


def identified(desk: Desk, kind: str, other: str) -> str:
    """The id that somebody gives by itself or in an address; raises InvalidInput where nothing bears it."""
    id = other.strip().partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2]
    if kind not in KINDS or not desk.case.across_one(KINDS[kind], id):
        raise InvalidInput(f"There is nothing {other!r} in this case to merge with; give its id or its address.")
    return id


def analyst() -> str:
    """Who sits at this machine, as far as it says."""
    try:
        return getuser()
    except (KeyError, OSError, ImportError):  # a user without a name, as in a container
        return "unknown"


class Made(Struct, frozen=True, kw_only=True):
    """A decision, what it changed at once, and whether it stands."""

    decision: Decision
    changed: list[Change] | None
    """None of what was decided elsewhere."""
    stands: bool
    steers: bool
    """Whether the next build carries it on."""


def made(desk: Desk, ids: set[str] | None = None, most: int = 30) -> list[Made]:
    """Decisions, undone ones too, the newest first: all, or some."""
    history = decisions.history(desk.case)
    standing = {d.id for d in decisions.in_force(history)}
    changed = effects.kept(desk.case)
    return [
        Made(
            decision=d,
            changed=changed.get(d.id),
            stands=d.id in standing,
            steers=d.verdict in effects.STEERING or d.verdict == "undo",
        )
        for d in reversed(history)
        if ids is None or d.id in ids
    ][:most]


def plain(decision: Decision, changed: list[Change] | None) -> bytes:
    return msgspec.json.encode({**msgspec.to_builtins(decision), "changed": changed})
