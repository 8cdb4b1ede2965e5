"""Names that become addresses and files: traversal, reserved names and signs are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.ground.names import file_fault, language_fault, law_id_fault
from duizhao.ground.pool import Workers
from duizhao.ground.problems import DuizhaoError
from duizhao.ground.store import Store
from duizhao.site.kept_laws import KeptLaws
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options

BAD_IDS = (
    *("", ".", "..", "../x", "a/b", "a\\b", "/etc", "C:", "con", "nul", "com1", "lpt9", "a b"),
    *("A", "a_b", "a--b", "-a", "a-", "法", "a\u202eb", "a\u200b", "a\n", "a%2fb", "a#b", "a?b"),
    *("a" * 101, "source", "search", "glossary", "pdf", "assets", "index", ".git", "a.", "{{a}}"),
)
BAD_FILES = (
    *("..", ".hidden", "-rf", "a/b", "a\\b", "a#b.txt", "a?b.txt", "a%2e.txt", "CON.txt", "nul"),
    *("a\nb.txt", "<b>.txt", 'a".txt', "a\u202etxt.exe", "[a](b).txt", "{{a}}.txt", "长" * 80),
)


@pytest.mark.parametrize("name", BAD_IDS)
def test_no_law_has_such_a_name(name: str) -> None:
    assert law_id_fault(name)


@pytest.mark.parametrize("name", BAD_FILES)
def test_no_witness_has_such_a_name(name: str) -> None:
    assert file_fault(name)


@pytest.mark.parametrize("code", ["", "..", "../en", "en/x", "EN", "e", "en\n", "{{x}}"])
def test_no_language_has_such_a_code(tiny_copy: Path, code: str) -> None:
    assert language_fault(code)
    with pytest.raises(DuizhaoError, match="unsafe-name"):
        site_from_options(Options(root=tiny_copy, languages=("zh", code)))


def test_usual_names_are_fine() -> None:
    assert not law_id_fault("xizang-community-governance")
    assert not file_fault("示例市公园管理条例（2030年）.docx")
    assert not language_fault("zh-Hant")


@pytest.mark.parametrize("file", ["../../etc/passwd", "/etc/passwd", "witnesses/../../x.txt"])
def test_no_witness_is_read_from_elsewhere(tiny_copy: Path, file: str) -> None:
    path = tiny_copy / "seeds/example-parks/edition.toml"
    source = path.read_text("utf-8").replace("witnesses/sheet.txt", file)
    path.write_text(source, encoding="utf-8")
    with pytest.raises(DuizhaoError, match="witness-outside"):
        site_from_options(Options(root=tiny_copy))


@pytest.mark.parametrize("file", ["witnesses/a\\u0000b.txt", "wit\\u0000nesses/sheet.txt"])
@pytest.mark.parametrize("keep", [True, False])
def test_a_witness_whose_name_has_a_nul_is_refused_at_its_line(
    tiny_copy: Path, tmp_path: Path, file: str, keep: bool
) -> None:
    path = tiny_copy / "seeds/example-parks/edition.toml"
    path.write_text(path.read_text("utf-8").replace("witnesses/sheet.txt", file), encoding="utf-8")
    kept = KeptLaws(store=Store(tmp_path / "kept"), program="") if keep else None
    with pytest.raises(DuizhaoError) as caught:
        site_from_options(Options(root=tiny_copy), kept)
    (problem,) = caught.value.problems
    assert problem.code == "unsafe-name"
    assert problem.position.text.startswith("file = ")


@pytest.mark.parametrize("target", ["elsewhere/sheet.txt", "seeds/.hidden"])
def test_a_law_that_is_kept_has_no_witness_from_elsewhere_either(
    tiny_copy: Path, tmp_path: Path, target: str
) -> None:
    options = Options(root=tiny_copy)
    store = KeptLaws(store=Store(tmp_path / "kept"), program="")
    with Workers() as workers:
        site_from_options(options, store, workers)
        witness = tiny_copy / "seeds/witnesses/sheet.txt"
        (tiny_copy / target).parent.mkdir(exist_ok=True)
        witness.rename(tiny_copy / target)
        witness.symlink_to(tiny_copy / target)
        said = []
        for kept in (store, None):
            with pytest.raises(DuizhaoError) as caught:
                site_from_options(options, kept, workers)
            said.append([(p.code, p.message) for p in caught.value.problems])
    assert said[0] == said[1]


def test_a_witness_that_leads_to_itself_is_missing(tiny_copy: Path) -> None:
    witness = tiny_copy / "seeds/witnesses/sheet.txt"
    witness.unlink()
    witness.symlink_to("sheet.txt")
    with pytest.raises(DuizhaoError, match="witness-missing"):
        site_from_options(Options(root=tiny_copy))
