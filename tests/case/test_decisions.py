"""Decisions: kept for good, in one order for everybody, applied once, taken back without a trace in the findings."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

import riwaya
from riwaya.case import Case
from riwaya.case.decisions import Decision, contested, decide, history, in_force, read, standing, take_in
from riwaya.case.steer import steer, touching
from riwaya.case.verify import faults
from riwaya.case.writer import Writer
from riwaya.errors import CaseError, InvalidInput
from riwaya.example import corpus
from riwaya.model import (
    Alignment,
    Claim,
    Cluster,
    Copy,
    Entity,
    Event,
    Member,
    Mention,
    Name,
    Naming,
    Origin,
    Passage,
    document_key,
)
from riwaya.rerun import rerun


@pytest.fixture
def case(articles: Path, tmp_path: Path) -> Path:
    path = tmp_path / "wadi.riwaya"
    riwaya.build(path, [articles], processes=1)
    return path


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_the_last_word_stands_and_an_undo_gives_back_the_one_before(case: Path) -> None:
    with Writer(case) as writer:
        decide(writer, "claim/c", "accept", by="سلمى")
        decide(writer, "claim/c", "reject", by="سلمى")
        decide(writer, "claim/c", "note", by="كريم", note="؟")
        assert [(d.verdict, d.by) for d in standing(writer)] == [("reject", "سلمى"), ("note", "كريم")]
        decide(writer, "claim/c", "undo", by="سلمى")
        assert [d.verdict for d in standing(writer)] == ["reject"]
        decide(writer, "claim/c", "undo", by="سلمى")
        assert [d.verdict for d in standing(writer)] == ["accept"]
        decide(writer, "claim/c", "undo", by="سلمى")
        with pytest.raises(InvalidInput, match="no decision"):
            decide(writer, "claim/c", "undo", by="سلمى")
        assert len(history(writer)) == 6
        assert [row["id"] for row in writer.rows("decisions")] == [d.id for d in history(writer)]


def test_a_new_name_stands_beside_a_verdict(case: Path) -> None:
    with Writer(case) as writer:
        decide(writer, "entity/e", "rename", by="x", note="اسم")
        decide(writer, "entity/e", "accept", by="x")
        assert [d.verdict for d in standing(writer)] == ["rename", "accept"]


@pytest.mark.parametrize(
    ("subject", "verdict", "note", "told"),
    [
        ("song/1", "accept", None, "is no subject"),
        ("claim/", "accept", None, "is no subject"),
        ("claim/c", "sing", None, "one of accept, reject"),
        ("entity/e", "rename", "  ", "needs words"),
        ("entities/a", "merge", None, "two different ids"),
        ("entities/a+a", "merge", None, "two different ids"),
    ],
)
def test_what_makes_no_sense_is_refused(subject: str, verdict: str, note: str | None, told: str, case: Path) -> None:
    with Writer(case) as writer, pytest.raises(InvalidInput, match=told):
        decide(writer, subject, verdict, by="x", note=note)


# --- a colleague's ---------------------------------------------------------------------------------------------------


def test_two_people_who_exchange_decisions_see_the_same_and_where_they_differ(articles: Path, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.riwaya", tmp_path / "theirs.riwaya"
    for path in (ours, theirs):
        riwaya.build(path, [articles], processes=1)
    with Writer(ours) as one, Writer(theirs) as other:
        shared = decide(one, "claim/shared", "accept", by="سلمى")
        take_in(other, [shared])
        decide(one, "claim/shared", "unsure", by="سلمى")
        decide(other, "claim/apart", "accept", by="كريم")
        decide(one, "claim/apart", "reject", by="سلمى")
        decide(other, "claim/agreed", "accept", by="كريم")
        decide(one, "claim/agreed", "accept", by="سلمى")
        taken = take_in(one, history(other))
        assert (taken.added, taken.known) == (2, 1)
        assert [(a.by, b.by) for a, b in taken.contested] == [("كريم", "سلمى")]
        assert take_in(one, history(other)).added == 0
        take_in(other, history(one))
        assert history(one) == history(other)
        assert standing(one) == standing(other)
        decide(one, "claim/apart", "accept", by="سلمى")
        assert contested(history(one)) == []


def test_decisions_are_read_as_they_are_written_and_a_bad_line_is_named(case: Path, tmp_path: Path) -> None:
    with Writer(case) as writer:
        made = [decide(writer, "event/e", "note", by="سلمى", note=note) for note in ("أ", "ب")]
    with riwaya.open(case) as opened:
        (path,) = riwaya.export(opened, tmp_path / "out", layers=["decisions"])
    assert read(path.read_bytes()) == made
    with pytest.raises(InvalidInput, match="Line 3"):
        read(path.read_bytes() + b'{"id": 3}\n')
    with pytest.raises(InvalidInput, match="no decisions"):
        read(b"[1]")


def test_nothing_is_taken_in_when_one_makes_no_sense(case: Path) -> None:
    good = Decision(id="D-1", at="2026-01-01T00:00:00.000000+00:00", by="x", subject="claim/c", verdict="accept")
    bad = Decision(id="D-2", at="2026-01-01T00:00:00.000000+00:00", by="x", subject="claim/c", verdict="sing")
    with Writer(case) as writer:
        with pytest.raises(InvalidInput):
            take_in(writer, [good, bad])
        assert history(writer) == []


# --- what they do ----------------------------------------------------------------------------------------------------


def said(subject: str, verdict: str, note: str | None = None) -> Decision:
    return Decision(id="D", at="2026", by="سلمى", subject=subject, verdict=verdict, note=note)


def member(doc: str, start: int, origin: str) -> Member:
    return Member(doc=doc, start=start, end=start + 5, stance="asserts", origin=origin)


ONE = Claim(
    id="c1",
    statement="انهار السد",
    members=(member("a", 0, "o1"), member("b", 0, "o1"), member("c", 0, "o2")),
    documents=3,
    origins=(
        Origin(id="o1", label="وكالة", kind="agency", members=(0, 1)),
        Origin(id="o2", label="مصدر", kind="anonymous", members=(2,)),
    ),
)
OTHER = Claim(
    id="c2",
    statement="السد منهار",
    members=(member("c", 0, "o2"), member("d", 9, "o3")),
    documents=2,
    origins=(
        Origin(id="o2", label="مصدر", kind="anonymous", members=(0,)),
        Origin(id="o3", label="وزير", kind="person", members=(1,)),
    ),
)


def test_merging_claims_counts_each_document_and_origin_once() -> None:
    (both,) = steer([ONE, OTHER], [said("claims/c2+c1", "merge")])
    assert isinstance(both, Claim)
    assert (both.id, both.documents, len(both.members)) == ("c1", 4, 4)
    assert [(o.id, o.members) for o in both.origins] == [("o1", (0, 1)), ("o2", (2,)), ("o3", (3,))]
    assert [m.origin for m in both.members] == ["o1", "o1", "o2", "o3"]


def test_origins_are_split_joined_and_renamed() -> None:
    (split,) = steer([ONE], [said("origin/c1/o1", "split")])
    (joint,) = steer([ONE], [said("origins/c1/o1+o2", "merge")])
    (named,) = steer([ONE], [said("origin/c1/o2", "rename", "شاهد")])
    assert isinstance(split, Claim)
    assert isinstance(joint, Claim)
    assert isinstance(named, Claim)
    assert [o.members for o in split.origins] == [(0,), (1,), (2,)]
    assert len({m.origin for m in split.members}) == 3
    assert [o.members for o in joint.origins] == [(0, 1, 2)]
    assert {m.origin for m in joint.members} == {"o1"}
    assert named.origins[1].label == "شاهد"


def test_a_split_claim_is_one_for_each_document() -> None:
    parts = steer([ONE, OTHER], [said("claim/c1", "split")])
    assert [(c.documents, len(c.members)) for c in parts if isinstance(c, Claim)] == [(1, 1), (1, 1), (1, 1), (2, 2)]
    assert len({c.key for c in parts}) == 4


def test_merged_entities_answer_to_one_name_everywhere() -> None:
    one = Entity(entity="e1", kind="person", name="أحمد", names=(Name(text="أحمد", counts={"x": 1}),))
    other = Entity(
        entity="e2", kind="person", name="احمد", names=(Name(text="أحمد", counts={"x": 2, "y": 1}),), lat=1.0
    )
    naming = Naming(doc="a", start=0, end=4, entity="e2", kind="person", level="name", rule="r")
    merged, named = steer(
        [one, other, naming], [said("entities/e1+e2", "merge"), said("entity/e1", "rename", "العميد")]
    )
    assert isinstance(merged, Entity)
    assert isinstance(named, Naming)
    assert (merged.name, merged.lat, merged.names) == ("العميد", 1.0, (Name(text="أحمد", counts={"x": 3, "y": 1}),))
    assert named.entity == "e1"
    assert steer([one, other, naming], [said("entity/e2", "reject")]) == [one]
    assert steer([naming], [said(f"mention/M-{document_key('a')}-0-4", "split")]) == []


def test_what_is_not_copied_is_linked_by_nothing() -> None:
    ends = Passage(doc="a", start=0, end=9), Passage(doc="b", start=0, end=9)
    passage = Alignment(
        id="p", left=ends[0], right=ends[1], kind="verbatim", similarity=1.0, direction="unknown", confidence=0.0
    )
    copied = Copy(older="a", newer="b", share=0.5, passages=("p",), credited=False, confidence=0.9)
    cluster = Cluster(id="k", members=ends)
    found = [passage, copied, cluster]
    subject = f"copy/{document_key('b')}/{document_key('a')}"
    assert steer(found, [said(subject, "not-copying")]) == []
    (kept, grouped) = steer(found, [said(subject, "common-source")])
    assert isinstance(kept, Alignment)
    assert (kept.direction, grouped) == ("common-origin", cluster)
    assert steer(found, [said("alignment/p", "reject")]) == [cluster]
    assert steer(found, [said("alignment/other", "reject"), said(subject, "accept")]) == found


def test_events_are_merged_over_all_their_days() -> None:
    one = Event(id="v1", label="أ", edtf=None, earliest="2019-03-05", latest="2019-03-05", basis="b")
    other = Event(id="v2", label="ب", edtf=None, earliest="2019-03-04", latest=None, basis="b")
    (both,) = steer([one, other], [said("events/v1+v2", "merge")])
    assert isinstance(both, Event)
    assert (both.earliest, both.latest) == ("2019-03-04", "2019-03-05")


def test_only_what_a_decision_touches_is_run_again() -> None:
    decisions = [said("entity/e", "rename", "x"), said("claim/c", "reject"), said("claim/c", "note", "x")]
    assert [d.subject for d in touching(decisions, ["namings"])] == ["entity/e"]
    assert [d.verdict for d in touching(decisions, ["claims", "events"])] == ["reject"]
    assert touching([said("song/of a newer riwaya", "reject")], ["claims"]) == []


# --- a thousand of them ----------------------------------------------------------------------------------------------

DECIDER = """
import random, sys
from riwaya.case.decisions import decide
from riwaya.case.writer import Writer
with Writer(sys.argv[1]) as writer:
    for number in range(100):
        print(decide(writer, f"conflict/{number}", "note", note=str(number), by="killed").id, flush=True)
"""
BUILDER = "import riwaya, sys; riwaya.build(sys.argv[1], processes=1)"


def subjects(case: Case) -> list[tuple[str, str]]:
    """Everything that can be decided on a case, with a verdict that changes something."""
    entities = [e.entity for e in case.across(Entity)]
    claims = list(case.across(Claim))
    found = [(f"entity/{id}", verdict) for id in entities for verdict in ("rename", "reject", "accept")]
    found += [(f"entities/{one}+{other}", "merge") for one, other in pairwise(entities)]
    found += [(f"claim/{c.id}", verdict) for c in claims for verdict in ("rename", "reject", "split")]
    found += [(f"claims/{a.id}+{b.id}", "merge") for a, b in pairwise(claims)]
    found += [(f"origin/{c.id}/{o.id}", "split") for c in claims for o in c.origins]
    found += [(f"alignment/{a.id}", "reject") for a in case.across(Alignment)]
    found += [(f"mention/{m.id}", verdict) for m in case.findings(Mention) for verdict in ("reject", "split")]
    for copied in case.across(Copy):
        subject = f"copy/{document_key(copied.older)}/{document_key(copied.newer)}"
        found += [(subject, verdict) for verdict in ("not-copying", "common-source")]
    return found


def exported(path: Path, folder: Path) -> dict[str, bytes]:
    with riwaya.open(path) as case:
        assert list(faults(case)) == []
        return {file.name: file.read_bytes() for file in riwaya.export(case, folder)}


def stopped(code: str, path: Path, seconds: float) -> str:
    """Runs a program on a case and kills it; returns what it said until then."""
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True) as process:
        time.sleep(seconds)
        process.kill()
        said, _ = process.communicate()
        assert process.returncode in (0, -signal.SIGKILL)
    return said


@pytest.mark.slow
def test_a_thousand_decisions_outlive_builds_and_kills(tmp_path: Path) -> None:
    path, chance = tmp_path / "dam.riwaya", random.Random(12)
    riwaya.build(path, [corpus()], processes=1)
    before = exported(path, tmp_path / "before")
    with riwaya.open(path) as case:
        possible = subjects(case)
    made: list[str] = []
    for turn in range(20):
        with Writer(path) as writer:
            for _ in range(50):
                stand = {d.subject for d in standing(writer)}
                subject, verdict = chance.choice(possible)
                if chance.random() < 0.3 and stand:
                    subject, verdict = chance.choice(sorted(stand)), "undo"
                made.append(decide(writer, subject, verdict, by="سلمى", note=f"{turn}").id)
        if turn % 4 == 0:
            riwaya.build(path, processes=1)
        elif turn % 2 == 0:
            stopped(BUILDER, path, chance.uniform(0.5, 3))
        elif turn % 5 == 0:
            made += stopped(DECIDER, path, chance.uniform(1, 3)).split()
        with riwaya.open(path) as case:
            kept = [d.id for d in history(case)]
            assert kept[: len(made)] == made
            made = kept  # one more may have been made than could be told of
    assert len(made) >= 1000
    assert len(set(made)) == len(made)

    riwaya.build(path, processes=1)
    steered = exported(path, tmp_path / "steered")
    assert steered["claims.jsonl"] != before["claims.jsonl"]
    again = tmp_path / "again.riwaya"
    riwaya.build(again, [corpus()], processes=1)
    with riwaya.open(path) as case, Writer(again) as writer:
        take_in(writer, history(case))
    riwaya.build(again, processes=1)
    assert exported(again, tmp_path / "again") == steered

    with Writer(path) as writer:
        while stand := [d.subject for d in standing(writer)]:
            for subject in dict.fromkeys(stand):
                decide(writer, subject, "undo", by="سلمى")
        assert in_force(history(writer)) == ()
    riwaya.build(path, processes=1)
    after = exported(path, tmp_path / "after")
    assert {name: data for name, data in after.items() if name != "decisions.jsonl"} == {
        name: data for name, data in before.items() if name != "decisions.jsonl"
    }


# --- once more -------------------------------------------------------------------------------------------------------


def test_an_exact_rerun_reproduces_every_finding_and_says_what_it_does_not(case: Path) -> None:
    with Writer(case) as writer:
        decide(writer, "entity/e", "rename", by="x", note="y")
    riwaya.build(case, processes=1)
    with riwaya.open(case) as opened:
        assert rerun(opened, processes=1) == []
    with Writer(case) as writer, writer.step():
        writer.connection.execute(
            "UPDATE findings SET recipe = 'x' WHERE layer = 'sentences' AND document ="
            " (SELECT number FROM documents WHERE id = 'nahr.txt')"
        )
        writer.seal()
    with riwaya.open(case) as opened:
        assert rerun(opened, processes=1) == ["findings: nahr.txt"]


def test_a_rerun_by_another_riwaya_is_refused(case: Path) -> None:
    with Writer(case) as writer, writer.step():
        last = [entry.said for entry in writer.log() if entry.kind == "run"][-1]
        writer.record("run", {**last, "tables": "others"})
    with riwaya.open(case) as opened, pytest.raises(CaseError, match="with other tables"):
        rerun(opened, processes=1)
