"""Who and where, in a plain text: `riwaya.names.find(text)`."""

from riwaya.stages.names import find

__all__ = ["find"]
