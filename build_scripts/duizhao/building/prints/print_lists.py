"""What is printed of a law, kept as a list: a law that did not change is not laid out again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass

from duizhao.building.laws.law_work import tools
from duizhao.building.prints.print_jobs import anywhere, tools_or_fonts
from duizhao.building.whole.published import Wanted
from duizhao.languages.law import Law
from duizhao.languages.pinyin import Readings
from duizhao.languages.print_files import LawPrints, PrintFile, archive_path
from duizhao.site.kept_laws import digest_of_kind, digest_of_object
from duizhao.writers.typeset import PrintOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """A file as it is kept under `key`; `figures` are those of a `Result`."""

    key: str
    sha256: str
    figures: tuple[int, int]
    file: PrintFile


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintList:
    """The files of a law, and size and SHA-256 of their archive."""

    law_id: str
    files: tuple[Print, ...]
    archive: tuple[int, str]

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """Path, size and SHA-256 of each file that stands on the site."""
        files = ((p.file.path, p.file.size, p.sha256) for p in self.files)
        return (*files, (archive_path(self.law_id), *self.archive))

    @property
    def offered(self) -> LawPrints:
        """What the pages offer."""
        pictures = [p for p in self.files if p.file.form == "picture" and any(p.figures)]
        picture = next(iter(pictures), None)
        return LawPrints(
            files=tuple(p.file for p in self.files if p.file.form != "picture"),
            archive=archive_path(self.law_id),
            archive_size=self.archive[0],
            picture=picture.file.path if picture else "",
            picture_size=picture.figures if picture else (0, 0),
        )


def list_to_bytes(found: PrintList) -> bytes:
    """A list to be kept."""
    plain = [found.archive, [astuple(each) for each in found.files]]
    return json.dumps([found.law_id, *plain], ensure_ascii=False).encode("utf-8")


def list_from_bytes(data: bytes) -> PrintList:
    """The list that was kept."""
    law_id, (size, sha256), files = json.loads(data)
    names = list(PrintFile.__dataclass_fields__)
    return PrintList(
        law_id=law_id,
        files=tuple(
            Print(
                key=key,
                sha256=digest,
                figures=(one, two),
                file=PrintFile(**dict(zip(names, file, strict=True))),
            )
            for key, digest, (one, two), file in files
        ),
        archive=(size, sha256),
    )


def list_keys(
    laws: Iterable[Law], options: Mapping[str, PrintOptions], readings: Readings
) -> dict[str, str]:
    """What the list of each law is kept under, by its id: the digest of all that its prints are made of."""
    fonts = [tools_or_fonts(each.fonts, system=each.system_fonts) for each in options.values()]
    used = sorted((code, anywhere(each)) for code, each in options.items())
    common = repr(used), fonts, tools(), digest_of_object(readings)
    out = {}
    for law in laws:
        own = law.id, [digest_of_kind(kind, law) for kind in ("text", "translation")]
        out[law.id] = hashlib.sha256(repr((own, common)).encode()).hexdigest()
    return out
