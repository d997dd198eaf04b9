"""Sentences as vectors, by a model that lies on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from riwaya.errors import InvalidSettings
from riwaya.models.folder import Folder

__all__ = ["Encoder", "encoder"]


class Encoder:
    """A sentence-vector model in a folder, in ONNX or as sentence-transformers saves it.

    Token vectors become one by their mean, or by the first where the folder's pooling says so, of length one.
    """

    def __init__(self, path: str) -> None:
        self.folder = Folder(path)
        self.tokenizer = self.folder.tokenizer()
        self.network = self.folder.network("vectors")
        pooling = self.folder.pooling
        wanted = {name for name, on in pooling.items() if name.startswith("pooling_mode_") and on is True}
        self.first = wanted == {"pooling_mode_cls_token"}
        if wanted - {"pooling_mode_cls_token", "pooling_mode_mean_tokens"}:
            raise InvalidSettings(f"The model in {path} pools in a way that is not known here: {sorted(wanted)}.")

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """A row of unit length per sentence; alike ones have a product near 1."""
        rows = [self._vector(sentence) for sentence in sentences]
        return np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float32)

    def _vector(self, sentence: str) -> NDArray[np.float32]:
        ids = np.array(self.tokenizer.encode(sentence).ids[: self.folder.longest], dtype=np.int64)
        rows = self.network(ids)
        if rows.ndim == 1:  # the network pools by itself
            rows = rows[np.newaxis]
        pooled = rows[0] if self.first else rows.mean(axis=0)
        length = float(np.linalg.norm(pooled))
        unit: NDArray[np.float32] = (pooled / length if length else pooled).astype(np.float32)
        return unit


@cache
def encoder(path: str) -> Encoder:
    """The model of a folder, loaded once a process."""
    return Encoder(path)
