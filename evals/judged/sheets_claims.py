"""Sheets for readers who judge the first conflicts of a case and its claims with most inflated support.

    sheets_claims.py CASE --out DIR                                conflicts.md, claims.md and their keys for the count
    sheets_claims.py CASE --out DIR --answers conflicts FILE --reader A [--rows evals/judged]

Conflicts come as the page lists them, hard before soft and those most alike first; claims by how many more documents
than independent origins they have. The sheets hold text and stay outside the project; what is kept of a judgement are
ids and verdicts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import riwaya
from riwaya.model import Claim, Conflict, Passage

FIRST = 50
SHOWN = 4
"""Members of a side or of an origin that a sheet shows."""
AROUND = 160

CONFLICTS = """# Is this a conflict?

Each number shows two or more sides: what each says, on whose word, and where, with the sentence between ⟦ ⟧ in its
surroundings; outlet and time of publication stand before it. Answer `y` where the sides speak of one event and one
thing about it, and what they say differs so that both cannot be right as told (a day apart is a difference; so is a
number that was changed in copying, and a denial of what another affirms). Answer `n` where they speak of two events,
things or stretches of time, where one is only less precise, or where the program misread a side.

One line per number in your file: `12 y` or `12 n why`.
"""
CLAIMS = """# Is this one claim, with so many independent origins?

Each number shows a claim, in how many documents it stands, and the independent origins that the program counts, each
with some of its members between ⟦ ⟧. Answer two things: `y`/`n` whether what is shown is one statement (in other words
too, but about the same happening and people), and `y`/`n` whether the number of independent origins is right as far as
the texts let you see (papers that print one release, one agency or one speaker's words are one origin).

One line per number in your file: `12 y y` or `12 y n why`.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--answers", nargs=2, metavar=("SHEET", "FILE"))
    parser.add_argument("--reader", default="A")
    parser.add_argument("--rows", type=Path)
    args = parser.parse_args()
    if args.answers:
        count(args.out, args.answers[0], Path(args.answers[1]), args.reader, args.rows)
        return
    args.out.mkdir(parents=True, exist_ok=True)
    with riwaya.open(args.case) as case:
        conflicts = sorted(case.across(Conflict), key=lambda c: (c.severity != "hard", -c.likeness, c.id))[:FIRST]
        claims = sorted(case.across(Claim), key=lambda c: (len(c.origins) - c.documents, -c.documents, c.id))[:FIRST]
        for name, head, found, shown in (
            ("conflicts", CONFLICTS, conflicts, [conflict(case, c) for c in conflicts]),
            ("claims", CLAIMS, claims, [claim(case, c) for c in claims]),
        ):
            numbered = (f"## {n}\n\n{text}\n" for n, text in enumerate(shown, 1))
            (args.out / f"{name}.md").write_text("\n".join([head, *numbered]), "utf-8")
            keys = (json.dumps({"number": n, "id": row.id}) for n, row in enumerate(found, 1))
            (args.out / f"{name}.jsonl").write_text("\n".join(keys) + "\n", "utf-8")


def conflict(case: riwaya.Case, found: Conflict) -> str:
    parts = [f"{found.kind}, {found.severity}: {found.why}"]
    for side in found.sides:
        parts += [f"**{side.value}** on the word of {'، '.join(side.origins[:SHOWN])}", *places(case, side.members)]
    return "\n\n".join(parts)


def claim(case: riwaya.Case, found: Claim) -> str:
    parts = [f"«{found.statement}»: {found.documents} documents, {len(found.origins)} origins"]
    for origin in found.origins:
        members = [Passage(doc=m.doc, start=m.start, end=m.end) for m in (found.members[i] for i in origin.members)]
        parts += [f"**{origin.label}** ({origin.kind}), {len(members)} statements", *places(case, spread(members))]
    return "\n\n".join(parts)


def spread(members: Sequence[Passage]) -> list[Passage]:
    """Some members from the first to the last."""
    step = max(1, len(members) // SHOWN)
    return list(members[::step][:SHOWN])


def places(case: riwaya.Case, members: Sequence[Passage]) -> list[str]:
    shown = []
    for m in members[:SHOWN]:
        doc = case.document(m.doc)
        before, after = doc.text[max(0, m.start - AROUND) : m.start], doc.text[m.end : m.end + AROUND]
        text = " ".join(f"{before} ⟦{doc.text[m.start : m.end]}⟧ {after}".split())
        shown.append(f"> {doc.outlet}, {doc.published}: {text}")
    return shown


def count(out: Path, sheet: str, file: Path, reader: str, rows: Path | None) -> None:
    keys = {row["number"]: row["id"] for row in map(json.loads, (out / f"{sheet}.jsonl").open(encoding="utf-8"))}
    said = [line.split() for line in file.read_text("utf-8").splitlines() if line.strip()]
    width = 1 if sheet == "conflicts" else 2
    verdicts = {int(words[0]): [word == "y" for word in words[1 : 1 + width]] for words in said}
    if verdicts.keys() != keys.keys():
        raise SystemExit(
            f"Not judged: {sorted(keys.keys() - verdicts.keys())}; too many: {verdicts.keys() - keys.keys()}."
        )
    right = [sum(v[i] for v in verdicts.values()) for i in range(width)]
    whole = sum(all(v) for v in verdicts.values())
    print(f"{sheet}, reader {reader}: {right} of {len(keys)} right, {whole} in all = {whole / len(keys):.2f}")
    if rows is not None:
        with (rows / f"{sheet}.jsonl").open("a", encoding="utf-8") as kept:
            for number, verdict in sorted(verdicts.items()):
                kept.write(json.dumps({"id": keys[number], "reader": reader, "right": verdict}) + "\n")


if __name__ == "__main__":
    main()
