"""Who is meant inside one document: the full name, then the surname, the office, the nominal.

Every mention gets a *key*: mentions with one key mean the same. A key says by its first word how far it reaches:
`rule:` and `force:` reach across the case, `person:`, `place:` and `body:` may be merged with like ones,
`here:` stays in its document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from math import exp, log

from msgspec import Struct

from riwaya.lang.ar.frequency import frequencies
from riwaya.lang.entries import Given, Nationality, Trigger
from riwaya.lang.gazetteer import Gazetteer, Known, gazetteer
from riwaya.lang.lexicon import Lexicon, folded_words
from riwaya.lang.own import own_names
from riwaya.model import Mention, document_key
from riwaya.stage import Reading

__all__ = ["Local", "Tables", "resolve", "tables"]

ONE_TO_A_COUNTRY = ("army", "air-force", "regime", "government", "opposition", "militia", "police", "parliament")
OFFICE_WORDS = 4
"""«المحافظ» is he before whose name «محافظ» stands among so many words: «محافظ الوردية المهندس …»."""
OF_THE_KIND = 1.0
"""What it weighs that a place was named with the very noun: «بلدة …» for «البلدة»."""
BESIDE = "~"
"""Before an anchor that nobody said in so many words: the place is only told of beside it."""
NEAR = 400.0
"""Letters over which the memory of a name fades (to 1/e)."""


class Local(Struct, frozen=True):
    """A mention with the key of the one it means in its document, and why."""

    start: int
    end: int
    kind: str
    level: str
    rule: str
    text: str
    key: str
    why: str


class Tables:
    """What the tables say that this stage needs."""

    def __init__(self, lang: Lexicon, own: tuple[Known, ...]) -> None:
        self.lang = lang
        self.gazetteer: Gazetteer = gazetteer(lang, own)
        self.classes: dict[tuple[str, ...], str] = {
            words: entry.role for words, entries in lang.table("classes", Trigger).by_words.items() for entry in entries
        }
        self.titles = {w for words in lang.table("titles", Trigger).by_words for w in words}
        self.common = frozenset(lang.fold("\n".join(frequencies())).split("\n"))
        """Common words: a name of the case that is one of them is not looked for."""
        self.names = frozenset(words[0] for words in lang.table("given", Given).by_words)
        self.countries: dict[str, str] = {}
        for nationality in lang.table("nationalities", Nationality):
            for form in nationality.forms:
                stem = folded_words(form, lang.fold)[0]
                for ending in ("", "ه", "ون", "ين"):
                    self.countries["ال" + stem + ending] = nationality.country

    def class_of(self, words: Sequence[str]) -> tuple[str, int]:
        """What the first words say the thing is, and how many they are."""
        for length in (2, 1):
            if role := self.classes.get(tuple(words[:length])):
                return role, length
        return "", 0


@cache
def tables(lang: Lexicon, own: tuple[Known, ...] = ()) -> Tables:
    return Tables(lang, own)


def words_of(texts: Iterable[str], lang: Lexicon) -> list[tuple[str, ...]]:
    """The folded words of many short texts, without quotation marks; folded in one sweep."""
    lines = lang.fold("\n".join(" ".join(text.split()) for text in texts)).split("\n")
    return [
        tuple(line.replace('"', " ").replace("'", " ").replace("(", " ").replace(")", " ").split()) for line in lines
    ]


def resolve(reading: Reading) -> list[Local]:
    """Every mention of the document with its key."""
    mentions = reading.of(Mention)
    text = reading.doc.text
    knows = tables(reading.lang, own_names(reading.settings.names.own))
    words = words_of([text[m.start : m.end] for m in mentions], reading.lang) if mentions else []
    scene = Scene(reading, mentions, words, knows)
    return [
        Local(m.start, m.end, m.kind, m.level, m.rule, text[m.start : m.end], *scene.key(i))
        for i, m in enumerate(mentions)
    ]


class Scene:
    """A document's mentions and what they tell about each other."""

    def __init__(
        self, reading: Reading, mentions: Sequence[Mention], words: Sequence[tuple[str, ...]], knows: Tables
    ) -> None:
        self.reading, self.mentions, self.knows = reading, mentions, knows
        self.text = reading.doc.text
        self.here = document_key(reading.doc.id)
        self.words = [self._bare(m, w) for m, w in zip(mentions, words, strict=True)]
        self.keys: list[tuple[str, str]] = []
        self.country_counts = self._countries()
        self.towns = Counter(
            w for m, w in zip(mentions, self.words, strict=True) if m.kind == "place" and m.level == "name"
        )
        self.full_names = self._full_names()

    def _bare(self, mention: Mention, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words without a clitic that «لل» hid: «للنظام» is «النظام»."""
        if words and words[0].startswith("لل") and mention.kind != "person":
            return ("ال" + words[0][2:], *words[1:])
        return words

    def _countries(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for mention, words in zip(self.mentions, self.words, strict=True):
            for word in words:
                if country := self.knows.countries.get(word):
                    counts[country] += 1
            if mention.kind == "place":
                bearers = [k for k in self.knows.gazetteer.of(self._without_head(words)[0]) if k.type != "town"]
                if bearers and bearers[0].kind == "place" and bearers[0].country:
                    counts[bearers[0].country] += 1
                continue
            known = self.knows.gazetteer.by_rule.get(mention.rule)
            if known is not None and known.kind == "person" and known.country:
                counts[known.country] += 1
        return counts

    def _full_names(self) -> dict[tuple[str, ...], int]:
        """The full names of persons, glued, with the number of the mention that first bears each."""
        names: dict[tuple[str, ...], int] = {}
        for i, mention in enumerate(self.mentions):
            if mention.kind == "person" and mention.level == "name":
                glued = glue(self.words[i])
                if len(glued) > 1:
                    names.setdefault(glued, i)
        return names

    def key(self, i: int) -> tuple[str, str]:
        """The key of mention i and the reason; earlier mentions have theirs already."""
        mention, words = self.mentions[i], self.words[i]
        if mention.kind == "person":
            made = self._person(i, words) if mention.level == "name" else self._office(i, words)
        elif mention.kind == "place":
            made = self._place(i, words)
        elif mention.kind == "organisation":
            made = self._organisation(i, words)
        else:
            made = self._anonymous(words)
        self.keys.append(made)
        return made

    # --- persons ---

    def _person(self, i: int, words: tuple[str, ...]) -> tuple[str, str]:
        known = self.knows.gazetteer.by_rule.get(self.mentions[i].rule)
        if known is not None and known.kind == "person":
            return f"rule:{known.rule}", "well-known name"
        glued = glue(words)
        bearers = [k for k in self.knows.gazetteer.of(words) if k.kind == "person"]
        if len(bearers) == 1 and len(words) > 1:
            return f"rule:{bearers[0].rule}", "well-known name"
        if len(glued) > 1 or glued in self.full_names:
            longer = [name for name in self.full_names if len(name) > len(glued) and name[: len(glued)] == glued]
            return self._named(longer[0] if len(longer) == 1 else glued), "full name"
        bearers_here = [name for name in self.full_names if name[-len(glued) :] == glued]
        if bearers_here:
            before = [name for name in bearers_here if self.full_names[name] < i]
            name = max(before or bearers_here, key=lambda n: self.full_names[n])
            return self._named(name), "surname of a full name in the document"
        return f"person:{' '.join(glued)}", "name"

    def _named(self, name: tuple[str, ...]) -> str:
        """The key of a full name; of a well-known person that of the table."""
        i = self.full_names.get(name)
        if i is not None:
            known = self.knows.gazetteer.by_rule.get(self.mentions[i].rule)
            if known is not None and known.kind == "person":
                return f"rule:{known.rule}"
            bearers = [k for k in self.knows.gazetteer.of(self.words[i]) if k.kind == "person"]
            if len(bearers) == 1:
                return f"rule:{bearers[0].rule}"
        return f"person:{' '.join(name)}"

    def _office(self, i: int, words: tuple[str, ...]) -> tuple[str, str]:
        """An office means the person who is named beside the same office somewhere in the document."""
        fold = self.reading.lang.fold
        office = " ".join(words)
        for k, other in enumerate(self.mentions):
            if other.kind != "person" or other.level != "name":
                continue
            before = " ".join(fold(self.text[max(0, other.start - 90) : other.start]).replace('"', " ").split())
            after = " ".join(fold(self.text[other.end : other.end + 90]).replace('"', " ").split()).lstrip(", ")
            if before.rstrip(" ,").endswith(office) or (after + " ").startswith(office + " "):
                return self._person(k, self.words[k])[0], "office beside the name"
            if len(words) == 1 and words[0].removeprefix("ال") in before.split()[-OFFICE_WORDS:]:
                return self._person(k, self.words[k])[0], "the holder named before"
        if len(words) == 1:
            for k in range(i - 1, -1, -1):
                if self.words[k][:1] == (words[0].removeprefix("ال"),) and self.mentions[k].kind == "person":
                    return self.keys[k][0], "the office spoken of"
        return f"here:{self.here}:{office}", "office without a name"

    # --- places ---

    def _without_head(self, words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        """The words without «مدينة», and the head that makes it another place («ريف»)."""
        role, length = self.knows.class_of(words)
        if role == "outside" and len(words) > length:
            return words[length:], ""
        if role == "part" and len(words) > length and not self.knows.gazetteer.of(words):
            return words[length:], words[0]
        return words, ""

    def _place(self, i: int, words: tuple[str, ...]) -> tuple[str, str]:
        mention = self.mentions[i]
        if mention.level == "nominal":
            return self._nominal_place(i, words)
        whole = self._bearer(i, words)
        if whole is not None:
            return f"rule:{whole.rule}", "gazetteer"
        name, head = self._without_head(words)
        bearer = self._bearer(i, name)
        if head:
            of = bearer.rule if bearer is not None else " ".join(name)
            return f"place:{head} {of}", "part of a place"
        if bearer is not None:
            return f"rule:{bearer.rule}", "gazetteer"
        return f"place:{' '.join(name)}@{self._anchor(i, name)}", "name of a place"

    def _bearer(self, i: int, words: tuple[str, ...]) -> Known | None:
        """Which place of the gazetteer is meant: the tables' own first, then by the countries of the document."""
        bearers = [k for k in self.knows.gazetteer.of(words) if k.kind == "place"]
        if not bearers:
            return None
        listed = [k for k in bearers if k.type != "town"]
        scores = {k.rule: self.country_counts.get(k.country or "", 0) for k in bearers}
        if listed:
            return max(listed, key=lambda k: (scores[k.rule], -bearers.index(k)))
        best = max(bearers, key=lambda k: (scores[k.rule], k.population))
        # A small place in a country of which the document does not speak is a namesake.
        return best if scores[best.rule] or best.population >= 200_000 else None

    def _anchor(self, i: int, name: tuple[str, ...]) -> str:
        """What tells an unlisted place from its namesakes: the place it is said to lie in, else the main one."""
        for j, mention in enumerate(self.mentions):
            if mention.kind != "place" or mention.level != "name" or self._without_head(self.words[j])[0] != name:
                continue
            if j + 1 < len(self.mentions) and self.mentions[j + 1].kind == "place":
                between = self.reading.lang.fold(self.text[mention.end : self.mentions[j + 1].start]).split()
                if between in (["في"], ["ب"]) or (not between and self.mentions[j + 1].start > mention.end):
                    return " ".join(self._without_head(self.words[j + 1])[0])
        return f"{BESIDE}{self._main_place(name)}"

    def _main_place(self, but: tuple[str, ...] = ()) -> str:
        """The place that the document names most, other than `but`."""
        others = {w: n for w, n in self.towns.items() if self._without_head(w)[0] != but}
        return " ".join(self._without_head(max(others, key=lambda w: (others[w], w)))[0]) if others else ""

    def _nominal_place(self, i: int, words: tuple[str, ...]) -> tuple[str, str]:
        role = self.knows.class_of(words)[0]
        if role == "state":
            return self._country_spoken_of(words)
        at = self.mentions[i].start
        weights: dict[str, float] = {}
        headed = self._headed(i, words[0].removeprefix("ال"))
        if role != "settlement" and headed:
            return max(headed, key=lambda key: (headed[key], key)), "the place of that kind spoken of"
        for k in range(i):
            other, key = self.mentions[k], self.keys[k][0]
            if other.kind != "place" or other.level != "name" or (key.startswith("place:") and "@" not in key):
                continue
            known = self.knows.gazetteer.by_rule.get(key.removeprefix("rule:"))
            state = known is not None and known.type == "state"
            wide = known is not None and known.precision in ("continent", "region", "sea", "river")
            if state or wide:
                continue
            weights[key] = weights.get(key, 0.0) + 0.4 + 2.0 * exp(-(at - other.start) / NEAR)
        if weights:
            best = max(weights, key=lambda key: (weights[key] + OF_THE_KIND * (key in headed), key))
            return best, "the place spoken of"
        return f"here:{self.here}:{' '.join(words)}", "nominal without a name"

    def _headed(self, i: int, noun: str) -> dict[str, int]:
        """The keys of places named before mention i with that head, and where each stood last: «سد …» for «السد»."""
        return {
            self.keys[k][0]: self.mentions[k].start
            for k in range(i)
            if self.mentions[k].kind == "place" and self.mentions[k].level == "name" and self.words[k][0] == noun
        }

    def _country_spoken_of(self, words: tuple[str, ...]) -> tuple[str, str]:
        if self.country_counts:
            country = max(self.country_counts, key=lambda c: (self.country_counts[c], c))
            for known in self.knows.gazetteer.by_rule.values():
                if known.type == "state" and known.country == country:
                    return f"rule:{known.rule}", "the country spoken of"
        return f"here:{self.here}:{' '.join(words)}", "nominal without a name"

    # --- organisations ---

    def _organisation(self, i: int, words: tuple[str, ...]) -> tuple[str, str]:
        mention = self.mentions[i]
        known = self.knows.gazetteer.by_rule.get(mention.rule)
        if known is not None:
            return f"rule:{known.rule}", "table"
        bearers = [k for k in self.knows.gazetteer.of(words) if k.kind == "organisation"]
        if len(bearers) == 1 and mention.level == "name":
            return f"rule:{bearers[0].rule}", "table"
        role = self.knows.class_of(words)[0]
        if any(w == "المعارضه" for w in words):
            role = "opposition"
        if role in ONE_TO_A_COUNTRY:
            return self._force(i, role, words)
        if mention.level == "nominal":
            return self._nominal_organisation(i, words, role)
        longer = [w for j, w in enumerate(self.words) if len(w) > len(words) and w[: len(words)] == words and (
            self.mentions[j].kind == "organisation")]  # fmt: skip
        full = max(longer, key=len) if longer and len(set(longer)) == 1 else words
        of = next((self.knows.countries[w] for w in full if w in self.knows.countries), None)
        named = of or len(full) > 3 or not self._generic(full)
        reach = "" if named else f"@{self._home()}"
        return f"body:{' '.join(full)}{reach}", "name of a body"

    def _home(self) -> str:
        """Whose body «وزارة الصحة» is: the one country spoken of, where there is none the main place; else unknown."""
        if len(self.country_counts) == 1:
            return next(iter(self.country_counts))
        main = "" if self.country_counts else self._main_place()
        return f"{BESIDE}{main}" if main else self.here

    def _generic(self, words: tuple[str, ...]) -> bool:
        """«وزارة الخارجية», «مجلس النواب»: every country has one."""
        return len(words) <= 3

    def _force(self, i: int, role: str, words: tuple[str, ...]) -> tuple[str, str]:
        """«الجيش السوري», «قوات النظام», «القوات»: the army of the country that is said or spoken of."""
        country = next((self.knows.countries[w] for w in words if w in self.knows.countries), None)
        if country is None:
            for other in self.mentions:
                inside = self.mentions[i].start <= other.start and other.end <= self.mentions[i].end
                if inside and other.kind == "person" and (known := self.knows.gazetteer.by_rule.get(other.rule)):
                    country = known.country
        if country is not None:
            return f"force:{role}:{country}", f"{role} of {country}"
        at = self.mentions[i].start
        for k in range(i - 1, -1, -1):
            key = self.keys[k][0]
            if key.startswith("force:") and key.split(":")[1] == role and at - self.mentions[k].end < 6 * NEAR:
                return key, f"the {role} spoken of"
        for k in range(i - 1, -1, -1):
            key = self.keys[k][0]
            if key.startswith("force:regime:") and role in ("army", "air-force", "regime"):
                return f"force:{role}:{key.split(':')[2]}", "forces of the regime spoken of"
        if self.country_counts:
            country = max(self.country_counts, key=lambda c: (self.country_counts[c], c))
            return f"force:{role}:{country}", "the country spoken of"
        return f"here:{self.here}:{role}", "no country is named"

    def _nominal_organisation(self, i: int, words: tuple[str, ...], role: str) -> tuple[str, str]:
        at = self.mentions[i].start
        noun = words[0].removeprefix("ال")
        weights: dict[str, float] = {}
        for k in range(i):
            other, key = self.mentions[k], self.keys[k][0]
            if other.kind != "organisation" or key.startswith(("here:", "force:")):
                continue
            known = self.knows.gazetteer.by_rule.get(key.removeprefix("rule:"))
            type = known.type if known is not None else ""
            same = self.words[k][0].removeprefix("ال") == noun or (known is not None and self.reading.lang.fold(
                known.name).startswith(noun))  # fmt: skip
            fits = {
                "outlet": type == "outlet",
                "agency": type == "agency",
                "group": same or (noun == "تنظيم" and type == "armed"),
            }.get(role, same)
            if fits:
                weights[key] = weights.get(key, 0.0) + log(2) + 2.0 * exp(-(at - other.start) / NEAR)
        if weights:
            best = max(weights, key=lambda key: (weights[key], key))
            return best, "the one spoken of"
        return f"here:{self.here}:{' '.join(words)}", "nominal without a name"

    # --- anonymous ---

    def _anonymous(self, words: tuple[str, ...]) -> tuple[str, str]:
        """Unnamed groups are one only under one wording in one document; «المصادر» means the last ones."""
        if len(words) == 1 and words[0].startswith("ال"):
            noun = words[0].removeprefix("ال")
            for k in range(len(self.keys) - 1, -1, -1):
                if self.mentions[k].kind == "anonymous" and self.words[k][0] == noun:
                    return self.keys[k]
        return f"here:{self.here}:{' '.join(words)}", "unnamed group"


def glue(words: Sequence[str]) -> tuple[str, ...]:
    """Parts of a name that are written apart or together: «عبد الله», «عبدالله».

    >>> glue(["رامي", "عبد", "الرحمن"])
    ('رامي', 'عبدالرحمن')
    """
    result: list[str] = []
    for word in words:
        if result and result[-1] in GLUED:
            result[-1] += word
        else:
            result.append(word)
    return tuple(result)


GLUED = frozenset({"عبد", "ابو", "ابا", "ابي", "ال", "دي", "ابن"})
"""Written on to the next word or apart."""
