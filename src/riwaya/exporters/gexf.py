"""GEXF 1.3: who copied whom, as a graph for Gephi.

Source: the GEXF 1.3 schema, https://gexf.net/1.3/gexf.xsd
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from riwaya.case import Case
from riwaya.model import Copy

NAMESPACE = "http://gexf.net/1.3"
ATTRIBUTES = ("outlet", "published", "title")


def write(case: Case, folder: Path, layers: Sequence[str] | None = None) -> list[Path]:
    """Writes `copies.gexf`: a node per document that copies or is copied, an edge from the older to the newer."""
    path = folder / "copies.gexf"
    path.write_bytes(etree.tostring(graph(case), encoding="utf-8", xml_declaration=True, pretty_print=True))
    return [path]


def graph(case: Case) -> etree._Element:
    copies = sorted(case.across(Copy), key=lambda copy: (copy.older, copy.newer))
    root = etree.Element("gexf", {"version": "1.3"}, nsmap={None: NAMESPACE})
    made = etree.SubElement(root, "graph", defaultedgetype="directed", mode="static")
    declared = etree.SubElement(made, "attributes", {"class": "node"})
    for number, name in enumerate(ATTRIBUTES):
        etree.SubElement(declared, "attribute", id=str(number), title=name, type="string")
    nodes = etree.SubElement(made, "nodes")
    for id in sorted({id for copy in copies for id in (copy.older, copy.newer)}):
        doc = case.document(id)
        node = etree.SubElement(nodes, "node", id=xml(id), label=xml(doc.title or id))
        values = etree.SubElement(node, "attvalues")
        for number, name in enumerate(ATTRIBUTES):
            if value := getattr(doc, name):
                etree.SubElement(values, "attvalue", {"for": str(number), "value": xml(value)})
    edges = etree.SubElement(made, "edges")
    for number, copy in enumerate(copies):
        etree.SubElement(
            edges,
            "edge",
            id=str(number),
            source=xml(copy.older),
            target=xml(copy.newer),
            weight=f"{copy.share:.4f}",
            label="credited" if copy.credited else "uncredited",
        )
    return root


def xml(text: str) -> str:
    """Text as XML may hold it: control characters become «�».

    >>> xml("a\\x00b")
    'a�b'
    """
    return "".join(c if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") else "�" for c in text)
