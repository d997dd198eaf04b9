"""Giving a case to others: `export`, `serve` and `report`."""

from __future__ import annotations

import click

from riwaya.case import open as open_case
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


COMMANDS = (export, serve, report)
