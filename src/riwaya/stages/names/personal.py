"""Where a personal name ends: the grammar of given names, particles, family names and words that no table knows.

Source: A. Schimmel, Islamic Names (1989), ch. 1 (ism, kunya, nasab, laqab, nisba); the press for names from abroad.
"""

from __future__ import annotations

from riwaya.lang.ar.frequency import zipf
from riwaya.stages.names.knowledge import PERSONAL, TITLES, Part
from riwaya.stages.names.page import Page

__all__ = ["CLOSERS", "name_end", "supported"]

MOST_PARTS = 6
MOST_UNKNOWN = 2
CLOSERS = frozenset({",", ".", ":", "ان", "بان"})
"""What follows a whole name: before them even a common word was the family name."""
RARE_NISBA, RARE_NOUN, RARE_WORD, COMMON_NOUN = 4.0, 4.1, 3.9, 4.6
"""Frequencies (Zipf) below which a nisba, a definite noun, another word can be a family name behind a given name."""
PARTICIPLE = "الم"
NOMINAL = Part.NOMINAL_ORGANISATION | Part.NOMINAL_PLACE


def name_end(page: Page, start: int, skip: int = 0, titled: bool = False) -> int | None:
    """The last word of the personal name that starts with word `start`; None when it makes no name.

    `skip` letters of the first word are clitics. With a title before it (`titled`) one word is enough; else two are
    needed, and one of them must be known as a name.
    """
    return Name(page, start, skip, titled).end()


class Name:
    """A name as it is read, word by word: `at` is the next word, `sure` counts the parts known as names."""

    def __init__(self, page: Page, start: int, skip: int, titled: bool) -> None:
        self.page, self.start, self.skip, self.titled = page, start, skip, titled
        self.at, self.parts, self.sure, self.unknown = start, 0, 0, 0

    def end(self) -> int | None:
        while self.parts < MOST_PARTS and self._here() and self._step():
            if self.titled and self.parts == 1 and self._here() and self.page.beside(self.at, "ordinal"):
                self._take(1)  # «الملك سليم الثاني»
                if not (self._here() and self.page.beside(self.at, "son-of")):
                    break
        if self._here() and ((self._wants_family() and self._family_noun()) or self._dynasty()):
            self._take(1)
        enough = self.parts >= 1 if self.titled else self.parts >= 2 and self.sure >= 1
        return self.at - 1 if enough else None

    def _here(self) -> bool:
        """Is the next word there, in the same sentence?"""
        return self.page.inside(self.at, self.start) and self.page.is_word(self.at)

    def _word(self) -> str:
        norm = self.page.norms[self.at]
        return norm[self.skip :] if self.at == self.start else norm

    def _following(self) -> int | None:
        """The word after the next, where there is one."""
        after = self.at + 1
        return after if self.page.inside(after, self.start) and self.page.is_word(after) else None

    def _take(self, words: int, sure: bool = False) -> bool:
        self.at, self.parts, self.sure = self.at + words, self.parts + 1, self.sure + sure
        return True

    def _step(self) -> bool:
        """Takes the next part of the name; False where the name is over."""
        its = self.page.knows.parts.get(self._word(), Part.NONE)
        if (self.at in self.page.times and not its & Part.GIVEN) or self.page.adverbial(self.at):
            return False
        if self._word() in CLOSERS:
            return False
        following = self._following()
        if following is not None and (taken := self._bound(its, following)):
            return taken
        if its & PERSONAL and (self._another_word() or ((self.parts > 0 or self.titled) and self._office_begins(its))):
            return False
        if self._has_family() and not self.page.definite(self.at):
            return False  # behind «العودة» no given name follows
        if its & (Part.GIVEN | Part.FAMILY):
            return self._take(1, sure=True)
        if its & Part.AMBIGUOUS:
            return self._ambiguous()
        if self._unknown_part():
            self.unknown += 1
            return self.unknown <= MOST_UNKNOWN and self._take(1)
        return False

    def _bound(self, its: int, following: int) -> bool:
        """A particle or the half of a compound name, with the word it binds: «بن علي», «صلاح الدين», «دي فيندل»."""
        page = self.page
        after = page.parts(following)
        if its & Part.PARTICLE and after & Part.PARTICLE:
            return self._take(1)  # «بن عبد …»
        if its & Part.PARTICLE and self._after_particle(following):
            self._take(2, sure=self._word() not in page.knows.beside["weak-particle"])
            if self._here() and page.parts(self.at) & Part.SECOND:
                self.at += 1  # «بن صلاح الدين»
            return True
        if its & Part.COMPOUND and after & Part.SECOND:
            return self._take(2, sure=True)
        if its & Part.FOREIGN and self.at > self.start and self._from_abroad(following):
            return self._take(2)
        return False

    def _from_abroad(self, i: int) -> bool:
        """May word i follow «فان», «دي», «لو»? Even a word that is common elsewhere may, but no trigger."""
        page = self.page
        known = page.personal(i) or page.namely(i)
        return known or (
            len(page.norms[i]) > 2
            and not page.definite(i)
            and not page.any_parts(i)
            and not page.knows.verbal(page.norms[i])
        )

    def _after_particle(self, i: int) -> bool:
        """May word i go on with the name behind «عبد», «بن», «أبو»?"""
        page, particle = self.page, self._word()
        if particle in page.knows.beside["servant-of"]:
            return page.definite(i) or page.beside(i, "served")
        if particle in page.knows.beside["son-of"]:
            # «بن علي» folds like «بن على», which nobody writes.
            said = not page.personal(i) and (page.any_parts(i) & Part.SAYING or page.beside(i, "place-preposition"))
            listed = any(k.kind == "place" and k.type != "town" for s in page.spots.get(i, ()) for k in s.bearers)
            return not said and not listed and len(page.norms[i]) > 2
        return page.personal(i) or page.namely(i) or bool(page.parts(i) & Part.PARTICLE)

    def _ambiguous(self) -> bool:
        """A name that is also an ordinary word: inside a name it goes on, at its start it needs support."""
        first = self.at == self.start
        if first and not self.titled and not supported(self.page, self.at):
            return False
        if self.parts >= 2 and self._word().startswith("و"):
            return False  # «… وسام» may be «و» + «سام»
        return self._take(1, sure=not first or self._told_and_closed() or self._unheard_nisba())

    def _told_and_closed(self) -> bool:
        """«قال عادل البنا إن …»: a cue before the ambiguous name, and something that ends names two words on."""
        page, after = self.page, self.at + 2
        closed = page.inside(after, self.at) and (page.norms[after] in CLOSERS or page.any_parts(after) & TITLES)
        return bool(closed and page.definite(self.at + 1) and introduced(page, self.at))

    def _unheard_nisba(self) -> bool:
        """«مبارك الوردكي»: a nisba that no table knows makes the word before it a name."""
        after = self._following()
        if after is None or not self.page.definite(after) or not self.page.norms[after].endswith("ي"):
            return False
        return self.page.namely(after) and not self.page.parts(after)

    def _unknown_part(self) -> bool:
        """A word that no table knows, or a rare nisba: «خوداريونوك», «العمادي»."""
        page, i, norm = self.page, self.at, self.page.norms[self.at]
        first = i == self.start
        if not first and norm.startswith("م") and norm.endswith("ه") and len(norm) > 5:
            return False  # «زيارة كارل مرتقبة»
        if (first and self.skip) or (not first and norm.startswith("و")):
            return False
        second = not first and page.definite(i) and page.knows.definite(page.norms[i - 1]) and not norm.endswith("ي")
        if page.namely(i, titled=self.titled) and not page.parts(i) & NOMINAL and not self._listed(first):
            return not second  # behind a family name with the article another definite noun is none
        if first or i in page.times or not (self.sure or self.titled):
            return False
        rare = page.knows.frequency.get(norm, 0.0) < RARE_NISBA
        adjective = page.parts(i) & (Part.NATIONAL | Part.QUALIFIER | Part.OF_BODY | TITLES)
        return page.definite(i) and norm.endswith("ي") and rare and not adjective

    def _listed(self, first: bool) -> bool:
        """Does a table know the word as something else? A small town may lend its name to a family."""
        page = self.page
        if not page.parts(self.at) & Part.KNOWN:
            return False
        return first or any(known.type != "town" for spot in page.spots.get(self.at, ()) for known in spot.bearers)

    def _has_family(self) -> bool:
        """Is the last word a family name with the article, and not half of «عبد …»?"""
        page, last = self.page, self.at - 1
        if self.parts < 2 or not page.knows.definite(page.norms[last]) or page.parts(last) & PERSONAL & ~Part.FAMILY:
            return False
        return not page.parts(last - 1) & (Part.PARTICLE | Part.COMPOUND)

    def _dynasty(self) -> bool:
        """«محمد الخالد الصباح»: the house, behind a part with the article."""
        page, last = self.page, self.at - 1
        return self.parts > 1 and page.beside(self.at, "dynasty") and page.knows.definite(page.norms[last])

    def _wants_family(self) -> bool:
        """Is the family name still missing? Not behind a kunya, not where the last part has the article."""
        page = self.page
        first = page.norms[self.start][self.skip :]
        opening = first in page.knows.beside["opening-particle"] and first not in page.knows.beside["servant-of"]
        linked = not page.knows.beside["son-of"].isdisjoint(page.norms[self.start : self.at])
        if linked or 2 <= self.parts <= 4:
            return not self._has_family() and not page.parts(self.at - 1) & Part.FAMILY
        return self.parts == 1 and (self.sure > 0 or page.personal(self.start)) and not opening

    def _family_noun(self) -> bool:
        """May the next word, a common one, be the family name: «طارق الفلاح», «سامي حمادة، …»?"""
        page, i, norm = self.page, self.at, self.page.norms[self.at]
        frequency = page.knows.frequency.get(norm, 0.0)
        plural = norm.endswith(("ين", "ات", "يون")) or (norm.endswith("ون") and norm.startswith(PARTICIPLE))
        if i in page.times or plural:
            return False  # «المسلمون», «السوريون»; «السعدون» is a family
        after = i + 1
        closed = after < page.size and (page.norms[after] in CLOSERS or page.any_parts(after) & TITLES)
        if page.definite(i):
            others = TITLES | Part.NATIONAL | Part.QUALIFIER | Part.OF_BODY | Part.ARMY | Part.BODY | Part.DIRECTION
            others |= Part.NOMINAL_ORGANISATION | Part.NOMINAL_PLACE | Part.REGION | Part.PORTFOLIO
            sure = closed and (self.titled or self.parts == self.sure > 1)
            plain = len(norm) >= 5 and (sure or not norm.startswith(PARTICIPLE)) and not page.parts(i) & others
            if norm.endswith("ه"):
                return plain and self.parts > 1 and not norm.endswith("يه") and frequency < RARE_WORD
            rare = RARE_WORD if self.parts >= 2 and not self.titled else RARE_NOUN
            return plain and frequency < (COMMON_NOUN if sure else rare)
        if self.parts > 2 or (self.parts > 1 and self.sure < 2):
            return False
        verbal = norm.startswith(("و", "ي", "ت", "ل", "ب")) or norm.endswith(("ا", "ت"))
        if closed and page.parts(i) == Part.COMPOUND and self.titled:
            return True  # «النائب سامي شرف، …»
        return bool(closed) and not page.parts(i) and len(norm) > 3 and not verbal and frequency < RARE_WORD

    def _office_begins(self, its: int) -> bool:
        """«… بن عبدالعزيز أمير منطقة …»: a name that is also an office, with its complement behind it."""
        following = self._following()
        if not its & (Part.OFFICE | Part.RANK) or following is None:
            return False
        form = self.page.form(self.at, Part.OFFICE)
        if form is not None and form.length > 1:
            return True  # «أمين عام …»
        complement = Part.PLACE | Part.AREA | Part.KNOWN | Part.BODY
        return bool(self.page.any_parts(following) & complement) or self.page.definite(following)

    def _another_word(self) -> bool:
        """Do the letters as written make another, common word: «على» for «علي»?"""
        written = self.page.spelled(self.at)
        return written.endswith("ى") and self._word().endswith("ي") and zipf(written) > 5.5


def introduced(page: Page, i: int) -> bool:
    """Does a verb of saying, a title, or an office with its complement stand before word i: «محافظ حمص …»?"""
    if i and page.any_parts(i - 1) & (Part.SAYING | Part.RANK | Part.CALLING | Part.HOLDER):
        return True
    for office in (i - 2, i - 3):
        if office < 0 or not page.inside(i, office) or not page.is_word(office + 1):
            return False
        if page.any_parts(i - 1) & Part.PARTICLE or (office < i - 2 and not page.is_word(i - 2)):
            return False
        if page.any_parts(office) & (Part.OFFICE | Part.HOLDER) and not page.any_parts(office + 1) & PERSONAL:
            return True
    return False


def supported(page: Page, i: int) -> bool:
    """Does something beside the ambiguous given name at word i say that it is one?"""
    if introduced(page, i):
        return True
    after = i + 1
    if not page.inside(after, i):
        return False
    family = page.parts(after) & Part.FAMILY and page.knows.frequency.get(page.norms[after], 0.0) < RARE_NISBA
    if page.parts(after) & Part.GIVEN or family or page.beside(after, "son-of"):
        return True
    if page.parts(after) & Part.PARTICLE and page.beside(after, "opening-particle"):
        return True
    others = Part.NATIONAL | Part.QUALIFIER | Part.OF_BODY | TITLES
    rare = page.knows.frequency.get(page.norms[after], 0.0) < RARE_NISBA and not page.parts(after) & others
    return page.definite(after) and page.norms[after].endswith("ي") and rare and page.is_word(after)
