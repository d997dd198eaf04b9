"""Every page in a real browser: both languages, a desk and a phone, no complaint, no way out, no barrier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from riwaya.web.pages import PAGES, Page
from tests.browser.conftest import Browser
from tests.web.test_pages import path_of

SERIOUS = {"serious", "critical"}


def load(browser: Browser, room: str, path: str, language: str) -> None:
    browser.open(f"{room}{path}{'&' if '?' in path else '?'}lang={language}")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_whole(page: Page, language: str, width: int, browser: Browser, room: str) -> None:
    browser.size(width)
    browser.complaints(), browser.asked()
    load(browser, room, path_of(page), language)
    assert browser.complaints() == []
    assert browser.asked() <= {room.removeprefix("http://")}
    wide, seen = browser.run("return [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen, "the page is wider than the window"
    side = browser.run("const r = document.querySelector('.brand').getBoundingClientRect(); return r.x + r.width / 2")
    assert (side > width / 2) == (language == "ar"), "the head of the page is on the wrong side"


@pytest.fixture(scope="session")
def axe() -> str:
    """The checker of barriers, axe-core, from a package of tests only."""
    package = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed: no check of barriers")
    return (Path(package.__file__).parent / "axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_has_no_serious_barrier(page: Page, scheme: str, browser: Browser, room: str, axe: str) -> None:
    browser.size(1280 if scheme == "light" else 390)
    media = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    load(browser, room, path_of(page), "ar" if scheme == "light" else "en")
    browser.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
    found: dict[str, Any] = browser.driver.execute_async_script(
        """const done = arguments[0];
        axe.run(document, {resultTypes: ['violations']}).then(done, e => done({error: '' + e}))"""
    )
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert "error" not in found, found
    faults = [
        f"{fault['id']}: {node['target']} {node['failureSummary'][:300]}"
        for fault in found["violations"]
        if fault["impact"] in SERIOUS
        for node in fault["nodes"][:3]
    ]
    assert not faults, "\n".join(faults)
