"""The functions that need no case, by their public names."""

from __future__ import annotations

from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["attributions", "dates", "names", "quantities", "reuse"])
def test_a_door_can_be_imported_as_a_module(name: str) -> None:
    import riwaya

    assert import_module(f"riwaya.{name}") is getattr(riwaya, name)
    assert callable(getattr(riwaya, name).find)
