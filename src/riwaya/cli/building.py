"""`build` and `demo`: making a case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from riwaya import pipeline
from riwaya.case import open as open_case
from riwaya.cli.printing import cell, console, dump, json_option
from riwaya.errors import MissingThing
from riwaya.example import corpus
from riwaya.readers import ReadOptions
from riwaya.settings import Settings, read_settings

if TYPE_CHECKING:
    from riwaya.engines.spark import Spark

WITH_FAILURES = 3
"""Exit code of a build that is done but could not read everything."""


@click.command()
@click.argument("case", type=click.Path(dir_okay=False))
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--fields", metavar="A=B,…", help="Which field of a record is what.")
@click.option("--metadata", type=click.Path(exists=True, dir_okay=False), help="CSV or JSON Lines with a row per path.")
@click.option("--settings", type=click.Path(exists=True, dir_okay=False), help="riwaya.toml; found beside the case.")
@click.option("--ocr", is_flag=True, help="Read pages that are only pictures with Tesseract, where it is installed.")
@click.option("--link", is_flag=True, help="Leave original files in place instead of keeping their bytes in the case.")
@click.option("--processes", type=click.IntRange(1), help="How many to use; one per core if not given.")
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", help="Where stages run.")
@click.option(
    "--master", metavar="URL", help="Of a Spark cluster, as spark://host:7077; else that of Spark's settings."
)
@click.option("--input", "inputs", multiple=True, metavar="PATH", help="Like PATHS; with Spark also s3a://…, hdfs://….")
@click.option("--layers", metavar="FOLDER", help="With Spark: write the layers there as Parquet, too.")
@json_option
@click.pass_context
def build(
    ctx: click.Context,
    case: str,
    paths: tuple[str, ...],
    fields: str | None,
    metadata: str | None,
    settings: str | None,
    ocr: bool,
    link: bool,
    processes: int | None,
    engine: str,
    master: str | None,
    inputs: tuple[str, ...],
    layers: str | None,
    as_json: bool,
) -> None:
    """Read documents into CASE and analyse what is new.

    PATHS are files, folders, patterns or zip files of web pages, PDFs, DOCX, text, JSON, CSV, Parquet and WARC. Run it
    again after adding files, or after it was stopped: what is done is not done again. Without PATHS it only runs
    stages that are not up to date. With `--engine spark` a cluster does the work; see docs/scaling.md.
    """
    if engine == "local" and (master or layers):
        raise click.UsageError("--master and --layers go with --engine spark.")
    options = ReadOptions(fields=ReadOptions.parse_fields(fields) if fields else {}, ocr=ocr)
    with reporting() as progress, closing(cluster(master)) if engine == "spark" else nullcontext() as spark:
        built = pipeline.build(
            case,
            (*paths, *inputs),
            options=options,
            metadata=metadata,
            settings=found_settings(case, settings),
            link=link,
            processes=processes,
            engine=spark,
            progress=progress,
        )
        if spark and layers:
            spark.write_layers(case, layers)
    if as_json:
        dump(built)
    else:
        summarise(case, built)
    ctx.exit(WITH_FAILURES if built.failures else 0)


def cluster(master: str | None) -> Spark:
    """The engine of a cluster; raises MissingThing where there is no Spark."""
    try:
        from riwaya.engines.spark import Spark
    except ImportError as error:
        raise MissingThing("A build on Spark needs pyspark; install it with `pip install 'riwaya[spark]'`.") from error
    return Spark(master)


def found_settings(case: str, given: str | None) -> Settings:
    """The settings file that was named, or the one beside the case, or the defaults."""
    beside = Path(case).parent / "riwaya.toml"
    if given:
        return read_settings(Path(given))
    return read_settings(beside) if beside.is_file() else Settings()


@contextmanager
def reporting() -> Iterator[pipeline.Report]:
    """A progress bar on standard error, where that is a terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    out = console(error=True)
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as bar:
        tasks: dict[str, int] = {}

        def report(step: pipeline.Progress) -> None:
            if step.phase not in tasks:
                tasks[step.phase] = bar.add_task(step.phase, total=step.total)
            bar.update(tasks[step.phase], completed=step.done, total=step.total)  # type: ignore[arg-type]  # TaskID is int

        yield report


def summarise(case: str, built: pipeline.Built) -> None:
    """What a build did, in a few lines."""
    out = console()
    new = f", {built.added} of them new" if built.added else ", none of them new"
    out.print(f"[bold]{cell(case)}[/]: {built.documents} documents{new}, in {built.seconds['total']:.1f} s.")
    with open_case(case) as opened:
        counts = {layer: count for layer, count in opened.counts().items() if count and layer != "namings"}
    if counts:
        out.print("Found: " + ", ".join(f"{count:,} {layer}" for layer, count in counts.items()) + ".")
    if built.failures:
        out.print(f"[yellow]{built.failures} could not be read or analysed:[/] riwaya failures {cell(case)}")


@click.command()
@click.argument("case", type=click.Path(dir_okay=False), default="dam.riwaya")
@click.option("--serve/--no-serve", default=True, help="Open the pages in a browser when it is built.")
def demo(case: str, serve: bool) -> None:
    """Build the example: eighteen invented articles on the failure of a dam, and look at it."""
    with reporting() as progress:
        built = pipeline.build(case, [corpus()], progress=progress)
    summarise(case, built)
    out = console()
    out.print("\nTry:")
    for line in ("documents {}", "search {} 'السد انهار'", "show {} 05_dima.txt", "export {} --as jsonl -o out"):
        out.print(f"  riwaya {line.format(case)}", markup=False)
    if serve:
        from riwaya.web import serve as serve_case

        serve_case(case)


COMMANDS = (build, demo)
