"""W3C PROV: which bytes became which text, by which reader, and what was run and decided on them, as PROV-JSON.

Only what the log and the documents hold goes in here. That one article copies another is a finding with a confidence,
not provenance that anybody witnessed, and stays in the layers.

Source: PROV-DM, W3C Recommendation 2013-04-30; PROV-JSON, W3C Member Submission 2013-04-24.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from riwaya.case import Case
from riwaya.model import Document, document_key

PREFIX = {"riwaya": "urn:riwaya:"}
SOFTWARE = "riwaya:software"
Row = dict[str, Any]


def write(case: Case, folder: Path, layers: Sequence[str] | None = None) -> list[Path]:
    """Writes `provenance.json`: originals, texts, and the log's intakes, runs and decisions with who made them."""
    path = folder / "provenance.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(provenance(case)), indent=1) + b"\n")
    return [path]


def provenance(case: Case) -> Row:
    record: dict[str, Row] = {"entity": {}, "activity": {}, "agent": {SOFTWARE: typed("prov:SoftwareAgent")}}
    for doc in case:
        add_document(record, doc)
    for entry in case.log():
        name = f"riwaya:log-{entry.number}"
        record["activity"][name] = {
            "prov:startTime": entry.at,
            "prov:endTime": entry.at,
            "prov:type": qualified(f"riwaya:{entry.kind}"),
            "riwaya:entry": entry.entry,
            "riwaya:hash": entry.hash,
        }
        if entry.number > 1:
            follow = {"prov:informed": name, "prov:informant": f"riwaya:log-{entry.number - 1}"}
            relate(record, "wasInformedBy", follow)
        relate(record, "wasAssociatedWith", {"prov:activity": name, "prov:agent": agent(record, entry.by)})
    return {"prefix": PREFIX, **{key: value for key, value in record.items() if value}}


def add_document(record: dict[str, Row], doc: Document) -> None:
    """The original, the text that was read from it, and what read it."""
    original, text = f"riwaya:original-{doc.sha256}", f"riwaya:text-{document_key(doc.id)}"
    record["entity"][original] = {**typed("riwaya:original"), "riwaya:mediaType": doc.media_type}
    record["entity"][text] = {
        **typed("riwaya:text"),
        "prov:label": doc.id,
        "riwaya:path": doc.path,
        "riwaya:reader": doc.reader,
    }
    relate(record, "wasDerivedFrom", {"prov:generatedEntity": text, "prov:usedEntity": original})
    relate(record, "wasAttributedTo", {"prov:entity": text, "prov:agent": SOFTWARE})
    if doc.outlet:
        relate(record, "wasAttributedTo", {"prov:entity": original, "prov:agent": agent(record, doc.outlet, "outlet")})


def agent(record: dict[str, Row], name: str, kind: str = "person") -> str:
    """The name of an agent, who is told of when first met."""
    if name == "riwaya" and kind == "person":
        return SOFTWARE
    id = f"riwaya:{kind}-{blake2b(name.encode('utf-8', 'surrogatepass'), digest_size=6).hexdigest()}"
    type = "prov:Organization" if kind == "outlet" else "prov:Person"
    record["agent"].setdefault(id, {**typed(type), "prov:label": name})
    return id


def relate(record: dict[str, Row], relation: str, ends: Row) -> None:
    known = record.setdefault(relation, {})
    known[f"_:{relation}{len(known) + 1}"] = ends


def typed(type: str) -> Row:
    return {"prov:type": qualified(type)}


def qualified(name: str) -> Row:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}
