"""Trained models from folders: read, run, refused where they are none; and a case that is built with one."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import riwaya
from riwaya.case.verify import faults
from riwaya.errors import InvalidSettings
from riwaya.model import Mention
from riwaya.models import known_by
from riwaya.models.names import Tagger
from riwaya.settings import Models, Settings, read_settings
from tests.models import tiny

pytest.importorskip("onnxruntime", reason="the extra «models» is not installed")
pytest.importorskip("onnx")

TEXT = "رأى عاطف السهلي، وهو راع، رجال كتائب الزعتر قرب الوردانية."


def test_labels_become_names_with_their_letters(tmp_path: Path) -> None:
    tagger = Tagger(str(tiny.tagger(tmp_path / "tiny")))
    found = [(TEXT[n.start : n.end], n.kind) for n in tagger.tag(TEXT)]
    assert found == [("عاطف السهلي", "person"), ("كتائب الزعتر", "organisation"), ("الوردانية", "place")]
    assert all(0.99 < n.score <= 1 for n in tagger.tag(TEXT))


def test_a_text_longer_than_the_network_takes_is_given_in_pieces(tmp_path: Path) -> None:
    tagger = Tagger(str(tiny.tagger(tmp_path / "tiny")))
    assert tagger.folder.longest == 4
    long = "ثم " * 50 + "عاطف السهلي" + " ثم" * 50
    assert [long[n.start : n.end] for n in tagger.tag(long)] == ["عاطف السهلي"]
    assert list(tagger.tag("")) == []


def test_a_case_is_built_with_a_model_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT + "\nوصل المراقبون إلى كتائب الزعتر أمس.\n", encoding="utf-8")
    (tmp_path / "riwaya.toml").write_text('[models]\nnames = "tiny"\n', encoding="utf-8")
    tiny.tagger(tmp_path / "tiny")
    plain = mentions(tmp_path / "plain.riwaya", tmp_path, Settings())
    helped = mentions(tmp_path / "helped.riwaya", tmp_path, read_settings(tmp_path / "riwaya.toml"))
    assert plain <= helped, "what rules found stands"
    by_model = {text for text, rule in helped - plain if rule.startswith("model/tiny@")}
    assert by_model == {text for text, _ in helped - plain}
    assert "الوردانية" in by_model


def mentions(case: Path, folder: Path, settings: Settings) -> set[tuple[str, str]]:
    riwaya.build(case, [folder / "a.txt"], settings=settings, processes=1)
    with riwaya.open(case) as opened:
        assert not list(faults(opened))
        text = opened["a.txt"].text
        return {(text[m.start : m.end], m.rule) for m in opened.findings(Mention, ["a.txt"])}


def test_another_model_is_another_recipe(tmp_path: Path) -> None:
    from riwaya.lang.ar import arabic
    from riwaya.pipeline import STAGES, recipes

    def recipe(name: str | None) -> str:
        return recipes(Settings(models=Models(names=name)), arabic, STAGES)["names"]

    one, other = tiny.tagger(tmp_path / "one"), tiny.tagger(tmp_path / "other")
    tiny.graph(other, np.zeros((len(tiny.WORDS), len(tiny.LABELS)), dtype=np.float32))
    assert len({recipe(None), recipe(str(one)), recipe(str(other))}) == 3
    assert known_by(str(one)) != known_by(str(other))


def test_what_is_no_model_is_a_sentence(tmp_path: Path) -> None:
    def told(folder: Path) -> str:
        with pytest.raises(InvalidSettings) as caught:
            riwaya.build(tmp_path / "x.riwaya", [], settings=Settings(models=Models(names=str(folder))))
        assert not (tmp_path / "x.riwaya").exists()
        return str(caught.value)

    assert "never downloaded" in told(tmp_path / "nothing")
    folder = tiny.tagger(tmp_path / "tiny")
    (folder / "model.onnx").write_bytes(b"no network")
    assert "no ONNX model" in told(folder)
    (folder / "model.onnx").unlink()
    (folder / "pytorch_model.bin").write_bytes(b"pickled")
    assert "neither model.onnx nor model.safetensors" in told(folder)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps({**config, "id2label": {"0": "O", "1": "MISC"}}), encoding="utf-8")
    assert "names no persons" in told(folder)
    (folder / "tokenizer.json").unlink()
    assert "no tokenizer.json" in told(folder)


def test_a_folder_of_hugging_face_is_run_by_its_own_libraries(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed: folders without ONNX are not run here")
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    torch.manual_seed(1)
    folder = tmp_path / "hf"
    tiny.tokens(folder)
    config = transformers.BertConfig(
        vocab_size=len(tiny.WORDS),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        id2label=dict(enumerate(tiny.LABELS)),
        label2id={label: i for i, label in enumerate(tiny.LABELS)},
    )
    model = transformers.BertForTokenClassification(config)
    wanted = torch.tensor([tiny.LABELS.index(label) for label in tiny.WORDS.values()])
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(200):  # until it knows its six words by heart
        ids = torch.randint(0, len(tiny.WORDS), (8, 12))
        loss = model(input_ids=ids, labels=wanted[ids]).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.save_pretrained(folder)
    found = [(TEXT[n.start : n.end], n.kind) for n in Tagger(str(folder)).tag(TEXT)]
    assert found == [("عاطف السهلي", "person"), ("كتائب الزعتر", "organisation"), ("الوردانية", "place")]
