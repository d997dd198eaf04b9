"""What the tests of the pages share: the example with every layer filled, and a client that the server lets in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from riwaya.web.app import application
from riwaya.web.desk import Desk
from tests.web.filled import filled

BASE = "http://127.0.0.1"
OURS = {"origin": BASE, "sec-fetch-site": "same-origin"}
"""Headers by which a browser says that a form is ours."""


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with every layer filled; not to be written to."""
    return filled(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def own(example: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copy(example, tmp_path / "dam.riwaya"))


@pytest.fixture(scope="session")
def client(example: Path) -> Iterator[TestClient]:
    with TestClient(application(Desk(example)), base_url=BASE) as made:
        yield made
