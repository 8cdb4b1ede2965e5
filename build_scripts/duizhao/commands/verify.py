"""Verify a published copy against its manifest, and the manifest against the sources.

What is found is a problem with a code: an output or an input is changed, missing, or
extra, which is there and not in the manifest.  The manifest proves nothing of itself:
get it, or its SHA-256, from where you trust.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from duizhao.building.whole.manifest import FONT, FORM, NAME, Folders, digest_of, inputs_below
from duizhao.ground.folders import files_below
from duizhao.ground.problems import DuizhaoError, Position, Problem, error, phrase, visible

_FOLDERS = ("docs", "theme", "seeds", "translations")


def manifest_in(folder: Path) -> dict[str, Any]:
    """The manifest of a published folder.

    Raises DuizhaoError where there is none or it is not of this form.
    """
    path = folder / NAME
    try:
        content = json.loads(path.read_bytes())
    except OSError as reason:
        raise _unreadable(f"{reason.strerror}: {path}") from reason
    except (ValueError, RecursionError) as reason:
        raise _unreadable(f"it is no JSON: {reason}") from reason
    if fault := _fault(content):
        raise _unreadable(fault)
    return dict(content)


def _unreadable(fault: str) -> DuizhaoError:
    hint = "name the folder that `duizhao build` made, or get its manifest.json again"
    message = f"The manifest cannot be used: {visible(fault)}."
    return DuizhaoError([error("manifest-unreadable", Position(file=NAME), message, hint)])


def _fault(content: object) -> str:
    """What is wrong with the manifest's form; "" where nothing is."""
    if not isinstance(content, dict) or content.get("manifest") != FORM:
        return phrase(f"`manifest` is not {FORM}")
    for part in ("inputs", "outputs"):
        rows = content.get(part)
        if not isinstance(rows, dict):
            return phrase(f"`{part}` is missing")
        for path, row in rows.items():
            if not path or _leads_out(path):
                return phrase(f"the path `{path}` leads out of the folder")
            digest = row.get("sha256") if isinstance(row, dict) else None
            if not isinstance(digest, str) or not re.fullmatch("[0-9a-f]{64}", digest):
                return phrase(f"`{path}` has no SHA-256")
    options = content.get("options")
    if not isinstance(options, dict) or any(
        not isinstance(options.get(name), str) or _leads_out(options[name]) for name in _FOLDERS
    ):
        return phrase("`options` is not whole")
    return ""


def _leads_out(path: str) -> bool:
    """Whether a path leads out of the folder that it is below, or may do so on some system."""
    pure = PurePosixPath(path)
    return pure.is_absolute() or ".." in pure.parts or "\\" in path


def check_outputs(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Problem]:
    """Each file of a published folder that is not as its manifest says, by path."""
    found = {path: "" for path in files_below(folder) if path != NAME}
    told = manifest["outputs"]
    found |= {path: digest_of(folder / path) for path in found if path in told}
    hints = {
        "changed": "publish it again, or find out who changed it",
        "missing": "copy it again: the copy is not whole",
        "extra": "take it out, unless your host put it there",
    }
    words = {
        "changed": "This file is not as it was published.",
        "missing": "This file was published and is not here.",
        "extra": "This file is not in the manifest.",
    }
    for path, state in _differences(told, found):
        place = Position(file=visible(path))
        match state:
            case "changed":
                yield error("output-changed", place, words[state], hints[state])
            case "missing":
                yield error("output-missing", place, words[state], hints[state])
            case _:
                yield error("output-extra", place, words[state], hints[state])


def check_inputs(root: Path, manifest: Mapping[str, Any]) -> Iterator[Problem]:
    """Each source below `root` that is not the one the site was made from, by path."""
    folders = Folders(**{name: manifest["options"][name] for name in _FOLDERS})
    found = inputs_below(root, folders)
    fonts = (path for path, row in manifest["inputs"].items() if row.get("kind") == FONT)
    found |= {path: digest_of(root / path) for path in fonts if (root / path).is_file()}
    for path, state in _differences(manifest["inputs"], found):
        place = Position(file=visible(path))
        match state:
            case "changed":
                words = "This source is not the one that the site was made from."
                yield error("input-changed", place, words, "build again, or get that version")
            case "missing":
                words = "The site was made from this source, which is not here."
                yield error("input-missing", place, words, "get it, with its SHA-256 in mind")
            case _:
                words = "This source is here, and the site was made without it."
                yield error("input-extra", place, words, "build again, or get that version")


def _differences(
    told: Mapping[str, Mapping[str, Any]], found: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Paths that are not the same on both sides, each with how, in the order of paths."""
    for path in sorted({*told, *found}):
        if path not in found:
            yield path, "missing"
        elif path not in told:
            yield path, "extra"
        elif told[path]["sha256"] != found[path]:
            yield path, "changed"
