"""Who copied whom, among plain texts: `riwaya.reuse.find(texts)`."""

from riwaya.stages.reuse import boilerplate, find

__all__ = ["boilerplate", "find"]
