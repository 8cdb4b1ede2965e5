"""The Nu HTML checker on every kind of page; needs Java, so `make test-external` runs it."""

from __future__ import annotations

import json
import os
import subprocess

import pytest
from tests.site.conftest import Site

pytestmark = pytest.mark.external

KINDS = (
    "index.html",
    "404.html",
    "zh/index.html",
    "en/index.html",
    "zh/xizang-community-governance/index.html",
    "zh/xizang-community-governance/chapter-3/index.html",
    "en/xizang-business-environment/chapter-2/index.html",
    "en/xizang-business-environment/about/index.html",
    "zh/source/newspaper-page/index.html",
    "en/glossary/index.html",
    "zh/search/index.html",
    "en/quote/index.html",
    "en/policy/index.html",
)


def test_every_kind_of_page_is_valid_html(site: Site) -> None:
    jar = os.environ.get("DUIZHAO_VNU", "")
    assert jar, "DUIZHAO_VNU names no checker: run `make test-external`"
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "json", *(str(site.folder / name) for name in KINDS)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stderr)["messages"]
    faults = [
        f"{message['url'].rpartition(site.folder.name)[2]}:{message.get('lastLine')}"
        f" {message['message']} {message.get('extract', '')}"
        for message in found
        if message["type"] == "error"
    ]
    assert faults == []
