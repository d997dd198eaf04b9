"""How many, in a plain text: `riwaya.quantities.find(text)`."""

from riwaya.stages.quantities import Explained, Found, amounts, explain, find

__all__ = ["Explained", "Found", "amounts", "explain", "find"]
