"""The whole site in containers: build, start, sign up through the proxy, submit, and look at what was graded.

Uses any Docker daemon that answers, under a project name of its own; without one it says what was not tested.
Only the standard library is needed. `--attacks` then grades every hostile submission in a worker's container.
"""

import contextlib
import http.cookiejar
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = ["docker", "compose", "--project-name", "nabla-test"]
SETTINGS = {"NABLA_IMAGE": "nabla:compose-test", "NABLA_PORT": "0", "NABLA_BIND": "127.0.0.1"}
START_SECONDS = 300
VERDICT_SECONDS = 120
GOOD_LEVELS = ("shared-uid", "full")
EXERCISE = "layernorm_backward"
FOLDER = ROOT / "exercises" / "04-backpropagation" / "21-layernorm-backward"
RIGHT = FOLDER / "solutions" / "closed_form.py"
ZEROS = "import numpy as np\n\n\ndef layernorm_backward(x, gamma, dy, eps):\n    return np.zeros(3)\n"
HOLLOW = (
    "import numpy as np\n\n\ndef layernorm_backward(x, gamma, dy, eps):\n"
    "    return np.zeros_like(x), np.zeros_like(gamma), np.zeros_like(gamma)\n"
)


class Failed(Exception):
    """What was found to be otherwise than it should be, in one sentence."""


def main() -> int:
    """Exit status: 0 when everything held or nothing could be tested, 1 otherwise."""
    if missing := _missing():
        print(f"compose-test: {missing} Not tested: the image, compose.yaml, grading inside containers.")
        return 0
    try:
        with _site() as address:
            _look_at_containers()
            _look_at_the_sandbox()
            _look_at_verdicts(address)
            if "--attacks" in sys.argv[1:]:
                _look_at_attacks()
    except (Failed, subprocess.CalledProcessError) as error:
        print(f"compose-test FAILED: {error}", file=sys.stderr)
        return 1
    print("compose-test passed.")
    return 0


def _missing() -> str:
    """Why there is nothing to test with; empty when there is."""
    if shutil.which("docker") is None:
        return "There is no docker command."
    for command, sentence in (
        (["docker", "info"], "No Docker daemon answers."),
        (["docker", "compose", "version"], "docker has no compose command."),
    ):
        if subprocess.run(command, capture_output=True, check=False, timeout=60).returncode:
            return sentence
    return ""


@contextlib.contextmanager
def _site() -> Iterator[str]:
    """The site's address while its containers run; they, their data and their network go afterwards."""
    subprocess.run([ROOT / "deploy" / "make-secrets.sh"], check=True, stdout=subprocess.DEVNULL)
    _compose("down", "--volumes", "--remove-orphans")  # what an interrupted run may have left
    try:
        started = time.monotonic()
        _compose("build")
        _say(f"the image builds ({time.monotonic() - started:.0f} s)")
        started = time.monotonic()
        _start()
        _say(f"every service is healthy {time.monotonic() - started:.0f} s after `up`")
        yield "http://" + _compose("port", "proxy", "8080").strip()
    finally:
        _compose("down", "--volumes", "--remove-orphans")


def _start() -> None:
    try:
        _compose("up", "--detach", "--wait", "--wait-timeout", str(START_SECONDS))
    except subprocess.CalledProcessError as error:
        print(_compose("ps", "--all"), _compose("logs", "--no-color", "--tail", "40"), sep="\n")
        raise Failed(f"the services did not become healthy: {error.stderr[-300:]}") from error


def _look_at_containers() -> None:
    """Each runs with the least: no root, no capability, nothing to write to, bounds on what it takes."""
    names = _compose("ps", "--all", "--quiet").split()
    rows = json.loads(_run("docker", "inspect", *names))
    for row in rows:
        if wrong := _excess(row):
            raise Failed(f"{row['Name']} {', '.join(wrong)}")
    _say(
        f"{len(rows)} containers: health checks, no root, no capabilities, no new privileges, read-only, "
        "bounded in memory, processes and processor"
    )


def _excess(row: dict) -> list[str]:
    config, host = row["Config"], row["HostConfig"]
    facts = {
        "has no health check": config.get("Healthcheck"),
        "runs as root": config["User"].split(":")[0] not in ("", "0", "root"),
        "has a root that can be written to": host["ReadonlyRootfs"],
        "keeps capabilities": host["CapDrop"] == ["ALL"] and not host["CapAdd"],
        "may gain privileges": "no-new-privileges:true" in (host["SecurityOpt"] or []),
        "is privileged": not host["Privileged"],
        "has no bound on memory": host["Memory"],
        "has no bound on processes": host["PidsLimit"],
        "has no bound on processors": host["NanoCpus"],
        "has Docker's socket": not any("docker.sock" in mount["Source"] for mount in row["Mounts"]),
        "shows a secret in its environment": not _shown_secrets(config["Env"]),
    }
    return [name for name, fine in facts.items() if not fine]


def _shown_secrets(environment: list[str]) -> list[str]:
    known = {path.read_text(encoding="utf-8").strip() for path in (ROOT / "deploy" / "secrets").glob("*.txt")}
    return [line for line in environment if any(secret in line for secret in known)]


def _look_at_the_sandbox() -> None:
    """The doctor finds every layer inside the worker's container, and the node reports the same level."""
    report = json.loads(_compose("exec", "-T", "worker-cpu", "python", "-m", "grader", "doctor", "--json"))
    bad = [layer["name"] for layer in report["layers"] if not (layer["ok"] or layer.get("optional"))]
    if bad:
        raise Failed(f"the doctor finds no {', '.join(bad)} in the worker's container")
    query = (
        "from courseapp.nodes.models import Node; "
        "print(*(f'{node.level}:{node.grading}' for node in Node.objects.all()))"
    )
    said = _compose("exec", "-T", "web", "python", "manage.py", "shell", "--verbosity=0", "--command", query)
    nodes = [node.split(":") for node in said.split()]
    if not nodes or any(level not in GOOD_LEVELS or grading != "True" for level, grading in nodes):
        raise Failed(f"the nodes report {said.strip() or 'nothing'}; expected {' or '.join(GOOD_LEVELS)}")
    held = sum(layer["ok"] for layer in report["layers"])
    _say(f"the doctor finds {held} layers in the worker's container; level {nodes[0][0]}")


def _look_at_verdicts(address: str) -> None:
    """A right, a wrong and a hostile submission get their verdicts through the proxy."""
    student = Student(address)
    student.sign_up()
    _say("a student signs up through the proxy")
    for name, source, passes in (
        ("the stored solution", RIGHT.read_text(encoding="utf-8"), True),
        ("`return np.zeros(3)`", ZEROS, False),
        ("zeros of the right shapes", HOLLOW, False),
        ("`os._exit(0)`", "import os\nos._exit(0)\n", False),
        ("the stored solution once more", RIGHT.read_text(encoding="utf-8"), True),
    ):
        started = time.monotonic()
        panels = student.submit(source)
        passed = 'data-outcome="passed"' in panels[-1]
        if passed != passes:
            raise Failed(f"{name} {'passed' if passed else 'did not pass'}: {_headline(panels[-1])}")
        took = time.monotonic() - started
        _say(f"{name}: {_headline(panels[-1])} ({took:.1f} s, {len(panels)} events through the proxy)")


def _look_at_attacks() -> None:
    """The whole corpus, twice, beside honest submissions, in a container like that of a worker."""
    corpus = f"{ROOT / 'tests' / 'attacks'}:/app/tests/attacks:ro"  # the image holds no tests
    inside = ("run", "--rm", "--no-deps", "-T", "--volume", corpus, "worker-cpu")
    try:
        print(_compose(*inside, "python", "-m", "tests.attacks"), flush=True)
    except subprocess.CalledProcessError as error:
        print(error.stdout)
        raise Failed("an attack survives in the worker's container") from error
    _say("no attack survives in the worker's container")


class Student:
    """A browser without a screen: one cookie jar, forms and a stream of events."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)
        )

    def sign_up(self) -> None:
        """Make an account and stay signed in."""
        password = secrets.token_urlsafe(16)
        name = f"student{secrets.randbelow(10**6)}"
        self._post("/accounts/signup/", {"username": name, "password1": password, "password2": password})
        if not any(cookie.name == "sessionid" for cookie in self.cookies):
            raise Failed("signing up did not sign in")

    def submit(self, source: str) -> list[str]:
        """Hand in, and follow the events; the panels as they came, the last one final."""
        page = self._post(f"/exercises/{EXERCISE}/submit", {"source": source})
        found = re.search(r"/submissions/[0-9a-f-]{36}/", page)
        if found is None:
            raise Failed("handing in did not lead to a submission's page")
        panels = list(self._events(found[0] + "events"))
        if not panels or "data-live" in panels[-1]:
            raise Failed(f"no verdict within {VERDICT_SECONDS} s")
        return panels

    def _events(self, path: str) -> Iterator[str]:
        deadline = time.monotonic() + VERDICT_SECONDS
        lines: list[str] = []
        with self.opener.open(self.address + path, timeout=VERDICT_SECONDS) as stream:
            for raw in stream:
                line = raw.decode().rstrip("\n")
                if line.startswith("data: "):
                    lines.append(line.removeprefix("data: "))
                elif not line and lines:
                    yield "\n".join(lines)
                    lines = []
                if time.monotonic() > deadline:
                    return

    def _post(self, path: str, fields: dict[str, str]) -> str:
        if not self._token():
            self._get("/accounts/signup/")
        data = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": self._token()}).encode()
        request = urllib.request.Request(self.address + path, data, {"Origin": self.address})  # noqa: S310
        with self.opener.open(request, timeout=30) as answer:
            return str(answer.url) + "\n" + answer.read().decode()

    def _get(self, path: str) -> None:
        self.opener.open(self.address + path, timeout=30).close()

    def _token(self) -> str:
        return next((cookie.value or "" for cookie in self.cookies if cookie.name == "csrftoken"), "")


def _headline(panel: str) -> str:
    found = re.search(r'data-part="headline">(.*?)</h2>', panel, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", "", found[1]).split()) if found else "no headline"


def _compose(*arguments: str) -> str:
    return _run(*COMPOSE, *arguments)


def _run(*command: str) -> str:
    environment = {**os.environ, **SETTINGS}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        print(run.stderr[-3000:], file=sys.stderr)
    run.check_returncode()
    return run.stdout


def _say(sentence: str) -> None:
    print(f"compose-test: {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
