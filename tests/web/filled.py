"""A case with every layer filled: the example's gold, turned into the findings that stages would give."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

import riwaya
from riwaya.case import briefs
from riwaya.case.packing import pack_findings
from riwaya.case.writer import Analysed, Found, Writer
from riwaya.model import (
    Across,
    Alarm,
    Alignment,
    Attribution,
    Claim,
    Conflict,
    Copy,
    Edit,
    Entity,
    Event,
    Finding,
    Hop,
    Member,
    Mention,
    Name,
    Naming,
    Origin,
    Passage,
    Reason,
    Side,
    Span,
    Timex,
)

GOLD = Path(__file__).parents[2] / "examples" / "gold"
KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place", "ANON": "anonymous", "DOC": "document"}
PLACES = {"DAM": (34.62, 38.31), "ARJUN": (34.66, 38.36), "HANZ": (34.71, 38.44), "CITY": (34.88, 38.12)}
"""Somewhere for the invented places to be."""
EDITS = {
    "hedge-removed",
    "number",
    "date",
    "attribution-dropped",
    "omitted",
    "inserted",
    "spelling",
    "wording",
    "moved",
}


def gold(name: str) -> Any:
    return json.loads((GOLD / f"{name}.json").read_text("utf-8"))


class Filling:
    """Turns the gold about documents named by stem into findings about the documents of a case."""

    def __init__(self, writer: Writer) -> None:
        self.texts = {doc.id.split(".")[0]: doc for doc in writer.documents()}
        self.entities = {row["id"]: row for row in gold("entities")}
        self.names = {row["name_ar"]: row for row in self.entities.values()}

    def doc(self, stem: str) -> str | None:
        return self.texts[stem].id if stem in self.texts else None

    def fits(self, row: dict[str, Any]) -> bool:
        """Whether the letters are those of this case: another reader may read a file otherwise."""
        doc = self.texts.get(row["doc"])
        return doc is not None and doc.text[row["start"] : row["end"]] == row["text"]

    def found(self) -> list[Finding]:
        return [*self.mentions(), *self.timexes(), *self.attributions()]

    def across(self) -> list[Across]:
        return [
            *(self.named()),
            *self.namings(),
            *self.alignments(),
            *self.copies(),
            *self.claims(),
            *self.conflicts(),
            *self.alarms(),
            *self.events(),
        ]

    # --- about documents

    def mentions(self) -> list[Mention]:
        return [
            Mention(
                doc=str(self.doc(m["doc"])),
                start=m["start"],
                end=m["end"],
                kind=self.kind(m["entity"]),  # type: ignore[arg-type]  # one of the kinds
                level="name" if m["level"] == "NAM" else "nominal",
                entity=m["entity"],
                rule="gold",
            )
            for m in gold("mentions")
            if self.fits(m) and self.kind(m["entity"]) != "document"
        ]

    def kind(self, entity: str) -> str:
        return KINDS[self.entities[entity]["type"]]

    def timexes(self) -> list[Timex]:
        return [
            Timex(
                doc=str(self.doc(t["doc"])),
                start=t["start"],
                end=t["end"],
                type=t["type"],
                value=t["value"],
                mod=t.get("mod"),
                rule="gold",
            )
            for t in gold("timex")
            if self.fits(t)
        ]

    def attributions(self) -> list[Attribution]:
        rows = [a for a in gold("attributions") if a["content"] and self.fits({"doc": a["doc"], **a["content"]})]
        return [self.attribution(a) for a in rows]

    def attribution(self, a: dict[str, Any]) -> Attribution:
        source = a["source"] or {}
        functions = msgspec.inspect.type_info(Attribution)
        known = next(f for f in functions.fields if f.name == "function").type.values  # type: ignore[attr-defined,union-attr]  # a Literal
        return Attribution(
            doc=str(self.doc(a["doc"])),
            start=a["content"]["start"],
            end=a["content"]["end"],
            cue=span(a["cue"]),
            source=span(source) if source.get("start") is not None else None,
            source_kind=speaking(source.get("kind")),  # type: ignore[arg-type]  # one of the kinds
            source_entity=source.get("entity"),
            resolved_from=span(a.get("resolved_from")),
            content=Span(a["content"]["start"], a["content"]["end"]),
            manner="mixed" if a["mixed"] else "direct" if a["direct"] else "indirect",
            function=a["function"] if a["function"] in known else "statement",
            polarity=a["polarity"],
            certainty=tuple(Span(c["start"], c["end"]) for c in a["certainty"]),
            chain=self.chain(a["chain"]),
            rule="gold",
        )

    def chain(self, names: list[str]) -> tuple[Hop, ...]:
        hops = []
        for number, name in enumerate(names):
            row = self.names.get(name)
            kind = "outlet" if number == 0 else KINDS[row["type"]] if row else None
            if kind == "place":
                kind = None
            hops.append(
                Hop(name=name, kind=kind, entity=row["id"] if row else None, hop="source" if number else "outlet")  # type: ignore[arg-type]  # as above
            )
        return tuple(hops)

    # --- about the case

    def named(self) -> list[Entity]:
        counts: dict[str, dict[str, dict[str, int]]] = {}
        for m in gold("mentions"):
            if self.fits(m):
                outlet = self.texts[m["doc"]].outlet or ""
                forms = counts.setdefault(m["entity"], {}).setdefault(m["text"], {})
                forms[outlet] = forms.get(outlet, 0) + 1
        return [
            Entity(
                entity=id,
                kind=self.kind(id),  # type: ignore[arg-type]  # as above
                name=row["name_ar"],
                name_en=row["name_en"],
                names=tuple(Name(text=text, counts=by) for text, by in sorted(counts.get(id, {}).items())),
                lat=PLACES[id][0] if id in PLACES else None,
                lon=PLACES[id][1] if id in PLACES else None,
                precision="town" if id in PLACES else None,
            )
            for id, row in self.entities.items()
            if row["type"] != "DOC"
        ]

    def namings(self) -> list[Naming]:
        fields = Naming.__struct_fields__
        return [Naming(**{field: getattr(m, field) for field in fields}) for m in self.mentions()]

    def alignments(self) -> list[Alignment]:
        found = []
        for p in gold("reuse")["pairs"]:
            ends = [
                {"doc": p[f"doc_{s}"], "start": p[f"start_{s}"], "end": p[f"end_{s}"], "text": p[f"text_{s}"]}
                for s in "ab"
            ]
            if p["doc_a"] == p["doc_b"] or not all(self.fits(end) for end in ends):
                continue
            left, right = (Passage(doc=str(self.doc(e["doc"])), start=e["start"], end=e["end"]) for e in ends)
            older = p["direction"].split(" ")[0]
            found.append(
                Alignment(
                    id=f"AL-{p['id']}",
                    left=left,
                    right=right,
                    kind=p["kind"],
                    similarity=1.0 if p["kind"] == "verbatim" else 0.8,
                    direction="left-to-right" if older == p["doc_a"] else "common-origin",
                    confidence=0.9,
                    reasons=(Reason(kind="credit", detail=p["direction"], weight=0.9),),
                    edits=tuple(self.edits(p)),
                )
            )
        return found

    def edits(self, p: dict[str, Any]) -> list[Edit]:
        found = []
        for text in p["edits"]:
            kind, _, what = text.partition(": ")
            before, _, after = what.partition(" → ")
            if kind in EDITS:
                left = place(p["text_a"], before, p["start_a"])
                right = place(p["text_b"], after, p["start_b"]) if after else None
                if left or right:
                    found.append(Edit(kind=kind, left=left, right=right))  # type: ignore[arg-type]  # one of EDITS
        return found

    def copies(self) -> list[Copy]:
        by_pair: dict[tuple[str, str], list[Alignment]] = {}
        for a in self.alignments():
            if a.direction == "left-to-right":
                by_pair.setdefault((a.left.doc, a.right.doc), []).append(a)
        lengths = {doc.id: len(doc.text) for doc in self.texts.values()}
        return [
            Copy(
                older=older,
                newer=newer,
                share=round(sum(a.right.end - a.right.start for a in found) / lengths[newer], 3),
                passages=tuple(a.id for a in found),
                credited=any("credit" in r.detail or "names" in r.detail for a in found for r in a.reasons),
                confidence=0.9 if len(found) > 1 else 0.4,
                reasons=(Reason(kind="time", detail=f"{older} is older", weight=0.4),),
            )
            for (older, newer), found in sorted(by_pair.items())
        ]

    def claims(self) -> list[Claim]:
        source = gold("claims")
        return [self.claim(c, source["origins"]) for c in source["claims"] if any(map(self.fits, c["statements"]))]

    def claim(self, c: dict[str, Any], labels: dict[str, str]) -> Claim:
        said = [s for s in c["statements"] if self.fits(s)]
        members = tuple(
            Member(
                doc=str(self.doc(s["doc"])),
                start=s["start"],
                end=s["end"],
                stance=s["stance"],
                chain=self.chain(s["chain"]),
                origin=s["origin"],
            )
            for s in said
        )
        origins = []
        for id in dict.fromkeys(m.origin for m in members):
            places = tuple(n for n, m in enumerate(members) if m.origin == id)
            reason = Reason(kind="same-speaker", detail=labels.get(id, id), weight=1.0)
            kind = "outlet" if id.startswith("O-N-") else "source"
            reasons = (reason,) if len(places) > 1 else ()
            links = tuple((one, other, "same-speaker") for one, other in pairwise(places))
            label = labels.get(id, id)
            origins.append(Origin(id=id, label=label, kind=kind, members=places, reasons=reasons, links=links))
        return Claim(
            id=c["id"],
            statement=c["ar"],
            members=members,
            documents=len({m.doc for m in members}),
            origins=tuple(origins),
        )

    def conflicts(self) -> list[Conflict]:
        found = []
        for k in gold("conflicts"):
            if k["type"] != "conflict":
                continue
            sides = []
            for s in k["sides"]:
                places = [e for e in s["evidence"] if e.get("start") is not None and self.fits(e)]
                sides.append(
                    Side(
                        value=s["side"],
                        members=tuple(passage(self, e) for e in places),
                        origins=tuple(dict.fromkeys(e["origin"] for e in s["evidence"] if e.get("origin"))),
                    )
                )
            claims = tuple(dict.fromkeys(e["claim_id"] for s in k["sides"] for e in s["evidence"] if e.get("claim_id")))
            found.append(
                Conflict(
                    id=k["id"],
                    kind=k["kind"].split("/")[0],
                    severity=k["severity"],
                    claims=claims,
                    sides=tuple(sides),
                    why=k["explanation"],
                    why_ar="روايتان لحدث واحد لا تجتمعان.",
                )
            )
        return found

    def alarms(self) -> list[Alarm]:
        """The circle that the example was written around: 13 cites as proof what 05 took from 03, of its own paper."""
        docs = tuple(str(self.doc(stem)) for stem in ("03_sada", "05_dima", "13_sada"))
        told = {c["id"]: {s["doc"] for s in c["statements"]} for c in gold("claims")["claims"]}
        claim = next(id for id, stems in told.items() if {"03_sada", "05_dima", "13_sada"} <= stems)
        return [
            Alarm(
                id="A-1",
                kind="cites-its-copier",
                claim=claim,
                documents=docs,
                why="13 cites 05, whose words are those of 03.",
                why_ar="الثالثة عشرة تستشهد بالخامسة، وكلامها كلام الثالثة.",
            )
        ]

    def events(self) -> list[Event]:
        return [
            Event(
                id=e["id"],
                label=e["event_ar"],
                edtf=e["value"],
                earliest=e["earliest"],
                latest=e["latest"],
                basis="explicit",
                place=e["place"],
                members=tuple(passage(self, s) for s in e["support"] if self.fits(s)),
            )
            for e in gold("timeline")
        ]


def speaking(kind: str | None) -> str | None:
    """A kind of source as the model names it."""
    known = {"person", "organisation", "outlet", "agency", "document", "anonymous"}
    return "anonymous" if kind and kind.startswith("anonymous") else kind if kind in known else None


def span(value: dict[str, Any] | None) -> Span | None:
    return None if not value or value.get("start") is None else Span(value["start"], value["end"])


def place(text: str, part: str, start: int) -> Span | None:
    at = text.find(part) if part else -1
    return Span(start + at, start + at + len(part)) if at >= 0 else None


def passage(filling: Filling, row: dict[str, Any]) -> Passage:
    return Passage(doc=str(filling.doc(row["doc"])), start=row["start"], end=row["end"])


def fill(path: Path) -> Path:
    """Puts the gold into a case of the example in place of what stages found."""
    with Writer(path) as writer:
        filling = Filling(writer)
        numbers = dict(writer.connection.execute("SELECT id, number FROM documents"))
        by_place: dict[tuple[str, str], list[Finding]] = {}
        for finding in sorted(filling.found(), key=lambda f: (f.layer, f.doc, f.start, f.end)):
            by_place.setdefault((finding.layer, finding.doc), []).append(finding)
        across = filling.across()
        found = [
            Found(
                number=numbers[doc],
                layer=layer,
                stage="gold",
                recipe="gold",
                count=len(values),
                data=pack_findings(values),
            )
            for (layer, doc), values in by_place.items()
        ]
        with writer.step():
            for layer in ("mentions", "timexes", "attributions", "quantities"):
                writer.connection.execute("DELETE FROM findings WHERE layer = ?", (layer,))
            writer.keep_found(Analysed(found=found))
            writer.keep_across("gold", "gold", sorted({value.layer for value in across}), across)
            briefs.write(writer)
            writer.record("run", {"riwaya": riwaya.__version__, "stages": {"gold": 1}})
    return path


def filled(folder: Path) -> Path:
    """The example as a case with every layer filled."""
    return fill(riwaya.demo(folder / "dam.riwaya"))
