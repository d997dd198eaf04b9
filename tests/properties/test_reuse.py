"""What holds of text reuse whatever the texts."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.stages.reuse import find

WORDS = [a + b for a in "بتثجحدرسشصطعفقكلمن" for b in ("ارا", "يله", "ومن", "اسم", "عاد", "هند", "قفا", "شمس")]
sentence = st.lists(st.sampled_from(WORDS), min_size=6, max_size=16).map(lambda words: " ".join(words) + ".")
texts = st.lists(st.lists(sentence, min_size=1, max_size=5), min_size=2, max_size=4)


@given(texts, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_texts_changes_nothing(parts: list[list[str]], chance: random.Random) -> None:
    parts.append(parts[0] + parts[1])
    named = {f"d{i}": " ".join(some) for i, some in enumerate(parts)}
    mixed = list(named.items())
    chance.shuffle(mixed)
    assert find(named) == find(dict(mixed))


@given(texts)
@settings(max_examples=60, deadline=None)
def test_passages_and_edits_lie_in_their_texts(parts: list[list[str]]) -> None:
    parts.append(parts[0] + parts[1])
    named = {f"d{i}": " ".join(some) for i, some in enumerate(parts)}
    for found in find(named):
        assert found.left.doc < found.right.doc
        for passage in (found.left, found.right):
            assert 0 <= passage.start < passage.end <= len(named[passage.doc])
            assert (
                named[passage.doc][passage.start : passage.end].strip()
                == named[passage.doc][passage.start : passage.end]
            )
        for edit in found.edits:
            assert edit.left or edit.right
            for span, doc in ((edit.left, found.left.doc), (edit.right, found.right.doc)):
                assert span is None or 0 <= span.start < span.end <= len(named[doc])


@given(st.lists(sentence, min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_copy_is_found_whole(sentences: list[str]) -> None:
    text = " ".join(sentences)
    if len(set(text.split())) < 12:
        return
    found = find({"a": text, "b": text})
    assert any(f.kind == "verbatim" and f.left.start == 0 and f.left.end >= len(text) - 1 for f in found)
