"""How long the first view of each page takes at the server, after `riwaya serve` has just started.

    python -m bench.web [CASE]

Each page is asked for in a process of its own, as HTML, with nothing read before. Without a case it takes the example
twice: as it is, and three hundred times over, for a page must not cost more because the case holds more. The limit is
300 ms.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import riwaya

LIMIT = 0.3
ASK = """
import sys, time
from starlette.testclient import TestClient
from riwaya.web.app import application
from riwaya.web.desk import Desk
client = TestClient(application(Desk(sys.argv[1])), base_url="http://127.0.0.1")
start = time.perf_counter()
answer = client.get(sys.argv[2])
print(time.perf_counter() - start, answer.status_code, len(answer.content))
"""


def addresses(case: Path) -> dict[str, str]:
    """An address of each page; of a page about one thing, that of the first in its list."""
    from riwaya.case import briefs
    from riwaya.case.briefs import Taken, Told
    from riwaya.model import document_key
    from riwaya.web.desk import Desk
    from riwaya.web.pages import PAGES

    desk = Desk(case)
    found = {page.name: page.path for page in PAGES if "{" not in page.path}
    longest = desk.case.connection.execute("SELECT key FROM documents ORDER BY characters DESC, id LIMIT 1").fetchone()
    found["reading"] = f"/documents/{longest[0]}"
    found["search"] = "/search?q=%D9%82%D8%A7%D9%84"
    for id, _ in briefs.part(desk.case, "claims", Told, 1):
        found["claim"] = f"/claims/{id}"
    for _, taken in briefs.part(desk.case, "copies", Taken, 1):
        found["compare"] = f"/compare/{document_key(taken.edge.older)}/{document_key(taken.edge.newer)}"
    return found


def measure(case: Path) -> int:
    slow = 0
    for name, address in addresses(case).items():
        said = subprocess.run(
            [sys.executable, "-c", ASK, str(case), address], capture_output=True, text=True, check=True
        )
        seconds, status, size = said.stdout.split()
        slow += float(seconds) > LIMIT
        mark = "  over the limit" if float(seconds) > LIMIT else ""
        print(f"{name:10} {float(seconds) * 1000:7.0f} ms {int(size) / 1000:8.0f} kB  {status}{mark}", flush=True)
    return slow


def main() -> int:
    if len(sys.argv) > 1:
        return int(measure(Path(sys.argv[1])) > 0)
    with tempfile.TemporaryDirectory() as folder:
        small = riwaya.demo(Path(folder) / "small.riwaya")
        print("the example")
        slow = measure(Path(small))
        from bench.build import FIELDS, articles

        large = Path(folder) / "large.riwaya"
        riwaya.build(large, [articles(Path(folder))], options=riwaya.ReadOptions.with_fields(FIELDS))
        print("a large case")
        slow += measure(large)
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
