"""Bytes → drafts of documents, a file per format.

`sources` lists what there is to read, cheaply; `read` turns one source into its documents and failures, anywhere:
both may run in different processes.
"""

from riwaya.readers.draft import Draft
from riwaya.readers.options import ReadOptions
from riwaya.readers.reading import read
from riwaya.readers.source import Source, document_id
from riwaya.readers.walk import sources

__all__ = ["Draft", "ReadOptions", "Source", "document_id", "read", "sources"]
