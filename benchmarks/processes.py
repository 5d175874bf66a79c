"""Figures of whole processes: the memory of a web worker, the time of a large import."""

from __future__ import annotations

import contextlib
import json
import os
import re
import resource
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stdnum.fi import ytunnus

from benchmarks import pages
from benchmarks.measure import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

TALKOOT = str(Path(sys.executable).with_name("talkoot"))
WORKER_MIB = 150
COMPANIES = 10_000
IMPORT_SECONDS = 5
START_SECONDS = 30
LOWEST_EXAMPLE_ID = 9_000_000


def worker_memory() -> Figure:
    """Resident memory of the one web worker after it has served every public page ten times."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [TALKOOT, "web", "--workers", "1"]
    server = subprocess.Popen(command, env={**os.environ, "PORT": str(port)}, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address)
        for route in (route for route in pages.routes() if route["kind"] == "public"):
            for _ in range(10):
                _visit(address + route["path"])
        return Figure(
            "Web worker, resident memory", max(map(_resident_mib, children(server.pid))), "MiB", WORKER_MIB
        )
    finally:
        server.terminate()
        server.wait(timeout=10)


def import_of_companies(folder: Path) -> Figure:
    """CPU of `talkoot import companies` for a file of the register's layout, start-up included."""
    file = folder / "companies.json"
    file.write_text(
        json.dumps({"totalResults": COMPANIES, "companies": list(_companies())}), encoding="utf-8"
    )
    started, spent = time.perf_counter(), _cpu_of_children()
    done = subprocess.run(
        [TALKOOT, "import", "companies", str(file)],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    clock, cpu = time.perf_counter() - started, _cpu_of_children() - spent
    name = f"Import of {COMPANIES:,} companies"
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        return Figure(name, None, "s", IMPORT_SECONDS, reason[:120])
    return Figure(name, cpu, "s", IMPORT_SECONDS, f"{clock:.1f} s by the clock")


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _companies() -> Iterator[dict[str, Any]]:
    number = LOWEST_EXAMPLE_ID + 50_000
    made = 0
    while made < COMPANIES:
        number += 1
        identifier = _business_id(number)
        if identifier:
            made += 1
            yield _company(identifier, made)


def _business_id(number: int) -> str | None:
    """The number with its check digit; None where the register gives none."""
    found = (f"{number}{digit}" for digit in range(10) if ytunnus.is_valid(f"{number}{digit}"))
    return next((f"{number}-{whole[-1]}" for whole in found), None)


def _company(identifier: str, order: int) -> dict[str, Any]:
    since = "2014-03-10"
    offices = [{"city": "JÄRVENPÄÄ", "languageCode": "1", "municipalityCode": "186"}]
    address = {"type": 1, "street": "Esimerkkikatu", "buildingNumber": str(order), "postCode": "04400"}
    return {
        "businessId": {"value": identifier, "registrationDate": since, "source": "3"},
        "names": [
            {"name": f"Yritys {order} Oy (esimerkki)", "type": "1", "registrationDate": since, "version": 1}
        ],
        "mainBusinessLine": {
            "type": "10710",
            "typeCodeSet": "TOIMI3",
            "registrationDate": since,
            "source": "2",
        },
        "companyForms": [{"type": "16", "registrationDate": since, "version": 1, "source": "1"}],
        "companySituations": [],
        "registeredEntries": [],
        "addresses": [{**address, "postOffices": offices, "registrationDate": since, "source": "0"}],
        "tradeRegisterStatus": "1",
        "status": "2",
        "registrationDate": since,
        "lastModified": "2026-08-01 02:11:00",
    }


def wait_for(address: str) -> None:
    until = time.monotonic() + START_SECONDS
    while not _visit(address):
        if time.monotonic() > until:
            message = f"{address} does not answer"
            raise TimeoutError(message)
        time.sleep(0.2)


def _visit(address: str) -> bool:
    """Whether anyone answered, with whatever status."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 -- our own server
            answer.read()
    except urllib.error.HTTPError:
        return True
    except (urllib.error.URLError, ConnectionError):
        return False
    return True


def children(parent: int) -> list[int]:
    """Process ids below `parent`; the parent itself when it has none."""
    found = [parent]
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            above = re.search(r"^PPid:\s+(\d+)", status.read_text(), re.MULTILINE)
            if above and int(above[1]) == parent:
                found.append(int(status.parent.name))
    return found[1:] or found


def _resident_mib(process: int) -> float:
    resident = re.search(r"^VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    return int(resident[1]) / 1024 if resident else 0.0
