"""The templates of pages that MkDocs renders, as code, kept from one build to the next."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from duizhao.libraries import library_versions
from duizhao.store import Store


class KeptTemplates(BytecodeCache):
    """Code of templates, in the cache's `folder`.

    Jinja keeps the digest of a template's source with it.  What else it may write into the
    code, as the results of filters of constants, is `made_of`: other objects, other code.
    """

    def __init__(self, folder: Path, made_of: object) -> None:
        self._store = Store(folder / "templates")
        said = repr((library_versions(), made_of))
        self._mark = hashlib.sha256(said.encode()).digest()

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
