"""What holds the parts of the code together: who imports whom, what is documented, sizes."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "build_scripts" / "duizhao"
LONGEST = 400  # lines of a module or a script

# From the ground up: a folder each, and at last the module where a process begins.  A module
# imports from its own layer and from those below it, never from above.
LAYERS = (
    "ground",
    "sources",
    "parser",
    "editing",
    "languages",
    "writers",
    "site",
    "building",
    "commands",
    "cli",
    "command",
)

# Inside writers/pages/: the helpers that its other modules share, and what these may use.
WRITERS_SHARE = {
    "inline": frozenset[str](),
    "notes": frozenset({"inline"}),
    "cites": frozenset({"inline"}),
    "ruby": frozenset({"inline"}),
    "rows": frozenset({"inline", "notes", "cites", "ruby"}),
    "sure": frozenset({"inline"}),
    "entries": frozenset[str](),
}
# Heavy or replaceable libraries, and the modules that know each.
ONLY_IN = {
    "mkdocs": "building/mkdocs/plugin building/mkdocs/mkdocs_files building/mkdocs/mkdocs_server building/mkdocs/site_build",
    "watchdog": "building/mkdocs/watching",
    "typst": "writers/typeset/compile",
    "rjieba": "languages/division",
    "cmarkgfm": "ground/cmark",
    "distributed": "building/laws/scheduler",
    "tqdm": "building/laws/bars",
}
# Problems of these parts have their cases in the parts' own tests.
TESTED_THERE = (
    "commands/release",
    "commands/limits",
    "commands/split/",
    "commands/accessibility",
    "editing/checks/",
    "writers/akn/",
    "writers/formats/",
    "writers/downloads",
    "sources/readers/",
    "writers/typeset/",
    "editing/line_account",
    "editing/examine/",
    "commands/bench/",
    "languages/checks/",
    "languages/exchange/",
    "cli/",
    "commands/cite",
    "commands/add",
    "writers/quote/",
    "editing/history",
    "editing/redirects",
    "commands/starter",
    "building/mkdocs/mkdocs_files",
    "commands/verify",
    "building/whole/guards",
    "building/prints/prints",
    "building/laws/scheduler",
    "ground/pool",
)


@cache
def modules() -> dict[str, ast.Module]:
    """Every module by its path below the package, without .py."""
    return {
        path.relative_to(PACKAGE).with_suffix("").as_posix(): _tree(path)
        for path in sorted(PACKAGE.rglob("*.py"))
    }


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module that is imported, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            if node.module == "duizhao" or (node.module or "").startswith("duizhao."):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(tree: ast.Module) -> set[str]:
    """The project's own modules that are imported, by path."""
    known = modules()
    found = set[str]()
    for name in imported(tree):
        path = name.removeprefix("duizhao.").replace(".", "/")
        if name.startswith("duizhao."):
            found.update(p for p in (path, f"{path}/__init__") if p in known)
    return found


def layer_of(module: str) -> int:
    return LAYERS.index(module.partition("/")[0])


def everything() -> list[str]:
    return [name for name in modules() if name != "__init__"]


def test_the_layers_name_what_is_there() -> None:
    assert sorted(LAYERS) == sorted({name.partition("/")[0] for name in everything()})


def test_the_design_names_them_too() -> None:
    """Each layer, what is inside the largest, and the modules that are named for what they hold."""
    design = (ROOT / "docs/design.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z/]+)` \| (.+) \|$", design, re.MULTILINE)
    layers = [folder.partition("/")[0] for folder, _ in rows]
    assert list(dict.fromkeys(reversed(layers))) == list(LAYERS[:-1])
    for folder, holds in rows:
        below = {name for name in everything() if name.startswith(f"{folder}/")}
        assert below, folder
        named = {f"{folder}/{name}" for name in re.findall(r"`(\w+)`", holds)}
        assert named <= below | {name.rpartition("/")[0] for name in below}, named - below


@pytest.mark.parametrize("module", everything())
def test_imports_point_down(module: str) -> None:
    for other in own_imports(modules()[module]):
        assert layer_of(other) <= layer_of(module), f"{module} imports {other} from above"


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {name: own_imports(modules()[name]) - {name} for name in everything()}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join((*path, module))
        if module not in done:
            for other in sorted(graph[module]):
                visit(other, (*path, module))
            done.add(module)

    for module in graph:
        visit(module, ())


def test_writers_do_not_import_each_other() -> None:
    writers = [name for name in everything() if name.startswith("writers/pages/")]
    assert len(writers) > 4
    for name in writers:
        stem = name.removeprefix("writers/pages/")
        allowed = WRITERS_SHARE.get(stem, frozenset(WRITERS_SHARE))
        used = {
            o.removeprefix("writers/pages/")
            for o in own_imports(modules()[name])
            if o.startswith("writers/pages/") and o != "writers/pages/__init__"
        }
        assert used <= allowed, f"{name} imports {used - allowed}"


def test_formats_do_not_import_each_other() -> None:
    """Markdown and print are two ways from one model."""
    for name in everything():
        used = tuple(own_imports(modules()[name]))
        if name.startswith("writers/pages/"):
            assert not any(other.startswith("writers/typeset/") for other in used)
        if name.startswith("writers/typeset/"):
            pages = ("writers/pages/", "writers/decorate")
            assert not any(other.startswith(pages) for other in used)


@pytest.mark.parametrize(("library", "owner"), ONLY_IN.items())
def test_one_module_knows_a_library(library: str, owner: str) -> None:
    users = {
        n for n, tree in modules().items() if library in {i.split(".")[0] for i in imported(tree)}
    }
    assert users == set(owner.split())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_option_of_the_plugin_is_documented(language: str) -> None:
    page = (ROOT / f"docs/tool/{language}/reference/options.md").read_text("utf-8")
    tree = modules()["building/mkdocs/plugin"]
    (options,) = (
        n for n in ast.walk(tree) if isinstance(n, ast.ClassDef) and n.name == "DuizhaoConfig"
    )
    names = {
        t.id
        for n in options.body
        if isinstance(n, ast.Assign)
        for t in n.targets
        if isinstance(t, ast.Name)
    }
    assert set(re.findall(r"(?m)^\| `(\w+)` \|", page)) == names


def test_one_place_prints() -> None:
    """Nothing but the command line writes to the terminal."""
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id == "print":
                raise AssertionError(f"{name}:{node.lineno} prints")
            if isinstance(node, ast.Attribute) and node.attr in ("stdout", "stderr"):
                assert name == "cli/main", f"{name}:{node.lineno}"


def test_the_core_has_no_clock() -> None:
    """Two builds of the same input give the same bytes."""
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in (
                "now",
                "today",
                "utcnow",
                "getenv",
            ):
                raise AssertionError(f"{name}:{node.lineno} asks for {node.attr}")


@pytest.mark.parametrize("module", everything())
def test_a_module_can_be_read_at_a_sitting(module: str) -> None:
    lines = (PACKAGE / f"{module}.py").read_text("utf-8").count("\n")
    assert lines <= LONGEST


def test_a_script_can_be_read_at_a_sitting() -> None:
    scripts = list((ROOT / "docs" / "assets").glob("*.js"))
    assert scripts
    lengths = {script.name: script.read_text("utf-8").count("\n") for script in scripts}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


@pytest.mark.parametrize("module", [*everything(), "__init__"])
def test_a_module_says_what_it_holds(module: str) -> None:
    assert (ast.get_docstring(modules()[module]) or "").strip()


@cache
def codes() -> dict[str, set[str]]:
    """Every problem code that stands in the code, with the modules that raise it."""
    found: dict[str, set[str]] = {}
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            call = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = [k.value for k in node.keywords if k.arg == "code"]
            if (
                call in ("error", "warning", "info", "finding", "finding_at", "problem", "refusal")
                and node.args
            ):
                given.append(node.args[0])
            for value in given:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    if "toml_from" in call:
                        for ending in ("unreadable", "syntax"):
                            found.setdefault(f"{value.value}-{ending}", set()).add(name)
                    elif re.fullmatch(r"[a-z]+(-[a-z0-9]+)+|render|configuration", value.value):
                        found.setdefault(value.value, set()).add(name)
    return found


def test_codes_are_found() -> None:
    assert {"witness-missing", "quotation-mismatch", "pinyin-syntax", "dead-link"} <= set(codes())
    assert len(codes()) > 50


def test_every_code_has_a_bad_case() -> None:
    folders = [ROOT / "tests/cases/bad", ROOT / "tests/cases/translation"]
    cases = {p.stem.partition("--")[0] for f in folders for p in f.glob("*.toml")}
    quoted = "\n".join(p.read_text("utf-8") for p in (ROOT / "tests").rglob("test_*.py"))
    missing = [
        code
        for code, where in sorted(codes().items())
        if code not in cases
        and not (all(w.startswith(TESTED_THERE) for w in where) and f'"{code}"' in quoted)
    ]
    assert missing == []


def test_every_bad_case_is_of_a_code() -> None:
    cases = {p.stem.partition("--")[0] for p in (ROOT / "tests/cases/bad").iterdir()}
    assert cases - set(codes()) == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_is_documented(language: str) -> None:
    text = (ROOT / f"docs/tool/{language}/reference/problems.md").read_text("utf-8")
    documented = set(re.findall(r"^### `([a-z0-9-]+)`", text, re.MULTILINE))
    assert sorted(set(codes()) - documented) == []
    assert len(re.findall(r"^### `", text, re.MULTILINE)) == len(documented), "each stands once"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_documented_code_is_raised(language: str) -> None:
    text = (ROOT / f"docs/tool/{language}/reference/problems.md").read_text("utf-8")
    source = "\n".join(p.read_text("utf-8") for p in PACKAGE.rglob("*.py"))
    documented = re.findall(r"^### `([a-z0-9-]+)`", text, re.MULTILINE)
    assert [c for c in documented if c not in codes() and f'"{c}"' not in source] == []


def commands() -> list[str]:
    """The commands that `duizhao --help` lists."""
    shown = subprocess.run(
        [sys.executable, str(ROOT / "build_scripts"), "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return re.findall(r"^    ([a-z]+) ", shown.partition("commands:")[2], re.MULTILINE)


def test_every_command_is_documented_with_an_example() -> None:
    known = commands()
    assert {"build", "check", "parse", "markdown", "serve", "translate"} <= set(known)
    pages = [ROOT / "README.md", *(ROOT / "docs" / "tool" / "en").rglob("*.md")]
    pages_zh = [*(ROOT / "docs" / "tool" / "zh").rglob("*.md")]
    for group in (pages, pages_zh):
        text = "\n".join(p.read_text("utf-8") for p in group)
        missing = [c for c in known if not re.search(rf"(?:duizhao|build_scripts) {c}\b", text)]
        assert missing == []
