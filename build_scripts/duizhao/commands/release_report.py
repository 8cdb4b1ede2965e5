"""The report of the release gate: for a terminal, as HTML, as JSON, as SARIF.

SARIF is OASIS 2.1.0, the form in which code hosts take findings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from duizhao.commands.release import Check
from duizhao.ground.problem_words import in_language, in_words, spoken
from duizhao.ground.problems import Problem, Severity
from duizhao.languages.ui import Interface

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_STYLE = (
    "body{font:1rem/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b1b1b;background:#fff}h2{font-size:1.1rem;margin:2rem 0 .5rem}"
    "pre{white-space:pre-wrap;background:#f4f2ec;padding:.75rem 1rem;margin:.5rem 0}"
    ".passed{color:#0a5c2b}.stopped{color:#9a1b1b}.unmade{color:#5a5a5a}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#161513}"
    "pre{background:#26241f}.passed{color:#7fd6a0}.stopped{color:#ff9d94}.unmade{color:#bbb}}"
)


def verdict(checks: Sequence[Check]) -> bool:
    """Whether the site may be published."""
    return all(check.passed for check in checks)


def _stopping(check: Check) -> list[Problem]:
    return [p for p in check.problems if p.severity is not Severity.INFO]


def _state(ui: Interface, check: Check) -> str:
    if not check.made:
        return ui("not checked")
    found = len(_stopping(check))
    return ui.plural("{n} finding", "{n} findings", found) if found else ui("passed")


def _summary(ui: Interface, checks: Sequence[Check]) -> str:
    if verdict(checks):
        return ui("Nothing stands in the way of publication.")
    reasons = []
    if found := sum(len(_stopping(check)) for check in checks):
        reasons.append(ui.plural("{n} finding", "{n} findings", found))
    if unmade := sum(not check.made for check in checks):
        reasons.append(ui.plural("{n} check not made", "{n} checks not made", unmade))
    return ui("Do not publish yet: {reasons}.", reasons=ui("list separator").join(reasons))


def _in(ui: Interface, problems: Sequence[Problem]) -> list[Problem]:
    """Findings in the language of the report."""
    return [in_language(problem, ui.language) for problem in problems]


def report_text(ui: Interface, checks: Sequence[Check]) -> str:
    """Lines for a terminal: each check, what it found and what to do, the verdict last."""
    out = []
    for check in checks:
        sign = "✓" if check.passed else "✗" if check.made else "–"
        line = ui("{check}: {state}", check=ui(check.name), state=_state(ui, check))
        out.append(f"{sign} {line}")
        for problem in check.problems:
            out.extend(f"    {line}" for line in spoken(problem, ui.language).splitlines())
    out.append(_summary(ui, checks))
    return "\n".join(out)


def report_html(ui: Interface, checks: Sequence[Check]) -> str:
    """One page that needs nothing else."""
    title = escape(ui("Before publication"))
    out = [
        f'<!doctype html><html lang="{ui.tag}" dir="{ui.direction}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main><h1>{title}</h1>",
        f"<p><strong>{escape(_summary(ui, checks))}</strong></p>",
    ]
    for check in checks:
        state = "passed" if check.passed else "stopped" if check.made else "unmade"
        name, words = escape(ui(check.name)), escape(_state(ui, check))
        out.append(f'<section><h2>{name}: <span class="{state}">{words}</span></h2>')
        out.extend(
            f"<pre>{escape(spoken(problem, ui.language))}</pre>" for problem in check.problems
        )
        out.append("</section>")
    out.append("</main></body></html>")
    return "\n".join(out)


def report_json(ui: Interface, checks: Sequence[Check]) -> str:
    """The checks and their findings as JSON."""
    return json.dumps(
        {
            "publish": verdict(checks),
            "summary": _summary(ui, checks),
            "checks": [
                {
                    "name": ui(check.name),
                    "made": check.made,
                    "passed": check.passed,
                    "findings": [
                        {
                            "code": p.code,
                            "severity": str(p.severity),
                            "file": p.position.file,
                            "line": p.position.line,
                            "column": p.position.column,
                            "message": p.message,
                            "hint": p.hint,
                        }
                        for p in _in(ui, check.problems)
                    ],
                }
                for check in checks
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def report_sarif(ui: Interface, checks: Sequence[Check]) -> str:
    """SARIF 2.1.0: a rule for each code, a result for each finding."""
    problems = [p for check in checks for p in _in(ui, check.problems)]
    codes = sorted({p.code for p in problems})
    unmade = [ui(check.name) for check in checks if not check.made]
    run = {
        "tool": {"driver": {"name": "duizhao", "rules": [{"id": code} for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not unmade,
                "toolExecutionNotifications": [
                    {"level": "warning", "message": {"text": f"{name}: {ui('not checked')}"}}
                    for name in unmade
                ],
            }
        ],
        "results": [_result(p, codes, in_words("Do: {0}", ui.language)) for p in problems],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    report = {"$schema": schema, "version": "2.1.0", "runs": [run]}
    return json.dumps(report, ensure_ascii=False, indent=1)


def _result(problem: Problem, codes: list[str], remedy: str) -> dict[str, object]:
    at = problem.position
    place: dict[str, object] = {"artifactLocation": {"uri": quote(at.file)}}
    if at.line:
        place["region"] = {"startLine": at.line} | ({"startColumn": at.column} if at.column else {})
    words = problem.message + (f" {remedy.format(problem.hint)}" if problem.hint else "")
    return {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": _LEVELS[problem.severity],
        "message": {"text": words},
        "locations": [{"physicalLocation": place}],
    }


REPORTS = {
    "text": report_text,
    "html": report_html,
    "json": report_json,
    "sarif": report_sarif,
}
