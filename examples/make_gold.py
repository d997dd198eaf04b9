"""Turns gold/source/*.toml, where every span is a quotation, into gold/*.json, where every span has its offsets.

    python make_gold.py            write gold/*.json
    python make_gold.py --check    fail if gold/*.json is not what the sources say
    python make_gold.py --read 06  show a document with its mentions in brackets, for proof-reading

A quotation is the exact text; « … » between two pieces stands for whatever lies between them.
Where it occurs more than once, the place is settled by order (dates, cues) or by nearness to the cue (sources,
contents); elsewhere it must be unique, or say which one: `n = 2`.
The shapes are those of other hand-made gold for riwaya; `gold/README.md` says what each key means.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DAM, GOLD = HERE / "dam", HERE / "gold"
GAP = " … "
Row = dict[str, Any]


def fail(message: str) -> None:
    raise SystemExit(f"make_gold: {message}")


class Article:
    """A document whose letters are certain, and ways to find a quotation in it."""

    def __init__(self, doc: str, text: str):
        self.doc, self.text = doc, text

    def all(self, quote: str) -> list[tuple[int, int]]:
        """Every place of a quotation that starts and ends with a word.

        >>> Article("x", "سد وسدود وسد").all("سد")
        [(0, 2), (10, 12)]
        """
        head, *rest = quote.split(GAP)
        places = []
        for match in re.finditer(re.escape(head), self.text):
            start, end = match.span()
            for piece in rest:
                at = self.text.find(piece, end)
                end = at + len(piece) if at >= 0 else -1
                if end < 0:
                    break
            if end > 0 and self._on_words(start, end):
                places.append((start, end))
        return places

    def _on_words(self, start: int, end: int) -> bool:
        inside_before = start > 0 and self.text[start - 1].isalnum() and self.text[start].isalnum()
        inside_after = end < len(self.text) and self.text[end - 1].isalnum() and self.text[end].isalnum()
        clitic = re.search(r"(?<!\w)[وفبلك]{1,2}\u0640?$", self.text[:start])
        return (not inside_before or clitic is not None) and not inside_after

    def span(
        self, quote: str, *, after: int | None = None, near: tuple[int, int] | None = None, n: int | None = None
    ) -> Row:
        """The place of a quotation: the first one `after`, the nearest to a span, the n-th, or the only one."""
        places = [p for p in self.all(quote) if p[0] >= (after or 0)]
        if not places:
            fail(f"{self.doc} has no «{quote}»" + (f" after {after}" if after else ""))
        if near:
            covers = {p: p[0] <= near[0] and near[1] <= p[1] for p in places}
            apart = {p: max(p[0] - near[1], near[0] - p[1]) for p in places}
            place = min(places, key=lambda p: (covers[p], apart[p], p))
        elif n is not None:
            place = places[n - 1]
        elif after is not None or len(places) == 1:
            place = places[0]
        else:
            fail(f"{self.doc} has «{quote}» {len(places)} times: say which")
        start, end = place
        return {"start": start, "end": end, "text": self.text[start:end]}


def read_articles() -> dict[str, Article]:
    """The documents whose text does not depend on a reader: plain text and JSON Lines."""
    texts: dict[str, str] = {}
    for path in sorted(DAM.glob("*.txt")):
        data = path.read_bytes()
        try:
            texts[path.stem] = data.decode("utf-8")
        except UnicodeDecodeError:
            texts[path.stem] = data.decode("windows-1256")
    for path in sorted(DAM.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            texts[record["id"]] = record["text"]
    return {doc: Article(doc, text) for doc, text in sorted(texts.items())}


ARTICLES = read_articles()


def article(prefix: str) -> Article:
    """A document by its number: `article("06")`."""
    return next(a for doc, a in ARTICLES.items() if doc.startswith(prefix))


def quoted(number: str, quote: str, n: int | None = None) -> Row:
    """A quotation from the document of that number, which must hold it once, or `n` says which."""
    a = article(number)
    return {"doc": a.doc, **a.span(quote, n=n)}


def within(inner: Row, outer: Row) -> bool:
    return bool(outer["start"] <= inner["start"] and inner["end"] <= outer["end"])


def source(name: str) -> Row:
    return tomllib.loads((GOLD / "source" / f"{name}.toml").read_text(encoding="utf-8"))


def docs() -> list[Row]:
    """What is known of each document; where the title is not in the text, the row is flat and asks for no span."""
    rows = []
    for row in source("docs")["doc"]:
        known = ARTICLES.get(row["doc"])
        out: Row = {key: row[key] for key in ("doc", "file")}
        out["sha256"] = sha256((DAM / row["file"]).read_bytes()).hexdigest()
        if known and row["title"] in known.text:
            out["outlet"] = {"value": row["outlet"]}
            out["publication"] = {"value": row["published"], "basis": row["basis"]}
            out["author"] = {"value": row.get("author")}
            out["title"] = {"value": row["title"], "span": known.span(row["title"], n=1)}
        else:
            out |= {key: row.get(key) for key in ("outlet", "published", "basis", "author", "title")}
        if known:
            out["chars"] = len(known.text)
            zones = row.get("zones", [])
            out["boilerplate"] = [{**known.span(z["text"], n=z.get("n", 1)), "kind": z["kind"]} for z in zones]
        else:
            note = "the text depends on the reader: no span is annotated here, and the whole document counts as aside"
            out["boilerplate"] = [{"start": 0, "end": 1_000_000, "kind": "not annotated", "note": note}]
        out["notes"] = row.get("notes", [])
        rows.append(out)
    return rows


def timexes() -> list[Row]:
    rows = []
    for number, items in source("timex").items():
        a, at = article(number), 0
        for i, (text, type_, value, *extra) in enumerate(items, 1):
            span = a.span(text, after=at)
            at = span["end"]
            rows.append({"id": f"tx{number}-{i:02}", "doc": a.doc, **span, "type": type_, "value": value})
            rows[-1].update(extra[0] if extra else {})
    return rows


def attributions() -> list[Row]:
    names = source("entities")["name"]
    rows = []
    for path in sorted((GOLD / "source" / "says").glob("*.toml")):
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        a, at = article(path.stem), 0
        for i, row in enumerate(said["says"], 1):
            out = attribution(a, row, said["outlet"], at, names)
            at = out["cue"]["start"] + 1
            rows.append({"id": f"at{path.stem}-{i:02}", **out})
    return rows


def attribution(a: Article, row: Row, outlet: str, at: int, names: Row) -> Row:
    """One row: `cue` is found in order, everything else near it; `by` is the entity that speaks."""
    cue = a.span(row["cue"], after=at)
    near = (cue["start"], cue["end"])
    out: Row = {"doc": a.doc, "function": row.get("function", "statement"), "cue": cue}
    if "closing" in row:
        out["cue_closing"] = a.span(row["closing"], near=near)
    name = names[row["by"]]["ar"] if "by" in row else None
    found = a.span(row["source"], near=near) if "source" in row else {"start": None, "end": None, "text": None}
    out["source"] = {**found, "kind": row.get("kind", "none"), "name": name, "entity": row.get("by")}
    if "from" in row:
        before = [p for p in a.all(row["from"]) if p[0] < cue["start"]] or a.all(row["from"])
        if not before:
            fail(f"{a.doc} has no antecedent «{row['from']}»")
        start, end = before[-1]
        out["resolved_from"] = {"start": start, "end": end, "text": a.text[start:end]}
        out["source"]["elided"] = "source" not in row
    out["content"] = a.span(row["content"], near=near)
    if "parts" in row:
        out["content"]["parts"] = [a.span(part, near=near) for part in row["parts"]]
    manner = row.get("manner", "indirect")
    out |= {"direct": manner == "direct", "mixed": manner == "mixed", "polarity": row.get("polarity", "positive")}
    out["certainty"] = [a.span(hedge, near=near) for hedge in row.get("certainty", [])]
    carriers = [names[carrier]["ar"] for carrier in row.get("via", [])]
    out["chain"] = [outlet, *carriers, *([name] if name else [])]
    if "note" in row:
        out["note"] = row["note"]
    return out


def mentions() -> list[Row]:
    """Every place of every listed form; the longest form wins, and a shorter name inside it is marked `nested`."""
    rows = []
    for a in ARTICLES.values():
        found: list[Row] = []
        for form in source("entities")["form"]:
            if a.doc[:2] not in form.get("docs", [a.doc[:2]]) or a.doc[:2] in form.get("not", []):
                continue
            for start, end, clitic in form_places(a, form):
                found.append({"start": start, "end": end, "clitic": clitic, **form})
        found.sort(key=lambda r: (r["start"], -r["end"]))
        kept = [r for r in found if not hidden(r, found)]
        for i, r in enumerate(kept, 1):
            around = [o for o in kept if within(r, o) and o is not r]
            text = a.text[r["start"] : r["end"]]
            row = {"id": f"m{a.doc[:2]}-{i:03}", "doc": a.doc, "start": r["start"], "end": r["end"], "text": text}
            row |= {"entity": r["entity"], "level": r["level"], "clitic": r["clitic"], "nested": bool(around)}
            if r.get("optional") or any(o["level"] == "NAM" for o in around):
                row["optional"] = True
            rows.append(row)
    return rows


def form_places(a: Article, form: Row) -> list[tuple[int, int, str]]:
    """Where a form stands, clitics left outside; where «لل» swallowed the alif the whole token is the span."""
    text, around = form["text"], form.get("inside", [form["text"]])
    variants = [(text, r"(?<!\w)([وفبلك]{0,2})")]
    if text.startswith("ال") and "inside" not in form:
        variants.append(("لل" + text[2:], r"(?<!\w)([وف]?)"))
    places = []
    for words, head in variants:
        for match in re.finditer(f"{head}({re.escape(words)})(?!\\w)", a.text):
            start, end = match.span(2)
            stretches = [(m.start(), m.end()) for c in around for m in re.finditer(re.escape(c), a.text)]
            if "inside" not in form or any(s <= start and end <= e for s, e in stretches):
                places.append((start, end, match[1]))
    return places


def hidden(row: Row, found: list[Row]) -> bool:
    """Swallowed by a longer form of the same bearer, a nominal inside a name, or a role before its name."""
    for o in found:
        same = o["entity"] == row["entity"]
        below = row["level"] == "NOM" and o["level"] == "NAM"
        longer = within(row, o) and not within(o, row)
        if (longer and (same or below)) or (same and below and o["start"] == row["end"] + 1):
            return True
    return False


def entities(named: list[Row]) -> list[Row]:
    rows = []
    for key, row in source("entities")["name"].items():
        forms: dict[str, int] = {}
        for m in named:
            if m["entity"] == key:
                forms[m["text"]] = forms.get(m["text"], 0) + 1
        out = {"id": key, "type": row["type"], "name_ar": row["ar"], "name_en": row["en"]}
        rows.append({**out, "aliases": row.get("aliases", []), "surface_forms": dict(sorted(forms.items()))})
    return rows


def reuse() -> Row:
    def pair(row: Row) -> Row:
        a, b = article(row["a"]), article(row["b"])
        left, right = a.span(row["text_a"], n=row.get("n_a")), b.span(row["text_b"], n=row.get("n_b"))
        out = {"doc_a": a.doc, "start_a": left["start"], "end_a": left["end"], "text_a": left["text"]}
        return out | {"doc_b": b.doc, "start_b": right["start"], "end_b": right["end"], "text_b": right["text"]}

    def direction(row: Row, a: str) -> str:
        if row["older"] == "common":
            return f"common origin: {row['because']}"
        return f"{article(row['older']).doc} ({row['because']}) is the earlier"

    raw = source("reuse")
    pairs = []
    for i, row in enumerate(raw["pair"], 1):
        out = {"id": f"ru-{i:02}", **pair(row), "kind": row["kind"], "edits": row.get("edits", [])}
        pairs.append({**out, "direction": direction(row, row["a"])})
    lookalikes = [{"id": f"nr-{i:02}", **pair(r), "why": r["why"]} for i, r in enumerate(raw["lookalike"], 1)]
    repeats = [{**quoted(r["doc"], r["text"], r["n"]), "why": r["why"]} for r in raw["within"]]
    return {"pairs": pairs, "within_document": repeats, "non_reuse_lookalikes": lookalikes}


def claims(said: list[Row]) -> Row:
    raw = source("claims")
    rows = []
    for row in raw["claim"]:
        statements = [statement(s, said) for s in row["said"]]
        for s in statements:
            if s["origin"] not in raw["origins"]:
                fail(f"{row['id']} has an unknown origin {s['origin']}")
        origins: dict[str, list[str]] = {}
        stances: dict[str, list[str]] = {}
        for s in statements:
            for book, key, value in ((origins, s["origin"], s["doc"]), (stances, s["stance"], s["origin"])):
                if value not in book.setdefault(key, []):
                    book[key].append(value)
        documents = sorted({s["doc"] for s in statements})
        independence = {"docs": documents, "origins": origins, "n_docs": len(documents)}
        independence |= {"n_independent_origins": len(origins), "by_stance": stances, "note": row.get("note", "")}
        out = {key: row[key] for key in ("id", "theme", "ar", "en")}
        rows.append({**out, "statements": statements, "independence": independence, "also_in": row.get("also_in", [])})
    return {"origins": raw["origins"], "claims": rows}


def statement(row: list[Any], said: list[Row]) -> Row:
    """One document's statement, with the attribution that it lies in, if any: the narrowest one, past the carriers."""
    number, text, stance, origin, *n = row
    span = quoted(number, text, *n)
    here = [x for x in said if x["doc"] == span["doc"]]
    covers = [x for x in here if within(span, x["content"]) or within(x["content"], span)]
    best = min(covers, key=lambda x: (-len(x["chain"]), x["content"]["end"] - x["content"]["start"]), default=None)
    out = {**span, "stance": stance, "attribution": best and best["id"]}
    return {**out, "chain": best["chain"] if best else [outlet_of(span["doc"])], "origin": origin}


def outlet_of(doc: str) -> str:
    return next(str(row["outlet"]) for row in source("docs")["doc"] if row["doc"] == doc)


def conflicts(claimed: Row) -> list[Row]:
    by_id = {c["id"]: c["statements"] for c in claimed["claims"]}
    rows = []
    for row in source("conflicts")["conflict"]:
        sides = []
        for side in row["sides"]:
            stances, docs = side.get("stances", ["asserts", "hedges"]), side.get("docs")
            evidence = [
                {"claim_id": claim, **{key: s[key] for key in ("doc", "start", "end", "text", "origin")}}
                for claim in side.get("claims", [])
                for s in by_id[claim]
                if s["stance"] in stances and (docs is None or s["doc"][:2] in docs)
            ]
            evidence += [quoted(*place) for place in side.get("at", [])]
            if not evidence:
                fail(f"{row['id']} has a side without evidence: {side['side']}")
            sides.append({"side": side["side"], "evidence": evidence})
        out = {key: row.get(key) for key in ("id", "type", "kind", "title", "severity")}
        rows.append({**out, "sides": sides, "explanation": row["why"]})
    return rows


def timeline() -> list[Row]:
    keys = ("id", "value", "earliest", "latest", "uncertainty", "event_ar", "event_en", "place")
    rows = []
    for row in source("timeline")["event"]:
        support = [quoted(*place) for place in row["at"]]
        rows.append({**{key: row.get(key) for key in keys}, "in_documents": True, "support": support})
    return rows


def layers() -> dict[str, Any]:
    said, named = attributions(), mentions()
    claimed = claims(said)
    found = {"docs": docs(), "timex": timexes(), "attributions": said, "mentions": named, "entities": entities(named)}
    return found | {"reuse": reuse(), "claims": claimed, "conflicts": conflicts(claimed), "timeline": timeline()}


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def bracketed(number: str) -> str:
    """A document with every mention in brackets, its entity behind it."""
    a = article(number)
    marks: dict[int, str] = {}
    for m in mentions():
        if m["doc"] == a.doc:
            marks[m["start"]] = marks.get(m["start"], "") + "["
            level = "" if m["level"] == "NAM" else "~"
            marks[m["end"]] = f"|{level}{m['entity']}{'?' if m.get('optional') else ''}]" + marks.get(m["end"], "")
    return "".join(marks.get(i, "") + a.text[i : i + 1] for i in range(len(a.text) + 1))


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--read"]:
        print(bracketed(arguments[1]))
        return
    wrong = []
    for name, value in layers().items():
        path, text = GOLD / f"{name}.json", as_json(value)
        if arguments != ["--check"]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            wrong.append(path.name)
    if wrong:
        fail(f"{', '.join(wrong)} differ from gold/source: run make_gold.py")


if __name__ == "__main__":
    main(sys.argv[1:])
