"""Each form of a decision, pressed in a real browser in both languages: it says what it changed, and is taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from riwaya.case import briefs
from riwaya.case.briefs import Told
from riwaya.case.case import Case
from riwaya.case.decisions import standing
from riwaya.web.claims import claims_now
from riwaya.web.desk import Desk
from riwaya.web.strings import say
from tests.browser.conftest import Browser, Serve
from tests.web.test_pages import PATHS

WORDS = "كلام المحلل"


class Hand:
    """Presses the buttons of a page as a person does, without its script where that is asked."""

    def __init__(self, browser: Browser, room: str, language: str) -> None:
        self.browser, self.room, self.language = browser, room, language

    def open(self, path: str) -> None:
        self.browser.open(f"{self.room}{path}{'&' if '?' in path else '?'}lang={self.language}")
        self.browser.run("for (const d of document.querySelectorAll('details')) d.open = true")

    def press(self, subject: str, verdict: str, **fields: str) -> str:
        """Fills and sends the form of a subject; returns what the page then says."""
        forms = self.browser.driver.find_elements(By.CSS_SELECTOR, "form.decide")
        for form in forms:
            held = form.find_elements(By.CSS_SELECTOR, f'[name=subject][value="{subject}"], option[value="{subject}"]')
            buttons = form.find_elements(By.CSS_SELECTOR, f'button[value="{verdict}"]')
            if held and buttons:
                for name, words in fields.items():
                    form.find_element(By.NAME, name).send_keys(words)
                return self.told(buttons[0])
        raise AssertionError(f"no form gives {verdict} to {subject}")

    def take_back(self) -> str:
        return self.told(self.browser.driver.find_element(By.CSS_SELECTOR, ".notice button[value=undo]"))

    def told(self, button: WebElement) -> str:
        """What the page that comes after a decision says of it."""
        done = "return new URL(location).searchParams.get('done')"
        before = self.browser.run(done)
        button.send_keys(Keys.ENTER)
        WebDriverWait(self.browser.driver, 10).until(lambda _: self.browser.run(done) != before)
        text: str = self.browser.run("return document.querySelector('.notice').innerText")
        return text


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_form_decides(language: str, browser: Browser, serve: Serve, example: Path, tmp_path: Path) -> None:
    case = Path(shutil.copy(example, tmp_path))
    desk = Desk(case)
    claims = claims_now(desk, [id for id, _ in briefs.part(desk.case, "claims", Told, 50)])
    claim = next(c for c in claims if len(c.origins) > 1)
    other = next(c for c in claims if c.id != claim.id)
    one, two = sorted(o.id for o in claim.origins[:2])
    first, second = sorted((claim.id, other.id))
    hand = Hand(browser, serve(case), language)
    browser.size(1280)
    browser.complaints()
    counts = say("change.counts", language, what=say("layer.claims", language), before=2, after=1)
    for path, subject, verdict, fields, told in (
        (f"/claims/{claim.id}", f"claim/{claim.id}", "rename", {"note": WORDS}, WORDS),
        (f"/claims/{claim.id}", f"claim/{claim.id}", "review", {"note": WORDS}, WORDS),
        (f"/claims/{claim.id}", f"claim/{claim.id}", "note", {"note": WORDS}, WORDS),
        (f"/claims/{claim.id}", f"claim/{claim.id}", "unsure", {}, say("verdict.unsure", language)),
        (f"/claims/{claim.id}", f"claim/{claim.id}", "split", {}, say("layer.claims", language)),
        (f"/claims/{claim.id}", f"origins/{claim.id}/{one}+{two}", "merge", {}, say("layer.origins", language)),
        (f"/claims/{claim.id}", f"claims/{claim.id}", "merge", {"other": other.id}, counts),
        ("/conflicts", "conflict/K01", "reject", {}, say("layer.conflicts", language)),
        ("/conflicts", "conflict/K01", "note", {"note": WORDS}, WORDS),
        ("/names?entity=MINISTER", "entity/MINISTER", "rename", {"note": WORDS}, WORDS),
        (PATHS["compare"], "", "common-source", {}, say("layer.copies", language)),
        (PATHS["compare"], "", "reject", {}, say("layer.alignments", language)),
        ("/timeline", "", "rename", {"note": WORDS}, WORDS),
        ("/timeline", "", "merge", {}, say("layer.events", language)),
    ):
        if "MINISTER" in path:
            person = next(e for e in browser_names(desk))
            path, subject = f"/names?entity={person}", f"entity/{person}"
        hand.open(path)
        if not subject:
            subject = subject_on_page(browser, verdict)
        assert told.lower() in hand.press(subject, verdict, **fields).lower(), (path, verdict)
        with Case(case) as opened:
            (made,) = standing(opened)
            assert made.verdict == verdict
        hand.take_back()
        with Case(case) as opened:
            assert standing(opened) == ()
    hand.open(f"/claims/{claim.id}")
    hand.press(f"claims/{claim.id}", "merge", other=other.id)
    hand.open(f"/claims/{second}")
    assert browser.driver.find_elements(By.CSS_SELECTOR, f'.alarm a[href*="{first}"]')
    assert browser.complaints() == []


def browser_names(desk: Desk) -> list[str]:
    from riwaya.web.pages import names

    return [e.id for e in names.answer(desk, names.Asked(kind="person")).lines]


def subject_on_page(browser: Browser, verdict: str) -> str:
    """The subject of the first form that gives a verdict."""
    found: str = browser.run(
        """const button = document.querySelector(`main form button[value="${arguments[0]}"]`);
        return button.form.querySelector('[name=subject]').value""",
        verdict,
    )
    return found


@pytest.mark.parametrize("language", ["ar", "en"])
def test_names_are_merged_and_a_finding_is_rejected_from_where_it_is_read(
    language: str, browser: Browser, serve: Serve, example: Path, tmp_path: Path
) -> None:
    case = Path(shutil.copy(example, tmp_path))
    person, other = browser_names(Desk(case))[:2]
    hand = Hand(browser, serve(case), language)
    browser.size(1280)
    hand.open(f"/names?entity={person}")
    words = browser.driver.find_element(By.CSS_SELECTOR, "[name=like]")
    words.send_keys("ا")
    words.submit()
    browser.run("document.querySelector('[name=other]').value = arguments[0]", other)
    assert say("layer.entities", language) in hand.press(f"entities/{person}", "merge")
    hand.open(PATHS["reading"])
    browser.driver.find_element(By.CSS_SELECTOR, ".c-statements").click()
    finding = browser.run("return new URL(location).searchParams.get('finding')")
    assert say("layer.attributions", language) in hand.press(f"attribution/{finding}", "reject")
    hand.open(PATHS["reading"])
    browser.driver.find_element(By.CSS_SELECTOR, "details.strip .chip").click()
    finding = browser.run("return new URL(location).searchParams.get('finding')")
    assert say("layer.namings", language) in hand.press(f"mention/{finding}", "split")
    with Case(case) as opened:
        assert [d.verdict for d in standing(opened)] == ["merge", "reject", "split"]
    browser.complaints()
