"""What a stranger installs: pins that can be trusted, a complete wheel, and files that fit any machine."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def pins(name: str) -> dict[str, list[Requirement]]:
    """Read a pin file: each package with its pins, of which there are several where markers part them."""
    found: dict[str, list[Requirement]] = {}
    for line in (ROOT / name).read_text().replace("\\\n", " ").splitlines():
        requirement = Requirement(HASH.sub("", line))
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-dev.txt"])
def test_every_pin_is_one_exact_version_with_hashes_and_nothing_else(name: str) -> None:
    lines = (ROOT / name).read_text().replace("\\\n", " ").splitlines()
    assert len(lines) > 20
    for line in lines:
        assert HASH.search(line), f"no hash: {line}"
        requirement = Requirement(HASH.sub("", line))
        assert requirement.url is None
        assert [specifier.operator for specifier in requirement.specifier] == ["=="], line


@pytest.mark.parametrize(("name", "extras"), [("constraints.txt", []), ("constraints-dev.txt", ["dev"])])
def test_everything_that_the_project_asks_for_is_pinned_at_a_version_it_accepts(name: str, extras: list[str]) -> None:
    asked = [*pyproject()["build-system"]["requires"], "editables", *pyproject()["project"]["dependencies"]]
    for extra in extras:
        asked += pyproject()["project"]["optional-dependencies"][extra]
    pinned = pins(name)
    for requirement in map(Requirement, asked):
        found = pinned.get(canonicalize_name(requirement.name))
        assert found, f"{requirement} is in pyproject.toml, not in {name}: run `make pins`"
        for pin in found:
            (version,) = (specifier.version for specifier in pin.specifier)
            assert requirement.specifier.contains(version), f"{name} pins {pin}, not {requirement}"


def test_development_uses_the_same_versions_as_running() -> None:
    running, developing = pins("constraints.txt"), pins("constraints-dev.txt")
    assert {name: developing.get(name) for name in running} == running


def test_the_wheel_has_the_code_and_the_data_that_it_needs_on_its_first_day(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        packed = set(archive.namelist())
        articles = {path.name: path.read_bytes() for path in (ROOT / "seeds/articles").glob("*.md")}
        assert articles
        for name, content in articles.items():
            assert archive.read(f"seeds/articles/{name}") == content, name
    needed = {
        str(path.relative_to(ROOT))
        for folder in ("bot", "index", "seeds")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".") and "__pycache__" not in path.parts
    }
    assert needed <= packed
    assert any(re.fullmatch(r"index/language/lexicon/\w+\.txt", name) for name in packed)
    assert any(re.fullmatch(r"index/store/migrations/versions/\w+\.py", name) for name in packed)
    assert not [name for name in packed if name.startswith(("tests/", "benchmarks/", "docs/"))]


def committed_files() -> list[Path]:
    """All files that are in the repository or would be added to it."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


# One letter in brackets keeps each pattern from finding itself.
FOREIGN = {
    "a folder of one machine": re.compile(r"(?<![\w.:/-])/(?:[r]oot|[w]ork|[U]sers|home/\w+)/"),
    "a package registry": re.compile(r"p[y]pi|python[h]osted|dev[p]i\b|artifact[o]ry", re.IGNORECASE),
    "an index address": re.compile(r"(?:index-url|index_url|find-links)\S*[ =]+\S*:[/]/|:[/]/\S+/simple/"),
}


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {what}: {line.strip()[:120]}"
        for path in committed_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        for what, pattern in FOREIGN.items()
        if pattern.search(line)
    ]
    assert not found, "\n".join(found)


def test_commit_hooks_need_no_download_and_leave_the_articles_alone() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repository["repo"] for repository in hooks["repos"]] == ["local"]
    assert {hook["language"] for hook in hooks["repos"][0]["hooks"]} == {"system", "pygrep"}
    assert re.search(hooks["exclude"], "seeds/articles/000.md")
    assert not re.search(hooks["exclude"], "seeds/__init__.py")
