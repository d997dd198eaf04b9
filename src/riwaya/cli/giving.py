"""Giving a case to others: `export`, `serve` and `report`; `stamp` asks one of them to witness it."""

from __future__ import annotations

from pathlib import Path

import click

from riwaya.case import open as open_case
from riwaya.case import stamps
from riwaya.case.writer import Writer
from riwaya.cli.printing import case_argument, cell, console
from riwaya.exporters import FORMATS
from riwaya.exporters import export as export_case


@click.command()
@case_argument
@click.option("--as", "form", type=click.Choice(list(FORMATS)), default="jsonl", show_default=True)
@click.option("-o", "--output", type=click.Path(file_okay=False), required=True, help="Folder to write into.")
@click.option("--layer", "layers", multiple=True, help="Only this layer; may be given several times.")
def export(case: str, form: str, output: str, layers: tuple[str, ...]) -> None:
    """Write the layers of a CASE as files that other programs read."""
    with open_case(case) as opened:
        written = export_case(opened, output, form, layers or None)
    console().print(f"{len(written)} files in {cell(output)}: {', '.join(path.name for path in written)}")


@click.command()
@case_argument
@click.option("--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="An address beyond this machine takes a token.")
@click.option("--browser/--no-browser", default=True, help="Open the page in a browser.")
def serve(case: str, port: int, host: str, browser: bool) -> None:
    """Show a CASE as web pages on this machine, in Arabic and English."""
    from riwaya.web import serve as serve_case

    serve_case(case, port=port, browser=browser, host=host)


@click.command()
@case_argument
@click.option("-o", "--output", type=click.Path(dir_okay=False), required=True, help="The HTML file to write.")
@click.option("--language", type=click.Choice(["ar", "en"]), default="ar", show_default=True, help="Of the headings.")
def report(case: str, output: str, language: str) -> None:
    """Write a CASE as one HTML file that reads and prints without riwaya."""
    from riwaya.web.report import report as write_report

    console().print(f"Written: {cell(write_report(case, output, language=language))}")


@click.command()
@case_argument
@click.option("--authority", metavar="URL", help="Ask this time-stamping authority (RFC 3161): it is sent one hash.")
@click.option("--query", type=click.Path(dir_okay=False, path_type=Path), help="Write what to ask into a file instead.")
@click.option("--reply", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Take in a reply to it.")
def stamp(case: str, authority: str | None, query: Path | None, reply: Path | None) -> None:
    """Have an outside authority witness that the log of a CASE stood so by now; the only command that calls anybody.

    On a machine without a network write the query with --query, have it answered elsewhere, and take the answer in with
    --reply. `riwaya verify CASE --roots ROOTS.pem` checks who signed.
    """
    if sum(given is not None for given in (authority, query, reply)) != 1:
        raise click.UsageError("Give one of --authority, --query and --reply.")
    with open_case(case) as opened, Writer(case) as writer:
        if reply is not None:
            kept = stamps.keep(writer, reply.read_bytes())
        else:
            asked = stamps.query(opened)
            if query is not None:
                query.write_bytes(asked.as_bytes())
                console().print(f"Written: {cell(query)}. Take its answer in with --reply.")
                return
            assert authority is not None
            kept = stamps.keep(writer, stamps.ask(authority, asked.as_bytes()), authority, asked.nonce)
    console().print(f"Entry {kept.number} of the log was there by {kept.at}, {cell(kept.authority or 'a reply')} says.")


COMMANDS = (export, serve, report, stamp)
