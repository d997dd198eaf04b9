"""Every page in a real browser: both languages, a desk and a phone, no complaint, no way out, no barrier."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

import riwaya
from riwaya.lang.ar import arabic
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


def test_a_page_on_paper_says_what_it_says_on_the_screen_and_has_nothing_to_press(
    browser: Browser, room: str, tmp_path: Path
) -> None:
    claim = next(page for page in PAGES if page.name == "claim")
    load(browser, room, path_of(claim), "ar")
    shown = browser.run("return [...document.querySelectorAll('h1, .statements .passage')].map(e => e.textContent)")
    menu = browser.run("return [...document.querySelectorAll('.side a, button')].map(e => e.textContent)")
    printed = tmp_path / "paper" / "claim.pdf"
    printed.parent.mkdir()
    printed.write_bytes(b64decode(browser.driver.print_page()))
    riwaya.build(tmp_path / "paper.riwaya", [printed.parent], processes=1)
    with riwaya.open(tmp_path / "paper.riwaya") as paper:
        said = arabic.fold(paper.document(paper.ids[0]).text).split()
    for text in shown:
        words = arabic.fold(text).split()
        assert sum(word in said for word in words) >= 0.8 * len(words), text
    assert menu
    assert not {arabic.fold(word) for word in menu if " " not in word.strip()} & set(said) - {
        word for text in shown for word in arabic.fold(text).split()
    }
