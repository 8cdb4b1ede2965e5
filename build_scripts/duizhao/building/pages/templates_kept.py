"""The templates of pages as code, kept from one build to the next."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from duizhao.building.laws.law_work import tools
from duizhao.ground.store import Store


class KeptTemplates(BytecodeCache):
    """Code of templates, in the cache's `folder`.

    Jinja keeps the digest of a template's source with it.  How filters are called, and what
    its own make of constants, stands in the code too; not what ours make, which are given the
    context.
    """

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder / "templates")
        self._mark = hashlib.sha256(tools().encode()).digest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept, if it is whole and made of the same."""
        data = self._store.get(_kept_as(bucket)) or b""
        if data.startswith(self._mark):
            bucket.bytecode_from_string(data.removeprefix(self._mark))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._store.put(_kept_as(bucket), self._mark + bucket.bytecode_to_string())


def _kept_as(bucket: Bucket) -> str:
    return hashlib.sha256(bucket.key.encode()).hexdigest()
