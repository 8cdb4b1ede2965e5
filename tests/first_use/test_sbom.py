"""The bill of materials names every locked package once, with its hashes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_bill_of_materials_is_that_of_the_lock() -> None:
    script = ROOT / "requirements/sbom.py"
    shown = subprocess.run([sys.executable, str(script)], capture_output=True, check=True).stdout
    bill = json.loads(shown)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    locked = (ROOT / "requirements/site.txt").read_text("utf-8")
    pins = re.findall(r"^([a-z0-9_.-]+)==([^ ;]+)", locked, re.MULTILINE)
    assert {(c["name"], c["version"]) for c in bill["components"]} == set(pins)
    hashes = sum(len(c["externalReferences"][0]["hashes"]) for c in bill["components"])
    assert hashes == locked.count("--hash=sha256:")
