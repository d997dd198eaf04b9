"""Who says so, in a plain text: `riwaya.attributions.find(text)`."""

from riwaya.stages.attributions import explain, find, page_of

__all__ = ["explain", "find", "page_of"]
