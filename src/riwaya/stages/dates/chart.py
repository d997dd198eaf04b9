"""Small rules, and how they compose: a chart of all that can be built over a stretch of words.

A rule names the kinds of things it joins and the kind it makes; its function gets their values and gives the new
value, or None when they do not go together. Every node keeps its children, so that an answer can tell how it was
made. The method is that of a chart parser with dotted rules (M. Kay, 1980).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct

Action = Callable[..., Any]
Proposal: TypeAlias = "tuple[int, int, int, int, int, Rule, tuple[Node, ...]]"
"""Something whole that a rule could make of parts, made only when nothing better overlaps it.

The best come first: by what they report, by what they read of the words around (both less than nothing), by their size;
then by where they begin and when they were found.
"""
A = TypeVar("A", bound=Action)


class Node(Struct, eq=False, gc=False):
    """Something read: its kind, where it stands, its value, and what it was made from.

    Positions are four to a word: 4i is the start of word i, and letters of clitics stand in between.
    """

    kind: str
    start: int
    end: int
    value: Any
    rule: str
    children: tuple[Node, ...] = ()
    inner: tuple[int, int] | None = None
    """The part that is reported, where it is not all of it."""
    size: int = 1
    """How many rules made it."""

    @property
    def mark(self) -> tuple[int, int]:
        """The part that is reported: a preposition can license a reading without belonging to it."""
        return self.inner or (self.start, self.end)

    def rules(self) -> list[str]:
        """The rules that made it, outermost first."""
        found, ahead = [], [self]
        while ahead:
            node = ahead.pop()
            if node.children:
                found.append(node.rule)
                ahead += node.children[::-1]
        return found

    def leaves(self) -> Iterator[Node]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


class Rule(Struct, frozen=True):
    """`makes` a kind of thing from things of the kinds in `pattern`, in order, with nothing between them."""

    name: str
    makes: str
    pattern: tuple[str, ...]
    action: Action
    marked: tuple[int, int] | None = None
    """Which of the parts are reported, first and last; None is all."""

    def mark(self, parts: tuple[Node, ...]) -> tuple[int, int] | None:
        """Where what is reported begins and ends; None when that is all."""
        if self.marked is not None:
            return parts[self.marked[0]].mark[0], parts[self.marked[1]].mark[1]
        return parts[0].inner if len(parts) == 1 else None

    def made(self, parts: tuple[Node, ...], size: int = 1) -> Node | None:
        """What it makes of parts; None when they do not go together."""
        value = self.action(*[part.value for part in parts])
        if value is None:
            return None
        return Node(self.makes, parts[0].start, parts[-1].end, value, self.name, parts, self.mark(parts), size)


class State:
    """A place in the tree of patterns."""

    __slots__ = ("next", "rules")

    def __init__(self) -> None:
        self.next: dict[str, State] = {}
        self.rules: list[Rule] = []


class Grammar:
    """Rules, filed by what they start with.

    >>> grammar = Grammar("demo")
    >>> @grammar.rule("sum", "number plus number")
    ... def addition(a, _, b):
    ...     return a + b
    >>> nodes = [Node("number", 0, 4, 2, "lex"), Node("plus", 4, 8, None, "lex"), Node("number", 8, 12, 3, "lex")]
    >>> *_, rule, parts = min(grammar.parse(nodes))
    >>> rule.made(parts).value, rule.name
    (5, 'demo/addition')

    Kinds that nothing is made from are only proposed: most of what could be made is a piece of something longer.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.root = State()
        self.rules: list[Rule] = []
        self.parts: set[str] = set()
        """The kinds that something is made from."""

    def rule(self, makes: str, *patterns: str, name: str | None = None) -> Callable[[A], A]:
        """Declares a rule; a part in brackets, as in "since [duration]", is what will be reported."""

        def declare(action: A) -> A:
            for pattern in patterns:
                for words in optional(pattern.split()):
                    self._add(Rule(f"{self.prefix}/{name or action.__name__}", makes, *bracketed(words, action)))
            return action

        return declare

    def _add(self, rule: Rule) -> None:
        self.rules.append(rule)
        self.parts.update(rule.pattern)
        state = self.root
        for kind in rule.pattern:
            state = state.next.setdefault(kind, State())
        state.rules.append(rule)

    def parse(self, nodes: Iterable[Node], most: int = 4000) -> list[Proposal]:
        """What whole things can be built over the given nodes; of at most `most` parts, small and large."""
        chart = Chart(nodes, self.parts)
        agenda, seen, starting, waiting = chart.agenda, chart.seen, chart.starting, chart.waiting
        root = self.root.next
        while agenda and most > 0:
            node = agenda.pop()
            kind, start, value = node.kind, node.start, node.value
            place = kind, start, node.end
            if (values := seen.get(place)) is None:
                seen[place] = [value]
            elif value in values:
                continue
            else:
                values.append(value)
            most -= 1
            if (others := starting.get(start)) is None:
                starting[start] = [node]
            else:
                others.append(node)
            # What waits for this node, and what it starts by itself.
            for state, before in waiting.get(start, ()):
                if (onward := state.next.get(kind)) is not None:
                    chart.advance(onward, (*before, node))
            if (onward := root.get(kind)) is not None:
                chart.advance(onward, (node,))
        return chart.proposals


class Chart:
    """What has been read of one stretch, and what is still to be looked at."""

    __slots__ = ("agenda", "parts", "proposals", "seen", "starting", "waiting")

    def __init__(self, nodes: Iterable[Node], parts: Collection[str]) -> None:
        self.agenda = list(nodes)
        self.agenda.reverse()
        self.parts = parts
        self.proposals: list[Proposal] = []
        self.seen: dict[tuple[str, int, int], list[Any]] = {}
        self.starting: dict[int, list[Node]] = {}
        self.waiting: dict[int, list[tuple[State, tuple[Node, ...]]]] = {}

    def advance(self, state: State, parts: tuple[Node, ...]) -> None:
        """Applies the rules that end in `state`, and goes on from it with what begins where the parts end."""
        end = parts[-1].end
        if state.rules:
            size = 1 + (parts[0].size if len(parts) == 1 else sum([part.size for part in parts]))
            for rule in state.rules:
                if rule.makes not in self.parts:
                    start, (low, high) = parts[0].start, rule.mark(parts) or (parts[0].start, end)
                    self.proposals.append((low - high, start - end, size, low, len(self.proposals), rule, parts))
                elif (node := rule.made(parts, size)) is not None:
                    self.agenda.append(node)
        onward = state.next
        if onward:
            if (others := self.waiting.get(end)) is None:
                self.waiting[end] = [(state, parts)]
            else:
                others.append((state, parts))
            for node in tuple(self.starting.get(end, ())):
                if (further := onward.get(node.kind)) is not None:
                    self.advance(further, (*parts, node))


def optional(words: list[str]) -> Iterator[list[str]]:
    """The patterns that a pattern with optional parts («comma?») stands for.

    >>> list(optional(["day", "of?", "month"]))
    [['day', 'of', 'month'], ['day', 'month']]
    """
    for i, word in enumerate(words):
        if word.endswith("?"):
            yield from optional([*words[:i], word[:-1], *words[i + 1 :]])
            yield from optional([*words[:i], *words[i + 1 :]])
            return
    yield words


def bracketed(words: list[str], action: Action) -> tuple[tuple[str, ...], Action, tuple[int, int] | None]:
    """The pattern without its brackets, and what stood between them."""
    opens = [i for i, word in enumerate(words) if word.startswith("[")]
    closes = [i for i, word in enumerate(words) if word.endswith("]")]
    marked = (opens[0], closes[0]) if opens and closes else None
    return tuple(word.strip("[]") for word in words), action, marked
