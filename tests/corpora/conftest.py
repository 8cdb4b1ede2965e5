"""Where the collections of laws are: test material that is no part of this project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder with regulations/, versions/ and docx/; a test that wants it is skipped without."""
    folder = Path(os.environ.get("DUIZHAO_CORPORA") or ROOT.parent / "shared" / "corpora")
    if not (folder / "regulations").is_dir():
        pytest.skip(f"no collection of laws at {folder} (DUIZHAO_CORPORA names another place)")
    return folder
