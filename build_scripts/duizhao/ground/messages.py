"""Finds the words of the interface and of problems in Python, for Babel (`make messages`).

Babel's own extractor reads tokens and misses calls inside f-strings; these read the
syntax tree.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import IO, Any

Found = tuple[int, str, str | tuple[str, ...], list[str]]
#: Calls whose arguments people read: problems, what makes them, and marked fragments.
SAID = frozenset(
    [
        "error",
        "warning",
        "finding",
        "finding_at",
        "Problem",
        "Finding",
        "phrase",
        "said",
        "refusal",
        "refused",
        "_found",
        "_fault",
        "_problem",
        "_refused",
        "_unreadable",
        "_row",
        "_wrong_law",
        "structure",
        "replace",
        "add",
    ]
)
#: Where an argument is given by name, the names of those that people read.
_NAMED = frozenset(["message", "hint", "says", "remedy", "help"])
_DEEPEST = 6  # expressions within expressions
_BRACE = re.compile(r"[{](?!\d[}])|(?<![{]\d)[}]")
#: Calls that mark words of any kind, single words as well.
_MARKS = frozenset(("phrase", "said"))


def extract(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Found]:
    """Each call of a keyword with literal strings: (line, keyword, strings, comments).

    The signature is that of a Babel extraction method; `ui("…")` counts as well as
    `view.ui("…")`.
    """
    del comment_tags, options
    for node in ast.walk(ast.parse(fileobj.read())):
        if not isinstance(node, ast.Call):
            continue
        name = _name(node)
        strings = tuple(
            arg.value
            for arg in node.args
            if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        )
        if name in keywords and strings:
            yield node.lineno, name, strings if len(strings) > 1 else strings[0], []


def extract_said(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Found]:
    """Each sentence of a problem as a template, `{0}` for its first value, and so on.

    A name stands for whatever the function or module gives it; a condition for both its
    branches, each a template of its own where the condition is a value of another.
    """
    del keywords, comment_tags, options
    tree = ast.parse(fileobj.read())
    scopes = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    for scope in (tree, *scopes):
        given = _given(tree) | _given(scope)
        for node in ast.walk(scope):
            for argument in _said_in(node):
                for template in _templates(argument, given):
                    marked = isinstance(node, ast.Call) and _name(node) in _MARKS
                    if _is_sentence(template) or (marked and _has_letters(template)):
                        yield argument.lineno, "said", template, []


def _said_in(node: ast.AST) -> list[ast.expr]:
    """What people read of a call, or of a yielded pair of message and hint."""
    if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
        return list(node.value.elts)
    if not isinstance(node, ast.Call):
        return []
    named = [k.value for k in node.keywords if k.arg in _NAMED]
    if _name(node) not in SAID:
        return [k.value for k in node.keywords if k.arg == "help"]
    if _name(node) == "add":  # a command: name, what runs it, summary, example
        return [*node.args[1:-1], *named]
    return [*named, *([] if _name(node) == "replace" else node.args)]


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _is_sentence(template: str) -> bool:
    """Whether people read it: a code has no space, a value of its own no letter."""
    return (
        " " in template
        and "\n" not in template
        and (_has_letters(template) or template.startswith("{0}: {1}"))
    )


def _has_letters(template: str) -> bool:
    return any(c.isascii() and c.isalpha() for c in template)


def _given(scope: ast.AST) -> dict[str, list[ast.expr]]:
    """What each name is given in a scope."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                _pair(target, node.value, found)
    return found


def _pair(target: ast.expr, value: ast.expr, found: dict[str, list[ast.expr]]) -> None:
    if isinstance(target, ast.Name):
        found.setdefault(target.id, []).append(value)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, each in zip(target.elts, value.elts, strict=False):
            _pair(one, each, found)


def _templates(
    node: ast.expr, given: Mapping[str, list[ast.expr]], depth: int = 0
) -> Iterator[str]:
    if (whole := _whole(node)) is not None:
        yield whole
    if depth < _DEEPEST:
        for part in _inner(node, given):
            yield from _templates(part, given, depth + 1)


def _inner(node: ast.expr, given: Mapping[str, list[ast.expr]]) -> Iterable[ast.expr]:
    """The expressions that an expression may have the value of, or has as a part."""
    match node:
        case ast.Name(id=name):
            return given.get(name, ())
        case ast.IfExp(body=body, orelse=orelse):
            return body, orelse
        case ast.BoolOp(values=values) | ast.Dict(values=values):
            return values
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return elements
        case ast.BinOp(left=left, right=right):
            return [side for side in (left, right) if _whole(side) is None]
        case ast.Subscript(value=value):
            return (value,)
        case ast.JoinedStr(values=values):
            inner = [part.value for part in values if isinstance(part, ast.FormattedValue)]
            return [part for part in inner if not _is_counted(part)]
    return ()


def _whole(node: ast.expr) -> str | None:
    """A literal as a template, or None."""
    parts = _parts(node)
    if parts is None:
        return None
    written, values = "", 0
    for part in parts:
        if part is None:
            written += f"{{{values}}}"
            values += 1
        else:
            written += _BRACE.sub(r"\g<0>\g<0>", part)
    return written


def _is_counted(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and _name(node) == "counted"


def _pieces(part: ast.expr) -> list[str | None]:
    """The pieces of a part of an f-string: what is counted stands in its plural."""
    if isinstance(part, ast.Constant):
        return [str(part.value)]
    value = part.value if isinstance(part, ast.FormattedValue) else part
    return (_parts(value) if _is_counted(value) else None) or [None]


def _parts(node: ast.expr) -> list[str | None] | None:
    """The pieces of a literal, None for a value; None where it is no literal."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return [piece for part in node.values for piece in _pieces(part)]
    if isinstance(node, ast.Call) and _name(node) == "counted":
        many = node.args[-1]
        return [None, f" {many.value!s}"] if isinstance(many, ast.Constant) else None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _parts(node.left), _parts(node.right)
        if left is None and right is None:
            return None
        return [*(left or [None]), *(right or [None])]
    return None
