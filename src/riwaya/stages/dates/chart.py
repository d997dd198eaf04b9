"""Small rules, and how they compose: a chart of all that can be built over a stretch of words.

A rule names the kinds of things it joins and the kind it makes; its function gets their values and gives the new
value, or None when they do not go together. Every node keeps its children, so that an answer can tell how it was
made. The method is that of a chart parser with dotted rules (M. Kay, 1980).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from msgspec import Struct

Action = Callable[..., Any]
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

    def rules(self) -> Iterator[str]:
        """The rules that made it, outermost first."""
        ahead = [self]
        while ahead:
            node = ahead.pop()
            if node.children:
                yield node.rule
                ahead += node.children[::-1]

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
    >>> [(n.kind, n.value, n.rule) for n in grammar.parse(nodes) if n.kind == "sum"]
    [('sum', 5, 'demo/addition')]
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.root = State()
        self.rules: list[Rule] = []

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
        state = self.root
        for kind in rule.pattern:
            state = state.next.setdefault(kind, State())
        state.rules.append(rule)

    def parse(self, nodes: Iterable[Node], most: int = 4000) -> list[Node]:
        """All nodes that can be built over the given ones, those included; at most `most`."""
        chart = Chart(nodes)
        agenda, seen, starting, waiting, done = chart.agenda, chart.seen, chart.starting, chart.waiting, chart.done
        root = self.root.next
        while agenda and len(done) < most:
            node = agenda.pop()
            kind, start = node.kind, node.start
            place = kind, start, node.end
            if place not in seen:
                seen[place] = [node.value]
            elif node.value in seen[place]:
                continue
            else:
                seen[place].append(node.value)
            done.append(node)
            if start in starting:
                starting[start].append(node)
            else:
                starting[start] = [node]
            # What waits for this node, and what it starts by itself.
            if start in waiting:
                for state, parts in waiting[start]:
                    if kind in state.next:
                        chart.advance(state.next[kind], (*parts, node))
            if kind in root:
                chart.advance(root[kind], (node,))
        return done


class Chart:
    """What has been read of one stretch, and what is still to be looked at."""

    __slots__ = ("agenda", "done", "seen", "starting", "waiting")

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.agenda = list(nodes)
        self.agenda.reverse()
        self.done: list[Node] = []
        self.seen: dict[tuple[str, int, int], list[Any]] = {}
        self.starting: dict[int, list[Node]] = {}
        self.waiting: dict[int, list[tuple[State, tuple[Node, ...]]]] = {}

    def advance(self, state: State, parts: tuple[Node, ...]) -> None:
        """Applies the rules that end in `state`, and goes on from it with what begins where the parts end."""
        last = parts[-1]
        end = last.end
        if state.rules:
            first = parts[0]
            values = [part.value for part in parts]
            for rule in state.rules:
                value = rule.action(*values)
                if value is None:
                    continue
                mark = first.inner if first is last else None
                if rule.marked is not None:
                    mark = parts[rule.marked[0]].mark[0], parts[rule.marked[1]].mark[1]
                size = 1 + sum([part.size for part in parts])
                self.agenda.append(Node(rule.makes, first.start, end, value, rule.name, parts, mark, size))
        onward = state.next
        if onward:
            if end in self.waiting:
                self.waiting[end].append((state, parts))
            else:
                self.waiting[end] = [(state, parts)]
            if end in self.starting:
                for node in tuple(self.starting[end]):
                    if node.kind in onward:
                        self.advance(onward[node.kind], (*parts, node))


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
