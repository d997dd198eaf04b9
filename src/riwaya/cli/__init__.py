"""The command line: parse, call, print. What it can do is done elsewhere."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from riwaya.cli.printing import complain
from riwaya.errors import RiwayaError

__all__ = ["main"]

STOPPED = 130
"""Exit code after Ctrl-C, as shells expect."""


class Riwaya(click.Group):
    """A group whose commands never show a traceback for what a user can mend."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RiwayaError as error:
            complain(str(error))
            ctx.exit(1)
        except BrokenPipeError:  # `riwaya … | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as error:
            complain(f"{error.filename or 'A file'}: {error.strerror or error}.")
            ctx.exit(1)
        except KeyboardInterrupt:
            complain("Stopped. What was done so far is kept; run the same command to go on.")
            ctx.exit(STOPPED)


@click.group(cls=Riwaya, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="riwaya")
def main() -> None:
    """riwaya (رواية): who said what, on whose word, and who copied whom, in Arabic news.

    Start with `riwaya demo`, or with `riwaya build NAME.riwaya FOLDER`.
    """


from riwaya.cli import accounts, building, deciding, finding, giving, looking  # noqa: E402  # each adds its commands to `main`

for module in (building, looking, finding, giving, deciding, accounts):
    for command in module.COMMANDS:
        main.add_command(command)
