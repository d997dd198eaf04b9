"""Who is meant where no full name stands: elided subjects, «الصحيفة», «المصادر نفسها», surnames."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from riwaya.stages.attributions import phrases, sources
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.finite import common, finite, proper
from riwaya.stages.attributions.frames import Match
from riwaya.stages.attributions.grammar import ARTICLE, SourceKind
from riwaya.stages.attributions.page import COMMA, ENDS, Page
from riwaya.stages.attributions.phrases import Stretch

HAMZAS = ("أ", "إ")
SINGULAR = ("person", "organisation", "outlet", "document")
"""Kinds of nouns that are masculine unless their ending or the table says otherwise; «المصادر» takes any verb."""
NEAR = 8
"""Words from the head of a clause to its verb: «وبهذه المناسبة، رفع المدير التهاني، مؤكدا»."""
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
        kind = sources.kind_of(self.page, source)
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
        if cue.first and page.norms[cue.first - 1] in kinds["relative"]:
            return  # «المركز الذي أعلن الوزير»
        i = phrases.openers(page, cue.stop, page.sentence(cue.start).stop)
        i += i < len(page) and page.norms[i] == "ذلك"  # «أكدت ذلك | والدته»
        if i >= len(page) or not sources.can_speak(page, i) or not self._acting(cue, i):
            return
        stop = i
        while stop < len(page) and (page.norms[stop] in page.named_words or proper(page, stop)):
            if page.source(stop).endswith(phrases.TANWIN):
                break  # «وقال الحداد | مغردا»
            stop += 1
        if stop == i or i in page.mentions:
            stop = self._name_end(i, min(phrases.phrase(page, i, page.sentence(i).stop), i + 12))
        source = Stretch(i, stop)
        earlier = self._fuller(source)
        self.heard.append(
            Speaker(
                full=earlier.full if earlier else source,
                last=source,
                gender=cue.form.gender,
                kind=sources.kind_of(page, source),
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
        kind = sources.kind_of(self.page, here)
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
        return (sources.people(head) and head.endswith("ون")) or head in self.page.grammar.words_by_kind["crowd"]

    def _several(self, source: Stretch) -> bool:
        """Does a source name more than one: «الوزير والمدير»?"""
        head = self.page.norms[source.start][source.skip :]
        named = self.page.mentions.get(source.start)
        person = named is not None and named[1].kind == "person" and named[1].level == "name"  # «كاميرون»
        if (sources.people(head.removeprefix(ARTICLE)) and not person) or head in self.page.grammar.words_by_kind[
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

    def _gender_by_verb(self, i: int, start: int) -> str | None:
        """The gender of a name right behind the verb of saying that opens its clause: «قالت ديبورا»."""
        senses = self.page.grammar.senses(self.page.norms[start]) if i == start + 1 else ()
        return next((s.form.gender for s in senses if s.form.tense in ("past", "present")), None)

    def _subject(self, cue: Cue, sentence: int, gender: str | None) -> Speaker | None:
        """The subject of the sentence that has said nothing yet: «استقبل الوزير الوفد، مؤكدا أن …»."""
        page = self.page
        if cue.start - sentence < 3:
            return None
        kinds = page.grammar.words_by_kind
        turns = [
            k + 1
            for k in range(sentence + 1, cue.start - 1)
            if page.norms[k] == "ثم" or (page.norms[k - 1] == COMMA and page.norms[k] in kinds["clause"])
        ]  # «ثم ألقى الشيخ كلمة نوه فيها»
        occasion = kinds["occasion"]
        turns += [
            k + 1 for k in range(sentence, cue.start - 4) if page.norms[k] == COMMA and page.norms[k + 1] in occasion
        ]
        turns += [k for k in range(sentence + 4, cue.start - 1) if phrases.listed(page, k, ("opener",)) > 2]
        start = self._behind_adverbial(phrases.openers(page, max([sentence, *turns]), cue.start), cue.start)
        verb = next((i for i in range(start, min(cue.start - 2, start + NEAR)) if self._opens(i)), None)
        sender = self._sender(start, cue.start)
        told = start + 2 if page.norms[start + 1].removeprefix("ب") == "ذلك" else cue.start  # «أوضح ذلك | المدير»
        for i in (sender,) if sender else (start, start + 1, told, verb + 1 if verb is not None else cue.start):
            if i >= cue.start - 1:
                continue
            if i == start + 1 and not (self._verb_like(start) or self._demands(start, sentence)):
                continue
            if i == start and self._demands(start, sentence):
                continue  # «طالب | المفتي سامي الحداد المؤسسة بـ»: no student
            entry = page.grammar.noun(page.norms[i])
            kinds_of = (
                ("person", "organisation", "place") if self._her_deed(start, i, cue) else ("person", "organisation")
            )
            known = i in page.mentions and page.mentions[i][1].kind in kinds_of
            norm = page.norms[i]
            known = known or (i == start + 1 and norm.startswith(ARTICLE) and norm.endswith("ي") and len(norm) > 5)
            known = known or (norm.startswith(ARTICLE) and self._person(i + 1))  # «ألقى الخريج | سامي الحداد»
            first = i <= start + 1 and not (norm in kinds["single"] and page.norms[i + 1 : i + 2] != ["من"])
            if known or (entry is not None and entry.kind in self._subjects(cue, first)):
                end = min(cue.start, page.sentence(i).stop)
                end -= end < cue.start and page.norms[end - 1] in ENDS
                stop = self._name_end(i, min(phrases.phrase(page, i, end), i + 12))
                source = next((s.last for s in self.heard if s.last.start == i), Stretch(i, stop))
                earlier = self._fuller(source)
                found = Speaker(
                    full=earlier.full if earlier else source,
                    last=source,
                    gender=self._gender_of(source) or self._gender_by_verb(i, start),
                    kind=sources.kind_of(page, source),
                    sentence=sentence,
                )
                if self._agrees(found, gender, cue):
                    self.heard.append(found)
                    return found
        return None

    def _demands(self, i: int, sentence: int) -> bool:
        """Is a word that is a noun too («طالب») the verb of its sentence: does it open it, a title or name behind?"""
        page = self.page
        past = any(s.form.tense == "past" for s in page.grammar.senses(page.norms[i]))
        if not past or phrases.openers(page, sentence, i) < i or i + 1 >= len(page):
            return False
        title = page.grammar.noun(page.norms[i + 1])
        return self._person(i + 1) or (title is not None and title.kind in ("person", "organisation"))

    def _her_deed(self, start: int, i: int, cue: Cue) -> bool:
        """May a place stand for its government: «ورفضت لندن الطلب، وقالت»?"""
        acts = i == start + 1 and self.page.norms[start].endswith("ت")
        return acts and cue.form.gender == "f" and cue.form.number != "p"

    def _behind_adverbial(self, start: int, stop: int) -> int:
        """Where the clause begins behind «عقب ذلك،», «خلال الحفل،»."""
        page, kinds = self.page, self.page.grammar.words_by_kind
        if start < stop and page.norms[start].removeprefix("و") in kinds["although"]:
            that = next((i for i in range(start + 1, min(stop, start + 4)) if page.norms[i] == "ان"), start)
            return that + 1 if that > start else start  # «ورغم أن الوزير لم يحضر، إلا أنه أكد»
        if start >= stop or not any(page.norms[start] in kinds[k] for k in ("preposition", "adjunct")):
            return start
        comma = next((i for i in range(start, min(stop, start + 10)) if page.norms[i] == COMMA), None)
        verb = next((i for i in range(start + 2, min(comma or stop, start + 10)) if self._opens(i)), None)
        if verb is not None:
            return verb  # «وفي نهاية الحفل قدم المدير درعا، مؤكدا»
        return start if comma is None or comma + 1 >= stop else phrases.openers(page, comma + 1, stop)

    def _sender(self, start: int, stop: int) -> int | None:
        """The first word of who wrote what somebody received: «تلقى الأمير برقية من | الوزير»."""
        norms = self.page.norms
        if start >= stop or norms[start] not in self.page.grammar.words_by_kind["received"]:
            return None
        return next((i + 1 for i in range(start + 2, stop - 1) if norms[i] == "من"), None)

    def _subjects(self, cue: Cue, first: bool) -> tuple[str, ...]:
        """The kinds of nouns that a subject can be, `first` in its clause: «هدد عدد من الباعة بالإضراب، مؤكدين أن»."""
        return ("person", "organisation", *(("anonymous",) if first and cue.form.number == "p" else ()))

    def _opens(self, i: int) -> bool:
        """Is word `i` a finite verb with its subject, a known speaker, right behind it?"""
        page = self.page
        past = any(s.form.tense == "past" and not s.clitic for s in page.grammar.senses(page.norms[i]))
        behind = page.grammar.noun(page.norms[i + 1]) if i + 1 < len(page) else None
        known = i + 1 in page.mentions and page.mentions[i + 1][1].kind in ("person", "organisation")
        known = known or (
            page.norms[i + 1 : i + 2] != [] and page.norms[i + 1].startswith(ARTICLE) and self._person(i + 2)
        )
        speaks = known or (behind is not None and behind.kind in ("person", "organisation"))
        return speaks and (past or finite(page, i))

    def _person(self, i: int) -> bool:
        """Does a person's name begin at word `i`?"""
        found = self.page.mentions.get(i)
        return found is not None and found[1].kind == "person" and found[1].level == "name"

    def _name_end(self, start: int, stop: int) -> int:
        """One past the name alone: before a preposition, or an indefinite word behind a definite one."""
        norms = self.page.norms
        entry = self.page.grammar.noun(norms[start])
        kinds = self.page.grammar.words_by_kind
        if entry is not None and entry.kind == "anonymous" and norms[start + 1 : start + 2] == ["من"]:
            start += 2  # «عدد من الباعة»
        closing = (
            kinds["preposition"] | kinds["that"] | kinds["thing"] | kinds["adverb"] | kinds["said"] | kinds["and-he"]
        )
        whole = self.page.mentions.get(start)
        if whole is not None and whole[1].kind == "organisation" and whole[1].level == "name":
            start = max(start, min(whole[0], stop) - 1)  # «منظمة الأمم المتحدة للأغذية» ends where it ends
        for i in range(start, stop):  # so does a person's name: «رئيس الهيئة سامي الحداد | الراية بـ»
            found = self.page.mentions.get(i)
            if found is not None and found[1].kind == "person" and found[1].level == "name":
                return min(found[0] + (norms[found[0] - 1] == "عبد"), stop)  # «… بن عبد | الله»
            if norms[i] in closing or norms[i] in kinds["relative"] or (i > start and norms[i] in kinds["venue"]):
                break
        for i in range(start + 1, stop):
            object_ = norms[i - 1].startswith(ARTICLE) and not norms[i].startswith((ARTICLE, "لل", "وال"))
            thing = self.page.grammar.masdar(norms[i]) or norms[i].endswith("ات")
            if object_ and i == start + 1 and thing and i not in self.page.mentions:
                return i  # «نقل الوكيل | تحيات الأمير»
            if self._object_begins(i, start):
                return i
            other = self.page.grammar.noun(norms[i])
            title = self.page.grammar.noun(norms[i - 1])
            if object_ and title is not None and title.kind == "person" and i > start + 1:
                continue  # «مستشفى الملك سامي»
            group = any(noun is not None and noun.kind != "person" for noun in (entry, other))
            body = norms[i - 1].startswith(ARTICLE) and other is not None and other.kind in ("organisation", "document")
            if phrases.plural(self.page, i) and (i in self.page.named_until or i - 1 in self.page.named_until):
                return i  # «أوصى الخطيب سامي الحداد | المسلمين»
            counted = self.page.grammar.noun(norms[i - 1].removeprefix("و")) if norms[i] == "من" else None
            if counted is not None and counted.name == "quantity":
                continue  # «نشطاء وعدد من الرواد»
            if (
                norms[i] in closing
                or (body and group)
                or norms[i] in kinds["relative"]
                or (norms[i] in kinds["venue"] and norms[i - 1] not in kinds["preposition"])  # «ألقى الشيخ سامي | كلمة»
                or norms[i].startswith("لل")
                or (object_ and group)
                or phrases.begins_object(self.page, i)
                or phrases.accusative(self.page, i, start)
            ):
                return i
        return stop

    def _object_begins(self, i: int, start: int) -> bool:
        """Behind a definite word: a definite verbal noun, or another construct: «القائد سامي الوادي | معسكر الفريق»."""
        page, norm = self.page, self.page.norms[i]
        if not page.norms[i - 1].startswith(ARTICLE) or i in page.mentions or not norm.isalpha():
            return False
        if norm.startswith(ARTICLE):
            return page.grammar.masdar(norm)  # «رئيس المجلس سامي الوادي | التصويت»
        follows = page.norms[i + 1] if i + 1 < len(page) else ""
        kinds = page.grammar.words_by_kind
        small = any(norm in kinds[k] for k in ("preposition", "adjunct", "adverb", "name-link", "same", "closed"))
        tied = norm.startswith(("و", "ل", "ب", "ك", "ف")) or norm.endswith("ي")
        plain = len(norm) > 3 and not small and not tied and page.grammar.noun(norm) is None
        return plain and common(page, i) and (i > start + 1 or follows.startswith(ARTICLE))

    def _verb_like(self, i: int) -> bool:
        """Can word `i` be the verb that opens a sentence?"""
        norm, kinds = self.page.norms[i], self.page.grammar.words_by_kind
        bare = norm[1:] if norm.startswith("و") else norm
        article = (
            norm.startswith(("ال", "وال", "بال", "لل")) and self.page.source(i).lstrip("وف")[:1] not in HAMZAS
        )  # «ألقى»
        noun = article or self.page.grammar.noun(bare) is not None
        return norm.isalpha() and len(bare) > 2 and not noun and bare not in kinds["preposition"]

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
        name = next((k for k in near if self._person(k)), None)
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
        return {w.removeprefix(ARTICLE) for w in words if w.isalpha() and len(w) > 1 and w not in again}
