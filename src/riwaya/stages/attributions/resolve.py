"""Who is meant where no full name stands: elided subjects, «الصحيفة», «المصادر نفسها», surnames."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from riwaya.stages.attributions import acting, heads, phrases
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.finite import finite, proper
from riwaya.stages.attributions.frames import Match
from riwaya.stages.attributions.grammar import ARTICLE, SourceKind
from riwaya.stages.attributions.page import COMMA, Page
from riwaya.stages.attributions.phrases import Stretch

SINGULAR = ("person", "organisation", "outlet", "document")
"""Kinds of nouns that are masculine unless their ending or the table says otherwise; «المصادر» takes any verb."""
NEAR = 8
"""Words from a verb to who acts with it, or from an honour to the name."""
ACTS = ("say", "add", "think", "deny", "claim", "doubt")
"""What verbs do behind which stands who does it, never to whom it is done."""
REACH = 8
"""How many speakers back an elided subject is looked for."""


class Speaker(Struct, frozen=True, kw_only=True):
    """Somebody who has spoken: where he is named in full, where he was named last, and the gender of his verb."""

    full: Stretch
    last: Stretch
    gender: str | None
    kind: SourceKind | None
    sentence: int
    nested: bool = False
    until: int = 0
    """One past the last word of what he said last."""
    aside: bool = False
    """Named by a particle («بحسب X») or in a relative clause, so that a verb without a subject rather means another."""


def _nisba(norm: str) -> bool:
    """Has a word the shape of an adjective of belonging: «السعودية»?"""
    return norm.endswith(("ي", "يه"))


class Speakers:
    """The speakers of a page so far; `named` and `elided` give the antecedent of the next one, if it needs one."""

    def __init__(self, page: Page, strangers: Sequence[int] = ()) -> None:
        self.page = page
        self.strangers = strangers
        self.heard: list[Speaker] = []

    def named(self, found: Match, nested: bool) -> Speaker | None:
        """Takes in a source that stands in the text, with the fuller naming it goes back to."""
        cue, source = found.cue, found.source
        if source is None:
            return None
        ahead = source.start > cue.start and cue.kind != "carry"
        relative = self._in_relative(found)
        earlier = self._fuller(source)
        kind = heads.kind_of(self.page, source)
        speaker = Speaker(
            full=earlier.full if earlier else source,
            last=source,
            gender=self._gender(source, cue, ahead),
            kind=earlier.kind if earlier and (kind is None or earlier.kind == "agency") else kind,
            sentence=self.page.sentence(source.start).start,
            nested=nested or (relative and kind == "document"),  # «القانون الذي ينص على» goes on to say nothing
            aside=cue.kind in ("particle", "as") or relative,
        )
        self.heard.append(speaker)
        return speaker

    def _in_relative(self, found: Match) -> bool:
        """Does the verb stand in a relative clause, which says by the way who somebody is: «سامي الذي تساءل عن»?"""
        before = self.page.norms[found.cue.first - 1] if found.cue.first else ""
        return found.relative and before in self.page.grammar.words_by_kind["relative"]

    def elided(self, found: Match, nested: bool) -> Speaker | None:
        """Whom a verb without a subject means: who spoke last and agrees with it."""
        cue = found.cue
        sentence = self.page.sentence(cue.start).start
        gender = cue.form.gender if cue.form.tense != "itself" else None
        stranger = max((i for i in self.strangers if i < cue.start), default=-1)
        recent = [s for s in reversed(self.heard[-REACH:]) if stranger < s.last.start < cue.start]
        if cue.entry.does == "add":
            recent = [s for s in recent if s.kind != "document" or self._says(s)]
        if cue.form.number != "p":
            recent.sort(key=lambda s: s.aside and s.sentence == sentence)
        if subject := self._beside(cue, sentence, gender):
            return subject
        here = [s for s in recent if s.sentence == sentence and self._agrees(s, gender, cue)]
        as_for = self.page.grammar.words_by_kind["as-for"]
        other = max((i for i in range(sentence, cue.start) if self.page.norms[i] in as_for), default=-1)
        here = [s for s in here if s.last.stop > other]  # «، أما سامي الحداد فقد كتب تغريدة قال فيها»
        if here:
            inner = not nested and here[0].nested and here[0].kind in ("document", "anonymous")
            outer = next((s for s in here if not s.nested and s.kind == "person"), None) if inner else None
            return self._again(outer or here[0], sentence)  # «أضاف المدير أن البعض يرون …، مبينا أن»
        if subject := self._subject(cue, sentence, gender):
            return subject
        if cue.entry.does == "name" and cue.form.tense in ("past", "present") and not cue.joined:
            return None  # «التي وصفها بأنها»: who did so stands in the sentence or nowhere
        for speaker in recent:
            if self._agrees(speaker, gender, cue) and not speaker.nested:
                return None if self._displaced(speaker, cue, sentence) else self._again(speaker, sentence)
        before = self.page.sentence(sentence - 1).start if sentence else sentence
        if not self.heard and before < sentence and cue.kind == "verb" and cue.joined:
            return self._subject(cue, before, gender)  # «أقامت الكلية حفلا. ودعت إلى …»
        return None

    def acts(self, cue: Cue) -> None:
        """Takes in who stands behind a verb that reports nothing: «وأكد سامي الحداد قدرة السد، مشيرا إلى أن»."""
        page, kinds, norm = self.page, self.page.grammar.words_by_kind, self.page.norms[cue.start]
        told = cue.kind == "verb" and cue.form.tense in ("past", "present") and cue.entry.does not in ("carry", "name")
        if not told or cue.negated or cue.plural or norm in kinds["adjunct"] or norm in kinds["preposition"]:
            return  # «عبر الشبكة», «بين القطاع الخاص و»
        when = cue.first > 1 and page.norms[cue.first - 2].removeprefix(ARTICLE) == "وقت"
        if cue.first and page.norms[cue.first - 1] in kinds["relative"] and not when:
            return  # «المركز الذي أعلن الوزير»
        i = phrases.openers(page, cue.stop, page.sentence(cue.start).stop)
        i += i < len(page) and page.norms[i] == "ذلك"  # «أكدت ذلك | والدته»
        i += when and i < len(page) and page.norms[i] in kinds["resumptive"]  # «في الوقت الذي رحب فيه | الحداد بـ»
        if i >= len(page) or not heads.can_speak(page, i) or not self._acting(cue, i):
            return
        if cue.entry.objects and page.grammar.may_adopt(cue.entry, page.norms[i].removesuffix("ا")):
            return  # «تبدي | تفاؤلا بالفوز»
        stop = i
        while stop < len(page) and (page.norms[stop] in page.named_words or proper(page, stop)):
            if page.source(stop).endswith(phrases.TANWIN):
                break  # «وقال الحداد | مغردا»
            stop += 1
        named = page.mentions.get(i)
        if named is not None and named[1].kind == "organisation" and named[1].level == "name":
            stop = named[0]
            while page.norms[stop : stop + 1] and page.norms[stop].startswith(ARTICLE) and _nisba(page.norms[stop]):
                stop += 1  # «وزارة الري السعودية»
        elif stop == i or named is not None:
            stop = acting.name_end(page, i, min(phrases.phrase(page, i, page.sentence(i).stop), i + 12))
        source = Stretch(i, stop)
        earlier = self._fuller(source)
        self.heard.append(
            Speaker(
                full=earlier.full if earlier else source,
                last=source,
                gender=cue.form.gender,
                kind=heads.kind_of(page, source),
                sentence=page.sentence(i).start,
            )
        )

    def _acting(self, cue: Cue, i: int) -> bool:
        """Is the word at `i` who does it, and not to whom it is done: «وشكر | الأمير», «ودعا | السكان»?"""
        entry, named = self.page.grammar.noun(self.page.norms[i]), self.page.mentions.get(i)
        kinds = {named[1].kind if named else "", entry.kind if entry else ""}
        if named is None and (self.page.norms[i] in self.page.named_words or proper(self.page, i)):
            kinds.add("person")  # «من جهته أبدى | الحداد سعادته»
        if cue.entry.does in ACTS and (cue.entry.objects or "object" not in cue.entry.takes):
            return not kinds.isdisjoint(("person", "organisation"))
        return "person" in kinds and not cue.joined and not phrases.crowd(self.page, i)

    def said(self, until: int) -> None:
        """How far reached what the last speaker said."""
        if self.heard:
            self.heard[-1] = replace(self.heard[-1], until=until)

    def _displaced(self, speaker: Speaker, cue: Cue, sentence: int) -> bool:
        """Is another person named in a sentence that stands between what somebody said and a verb without subject?

        «… . وزار المدير نادر الوادي الحي. وقال إن»: «وأضاف» alone goes on for who spoke before.
        """
        page = self.page
        asked = phrases.openers(page, sentence, cue.start)
        asked += page.norms[asked] == "اما"  # «أما عن الفيلم فقالت»
        if cue.entry.does == "add" or page.norms[asked] in page.grammar.words_by_kind["topic"]:
            return False
        start = page.sentence(max(speaker.until, speaker.last.stop) - 1).stop
        if start >= sentence:
            return False
        known = self._words(speaker.full) | self._words(speaker.last)
        acting = (i for i in range(start, sentence) if self._acts(i) and not page.enclosing(i))
        return any(known.isdisjoint(self._words(Stretch(i, page.mentions[i][0]))) for i in acting)

    def _acts(self, i: int) -> bool:
        """Is a person named at word `i` who acts: «وزار المدير | نادر الوادي», but not «حزب | نادر الوادي»?"""
        page = self.page
        found = page.mentions.get(i)
        if found is None or found[1].kind != "person" or found[1].level != "name":
            return False
        for k in range(i - 1, max(-1, i - NEAR), -1):
            norm = page.norms[k]
            entry = page.grammar.noun(norm)
            if entry is None and (finite(page, k) or any(s.form.tense == "past" for s in page.grammar.senses(norm))):
                return True
            titled = entry is not None and entry.kind == "person"
            if not (titled or norm.startswith(ARTICLE) or norm in page.grammar.words_by_kind["auxiliary"]):
                return norm in (COMMA, ".")
        return False

    def _beside(self, cue: Cue, sentence: int, gender: str | None) -> Speaker | None:
        """Who stands right before «قائلا» and behind a verb that says nothing: «وتوجه إليها الضيف قائلا: …»."""
        page, i = self.page, cue.start - 1
        entry = page.grammar.noun(page.norms[i]) if i > sentence else None
        if cue.entry.name != "qala" or cue.kind != "participle" or entry is None:
            return None
        before = page.norms[i - 1]
        if finite(page, i - 1) and page.norms[i] in page.grammar.words_by_kind["some"]:
            return self._standing(i, sentence)  # «قد يجادل البعض قائلا»
        if (
            entry.kind != "person"
            or not page.norms[i].startswith(ARTICLE)
            or page.grammar.noun(before)
            or not phrases.own(page, i - 1)
        ):
            return None
        found = self._standing(i, sentence)
        return found if self._agrees(found, gender, cue) else None

    def _standing(self, i: int, sentence: int) -> Speaker:
        """Whoever stands at word `i`, heard from now on."""
        here = Stretch(i, i + 1)
        kind = heads.kind_of(self.page, here)
        found = Speaker(full=here, last=here, gender=self._gender_of(here), kind=kind, sentence=sentence)
        self.heard.append(found)
        return found

    def _says(self, speaker: Speaker) -> bool:
        """Is a document one that goes on to say: a statement, a report, and no agreement or law?"""
        head = self.page.norms[speaker.full.start][speaker.full.skip :].removeprefix(ARTICLE)
        return head in self.page.grammar.words_by_kind["tells"]

    def _again(self, speaker: Speaker, sentence: int) -> Speaker:
        again = Speaker(
            full=speaker.full,
            last=speaker.last,
            gender=speaker.gender,
            kind=speaker.kind,
            sentence=sentence,
            nested=speaker.nested,
        )
        self.heard.append(again)
        return again

    def _agrees(self, speaker: Speaker, gender: str | None, cue: Cue) -> bool:
        if cue.form.number == "p":
            head = self.page.norms[speaker.full.start][speaker.full.skip :].removeprefix(ARTICLE)
            if head in self.page.grammar.words_by_kind["plural-thing"]:
                return False
            whole = speaker.full.stop - speaker.full.start > 1
            unknown = speaker.kind is None and cue.kind == "participle" and whole
            return unknown or speaker.kind == "anonymous" or self._several(speaker.full)
        if cue.form.tense != "itself" and self._crowd(speaker.full):
            return False
        return gender is None or speaker.gender is None or speaker.gender == gender

    def _crowd(self, source: Stretch) -> bool:
        """Are several people meant, so that a verb behind them is in the plural: «نشطاء», «المسؤولون»?"""
        head = self.page.norms[source.start][source.skip :].removeprefix(ARTICLE)
        return (heads.people(head) and head.endswith("ون")) or head in self.page.grammar.words_by_kind["crowd"]

    def _several(self, source: Stretch) -> bool:
        """Does a source name more than one: «الوزير والمدير»?"""
        head = self.page.norms[source.start][source.skip :]
        named = self.page.mentions.get(source.start)
        person = named is not None and named[1].kind == "person" and named[1].level == "name"  # «كاميرون»
        if (heads.people(head.removeprefix(ARTICLE)) and not person) or head in self.page.grammar.words_by_kind[
            "several"
        ]:
            return True
        norms = self.page.norms[source.start + 1 : source.stop]
        return any(n.startswith("و") and len(n) > 3 and not self.page.grammar.noun(n) for n in norms)

    def _gender(self, source: Stretch, cue: Cue, ahead: bool) -> str | None:
        """The gender of a source: of the verb that agrees with it, else of its first word."""
        if (ahead or cue.form.number != "p") and cue.kind == "verb":
            return cue.form.gender
        return self._gender_of(source)

    def _gender_of(self, source: Stretch) -> str | None:
        """The gender of a source by its first word, None when that does not tell."""
        head = self.page.norms[source.start][source.skip :]
        entry = self.page.grammar.noun(head)
        if (entry is not None and (head.endswith("ه") or entry.gender == "f")) or head.endswith("ات"):
            return "f"
        return "m" if entry is not None and entry.kind in SINGULAR else None

    def _subject(self, cue: Cue, sentence: int, gender: str | None) -> Speaker | None:
        """The subject of the sentence that has said nothing yet: «استقبل الوزير الوفد، مؤكدا أن …»."""
        for stretch, by_verb in acting.subjects(self.page, cue, sentence):
            source = next((s.last for s in self.heard if s.last.start == stretch.start), stretch)
            earlier = self._fuller(source)
            found = Speaker(
                full=earlier.full if earlier else source,
                last=source,
                gender=self._gender_of(source) or by_verb,
                kind=heads.kind_of(self.page, source),
                sentence=sentence,
            )
            if self._agrees(found, gender, cue):
                self.heard.append(found)
                return found
        return None

    def _fuller(self, source: Stretch) -> Speaker | None:
        """An earlier speaker whose fuller name the words of `source` are part of."""
        words = self._words(source)
        if not words:
            return None
        if source.stop - source.start == 1 and self._head(source) in self.page.grammar.words_by_kind["his-honour"]:
            return self._honoured(source)
        entry = self.page.grammar.noun(self.page.norms[source.start])
        alone = source.stop - source.start == 1 and entry is not None and entry.kind == "anonymous"
        if alone and not self.page.norms[source.start].startswith((ARTICLE, "وال")):
            return None  # «وقال مسؤولون»: others than before
        named = self.page.mentions.get(source.start)
        body = named is not None and named[1].kind != "person"  # «ليبيريا» is not «المدير في ليبيريا»
        general = body or (entry is not None and entry.kind != "person")
        for speaker in reversed(self.heard):
            known = self._words(speaker.full)
            other = general or speaker.kind not in (None, "person")
            if other and self._head(source) != self._head(speaker.full):
                continue
            longer = speaker.full.stop - speaker.full.start > source.stop - source.start
            longer = longer and speaker.full.start != source.start
            if longer and words <= known and not self._by_the_way(speaker.full, words):
                return speaker
        for speaker in reversed(self.heard):
            if speaker.full.start != source.start and words == self._words(speaker.full):
                return speaker
        return None

    def _honoured(self, source: Stretch) -> Speaker | None:
        """Who bears the honour of «سموه», «معاليه»: who spoke last with it, else the only one who bears it so far."""
        honour = self._head(source).removesuffix("ه")
        honour = honour.removesuffix("ت") + "ه" if honour.endswith("ت") else honour  # «سماحته» is «سماحة»
        for speaker in reversed(self.heard):
            if honour in self._words(speaker.full) and speaker.full.stop - speaker.full.start > 1:
                return speaker
        borne = [found for i in range(source.start) if (found := self._bearer(i, honour))]
        named = [self._words(found) for found in borne]
        if not borne or not all(words <= max(named, key=len) for words in named):
            return None  # two of them
        full = max(borne, key=lambda found: found.stop - found.start)
        return Speaker(full=full, last=source, gender=self._gender_of(source), kind="person", sentence=source.start)

    def _bearer(self, i: int, honour: str) -> Stretch | None:
        """Who is named behind an honour at word `i`: «صاحب السمو الأمير سامي الحداد»."""
        page = self.page
        if page.norms[i].removeprefix(ARTICLE) != honour:
            return None
        near = range(i + 1, min(i + NEAR, len(page)))
        name = next((k for k in near if acting.person(self.page, k)), None)
        first = i - (i > 0 and page.grammar.noun(page.norms[i - 1]) is not None)
        return Stretch(first, page.mentions[name][0]) if name is not None else None

    def _by_the_way(self, full: Stretch, words: set[str]) -> bool:
        """Are the words the name of somebody else within a title: «المعارض لبقاء سامي الحداد الأمير نواف الوادي»?"""
        starts = sorted(i for stop, i in self.page.named_until.items() if full.start <= i and stop <= full.stop)
        names = [self._words(Stretch(i, self.page.mentions[i][0])) for i in starts]
        return len(names) > 1 and any(words <= name for name in names[:-1]) and not words <= names[-1]

    def _head(self, source: Stretch) -> str:
        return self.page.norms[source.start][source.skip :].removeprefix(ARTICLE)

    def _words(self, source: Stretch) -> set[str]:
        """The words of a source as they are compared: without articles, clitics, signs and «نفسه»."""
        page = self.page
        again = page.grammar.words_by_kind["same"]
        words = [page.norms[source.start][source.skip :], *page.norms[source.start + 1 : source.stop]]
        return {w.removeprefix(ARTICLE) for w in words if w.isalnum() and len(w) > 1 and w not in again}
