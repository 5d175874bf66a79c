"""A round answered by many telephones at once: the web server as production starts it, the telephones in a process of
their own, and the database asked afterwards whether every answer is there once.

`python -m benchmarks.survey_answering` measures it alone; `… round` makes the round, `… phones ADDRESS FILE` answers it.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any

from benchmarks import processes, report
from benchmarks.measure import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPANIES, AT_ONCE, QUESTIONS = 240, 16, 10
DOUBLED = 4
"""One telephone of so many presses Send twice at the same moment."""
PAGE_MS = 8
_FIELD = re.compile(r'<input type="(radio|hidden)" name="([^"]+)" value="([^"]*)"')
_TEXT = re.compile(r'<textarea[^>]* name="([^"]+)"')
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
TICKS = os.sysconf("SC_CLK_TCK")


def figures(folder: Path) -> list[Figure]:
    """Answers a second, CPU of the server for each page, the share of the generator, and what went wrong."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        **os.environ,
        "TALKOOT_DATA": str(folder / "answering"),
        "TALKOOT_DEMO": "0",
        "TALKOOT_ORIGIN": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "talkoot.config.settings",
        "PORT": str(port),
    }
    own = [sys.executable, "-m", "benchmarks.survey_answering"]
    made = subprocess.run([*own, "round"], env=env, check=True, capture_output=True, text=True)
    tokens = folder / "tokens.json"
    tokens.write_text(made.stdout, encoding="utf-8")
    log = folder / "server.log"
    with log.open("w", encoding="utf-8") as said:
        server = subprocess.Popen([processes.TALKOOT, "web"], env=env, stdout=said, stderr=said)
        try:
            processes.wait_for(f"http://127.0.0.1:{port}")
            before = _cpu(server.pid)
            done = subprocess.run(
                [*own, "phones", f"127.0.0.1:{port}", str(tokens)],
                env=env,
                check=True,
                capture_output=True,
                text=True,
            )
            spent = _cpu(server.pid) - before
        finally:
            server.terminate()
            server.wait(timeout=20)
    checked = subprocess.run(
        [*own, "check", str(tokens)], env=env, check=True, capture_output=True, text=True
    )
    return list(
        _rows(json.loads(done.stdout), json.loads(checked.stdout), spent, log.read_text(encoding="utf-8"))
    )


def _rows(found: dict[str, Any], kept: dict[str, int], spent: float, log: str) -> Iterator[Figure]:
    share = found["cpu"] / (found["cpu"] + spent)
    name = f"{COMPANIES} companies answer {QUESTIONS} pages each, {AT_ONCE} telephones at once"
    note = (
        f"{found['pages'] / found['seconds']:,.0f} requests a second; half of them within {found['median'] * 1000:.0f} ms, "
        f"95% within {found['slow'] * 1000:.0f} ms; the generator took {share:.0%} of the CPU"
    )
    yield Figure(name, found["answers"] / found["seconds"], "answers/s", note=note)
    page = spent / found["pages"] * 1000
    yield Figure(
        "The same, CPU of the server a request",
        page,
        "ms",
        PAGE_MS,
        "database included; from /proc, both workers",
    )
    errors = len(found["errors"]) + log.count("database is locked")
    worst = "; ".join(f"{n} × {text}" for text, n in Counter(found["errors"]).most_common(2))
    yield Figure("The same, errors and locked databases", errors, "", 0, worst)
    lost = (
        f"{kept['stored']} stored of {COMPANIES}; {COMPANIES // DOUBLED} were sent twice at the same moment"
    )
    yield Figure("The same, answers lost, doubled or altered", kept["wrong"], "", 0, lost)


def _cpu(parent: int) -> float:
    """Seconds of CPU of a process and those below it."""
    total = 0.0
    for process in {parent, *processes.children(parent)}:
        words = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += (int(words[11]) + int(words[12])) / TICKS
    return total


def make_round() -> list[str]:
    """A city, its companies and an open round with all of them invited; returns the personal tokens."""
    import django

    django.setup()
    from talkoot.city.organisations.models import Establishment, Municipality, Organisation
    from talkoot.config import serve
    from talkoot.listen.surveys import inviting
    from talkoot.listen.surveys.models import Invitation, Option, Question, Questionnaire, Round

    serve.prepare()
    city_body = Organisation.objects.create(name="Järvenpää", kind=Organisation.Kind.AUTHORITY)
    city = Municipality.objects.create(
        code="186", slug="jarvenpaa", name_fi="Järvenpää", organisation=city_body
    )
    asked = Questionnaire.objects.create(code="mittaus", name_fi="Mittaus", city=city)
    for number in range(1, QUESTIONS):
        question = Question.objects.create(questionnaire=asked, number=number, code=f"q{number}", kind="single", text_fi=f"Kysymys {number}")  # fmt: skip
        Option.objects.bulk_create(Option(question=question, number=n, code=f"o{n}", text_fi=f"Vastaus {n}") for n in range(1, 6))  # fmt: skip
    Question.objects.create(
        questionnaire=asked, number=QUESTIONS, code="own", kind="text", text_fi="Omin sanoin"
    )
    survey = Round.objects.create(code="mittaus", questionnaire=asked, city=city, name_fi="Mittaus", frame="census", state="open")  # fmt: skip
    made = Organisation.objects.bulk_create(Organisation(name=f"Yritys {n} Oy (esimerkki)", industry="G47") for n in range(COMPANIES))  # fmt: skip
    Establishment.objects.bulk_create(
        Establishment(organisation=one, city=city, size_class="0-9") for one in made
    )
    inviting.invite(survey=survey, city=city, companies=inviting.companies(survey, city), by=None)
    return list(Invitation.objects.values_list("token", flat=True))


def check(tokens: list[str]) -> dict[str, int]:
    """Every telephone wrote its token and chose by it, so each answer can be told from the others."""
    import django

    django.setup()
    from talkoot.listen.surveys.models import Response

    stored = Counter(
        json.dumps(one, sort_keys=True) for one in Response.objects.values_list("answers", flat=True)
    )
    sent = Counter(json.dumps(_answers(token), sort_keys=True) for token in tokens)
    wrong = (sent - stored) + (stored - sent)
    return {"stored": stored.total(), "wrong": wrong.total()}


def _answers(token: str) -> dict[str, str]:
    chosen = random.Random(token)  # noqa: S311 -- the same choices when they are checked
    return {f"q{n}": f"o{chosen.randint(1, 5)}" for n in range(1, QUESTIONS)} | {"own": f"Terveisin {token}"}


class Phone:
    """One telephone: a connection, its cookies, and a personal link."""

    def __init__(self, address: str, token: str, times: list[float]) -> None:
        self.connection = http.client.HTTPConnection(address, timeout=60)
        self.address, self.token, self.times = address, token, times
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, data: dict[str, str] | None = None) -> tuple[str, str]:
        """The place of the page that came in the end, and the page."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if data is not None:
            from urllib.parse import urlencode

            body = urlencode(data)
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://{self.address}",
            }
        started = time.perf_counter()
        self.connection.request("POST" if body else "GET", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        self.times.append(time.perf_counter() - started)
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _sign, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status in {301, 302}:
            return self.ask(answer.headers["Location"])
        if answer.status != http.HTTPStatus.OK:
            message = f"{answer.status} on {path.rsplit(self.token, maxsplit=1)[-1] or '/'}"
            raise RuntimeError(message)
        return path, text

    def answer(self, *, twice: bool) -> None:
        """From the invitation to thanks."""
        wanted = _answers(self.token)
        place, page = self.ask(f"/jarvenpaa/vastaa/{self.token}/")
        for _step in range(QUESTIONS + 3):
            if place.endswith("/kiitos/"):
                return
            data = self._filled(page, wanted)
            if twice and place.endswith("/tarkista/"):
                other = Phone(self.address, self.token, self.times)
                other.cookies = dict(self.cookies)
                beside = threading.Thread(target=other.ask, args=(place, data))
                beside.start()
                place, page = self.ask(place, data)
                beside.join()
            else:
                place, page = self.ask(place, data)
        message = f"no thanks after {place}"
        raise RuntimeError(message)

    def _filled(self, page: str, wanted: dict[str, str]) -> dict[str, str]:
        form = next(text for text in _FORM.findall(page) if "idempotency_key" in text and "kieli" not in text)
        data = {name: value for kind, name, value in _FIELD.findall(form) if kind == "hidden"}
        radios = {name for kind, name, _value in _FIELD.findall(form) if kind == "radio"}
        data |= {name: wanted[name] for name in radios}
        return data | dict.fromkeys(_TEXT.findall(form), wanted["own"])


def phones(address: str, tokens: list[str]) -> dict[str, Any]:
    """All of them answered, AT_ONCE at a time."""
    waiting: Queue[tuple[int, str]] = Queue()
    for pair in enumerate(tokens):
        waiting.put(pair)
    times: list[float] = []
    errors: list[str] = []

    def work() -> None:
        while True:
            try:
                place, token = waiting.get_nowait()
            except Empty:
                return
            try:
                Phone(address, token, times).answer(twice=place % DOUBLED == 0)
            except (RuntimeError, OSError, http.client.HTTPException) as error:
                errors.append(f"{type(error).__name__}: {error}")

    started, cpu = time.perf_counter(), time.process_time()
    threads = [threading.Thread(target=work) for _n in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    times.sort()
    return {
        "seconds": seconds,
        "cpu": time.process_time() - cpu,
        "pages": len(times),
        "answers": len(tokens) - len(errors),
        "median": times[len(times) // 2],
        "slow": times[int(len(times) * 0.95)],
        "errors": errors,
    }


def _told(argv: list[str]) -> Any:
    if argv[0] == "round":
        return make_round()
    tokens = json.loads(Path(argv[-1]).read_text(encoding="utf-8"))
    return phones(argv[1], tokens) if argv[0] == "phones" else check(tokens)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(_told(sys.argv[1:])))
    else:
        with tempfile.TemporaryDirectory(prefix="talkoot-bench-") as name:
            print(report.rows(figures(Path(name))))
