"""The software bill of materials (CycloneDX 1.6, JSON) of what builds the site.

    python requirements/sbom.py > site.cdx.json

It is read from site.txt, so it names exactly the versions and hashes that are installed.
The same input gives the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

_PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def sbom(requirements: str) -> dict[str, object]:
    """The bill of materials of a locked requirements file."""
    components: list[dict[str, object]] = []
    hashes: list[dict[str, str]] = []
    for line in requirements.splitlines():
        if pin := _PIN.match(line):
            name, version = pin[1].lower().replace("_", "-"), pin[2]
            purl, hashes = f"pkg:pypi/{name}@{version}", []
            components.append(
                {
                    "type": "library",
                    "bom-ref": purl,
                    "name": name,
                    "version": version,
                    "purl": purl,
                    # the files that pip may choose from; one of them is installed
                    "externalReferences": [
                        {
                            "type": "distribution",
                            "url": f"https://pypi.org/project/{name}/{version}/",
                            "hashes": hashes,
                        }
                    ],
                }
            )
        hashes.extend({"alg": "SHA-256", "content": h} for h in _HASH.findall(line))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "duizhao", "name": "duizhao"}},
        "components": components,
    }


if __name__ == "__main__":
    locked = Path(__file__).with_name("site.txt").read_text(encoding="utf-8")
    sys.stdout.write(json.dumps(sbom(locked), indent=1) + "\n")
