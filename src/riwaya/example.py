"""The example corpus that travels with the package, and the case that is made of it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from riwaya.pipeline import build


def corpus() -> Path:
    """The folder of the example: eighteen invented articles on the failure of a dam."""
    inside = Path(str(files("riwaya"))) / "examples" / "dam"
    beside = Path(__file__).parents[2] / "examples" / "dam"  # in a checkout it lies beside src/
    return inside if inside.is_dir() else beside


def demo(case: str | Path = "dam.riwaya") -> Path:
    """Builds the example case and returns its path.

    >>> import riwaya, tempfile
    >>> case = riwaya.open(riwaya.demo(tempfile.mkdtemp() + "/dam.riwaya"))
    >>> len(case)
    18
    """
    build(case, [corpus()])
    return Path(case)
