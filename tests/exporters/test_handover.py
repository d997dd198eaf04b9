"""The hand-over package: read by others' tools, whole to the last bit, and a case again at the other end."""

from __future__ import annotations

import json
import random
import shutil
import warnings
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

import riwaya
from riwaya.case import bag, package
from riwaya.case.decisions import decide
from riwaya.case.verify import faults
from riwaya.case.writer import Writer
from riwaya.errors import InvalidInput
from riwaya.exporters.handover import CONTEXT
from tests.conftest import ARTICLES


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with decisions; beside it its package."""
    folder = tmp_path_factory.mktemp("given")
    (folder / "articles").mkdir()
    for name, text in ARTICLES.items():
        (folder / "articles" / name).write_text(f"😀 {text}", encoding="utf-8")
    (folder / "articles" / "sahl2.txt").write_text(ARTICLES["sahl.txt"], encoding="utf-16")
    (folder / "articles" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    path = folder / "given.riwaya"
    riwaya.build(path, [folder / "articles"], processes=1)
    with Writer(path) as writer:
        decide(writer, "claim/C-1", "note", note="لم أجد المصدر", by="سلمى")
    riwaya.build(path, [folder / "articles"], processes=1)
    with riwaya.open(path) as case:
        riwaya.export(case, folder, "handover")
    return path


def package_of(case: Path) -> Path:
    return case.with_suffix(".bag")


def test_bagit_finds_the_package_valid(given: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bagit asks for pkg_resources, which is on its way out
        bagit = pytest.importorskip("bagit")
        opened = bagit.Bag(str(package_of(given)))
        assert opened.validate()
    assert opened.info["Payload-Oxum"].count(".") == 1


def test_rocrate_reads_what_the_package_holds(given: Path) -> None:
    crates = pytest.importorskip("rocrate.rocrate")
    crate = crates.ROCrate(str(package_of(given) / "data"))
    assert crate.root_dataset["name"] == "given"
    assert crate.metadata.extra_terms == {}
    ids = {entity.id for entity in crate.data_entities}
    there = {path.relative_to(package_of(given) / "data").as_posix() for path in bag.files(package_of(given) / "data")}
    assert there - {"ro-crate-metadata.json"} == ids
    texts = [entity for entity in crate.data_entities if entity.id.startswith("texts/")]
    assert {entity["identifier"] for entity in texts} == {*ARTICLES, "sahl2.txt"}
    assert all(entity["isBasedOn"].id.startswith("originals/") for entity in texts)


@pytest.fixture(scope="module")
def validate(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], list[str]]:
    """The validator of RO-Crate, with the vocabulary that rocrate brings in its cache: nothing is fetched."""
    services = pytest.importorskip("rocrate_validator.services")
    caches = pytest.importorskip("requests_cache")
    pytest.importorskip("rocrate")
    cache = tmp_path_factory.mktemp("cache") / "http"
    vocabulary = (resources.files("rocrate") / "data" / "ro-crate.jsonld").read_bytes()
    assert json.loads(vocabulary)["@id"] == CONTEXT
    session = caches.CachedSession(cache_name=str(cache), backend="sqlite", expire_after=-1)
    request = caches.CachedRequest(method="GET", url=CONTEXT)
    session.cache.save_response(
        caches.CachedResponse(
            content=vocabulary,
            status_code=200,
            url=CONTEXT,
            request=request,
            headers={"Content-Type": "application/ld+json"},
        )
    )
    session.close()

    def validated(crate: Path) -> list[str]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the validator's own libraries
            settings = services.ValidationSettings(
                rocrate_uri=str(crate),
                profile_identifier="ro-crate-1.3",
                requirement_severity="RECOMMENDED",
                offline=True,
                cache_path=cache,
            )
            return [issue.message for issue in services.validate(settings).get_issues()]

    return validated


def test_the_validator_of_rocrate_finds_the_package_right(
    given: Path, validate: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    # Who publishes a package is for those to say who hand it over: the one thing that is recommended and left open.
    assert [told for told in validate(package_of(given) / "data") if "publisher" not in told] == []
    crate = Path(shutil.copytree(package_of(given) / "data", tmp_path / "altered"))
    described = json.loads((crate / "ro-crate-metadata.json").read_text("utf-8"))
    described["@graph"] = [{k: v for k, v in row.items() if k != "datePublished"} for row in described["@graph"]]
    (crate / "ro-crate-metadata.json").write_text(json.dumps(described), encoding="utf-8")
    assert any("datePublished" in told for told in validate(crate))


def test_a_flipped_bit_anywhere_in_the_package_is_located(given: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(package_of(given), tmp_path / "altered.bag"))
    assert list(bag.faults(folder)) == []
    chance = random.Random(3)
    paths = bag.files(folder)
    sizes = [path.stat().st_size for path in paths]
    places = [(path, chance.randrange(size)) for path, size in zip(paths, sizes, strict=True) if size]
    places += [(path, chance.randrange(path.stat().st_size)) for path in chance.choices(paths, sizes, k=200)]
    for path, at in places:
        whole = path.read_bytes()
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        assert any(path.name in fault for fault in bag.faults(folder)), (path, at)
        path.write_bytes(whole)
    assert list(bag.faults(folder)) == []


def test_a_file_that_is_gone_or_new_is_named(given: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(package_of(given), tmp_path / "altered.bag"))
    (folder / "data" / "layers" / "sentences.jsonl").rename(folder / "data" / "layers" / "other.jsonl")
    (folder / "note.txt").write_text("x", encoding="utf-8")
    told = list(bag.faults(folder))
    for name in ("sentences.jsonl: it is missing", "other.jsonl: manifest-sha256.txt does not list it", "note.txt"):
        assert any(name in fault for fault in told), told
    with pytest.raises(InvalidInput, match="no hand-over package"):
        list(bag.faults(tmp_path))


def test_the_case_of_a_package_equals_the_original(given: Path, tmp_path: Path) -> None:
    path = tmp_path / "given.riwaya"
    assert package.rebuild(path, package_of(given)) == 4
    with riwaya.open(given) as one, riwaya.open(path) as other:
        assert list(faults(other)) == []
        assert list(one.log()) == list(other.log())
        assert [hit.doc for hit in one.search("السد")] == [hit.doc for hit in other.search("السد")]
        for doc in one:
            assert one.original(doc.id) == other.original(doc.id)
        for form in ("jsonl", "webannotation", "prov", "handover"):
            riwaya.export(one, tmp_path / "one" / form, form)
            riwaya.export(other, tmp_path / "other" / form, form)
    written = bag.files(tmp_path / "one")
    assert len(written) > 40
    for file in written:
        assert file.read_bytes() == (tmp_path / "other" / file.relative_to(tmp_path / "one")).read_bytes(), file


def test_a_package_that_was_altered_and_hashed_anew_is_refused(given: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(package_of(given), tmp_path / "forged.bag"))
    table = folder / "data" / "tables" / "documents.jsonl"
    table.write_bytes(table.read_bytes().replace(b'"language":"ar"', b'"language":"fa"'))
    path = tmp_path / "forged.riwaya"
    with pytest.raises(InvalidInput, match=r"damaged: data/tables/documents\.jsonl"):
        package.rebuild(path, folder)
    bag.seal(folder, {})
    with pytest.raises(InvalidInput, match="does not hold what its log names"):
        package.rebuild(path, folder)
    assert not path.exists()


@pytest.mark.parametrize(
    ("table", "line", "told"),
    [
        ("documents", '{"number": 9, "id": "a", "key": "../../../x"}', "a key that is not its own"),
        ("originals", '{"sha256": "../../../x", "bytes": 1, "link": null}', "is no hash"),
        ("done", '{"stage) VALUES (1); --": 1}', "there is no"),
        ("done", '{"stage": ', "line"),
        ("documents", "{}", "line"),
        ("findings", '{"layer": "timexes", "stage": "x", "document": 1, "recipe": "", "count": 1, "data": [1]}', "log"),
    ],
)
def test_what_a_stranger_may_have_written_does_no_harm(
    table: str, line: str, told: str, given: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(package_of(given), tmp_path / "hostile.bag"))
    with (folder / "data" / "tables" / f"{table}.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    bag.seal(folder, {})
    with pytest.raises(InvalidInput, match=told):
        package.rebuild(tmp_path / "hostile.riwaya", folder)
    assert not (tmp_path / "hostile.riwaya").exists()


def test_neither_a_case_nor_a_foreign_folder_is_overwritten(given: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="is there already"):
        package.rebuild(given, package_of(given))
    (tmp_path / "given.bag").mkdir()
    with riwaya.open(given) as case, pytest.raises(InvalidInput, match="is no bag"):
        riwaya.export(case, tmp_path, "handover")
