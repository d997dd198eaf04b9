"""Exports in the forms of others, each read again by the public tool of that form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

import riwaya
from riwaya.case import Case
from riwaya.case.decisions import decide
from riwaya.case.writer import Writer
from riwaya.model import Alignment, Claim, Entity, Member, Naming, Origin, Passage

LEFT = "قال المتحدثُ باسم الدفاع المدني إن السد انهار 😀 مساء أمس، والله أعلم."
RIGHT = "وقال متحدث باسم الدفاع المدنى «إن السـد قد انهار» 😀 مساء الثلاثاء."
TEI = "{http://www.tei-c.org/ns/1.0}"


@pytest.fixture
def told(tmp_path: Path) -> Case:
    """A case with an alignment, a claim that somebody reviewed, and people."""
    folder = tmp_path / "told"
    folder.mkdir()
    for name, text in (("a.txt", LEFT), ("b.txt", RIGHT)):
        (folder / name).write_text(text, encoding="utf-8")
    path = tmp_path / "told.riwaya"
    riwaya.build(path, [folder], processes=1)
    ends = Passage(doc="a.txt", start=0, end=len(LEFT)), Passage(doc="b.txt", start=0, end=len(RIGHT))
    same = Alignment(
        id="A-1", left=ends[0], right=ends[1], kind="edited", similarity=0.8, direction="unknown", confidence=0.2
    )
    people = [
        Entity(entity="org-difaa", kind="organisation", name="الدفاع المدني"),
        Entity(entity="place-wadi", kind="place", name="الوادي", lat=34.5, lon=38.25),
    ]
    spoken = [
        Naming(doc="a.txt", start=18, end=31, entity="org-difaa", kind="organisation", level="name", rule="x"),
        Naming(doc="a.txt", start=35, end=39, entity="place-wadi", kind="place", level="name", rule="x"),
    ]
    claim = Claim(
        id="C-1",
        statement="السد انهار",
        members=(Member(doc="a.txt", start=35, end=45, stance="asserts", origin="o"),),
        documents=1,
        origins=(Origin(id="o", label="الدفاع المدني", kind="organisation", members=(0,)),),
        about=("place-wadi",),
        where="place-wadi",
    )
    with Writer(path) as writer:
        with writer.step():
            writer.keep_across("reuse", "test", ["alignments"], [same])
            writer.keep_across("entities", "test", ["entities", "namings"], [*people, *spoken])
            writer.keep_across("claims", "test", ["claims"], [claim])
        decide(writer, "claim/C-1", "accept", by="Salma")
        decide(writer, "claim/C-1", "review", by="سلمى", note="لا دليل عليه")
    return riwaya.open(path)


def test_prov_reads_the_provenance(told: Case, tmp_path: Path) -> None:
    model = pytest.importorskip("prov.model")
    (path,) = riwaya.export(told, tmp_path, "prov")
    read = model.ProvDocument.deserialize(path, format="json")
    kinds = [record.get_type().localpart for record in read.get_records()]
    assert kinds.count("Entity") == 4  # two originals, two texts
    assert kinds.count("Activity") == sum(1 for _ in told.log())
    assert kinds.count("Derivation") == 2
    assert model.ProvDocument.deserialize(content=read.serialize(format="json"), format="json") == read


def test_shapely_reads_the_places(told: Case, case: Case, tmp_path: Path) -> None:
    geometry = pytest.importorskip("shapely.geometry")
    for number, opened in enumerate((told, case)):
        (path,) = riwaya.export(opened, tmp_path / str(number), "geojson")
        collection = json.loads(path.read_text("utf-8"))
        assert collection["type"] == "FeatureCollection"
        (feature,) = collection["features"]
        point = geometry.shape(feature["geometry"])
        assert (point.geom_type, point.is_valid, point.has_z) == ("Point", True, False)
        assert (point.x, point.y) == (38.25, 34.5)  # longitude first
        assert geometry.mapping(point)["coordinates"] == tuple(feature["geometry"]["coordinates"])
        assert feature["properties"]["name"] == "الوادي"


def test_collations_are_tei_and_give_both_texts_back(told: Case, tmp_path: Path) -> None:
    (path,) = riwaya.export(told, tmp_path, "tei")
    tree = etree.parse(path)
    schema = etree.RelaxNG(etree.parse(Path(__file__).with_name("tei-subset.rng")))
    assert schema.validate(tree), schema.error_log
    witnesses = {w.get("n"): w.get("{http://www.w3.org/XML/1998/namespace}id") for w in tree.iter(f"{TEI}witness")}
    (paragraph,) = tree.findall(f".//{TEI}div/{TEI}p")
    assert reading(paragraph, witnesses["a.txt"]) == LEFT
    assert reading(paragraph, witnesses["b.txt"]) == RIGHT
    assert len(paragraph) > 2
    assert "باسم" not in [rdg.text for rdg in paragraph.iter(f"{TEI}rdg")]


def reading(paragraph: etree._Element, witness: str | None) -> str:
    """What a witness has: what all share, and its own readings."""
    parts = [paragraph.text or ""]
    for app in paragraph:
        parts += [rdg.text or "" for rdg in app if f"#{witness}" in rdg.get("wit", "").split()]
        parts.append(app.tail or "")
    return "".join(parts)


CLAIM_REVIEW = {
    "type": "object",
    "required": ["@type", "claimReviewed", "reviewRating", "author", "itemReviewed", "datePublished"],
    "properties": {
        "@type": {"const": "ClaimReview"},
        "claimReviewed": {"type": "string", "minLength": 1},
        "reviewRating": {
            "type": "object",
            "required": ["@type", "alternateName"],
            "properties": {"alternateName": {"type": "string", "minLength": 1}},
        },
        "datePublished": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "itemReviewed": {"type": "object", "required": ["@id"]},
    },
}
"""What publishers of fact checks ask of a ClaimReview, as JSON Schema."""


def test_a_claim_is_reviewed_only_by_a_person_and_in_words(told: Case, tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    (path,) = riwaya.export(told, tmp_path, "schemaorg")
    claim, review = json.loads(path.read_text("utf-8"))["@graph"]
    jsonschema.validate(review, CLAIM_REVIEW)
    assert claim["appearance"][0]["@type"] == "NewsArticle"
    assert claim["about"] == [{"@type": "Thing", "name": "الوادي"}]
    assert review["reviewRating"]["alternateName"] == "لا دليل عليه"
    assert review["itemReviewed"]["@id"] == claim["@id"]
    with Writer(told.path) as writer:
        decide(writer, "claim/C-1", "undo", by="سلمى")
    (path,) = riwaya.export(told, tmp_path, "schemaorg")
    assert [node["@type"] for node in json.loads(path.read_text("utf-8"))["@graph"]] == ["Claim"]


FTM = {
    "Address": {"name", "alias", "full", "latitude", "longitude", "wikidataId"},
    "Article": {
        *("fileName", "title", "author", "publisher", "sourceUrl", "publishedAt", "language", "mimeType"),
        *("contentHash", "generator", "bodyText"),
    },
    "Documentation": {"document", "entity", "role"},
    "Event": {"name", "startDate", "endDate", "location", "involved", "proof"},
    "Mention": {"document", "resolved", "name", "detectedSchema"},
    "Organization": {"name", "alias", "wikidataId"},
    "Person": {"name", "alias", "wikidataId"},
    "UnknownLink": {"subject", "object", "role"},
}
"""The schemata and properties of followthemoney 4.11 that are used, from its YAML."""


def test_ftm_entities_hold_known_properties_and_point_at_one_another(told: Case, case: Case, tmp_path: Path) -> None:
    for number, opened in enumerate((told, case)):
        (path,) = riwaya.export(opened, tmp_path / str(number), "ftm")
        entities = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        ids = {entity["id"] for entity in entities}
        assert len(ids) == len(entities)
        for entity in entities:
            assert set(entity["properties"]) <= FTM[entity["schema"]]
            for key in ("document", "resolved", "entity", "subject", "object", "involved", "proof"):
                assert set(entity["properties"].get(key, ())) <= ids
    assert {"Article", "UnknownLink", "Event", "Address"} <= {entity["schema"] for entity in entities}


def test_followthemoney_takes_every_entity_whole(told: Case, case: Case, tmp_path: Path) -> None:
    reason = "followthemoney is not installed: it needs PyICU, which has no wheels; the shapes are checked above"
    model = pytest.importorskip("followthemoney", reason=reason).model
    for number, opened in enumerate((told, case)):
        (path,) = riwaya.export(opened, tmp_path / str(number), "ftm")
        for line in path.read_text("utf-8").splitlines():
            entity = json.loads(line)
            proxy = model.get_proxy(entity, cleaned=False)
            proxy.schema.validate(entity)
            for key, values in entity["properties"].items():
                assert len(proxy.get(key)) == len(values), (entity["schema"], key, values)
