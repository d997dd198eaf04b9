"""A model on disk: where its parts lie, what it is known by, and how its network is run.

Two forms are read: ONNX (`model.onnx`, also in a folder `onnx`), run by onnxruntime, and the folder that Hugging Face
libraries save (`model.safetensors`), run by transformers and torch. ONNX is preferred where both are there. Weights
that are pickled Python are refused: they run code when they are read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from riwaya.errors import InvalidSettings, MissingThing

Network = Callable[[NDArray[np.int64]], NDArray[np.float32]]
"""Numbers of a text's tokens → a row of numbers per token."""

GRAPHS = ("model.onnx", "onnx/model.onnx")
WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
CONFIG = "config.json"
PARTS = (*GRAPHS, WEIGHTS, TOKENIZER, CONFIG)
INSTALL = "pip install 'riwaya[models]'"
LONGEST = 512
"""Tokens that a network is given at a time, where its settings do not say."""


class Folder:
    """A folder with a model in it; raises InvalidSettings that says what is missing."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        if not self.path.is_dir():
            raise InvalidSettings(f"There is no model in {path}: it is no folder. Models are never downloaded.")
        self.config = self._json(CONFIG)
        if not (self.path / TOKENIZER).is_file():
            raise InvalidSettings(
                f"The model in {path} has no {TOKENIZER}; make one with"
                " AutoTokenizer.from_pretrained(FOLDER).save_pretrained(FOLDER)."
            )

    def _json(self, name: str) -> dict[str, Any]:
        try:
            read: dict[str, Any] = msgspec.json.decode((self.path / name).read_bytes(), type=dict[str, Any])
        except (OSError, msgspec.MsgspecError) as error:
            raise InvalidSettings(f"The model in {self.path} has no {name} that can be read: {error}.") from error
        return read

    @property
    def rule(self) -> str:
        """What findings of this model are signed with."""
        return f"model/{self.path.name}@{digest(str(self.path))[:8]}"

    @property
    def longest(self) -> int:
        """Tokens that fit into the network at once; two places are left for what some networks put around them."""
        return max(1, int(self.config.get("max_position_embeddings", LONGEST)) - 2)

    def tokenizer(self) -> Any:
        try:
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MissingThing(f"Models need a package more: {INSTALL}.") from error
        made = Tokenizer.from_file(str(self.path / TOKENIZER))
        made.no_truncation()
        made.no_padding()
        return made

    def network(self) -> Network:
        graph = next((self.path / name for name in GRAPHS if (self.path / name).is_file()), None)
        if graph is not None:
            return onnx_network(graph)
        if (self.path / WEIGHTS).is_file():
            return torch_network(self.path)
        raise InvalidSettings(f"The model in {self.path} has neither {GRAPHS[0]} nor {WEIGHTS}.")


@cache
def digest(path: str) -> str:
    """Of every part of a model: another model, other findings."""
    hasher = sha256()
    for name in PARTS:
        part = Path(path) / name
        if part.is_file():
            hasher.update(name.encode() + b"\0")
            with part.open("rb") as file:
                while block := file.read(1 << 20):
                    hasher.update(block)
    return hasher.hexdigest()


def onnx_network(graph: Path) -> Network:
    try:
        import onnxruntime
    except ImportError as error:
        raise MissingThing(f"Models in ONNX need a package more: {INSTALL}.") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # processes share the work, threads would fight
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # whatever onnxruntime makes of a damaged file
        raise InvalidSettings(f"{graph} is no ONNX model that can be run: {error}.") from error
    wanted = [given.name for given in session.get_inputs()]

    def run(ids: NDArray[np.int64]) -> NDArray[np.float32]:
        row = ids[np.newaxis]
        inputs = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
        rows: NDArray[np.float32] = session.run(None, {name: inputs[name] for name in wanted})[0][0]
        return rows

    return run


def torch_network(folder: Path) -> Network:
    try:
        import torch
        import transformers
    except ImportError as error:
        raise MissingThing(
            f"The model in {folder} is not in ONNX; it needs two packages more: pip install torch transformers."
        ) from error
    kind = transformers.AutoModelForTokenClassification
    try:
        model = kind.from_pretrained(str(folder), local_files_only=True, use_safetensors=True).eval()
    except (OSError, ValueError, RuntimeError) as error:
        raise InvalidSettings(f"The model in {folder} cannot be loaded: {error}.") from error

    def run(ids: NDArray[np.int64]) -> NDArray[np.float32]:
        with torch.no_grad():
            rows: NDArray[np.float32] = model(input_ids=torch.from_numpy(ids)[None]).logits[0].numpy()
        return rows

    return run
