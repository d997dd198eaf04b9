"""Worker processes that may die.

A task goes to a worker, its results come back one by one as they are made, and a worker that falls (a library
crashed on a hostile file, or the system took its memory) costs only the task it was at: it is replaced, and the
caller is told.
Workers are spawned, not forked, so that every system behaves alike.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import ModuleType, TracebackType
from typing import Any, Self

from msgspec import Struct

_CONTEXT = multiprocessing.get_context("spawn")


class Result(Struct, frozen=True):
    """Something a task yielded."""

    task: int
    value: Any


class Ended(Struct, frozen=True):
    """A task that yielded all it had."""

    task: int


class Died(Struct, frozen=True):
    """A task whose worker fell."""

    task: int
    exitcode: int | None


class Raised(Struct, frozen=True):
    """A task that raised: what the worker's traceback says."""

    task: int
    error: BaseException


class Crew:
    """Up to `size` workers; 1 or fewer means that the calling process does the work itself.

    >>> with Crew(1) as crew:
    ...     list(crew.map(str.upper, ["a", "b"]))
    ['A', 'B']
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for worker in self.workers:
            worker.stop()
        self.workers.clear()

    def run(
        self, function: Callable[[Any], Iterable[Any]], tasks: Iterable[Any]
    ) -> Iterator[Result | Ended | Died | Raised]:
        """Runs `function` on every task; what it yields comes as it is made, from several tasks mixed.

        `function` must be importable in a fresh process, tasks and results must pickle. A worker that is ahead of
        the reader waits, so that memory stays bounded.
        """
        if self.size <= 1:
            yield from _inline(function, tasks)
            return
        waiting = enumerate(tasks)
        due = next(waiting, None)
        busy: dict[Connection, _Worker] = {}
        try:
            while True:
                while due is not None and len(busy) < self.size:
                    worker = self._idle(busy)
                    worker.give(due[0], function, due[1])
                    busy[worker.pipe] = worker
                    due = next(waiting, None)
                if not busy:
                    return
                for pipe in wait(list(busy)):
                    worker = busy[pipe]  # type: ignore[index]  # wait gives back what it was given
                    message = worker.take()
                    if not isinstance(message, Result):
                        del busy[worker.pipe]
                    if isinstance(message, Died):
                        self.workers.remove(worker)
                    yield message
        finally:
            for worker in busy.values():  # the reader left early: what is under way is of no use
                worker.stop()
                self.workers.remove(worker)

    def _idle(self, busy: dict[Connection, _Worker]) -> _Worker:
        for worker in self.workers:
            if worker.pipe not in busy:
                return worker
        self.workers.append(_Worker())
        return self.workers[-1]

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """Like the built-in `map`, in order; an error in a worker is raised here."""
        if self.size <= 1:
            yield from map(function, items)
            return
        early: dict[int, Any] = {}
        due = 0
        for message in self.run(_Once(function), items):
            if isinstance(message, Result):
                early[message.task] = message.value
                while due in early:
                    yield early.pop(due)
                    due += 1
            elif isinstance(message, Raised):
                raise message.error
            elif isinstance(message, Died):
                raise MemoryError(f"A worker died (exit code {message.exitcode}): too little memory, most likely.")


class _Once:
    """A function of one result as one that yields."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self.function = function

    def __call__(self, item: Any) -> Iterator[Any]:
        yield self.function(item)


def _inline(function: Callable[[Any], Iterable[Any]], tasks: Iterable[Any]) -> Iterator[Result | Ended | Raised]:
    for number, task in enumerate(tasks):
        try:
            for value in function(task):
                yield Result(number, value)
        except Exception as error:
            yield Raised(number, error)
        else:
            yield Ended(number)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process: SpawnProcess = _CONTEXT.Process(target=_work, args=(theirs,), daemon=True)
        # A fresh process would run the caller's script once more to find what it pickled. Nothing of ours lies there,
        # so it gets an empty one, and `riwaya.build(…)` at the top of a plain script just works.
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            self.process.start()
        finally:
            sys.modules["__main__"] = main
        theirs.close()
        self.task = -1

    def give(self, number: int, function: Callable[[Any], Iterable[Any]], task: Any) -> None:
        self.task = number
        try:
            self.pipe.send((number, function, task))
        except (BrokenPipeError, OSError):
            return  # it fell while idle: taking from it will say so

    def take(self) -> Result | Ended | Died | Raised:
        try:
            message: Result | Ended | Died | Raised = self.pipe.recv()
            return message
        except (EOFError, OSError):
            self.process.join()
            return Died(self.task, self.process.exitcode)

    def stop(self) -> None:
        self.process.terminate()
        self.process.join()
        self.pipe.close()


def _work(pipe: Connection) -> None:
    """What a worker does until its pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    while True:
        try:
            number, function, task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            for value in function(task):
                pipe.send(Result(number, value))
            pipe.send(Ended(number))
        except (BrokenPipeError, KeyboardInterrupt):
            return
        except Exception as error:
            pipe.send(Raised(number, portable(error)))


def portable(error: Exception) -> Exception:
    """The error, or its words where it cannot travel."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
