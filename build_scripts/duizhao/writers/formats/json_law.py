"""A law as JSON: the whole model, with places in the witness, translations and status.

The shape follows from the model's own classes, and so does the JSON Schema, so neither
can fall behind it.  A member that has its default value is left out.  `digests` has one
digest for each provision and note: a change made by hand is found and named on reading.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Iterator
from typing import Any

from duizhao.ground.problems import DuizhaoError, Position, Problem, error
from duizhao.ground.text import Piece, Text
from duizhao.languages.bilingual import STATUSES, Bilingual, Translation
from duizhao.parser.edition import (
    Annex,
    Article,
    ContentsEntry,
    Division,
    Edition,
    Event,
    Gap,
    Item,
    Metadata,
    Note,
    Paragraph,
    Table,
    Unit,
)

VERSION = 1
SCHEMA = f"duizhao-law-{VERSION}.schema.json"
_CLASSES: dict[str, type] = {
    cls.__name__.lower(): cls
    for cls in (
        Annex, Article, ContentsEntry, Division, Edition, Event, Gap, Item, Metadata, Note,
        Paragraph, Piece, Table, Unit,
    )
}  # fmt: skip
_HINTS = {cls: typing.get_type_hints(cls) for cls in _CLASSES.values()}
Law = tuple[Edition, dict[str, Bilingual], tuple[str, str]]


def law_json(
    edition: Edition, pairs: dict[str, Bilingual], witness: tuple[str, str] = ("", "")
) -> str:
    """The file; `witness` is the source's name and SHA-256."""
    made = dumped(edition)
    content = {
        "$schema": f"../{SCHEMA}",
        "format": "duizhao-law",
        "version": VERSION,
        "witness": {"name": witness[0], "sha256": witness[1]},
        "edition": made,
        "translations": {
            code: {
                eid: {"status": t.status, **({"text": t.text} if t.text else {})}
                for eid, t in pair.translations.items()
            }
            for code, pair in pairs.items()
        },
    }
    content["digests"] = dict(_digests(content))
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def dumped(value: Any, *, tagged: bool = False) -> Any:
    """A part of the model as JSON values; `tagged`: with its class, where several may stand."""
    if isinstance(value, Text):
        return {"text": str(value), "pieces": [dumped(piece) for piece in value]}
    if isinstance(value, tuple):
        return [dumped(item, tagged=isinstance(item, _MIXED)) for item in value]
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    out: dict[str, Any] = {"type": type(value).__name__.lower()} if tagged else {}
    for each in dataclasses.fields(value):
        item = getattr(value, each.name)
        if isinstance(value, Piece) and each.name == "original":
            if item != value.text:
                out["original"] = item
        elif item != _default(each):
            out[each.name] = dumped(item)
    return out


_MIXED = (Division, Article, Paragraph, Gap, Table, Item, Unit)


def _default(each: dataclasses.Field[Any]) -> Any:
    if each.default is not dataclasses.MISSING:
        return each.default
    factory = each.default_factory
    return factory() if factory is not dataclasses.MISSING else dataclasses.MISSING


def law_from_json(text: str, name: str) -> Law:
    """Edition, translations and witness.  Raises DuizhaoError with the place of a fault."""
    try:
        content = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as reason:
        line = getattr(reason, "lineno", 0)
        place = Position(file=name, line=line, column=getattr(reason, "colno", 0))
        problem = error("json-syntax", place, f"This is no JSON: {reason}.", _HINT)
        raise DuizhaoError([problem]) from reason
    try:
        if content["format"] != "duizhao-law" or content["version"] != VERSION:
            raise _refused(name, "format", "It is another format, or another version of it")
        problems = list(_changed(content, text, name))
        if problems:
            raise DuizhaoError(problems)
        edition: Edition = loaded(Edition, content["edition"], "edition", name)
        pairs = {
            code: Bilingual(
                edition=edition,
                language=code,
                translations={
                    eid: Translation(text=t.get("text", ""), status=t["status"])
                    for eid, t in entries.items()
                },
            )
            for code, entries in content["translations"].items()
        }
        witness = (content["witness"]["name"], content["witness"]["sha256"])
    except (KeyError, TypeError, AttributeError, ValueError) as reason:
        raise _refused(name, str(reason), "A member is missing or of a wrong type") from reason
    again = json.loads(law_json(edition, pairs, witness))
    if again != content:
        raise _refused(name, "edition", "It holds members that this project does not write")
    return edition, pairs, witness


_HINT = "take the file as it was published"


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(members)
    if len(made) < len(members):
        raise ValueError("a member stands twice in one object")
    return made


def _refused(name: str, path: str, message: str) -> DuizhaoError:
    place = Position(file=name, path=(path,))
    return DuizhaoError([error("json-structure", place, f"{message}: {path}.", _HINT)])


def loaded(hint: Any, value: Any, path: str, name: str) -> Any:
    """A part of the model from JSON values, by its annotation; the place of a fault is named."""
    if hint is Text:
        pieces = tuple(
            loaded(Piece, p, f"{path}.pieces[{n}]", name) for n, p in enumerate(value["pieces"])
        )
        return Text(pieces)
    origin = typing.get_origin(hint)
    options = typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        if value is None:
            return None
        classes = [cls for cls in options if cls is not type(None)]
        chosen = classes[0] if len(classes) == 1 else _CLASSES[value["type"]]
        if chosen not in classes:
            raise _refused(name, path, f"{value['type']} may not stand here")
        return loaded(chosen, value, path, name)
    if origin is tuple:
        if options[1:] == (Ellipsis,):
            return tuple(loaded(options[0], v, f"{path}[{n}]", name) for n, v in enumerate(value))
        return tuple(
            loaded(h, v, f"{path}[{n}]", name)
            for n, (h, v) in enumerate(zip(options, value, strict=True))
        )
    if hint in _HINTS:
        given = {k: v for k, v in value.items() if k != "type"}
        if hint is Piece:
            given.setdefault("original", given.get("text"))
        unknown = set(given) - set(_HINTS[hint])
        if unknown:
            raise _refused(name, path, f"There is no member {min(unknown)}")
        made = {k: loaded(_HINTS[hint][k], v, f"{path}.{k}", name) for k, v in given.items()}
        return hint(**made)
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise _refused(name, path, f"A value is no {hint.__name__}")
    return value


def _digest(value: Any) -> str:
    data = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _digests(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """A digest for each provision and note, for each translation, and for all the rest."""
    edition = content["edition"]

    def walk(body: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
        for node in body:
            if node.get("type") == "division":
                own = {k: v for k, v in node.items() if k != "body"}
                yield node["eid"], _digest(own)
                yield from walk(node["body"])
            else:
                yield node["eid"], _digest(node)

    yield from walk(edition.get("body", []))
    for note in edition.get("notes", []):
        yield f"note_{note['id']}", _digest(note)
    for code, entries in content["translations"].items():
        yield f"translations.{code}", _digest(entries)
    left = {k: v for k, v in edition.items() if k not in ("body", "notes")}
    order = [node["eid"] for node in edition.get("body", [])]
    yield "", _digest([content["format"], content["version"], content["witness"], left, order])


def _changed(content: dict[str, Any], text: str, name: str) -> Iterator[Problem]:
    told, found = dict(content["digests"]), dict(_digests(content))
    for key in dict.fromkeys((*told, *found)):
        if told.get(key) != found.get(key):
            what = f"`{key}`" if key else "The file, outside its provisions,"
            place = Position(file=name, line=_line(text, key))
            yield error("json-changed", place, f"{what} is not as it was published.", _HINT)


def _line(text: str, key: str) -> int:
    """The line on which what a digest is of begins, 0 where it is not there."""
    marks = (f'"eid": "{key}"', f'"id": "{key.removeprefix("note_")}"')
    at = next((at for mark in marks if key and (at := text.find(mark)) >= 0), -1)
    return text.count("\n", 0, at) + 1 if at >= 0 else 0


def schema() -> str:
    """The JSON Schema of the format, made from the model's classes."""
    definitions: dict[str, Any] = {name: _definition(cls) for name, cls in sorted(_CLASSES.items())}
    definitions["text"] = _object(
        {
            "text": {"type": "string", "description": "what is published: the pieces joined"},
            "pieces": {"type": "array", "items": {"$ref": "#/$defs/piece"}},
        },
        ["text", "pieces"],
    )
    definitions["translation"] = _object(
        {"status": {"enum": list(STATUSES)}, "text": {"type": "string"}}, ["status"]
    )
    digest = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
    strings = {"type": "object", "additionalProperties": {"$ref": "#/$defs/translation"}}
    content = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:duizhao:{SCHEMA}",
        "title": "A law in Chinese with its translations",
        **_object(
            {
                "$schema": {"type": "string"},
                "format": {"const": "duizhao-law"},
                "version": {"const": VERSION},
                "witness": _object(
                    {"name": {"type": "string"}, "sha256": {"type": "string"}}, ["name", "sha256"]
                ),
                "edition": {"$ref": "#/$defs/edition"},
                "translations": {"type": "object", "additionalProperties": strings},
                "digests": {"type": "object", "additionalProperties": digest},
            },
            ["format", "version", "witness", "edition", "translations", "digests"],
        ),
        "$defs": definitions,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _definition(cls: type) -> dict[str, Any]:
    properties: dict[str, Any] = {"type": {"const": cls.__name__.lower()}}
    required = []
    for each in dataclasses.fields(cls):
        properties[each.name] = _schema_of(_HINTS[cls][each.name])
        if _default(each) is dataclasses.MISSING and (cls, each.name) != (Piece, "original"):
            required.append(each.name)
    if cls not in _MIXED:
        del properties["type"]
    about = (cls.__doc__ or "").split("\n\n")[0].strip()
    if cls is Event or cls is Note:
        properties["kind"] = {"type": "string"}
    return {"description": " ".join(about.split()), **_object(properties, required)}


def _schema_of(hint: Any) -> dict[str, Any]:
    origin, options = typing.get_origin(hint), typing.get_args(hint)
    if hint is Text:
        return {"$ref": "#/$defs/text"}
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [_schema_of(option) for option in options]}
    if origin is tuple:
        if options[1:] == (Ellipsis,):
            return {"type": "array", "items": _schema_of(options[0])}
        inside = [_schema_of(option) for option in options]
        size = {"minItems": len(inside), "maxItems": len(inside)}
        return {"type": "array", "prefixItems": inside, **size}
    if hint in _HINTS:
        return {"$ref": f"#/$defs/{hint.__name__.lower()}"}
    return {"type": {str: "string", int: "integer", bool: "boolean", type(None): "null"}[hint]}
