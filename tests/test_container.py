"""The container, without an engine: the Dockerfile is carried out as shell commands in an empty folder.

Each absolute path becomes one inside that folder, which stands for the image's root; `python` and `pip` come
from a fresh virtual environment, which stands for the base image. The rest is real: the packages, the build,
the user.
"""

import json
import os
import re
import select
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from importlib.metadata import Distribution, distributions
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.operation.stopping import LONGEST_END

ROOT = Path(__file__).resolve().parent.parent
USER = 10001
UNCOMPILED = {"PIP_COMPILE": "0"}
"""Only what runs is compiled here, when it first does: half of the time to install all packages goes into the rest."""
PRIVILEGED = hasattr(os, "geteuid") and os.geteuid() == 0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the image's commands are for a POSIX shell")


class Instruction(NamedTuple):
    word: str
    rest: str


def instructions() -> list[Instruction]:
    """Read the Dockerfile, continued lines joined and comments left out."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#")).replace("\\\n", " ")
    pairs = (line.split(maxsplit=1) for line in text.splitlines() if line.strip())
    return [Instruction(word.upper(), rest) for word, rest in pairs]


def last_stage() -> list[Instruction]:
    found = instructions()
    start = max(place for place, instruction in enumerate(found) if instruction.word == "FROM")
    return found[start:]


def only(word: str) -> str:
    (rest,) = (instruction.rest for instruction in last_stage() if instruction.word == word)
    return rest


def health_command() -> list[str]:
    command: list[str] = json.loads(only("HEALTHCHECK").partition("CMD ")[2])
    return command


def start_command() -> list[str]:
    command: list[str] = [*json.loads(only("ENTRYPOINT")), *json.loads(only("CMD"))]
    return command


def is_ignored(name: str) -> bool:
    """Tell whether .dockerignore keeps a path out: the last pattern that fits it or a parent decides."""
    path = PurePosixPath(name)
    places = [str(path), *map(str, path.parents)][:-1]
    ignored = False
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        pattern = line.removeprefix("!")
        patterns = [pattern, pattern.removeprefix("**/")]
        if any(fnmatchcase(place, pattern) for place in places for pattern in patterns):
            ignored = not line.startswith("!")
    return ignored


def build_context(target: Path) -> Path:
    """Copy what an engine would be sent."""

    def left_out(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if is_ignored((Path(folder) / name).relative_to(ROOT).as_posix())]

    shutil.copytree(ROOT, target, ignore=left_out)
    return target


class Image:
    """The files and settings that the Dockerfile leads to."""

    def __init__(self, workshop: Path) -> None:
        self.root = workshop / "image"
        self._stages = workshop / "stages"
        self._commands = workshop / "commands"
        self._bytecode = str(workshop / "bytecode")
        self._context = build_context(workshop / "context")
        self._environment: dict[str, str] = {}
        self._folder = self.root
        self._stages.mkdir()
        self._base(workshop / "base")

    def _base(self, base: Path) -> None:
        """Stand in for the base image: Python, and commands that make users in it, not on this machine."""
        self._install_python(base)
        self._commands.mkdir()
        useradd = shutil.which("useradd", path="/usr/sbin:/sbin:" + os.environ["PATH"])
        stand_ins = {
            "useradd": f'exec {useradd} --prefix "{self.root}" "$@"' if PRIVILEGED and useradd else "exit 0",
            **({} if PRIVILEGED else {"chown": "exit 0"}),
        }
        for name, line in stand_ins.items():
            path = self._commands / name
            path.write_text(f"#!/bin/sh\n{line}\n")
            path.chmod(0o755)
        self._path = f"{self._commands}:{base / 'bin'}:{os.environ['PATH']}"

    @staticmethod
    def _install_python(base: Path) -> None:
        """Make the base image's Python with its pip: the newest, which the one that Python brings along is not."""
        pip = [sys.executable, "-m", "pip", "--python", str(base / "bin" / "python")]
        if find_spec("pip") is None:
            subprocess.run([sys.executable, "-m", "venv", str(base)], check=True)
        else:
            subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(base)], check=True)
            subprocess.run([*pip, "install", "--quiet", "pip"], env=os.environ | UNCOMPILED, check=True)

    def inside(self, text: str) -> str:
        """Move each absolute path of a command into the image."""
        return re.sub(r"(?<![\w.$}*/-])/(?=\w)", f"{self.root}/", text)

    def environment(self) -> Mapping[str, str]:
        outer = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "SOURCIER_", "DISCORD_", "COV", "VIRTUAL_ENV"))
        }
        return {**outer, **UNCOMPILED, "PYTHONPYCACHEPREFIX": self._bytecode, "PATH": self._path, **self._environment}

    def carry_out(self, instruction: Instruction) -> None:
        word, rest = instruction
        if word == "FROM":
            self._start_stage()
        elif word == "RUN":
            done = subprocess.run(
                ["/bin/sh", "-c", self.inside(rest)],
                cwd=self._folder,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{rest}\n{done.stdout}\n{done.stderr}"
        elif word == "WORKDIR":
            self._folder = Path(self.inside(rest))
            self._folder.mkdir(parents=True, exist_ok=True)
        elif word == "COPY":
            self._copy(shlex.split(rest))
        elif word == "ENV":
            for name, value in (pair.split("=", 1) for pair in shlex.split(rest)):
                self._environment[name] = self.inside(value).replace("$PATH", self.environment()["PATH"])
        else:
            assert word in {"USER", "VOLUME", "HEALTHCHECK", "ENTRYPOINT", "CMD"}, word

    def _start_stage(self) -> None:
        if self.root.exists():
            self.root.rename(self._stages / str(len(list(self._stages.iterdir()))))
        for name in ("passwd", "group", "shadow", "gshadow"):
            path = self.root / "etc" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        self._environment, self._folder = {}, self.root

    def _copy(self, arguments: list[str]) -> None:
        options = [argument for argument in arguments if argument.startswith("--")]
        *sources, target = arguments[len(options) :]
        assert options in ([], ["--from=build"])
        assert instructions()[0].rest.endswith(" AS build")
        origin = self._stages / "0" if options else self._context
        place = self._folder / self.inside(target)
        for source in sources:
            path = origin / source.lstrip("/")
            if options:
                place.parent.mkdir(parents=True, exist_ok=True)
                path.rename(place)  # the stage is not looked at again, and this is quicker than a copy
            elif path.is_dir():
                shutil.copytree(path, place, symlinks=True, dirs_exist_ok=True)
            else:
                shutil.copy(path, place / path.name if target.endswith("/") else place)

    def start(self, command: list[str]) -> subprocess.Popen[str]:
        """Start a command as the container would, with the data folder as its home."""
        environment = {**self.environment(), "HOME": str(self.root / "data")}
        program = shutil.which(command[0], path=environment["PATH"])
        assert program, f"{command[0]} is not in the image"
        assert Path(program).is_relative_to(self.root)
        return subprocess.Popen(
            [program, *command[1:]],
            cwd=self._folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def installed(self) -> dict[str, Distribution]:
        (packages,) = self.root.glob("opt/sourcier/lib/python*/site-packages")
        return {canonicalize_name(found.name): found for found in distributions(path=[str(packages)])}


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    workshop = tmp_path_factory.mktemp("container")
    try:
        built = Image(workshop)
        for instruction in instructions():
            built.carry_out(instruction)
        yield built
    finally:
        shutil.rmtree(workshop)  # some 200 MB, which pytest would keep for three runs


def needed_to_run(packages: Mapping[str, Distribution]) -> set[str]:
    """Follow what sourcier requires, and what that requires, through the installed packages."""
    needed: set[tuple[str, str]] = set()
    waiting = [("sourcier", "")]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in needed:
            continue
        needed.add((name, extra))
        assert name in packages, f"{name} is needed to run, and is not in the image"
        for line in packages[name].requires or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                required = canonicalize_name(requirement.name)
                waiting += [(required, ""), *((required, wanted) for wanted in requirement.extras)]
    return {name for name, _ in needed}


def test_the_image_holds_what_running_needs_and_no_build_tool(image: Image) -> None:
    packages = image.installed()
    assert set(packages) == needed_to_run(packages)
    assert not (image.root / "src").exists()


def test_a_container_is_healthy_while_it_answers_and_writes_only_its_data_folder(image: Image) -> None:
    def files() -> dict[str, int]:
        return {
            str(path): path.lstat().st_mtime_ns
            for path in image.root.rglob("*")
            if not path.is_relative_to(image.root / "data")
        }

    def check_health() -> None:
        with image.start(health_command()) as doctor:
            output, _ = doctor.communicate(timeout=60)
        assert doctor.returncode == 0, output

    before = files()
    check_health()
    with image.start(start_command()) as chat:
        assert chat.stdin
        assert chat.stdout
        chat.stdin.write("Combien OpenAI paie-t-elle Oracle par an ?\n")
        chat.stdin.flush()
        try:
            answering, _, _ = select.select([chat.stdout], [], [], 60)
            assert answering, "a question got no answer while the input stayed open"
            check_health()
            output, _ = chat.communicate(timeout=60)
        finally:
            chat.kill()
    assert chat.returncode == 0, output
    check_health()
    assert files() == before
    assert any(path.is_file() for path in (image.root / "data").rglob("*"))


@pytest.mark.skipif(not PRIVILEGED, reason="only root can make users")
def test_the_data_folder_belongs_to_the_user_that_runs(image: Image) -> None:
    data = (image.root / "data").stat()
    assert (data.st_uid, data.st_gid) == (USER, USER)
    assert stat.S_IMODE(data.st_mode) & stat.S_IWOTH == 0
    if users := (image.root / "etc/passwd").read_text():
        assert f":{USER}:{USER}:" in users


def test_the_container_runs_as_a_fixed_unprivileged_user_on_a_volume() -> None:
    assert only("USER") == f"{USER}:{USER}"
    assert only("VOLUME") == "/data"
    assert "SOURCIER_DATA=/data" in shlex.split(only("ENV"))
    assert health_command() == ["sourcier", "health"]
    assert start_command() == ["sourcier", "run"]


def test_the_image_is_sent_only_what_it_is_made_of() -> None:
    copied = [
        source
        for instruction in instructions()
        if instruction.word == "COPY" and not instruction.rest.startswith("--from")
        for source in shlex.split(instruction.rest)[:-1]
    ]
    for name in copied:
        assert (ROOT / name).exists(), f"{name} is copied into the image and does not exist"
        assert not is_ignored(name), f"{name} is copied into the image and ignored"
    kept_out = [".git/config", ".venv/bin/python", ".env", "tests/test_container.py", "data/sourcier.db"]
    kept_out += ["bot/__pycache__/cli.cpython-313.pyc", "index/store/__pycache__/x.pyc", "secrets.txt"]
    assert [name for name in kept_out if not is_ignored(name)] == []
    sent = {path.name for path in ROOT.iterdir() if not is_ignored(path.name)}
    assert sent == set(copied)


def test_compose_keeps_the_data_and_takes_the_privileges_away() -> None:
    compose: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    (service,) = compose["services"].values()
    (volume,) = service["volumes"]
    assert volume.partition(":")[0] in compose["volumes"]
    assert volume.partition(":")[2] == only("VOLUME")
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108 - the container's, in memory
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert service["mem_limit"] == "2g"
    assert int(service["stop_grace_period"].removesuffix("s")) > LONGEST_END
    assert set(service["environment"]) == {"SOURCIER_LOG_FORMAT", "SOURCIER_METRICS_PORT"}
    assert "ports" not in service
    assert all(file["required"] is False for file in service["env_file"])
    assert "privileged" not in service
    assert "user" not in service
