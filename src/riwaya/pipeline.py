"""The order of the stages, and the one loop that runs them; the only file that knows them all."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, nullcontext
from hashlib import blake2b
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from time import perf_counter

import msgspec
from msgspec import Struct

from riwaya import edtf, models
from riwaya.case import briefs
from riwaya.case.case import Case
from riwaya.case.decisions import Decision, standing
from riwaya.case.packing import unpack_one
from riwaya.case.steer import steer, touching
from riwaya.case.writer import Writer
from riwaya.engines.analyse import Recipe
from riwaya.engines.engine import Engine
from riwaya.engines.local import Local
from riwaya.errors import CaseError, InvalidInput
from riwaya.garbage import uncollected
from riwaya.lang.lexicon import Lexicon
from riwaya.model import Across, Attribution, Failure, Finding, Packed, Span, Stands
from riwaya.readers import ReadOptions, Source
from riwaya.readers.source import written
from riwaya.settings import Settings
from riwaya.stage import Corpus, Stage
from riwaya.stage import Reading as StageReading
from riwaya.stages.attributions import attributions
from riwaya.stages.attributions import explain as explain_attribution
from riwaya.stages.claims import claims
from riwaya.stages.conflicts import conflicts
from riwaya.stages.dates import Explained, dates
from riwaya.stages.dates import explain as explain_dates
from riwaya.stages.entities import entities
from riwaya.stages.events import events
from riwaya.stages.names import names
from riwaya.stages.quantities import quantities
from riwaya.stages.reuse import reuse
from riwaya.stages.words import words

STAGES: tuple[Stage, ...] = (
    words,  # each:   what a text is made of
    dates,  # each:   when
    quantities,  # each:   how many
    names,  # each:   who and where
    attributions,  # each:   who says so, on whose word
    reuse,  # across: who copied whom
    entities,  # across: the same who
    claims,  # across: what is said, by how many independent origins
    conflicts,  # across: where the accounts part
    events,  # across: the timeline
)


def when(text: str, published: str | None = None) -> list[Explained]:
    """The dates a text names, each with the rules that read it; raises InvalidInput when `published` is no date.

    >>> [answer.found.value for answer in when("وصل الوفد أمس الاثنين", "2016-12-13")]
    ['2016-12-12']
    """
    if published is not None and not edtf.is_valid(published):
        raise InvalidInput(f"«{published}» is not a date; write the day of publication as 2016-12-13.")
    return explain_dates(text, published)


def slots(case: Case, attribution: Attribution) -> list[tuple[str, Span]]:
    """The slots of the frame that made an attribution, derived again from its document."""
    stage = next(stage for stage in STAGES if stage.name == "attributions")
    types = [kind for kind in stage.needs if issubclass(kind, Finding)]
    found = dict(case.findings_by_document(types, [attribution.doc]))
    reading = StageReading(case.document(attribution.doc), case.lang, Settings(), found[attribution.doc])
    return explain_attribution(reading, attribution)


COMMIT = 2000
"""Documents are made to last in steps of about this many."""


class Progress(Struct, frozen=True):
    """How far a build is: `done` of `total` documents or sources in a phase; `total` is None where it is not known."""

    phase: str
    done: int
    total: int | None


Report = Callable[[Progress], None]


class Reading(Struct, frozen=True, kw_only=True):
    """How sources are read; part of what tells whether one must be read again."""

    options: ReadOptions
    language: str
    link: bool


class Built(Struct, frozen=True, kw_only=True):
    """What a build did."""

    documents: int
    added: int
    failures: int
    characters: int
    seconds: dict[str, float]
    """Per stage, summed over processes; `read` and `total` in time on the wall."""


def build(
    case: str | Path,
    paths: Sequence[str | Path] = (),
    *,
    options: ReadOptions | None = None,
    metadata: str | Path | None = None,
    settings: Settings | None = None,
    link: bool = False,
    processes: int | None = None,
    engine: Engine | None = None,
    progress: Report = lambda _: None,
) -> Built:
    """Reads documents into a case and runs every stage that is not done yet.

    >>> import riwaya, tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("قال المحافظ إن السد انهار مساء أمس.", encoding="utf-8")
    >>> riwaya.build(folder / "dam.riwaya", [folder / "a.txt"], processes=1).documents
    1

    Running it again does only what is new: a file that changed, a stage of a new version. A build that was stopped,
    even by force, goes on where it was, with the same result. It runs in processes of this machine, or on the `engine`
    that is given, such as that of `riwaya.engines.spark`, with the same result. Raises CaseError when the case cannot
    be written, and InvalidInput when a path is not there; what is wrong with single documents is kept as failures in
    the case.
    """
    settings = settings or Settings()
    models.known_by(settings.models.names)  # one that cannot be run is told of before any work
    reading = Reading(options=options or ReadOptions(), language=settings.language, link=link)
    start = perf_counter()
    own = closing(Local(processes)) if engine is None else nullcontext(engine)
    with own as engine, Writer(case, Lexicon(settings.language)) as writer:
        listed = engine.sources(paths, [metadata] if metadata else [])
        found = [source for source in listed if not of_case(source, Path(case))]
        if found:
            writer.forget_side_files()
        writer.index_anew()
        before = len(writer)
        characters = _read(writer, engine, found, reading, progress)
        seconds = {"read": perf_counter() - start}
        seconds |= _analyse(writer, engine, settings, progress)
        seconds |= _across(writer, engine, settings, progress)
        seconds["total"] = perf_counter() - start
        built = Built(
            documents=len(writer),
            added=len(writer) - before,
            failures=sum(1 for _ in writer.failures()),
            characters=characters,
            seconds={name: round(spent, 3) for name, spent in seconds.items()},
        )
        with writer.step():
            briefs.write(writer)
            writer.record("run", {**_run_entry(settings, reading, paths, built), "sealed": writer.seal()})
        return built


def _run_entry(settings: Settings, reading: Reading, paths: Sequence[str | Path], built: Built) -> dict[str, object]:
    """What the log keeps of a run."""
    return {
        "riwaya": version("riwaya"),
        "python": platform.python_version(),
        "stages": {stage.name: stage.version for stage in STAGES},
        "tables": Lexicon(settings.language).digest,
        "settings": msgspec.to_builtins(settings),
        "reading": msgspec.to_builtins(reading),
        "paths": [str(path) for path in paths],
        "built": msgspec.to_builtins(built),
    }


# --- reading -------------------------------------------------------------------------------------------------------


def _read(writer: Writer, engine: Engine, found: Sequence[Source], reading: Reading, progress: Report) -> int:
    """Takes in what is new among the sources; returns how many characters that were."""
    new = [source for source in found if not writer.is_read(source.place, stamp(source, reading))]
    total, done, characters = sum(source.size for source in new), 0, 0
    kept: dict[str, list[str]] = {}
    steps = Steps(writer)
    for taken in engine.read(new, reading.options, reading.language, reading.link):
        where = taken.source.place
        if where not in kept:
            kept[where] = []
            writer.begin_source(where, taken.source.label, stamp(taken.source, reading))
        for intake in taken.intakes:
            kept[where].append(writer.take_in(where, intake))
            characters += intake.characters
        for failure in taken.failures:
            writer.keep_failure(failure, where)
        if taken.finished:
            ids = kept.pop(where)
            if not taken.fell:
                writer.end_source(where, set(ids))
            writer.record("intake", {"source": taken.source.label, "documents": len(ids), "bytes": taken.source.size})
            done += taken.source.size
            progress(Progress("read", done, total))
        steps.count(len(taken.intakes))
    steps.close()
    return characters


def of_case(source: Source, case: Path) -> bool:
    """Is it the case itself, or what is kept beside it while it is open? It often lies among its documents.

    >>> of_case(Source(label="a", file="/wadi/dam.riwaya-wal", size=0, mtime_ns=0), Path("/wadi/dam.riwaya"))
    True
    """
    own = os.path.realpath(case)
    return source.file in (own, *(own + end for end in ("-wal", "-shm", "-journal", "-lock")))


def stamp(source: Source, reading: Reading) -> str:
    """Differs when the source, or the way of reading it, has changed."""
    named = msgspec.structs.replace(source, file=written(source.file))
    seen = msgspec.json.encode([named, reading, version("riwaya")], order="deterministic")
    return blake2b(seen, digest_size=12).hexdigest()


class Steps:
    """Makes what was written last every COMMIT documents, so that a killed build loses little."""

    def __init__(self, writer: Writer) -> None:
        self.writer, self.open = writer, 0

    def count(self, documents: int) -> None:
        self.open += documents
        if self.open >= COMMIT:
            self.close()

    def close(self) -> None:
        self.writer.commit()
        self.open = 0


# --- stages --------------------------------------------------------------------------------------------------------


def recipes(settings: Settings, lang: Lexicon, stages: Sequence[Stage]) -> dict[str, str]:
    """For each stage a digest of all that its answers depend on, apart from the documents."""
    digests: dict[str, str] = {}
    given_by: dict[type, list[str]] = {}
    trained = models.known_by(settings.models.names)
    for stage in stages:
        upstream = sorted({digests[name] for need in stage.needs for name in given_by.get(need, ())})
        parts = [stage.name, str(stage.version), lang.digest, settings.digest, *trained, *upstream]
        digests[stage.name] = blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()
        for kind in stage.gives:
            given_by.setdefault(kind, []).append(stage.name)
    return digests


def steered(digests: dict[str, str], decided: Sequence[Decision], stages: Sequence[Stage]) -> dict[str, str]:
    """The digests of the `across` stages with the decisions that touch them or what they are given."""
    touched: dict[str, str] = {}
    given_by: dict[type, list[str]] = {}
    for stage in stages:
        if stage.kind == "across":
            own = touching(decided, {kind.layer for kind in (*stage.needs, *stage.gives)})
            upstream = {touched[name] for need in stage.needs for name in given_by.get(need, ()) if name in touched}
            if own or upstream:
                parts = [digests[stage.name], *(decision.id for decision in own), *sorted(upstream)]
                touched[stage.name] = blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()
        for kind in stage.gives:
            given_by.setdefault(kind, []).append(stage.name)
    return {**digests, **touched}


def check_order(stages: Sequence[Stage]) -> None:
    """Raises InvalidInput that says which stage to move, when one needs what no earlier one gives."""
    for number, stage in enumerate(stages):
        given = {kind for earlier in stages[:number] for kind in earlier.gives}
        for need in stage.needs:
            if need not in given:
                later = [s.name for s in stages[number:] if need in s.gives]
                mend = f"move «{later[0]}» before it" if later else "no stage gives it"
                raise InvalidInput(f"The stage «{stage.name}» needs {need.__name__}, which is not there yet: {mend}.")


check_order(STAGES)


def _analyse(writer: Writer, engine: Engine, settings: Settings, progress: Report) -> dict[str, float]:
    """Runs the `each` stages over the documents that lack one of them; returns the seconds each took."""
    digests = recipes(settings, writer.lang, STAGES)
    stages = tuple(stage for stage in STAGES if stage.kind == "each")
    wanted = [(kind.layer, stage.name, digests[stage.name]) for stage in stages for kind in stage.gives]
    numbers = writer.unfinished(wanted)
    seconds = dict.fromkeys((stage.name for stage in stages), 0.0)
    steps, done = Steps(writer), 0
    for analysed in engine.analyse(Recipe(stages, digests, settings), writer.heads(numbers)):
        writer.keep_found(analysed)
        for name, spent in analysed.seconds.items():
            seconds[name] += spent
        done += analysed.documents
        steps.count(analysed.documents)
        progress(Progress("analyse", done, len(numbers)))
    steps.close()
    return seconds


def _across(writer: Writer, engine: Engine, settings: Settings, progress: Report) -> dict[str, float]:
    """Runs the `across` stages whose input has changed; returns the seconds each took."""
    decided = standing(writer)
    own = recipes(settings, writer.lang, STAGES)
    digests = steered(own, decided, STAGES)
    content = writer.content_digest()
    stages = [stage for stage in STAGES if stage.kind == "across"]
    seconds = {}
    for number, stage in enumerate(stages):
        progress(Progress(stage.name, number, len(stages)))
        recipe = f"{digests[stage.name]}-{content}"
        if writer.is_done(stage.name, recipe):
            continue
        start = perf_counter()
        if _across_one(writer, stage, engine.corpus(writer, settings, own[stage.name]), decided, recipe):
            seconds[stage.name] = perf_counter() - start
    return seconds


def _across_one(writer: Writer, stage: Stage, corpus: Corpus, decided: Sequence[Decision], recipe: str) -> bool:
    """Runs a stage over the case and keeps what it gives as it comes; tells whether it went well."""
    layers = [kind.layer for kind in stage.gives]
    try:
        with uncollected():
            found = iter(stage(corpus))
            first = list(islice(found, 1))
            writer.commit()  # what was asked of single documents lasts, even when the stage fails
            with writer.step():
                writer.keep_across(stage.name, recipe, layers, _steered(chain(first, found), layers, decided))
                writer.forget_failure(str(writer.path), stage.name)
    except CaseError:
        raise
    except Exception as error:  # the other stages stand, and the next run tries this one again
        message = f"The stage «{stage.name}» failed: {type(error).__name__}: {error}. Its layers are not up to date."
        with writer.step():
            failure = Failure(path=str(writer.path), stage=stage.name, error=type(error).__name__, message=message)
            writer.keep_failure(failure)
        return False
    return True


def _steered(
    found: Iterable[Across | Packed | Stands], layers: Sequence[str], decided: Sequence[Decision]
) -> Iterable[Across | Packed | Stands]:
    """What a stage found, as the decisions leave it; where none is about it, nothing waits for the rest."""
    if not touching(decided, layers):
        return found
    values = [unpack_one(value.layer, value.data) if isinstance(value, Packed) else value for value in found]
    stand = [value for value in values if isinstance(value, Stands)]
    return [*steer((value for value in values if not isinstance(value, Stands)), decided), *stand]
