"""schema.org: each claim with the articles it appears in; a ClaimReview only where an analyst has written one.

What the machine finds is who says a thing. Whether it is true is said by a person: a decision `review` on the claim,
whose note is the rating in the analyst's own words. Accepting or rejecting a finding is no such rating.

Source: https://schema.org/Claim, https://schema.org/ClaimReview
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from riwaya.case import Case
from riwaya.case.decisions import Decision, standing
from riwaya.model import Claim, Document, Entity

CONTEXT = "https://schema.org"
Row = dict[str, Any]


def write(case: Case, folder: Path, layers: Sequence[str] | None = None) -> list[Path]:
    """Writes `claims.jsonld`: a graph of `Claim` and, where reviewed, `ClaimReview`."""
    path = folder / "claims.jsonld"
    graph = {"@context": CONTEXT, "@graph": list(nodes(case))}
    path.write_bytes(msgspec.json.format(msgspec.json.encode(graph), indent=1) + b"\n")
    return [path]


def nodes(case: Case) -> Iterator[Row]:
    names = {entity.entity: entity.name for entity in case.across(Entity)}
    reviews = {d.subject: d for d in standing(case) if d.verdict == "review"}
    for claim in case.across(Claim):
        yield statement(case, claim, names)
        if review := reviews.get(f"claim/{claim.id}"):
            yield judgement(claim, review)


def statement(case: Case, claim: Claim, names: dict[str, str]) -> Row:
    articles = [article(doc) for doc in case.documents(sorted({member.doc for member in claim.members}))]
    node: Row = {
        "@type": "Claim",
        "@id": f"urn:riwaya:claim:{claim.id}",
        "text": claim.statement,
        "inLanguage": "ar",
        "appearance": articles,
        "about": [{"@type": "Thing", "name": names.get(id, id)} for id in claim.about],
        "temporalCoverage": claim.when,
        "contentLocation": {"@type": "Place", "name": names.get(claim.where, claim.where)} if claim.where else None,
    }
    dated = sorted((a["datePublished"], a["@id"]) for a in articles if "datePublished" in a)
    if dated:
        node["firstAppearance"] = {"@id": dated[0][1]}
    return filled(node)


def article(doc: Document) -> Row:
    return filled(
        {
            "@type": "NewsArticle",
            "@id": f"urn:riwaya:document:{quote(doc.id, safe='')}",
            "headline": doc.title,
            "url": doc.url,
            "datePublished": doc.published,
            "author": {"@type": "Person", "name": doc.author} if doc.author else None,
            "publisher": {"@type": "NewsMediaOrganization", "name": doc.outlet} if doc.outlet else None,
        }
    )


def judgement(claim: Claim, review: Decision) -> Row:
    return {
        "@type": "ClaimReview",
        "@id": f"urn:riwaya:review:{review.id}",
        "claimReviewed": claim.statement,
        "itemReviewed": {"@id": f"urn:riwaya:claim:{claim.id}"},
        "author": {"@type": "Person", "name": review.by},
        "datePublished": review.at[:10],
        "reviewRating": {"@type": "Rating", "alternateName": review.note or ""},
    }


def filled(node: Row) -> Row:
    return {key: value for key, value in node.items() if value not in (None, [], "")}
