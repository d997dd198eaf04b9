"""The reading view as people see and steer it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from time import perf_counter

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

import riwaya
from riwaya.case.packing import pack_findings
from riwaya.case.writer import Analysed, Found, Writer
from riwaya.model import Mention, document_key
from tests.browser.conftest import Browser, Serve
from tests.web.hostile import DOCUMENTS, hostile
from tests.web.test_pages import PATHS


def test_arabic_runs_from_right_to_left_and_its_letters_join(browser: Browser, room: str) -> None:
    browser.size(1280)
    browser.open(f"{room}{PATHS['reading']}?lang=en")
    assert set(
        browser.run("return [...document.querySelectorAll('.text p')].map(p => getComputedStyle(p).direction)")
    ) == {"rtl"}
    # A word cut in two by a highlight would be wider than the same word whole: its letters would lose their joints.
    widths = browser.run(
        """const word = document.querySelector('.text .m-names'); const whole = word.getBoundingClientRect().width;
        const copy = document.createElement('span'); copy.textContent = word.textContent;
        copy.style.font = getComputedStyle(word).font; copy.style.whiteSpace = 'nowrap';
        document.querySelector('.text').append(copy); return [whole, copy.getBoundingClientRect().width]"""
    )
    assert abs(widths[0] - widths[1]) < 1


def test_a_mark_stands_on_its_words_and_a_chip_lights_them(browser: Browser, room: str) -> None:
    browser.size(1280)
    browser.open(f"{room}{PATHS['reading']}?lang=ar")
    lit = browser.run(
        """const chip = document.querySelector('.c-statements'); chip.dispatchEvent(new Event('focus'));
        return [...document.querySelectorAll('.m.lit')].map(m => m.textContent).join('')"""
    )
    assert "وثّقت بالأسماء مقتل 62 شخصاً" in lit


def test_a_layer_can_be_put_away(browser: Browser, room: str) -> None:
    browser.size(1280)
    browser.open(f"{room}{PATHS['reading']}?lang=en")
    colour = "return getComputedStyle(document.querySelector('.text .m-dates')).backgroundColor"
    shown = browser.run(colour)
    browser.run("document.querySelector('#show-dates').click()")
    assert browser.run(colour) != shown
    assert browser.run("return getComputedStyle(document.querySelector('.c-dates')).display") == "none"


def test_six_thousand_highlights_stay_usable(browser: Browser, serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("\n".join("حجر شجر نهر جبل سهل تلّ " * 10 for _ in range(100)), encoding="utf-8")
    case = tmp_path / "long.riwaya"
    riwaya.build(case, [tmp_path / "long.txt"], processes=1)
    with Writer(case) as writer:
        text = writer["long.txt"].text
        mentions = [
            Mention(doc="long.txt", start=at.start(), end=at.end(), kind="place", level="name", rule="t")
            for at in re.finditer(r"\S+", text)
        ]
        assert len(mentions) == 6000
        data = pack_findings(mentions)
        with writer.step():
            writer.connection.execute("DELETE FROM findings WHERE layer = 'mentions'")
            row = Found(number=1, layer="mentions", stage="t", recipe="t", count=len(mentions), data=data)
            writer.keep_found(Analysed(found=[row]))
            writer.keep_across("t", "t", ["namings", "entities"], [])
            writer.record("run", {})
    room = serve(case)
    browser.size(1280)
    start = perf_counter()
    browser.open(f"{room}/documents/{document_key('long.txt')}")
    assert perf_counter() - start < 6
    assert browser.run("return document.querySelectorAll('.text .m').length") >= 6000
    spent = browser.run(
        """const start = performance.now(); document.querySelector('#show-places').click();
        document.body.offsetHeight; scrollTo(0, 9e9); document.body.offsetHeight; return performance.now() - start"""
    )
    assert spent < 1500, f"putting a layer away and scrolling to the end took {spent:.0f} ms"


def test_the_queue_is_worked_by_keys_and_the_count_changes(
    browser: Browser, serve: Serve, example: Path, tmp_path: Path
) -> None:
    room = serve(Path(shutil.copy(example, tmp_path)))
    browser.size(1280)
    browser.open(f"{room}/decisions?kind=origin&lang=en")
    claim, effect = browser.run(
        """const task = document.querySelector('.task');
        return [task.querySelector('a').href, task.querySelector('.quiet').textContent]"""
    )
    before, after = effect.removeprefix("origins ").split(" → ")
    body = browser.driver.find_element("tag name", "body")
    body.send_keys("j")
    assert browser.run("return document.activeElement.id") == "task-1"
    browser.driver.switch_to.active_element.send_keys("j")
    assert browser.run("return document.activeElement.id") == "task-2"
    browser.driver.switch_to.active_element.send_keys("k")
    browser.driver.switch_to.active_element.send_keys("s")
    browser.driver.implicitly_wait(5)
    done = browser.driver.find_element("css selector", ".done li")
    browser.driver.implicitly_wait(0)
    assert f"origins {before} → {after}" in done.text.lower()
    browser.open(claim)
    assert browser.run("return document.querySelectorAll('.balance b')[1].textContent") == after
    browser.driver.find_element("css selector", ".origin button[value=undo]").send_keys(Keys.ENTER)
    count = "return document.querySelectorAll('.balance b')[1]?.textContent"
    WebDriverWait(browser.driver, 10).until(lambda _: browser.run(count) == before)


def test_no_document_runs_anything_or_calls_anybody(browser: Browser, serve: Serve, tmp_path: Path) -> None:
    room = serve(hostile(tmp_path))
    browser.size(1280)
    browser.asked()
    browser.open(f"{room}/documents?lang=en")
    addresses = browser.run("return [...document.querySelectorAll('.doc')].map(a => a.href)")
    assert len(addresses) == DOCUMENTS
    for address in [*addresses, f"{room}/", f"{room}/search?q=%22%3E%3Cimg%20src%3Dx%20onerror%3Dpwned%3D1%3E"]:
        browser.open(address)
        browser.run("document.querySelector('#show-original')?.click()")
        assert browser.run("return window.pwned") is None, address
    page = next(a for a in addresses if a.endswith(document_key("page.html")))
    browser.open(page)
    browser.run("document.querySelector('#show-original').click(); document.querySelector('iframe').scrollIntoView()")
    browser.driver.switch_to.frame(browser.driver.find_element("tag name", "iframe"))
    assert "انهار مساء أمس" in browser.driver.find_element("tag name", "body").text
    browser.driver.switch_to.default_content()
    assert browser.run("return window.pwned") is None
    assert browser.asked() <= {room.removeprefix("http://")}
    browser.complaints()
