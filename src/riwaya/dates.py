"""When, in a plain text: `riwaya.dates.find(text, published)`."""

from riwaya.stages.dates import Explained, Found, explain, find

__all__ = ["Explained", "Found", "explain", "find"]
