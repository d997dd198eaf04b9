"""Time stamps by an authority: a real one, made of openssl and a server on this machine."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import riwaya
from riwaya.case import stamps
from riwaya.case.writer import Writer
from riwaya.cli import main
from riwaya.errors import InvalidInput

pytest.importorskip("rfc3161_client", reason="the extra «stamps» is not installed")
pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed: nobody stamps here")

SETTINGS = """
[req]
distinguished_name = name
prompt = no
[name]
CN = An authority of an invented land
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[signer]
extendedKeyUsage = critical, timeStamping
keyUsage = critical, digitalSignature
[tsa]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256, sha512
signer_digest = sha256
ess_cert_id_alg = sha256
"""


class Authority:
    """A time-stamping authority in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.roots, self.refuses = folder, folder / "root.pem", False
        (folder / "settings.cnf").write_text(SETTINGS, encoding="utf-8")
        (folder / "serial").write_text("01\n", encoding="utf-8")
        self.openssl("req -x509 -newkey rsa:2048 -nodes -days 30 -keyout root.key -out root.pem", "-extensions root")
        self.openssl("req -new -newkey rsa:2048 -nodes -keyout signer.key -out signer.csr")
        authority = "-CA root.pem -CAkey root.key -set_serial 7 -days 30 -extfile settings.cnf -extensions signer"
        self.openssl("x509 -req -in signer.csr -out signer.pem", authority)

    def openssl(self, *words: str) -> None:
        command = ["openssl", *" ".join(words).split()]
        environment = {**os.environ, "OPENSSL_CONF": "settings.cnf"}
        subprocess.run(command, cwd=self.folder, env=environment, check=True, capture_output=True)

    def reply(self, query: bytes) -> bytes:
        (self.folder / "query.tsq").write_bytes(b"no query" if self.refuses else query)
        self.openssl("ts -reply -section tsa -queryfile query.tsq -signer signer.pem -inkey signer.key -out reply.tsr")
        return (self.folder / "reply.tsr").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "one")


@pytest.fixture
def address(authority: Authority) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            made = authority.reply(query)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(made)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def case(articles: Path, tmp_path: Path) -> Path:
    path = tmp_path / "wadi.riwaya"
    riwaya.build(path, [articles], processes=1)
    return path


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_an_authority_stamps_the_log_and_verify_says_who_signed(case: Path, address: str, authority: Authority) -> None:
    stamped = call("stamp", case, "--authority", address)
    assert stamped.exit_code == 0, stamped.output
    with riwaya.open(case) as opened:
        (stamp,) = stamps.stamps(opened)
        entries = list(opened.log())
    assert entries[stamp.number - 1].hash == stamp.hash
    assert (entries[-1].kind, entries[-1].number) == ("stamp", stamp.number + 1)
    assert "not checked" in call("verify", case).output
    assert "✓ signed" in call("verify", case, "--roots", authority.roots).output


def test_openssl_itself_agrees(case: Path, address: str, authority: Authority, tmp_path: Path) -> None:
    call("stamp", case, "--authority", address)
    with riwaya.open(case) as opened:
        (stamp,) = stamps.stamps(opened)
    (tmp_path / "hash.txt").write_text(stamp.hash, encoding="ascii")
    (tmp_path / "reply.tsr").write_bytes(stamps.b64decode(stamp.reply))
    given = f"-data {tmp_path / 'hash.txt'} -in {tmp_path / 'reply.tsr'} -CAfile {authority.roots}"
    authority.openssl("ts -verify", given)


def test_a_machine_without_a_network_takes_its_stamp_from_a_file(
    case: Path, authority: Authority, tmp_path: Path
) -> None:
    assert call("stamp", case, "--query", tmp_path / "q.tsq").exit_code == 0
    (tmp_path / "r.tsr").write_bytes(authority.reply((tmp_path / "q.tsq").read_bytes()))
    assert "was there by" in call("stamp", case, "--reply", tmp_path / "r.tsr").output
    assert "✓ signed" in call("verify", case, "--roots", authority.roots).output


def test_a_stamp_signed_by_somebody_else_is_told_of(case: Path, address: str, tmp_path: Path) -> None:
    call("stamp", case, "--authority", address)
    told = call("verify", case, "--roots", Authority(tmp_path / "other").roots)
    assert (told.exit_code, "is not signed as it should be" in told.output) == (1, True)
    (tmp_path / "no.pem").write_text("nothing", encoding="utf-8")
    assert "holds no certificates" in call("verify", case, "--roots", tmp_path / "no.pem").output


def test_what_is_no_stamp_of_this_case_is_refused(
    case: Path, authority: Authority, articles: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.riwaya"
    riwaya.build(other, [articles / "nahr.txt"], processes=1)
    with riwaya.open(other) as opened:
        foreign = authority.reply(stamps.query(opened).as_bytes())
    with riwaya.open(case) as opened:
        asked = stamps.query(opened)
    own = authority.reply(asked.as_bytes())
    authority.refuses = True
    refusal = authority.reply(b"")
    authority.refuses = False
    with Writer(case) as writer:
        for reply, told in ((foreign, "does not stamp"), (b"<html>", "no reply of"), (refusal, "refused to stamp")):
            with pytest.raises(InvalidInput, match=told):
                stamps.keep(writer, reply)
        with pytest.raises(InvalidInput, match="another one"):
            stamps.keep(writer, own, nonce=asked.nonce + 1)
        assert not list(stamps.stamps(writer))


def test_nobody_is_asked_in_vain(case: Path) -> None:
    assert call("stamp", case).exit_code == 2
    for url, told in (("file:///etc/hosts", "no address"), ("http://127.0.0.1:9/", "gave no stamp")):
        refused = call("stamp", case, "--authority", url)
        assert (refused.exit_code, told in refused.output) == (1, True), refused.output


def test_a_stamp_of_another_hash_is_told_of(case: Path, address: str) -> None:
    call("stamp", case, "--authority", address)
    with closing(sqlite3.connect(case)) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE log SET hash = substr(hash, 33) || substr(hash, 1, 32) WHERE kind = 'run'")
    with riwaya.open(case) as opened:
        assert any("is of another hash" in fault for fault in stamps.faults(opened))
