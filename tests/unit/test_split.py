"""A divided site: what lies where, what links become, what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.chinese import english_left
from tests.divided import AT, build, built
from tests.scale.sites import files_of, write_law

from duizhao.building.whole.web.feed import MOST
from duizhao.cli.main import main
from duizhao.commands.split.divide import divide
from duizhao.commands.split.layout import EACH, ROOT, Layout
from duizhao.commands.split.links import check_between
from duizhao.commands.split.pages import Rewriter
from duizhao.commands.split.rule import part_of
from duizhao.commands.verify import check_inputs, check_outputs, manifest_in
from duizhao.ground.problems import DuizhaoError

KEYS = [f"law-{n}" for n in range(3000)] + ["示例", "city-parks-2024"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("divided") / "made", 4)


@pytest.fixture(scope="module")
def divided(site: Path) -> Path:
    divide(site, site.parent / "sites", AT)
    return site.parent / "sites"


# --- the rule ---


def test_a_further_part_takes_from_the_others_and_nothing_else_moves() -> None:
    for parts in range(1, 6):
        before = {key: part_of(key, parts) for key in KEYS}
        after = {key: part_of(key, parts + 1) for key in KEYS}
        moved = {key for key in KEYS if before[key] != after[key]}
        assert {after[key] for key in moved} == {parts + 1}
        assert len(moved) == pytest.approx(len(KEYS) / (parts + 1), rel=0.12)


def test_the_rule_is_for_ever() -> None:
    """Published addresses hang on it."""
    found = {key: part_of(key, 3) for key in ("law-1", "law-2", "law-4", "示例", "a")}
    assert found == {"law-1": 2, "law-2": 1, "law-4": 3, "示例": 1, "a": 3}


# --- what lies where ---

LAYOUT = Layout(addresses=AT, languages=("zh", "en"), laws=frozenset(("law-1", "law-2")))


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("index.html", ROOT), ("en/index.html", ROOT), ("en/search/index.html", ROOT),
        ("en/law-1/chapter-1/index.html", 2), ("en/law-1", 2), ("zh/law-1/", 2),
        ("en/law-2/index.html", 1), ("data/law-2/law-2.bib", 1), ("pdf/law-1/law-1.zh.pdf", 2),
        ("data/index.json", ROOT), ("data/laws.sqlite", ROOT), ("en/law-3/index.html", ROOT),
        ("zh/source/law-1/index.html", 2), ("en/source/", ROOT), ("assets/search/index.js", ROOT),
        ("assets/search", ROOT), ("assets/search.js", EACH), ("assets/cards/law-1.png", 2),
        ("assets/cards/site.png", EACH), ("assets/duizhao.css", EACH), ("404.html", EACH),
        ("en/offline/index.html", EACH), ("offline/site.zip", ROOT), ("", ROOT),
    ],
)  # fmt: skip
def test_whose_a_path_is(path: str, owner: int) -> None:
    assert LAYOUT.owner(path) == owner


# --- links and addresses ---


@pytest.mark.parametrize(
    ("link", "becomes"),
    [
        ('<a href="../chapter-2/#art_3">', None),
        ('<a href="#art_3">', None),
        ('<a href="https://elsewhere.example/en/law-2/">', None),
        ('<a href="mailto:a@law.example">', None),
        ('<script src="../../../assets/a.js?1"></script>', None),
        ('<a href="../../offline/">', None),
        ('<a title="../../law-2/" data-x="../../law-2/">', None),
        ('<!-- <a href="../../law-2/"> -->', None),
        ("<script>x = '<a href=\"../../law-2/\">'</script>", None),
        ('<a href="../../law-2/#art_1">', '<a href="https://law.example/one/en/law-2/#art_1">'),
        ("<a href='../../law-2/'>", '<a href="https://law.example/one/en/law-2/">'),
        ("<a href=../../law-2/>", '<a href="https://law.example/one/en/law-2/">'),
        ('<a class="r"\n href="../../law-2/?a=1&amp;b=2">',
         '<a class="r"\n href="https://law.example/one/en/law-2/?a=1&amp;b=2">'),
        ('<a href="../../">', '<a href="https://law.example/en/">'),
        ('<a href="../../../">', '<a href="https://law.example/">'),
        ('<form action="../../search/">', '<form action="https://law.example/en/search/">'),
        ('<meta http-equiv="refresh" content="0; url=../../law-2/">',
         '<meta http-equiv="refresh" content="0; url=https://law.example/one/en/law-2/">'),
        ('<link href="https://law.example/en/law-1/">', '<link href="https://two.example/laws/en/law-1/">'),
        ('<link href="https://law.example/en/">', None),
        ('<script type="application/ld+json">{"url": "https://law.example/zh/law-2/#x"}</script>',
         '<script type="application/ld+json">{"url": "https://law.example/one/zh/law-2/#x"}</script>'),
        ('<p class="printed">https://law.example/en/law-1/</p>',
         '<p class="printed">https://two.example/laws/en/law-1/</p>'),
        ('<p>https://law.example/en/law-1/</p>', None),  # the words of a law
        ('<a href="https://law.example/en/law-1/">https://law.example/en/law-1/</a>',
         '<a href="https://two.example/laws/en/law-1/">https://two.example/laws/en/law-1/</a>'),
    ],
)  # fmt: skip
def test_links_of_a_page_at_a_part(link: str, becomes: str | None) -> None:
    page = Rewriter(layout=LAYOUT, here=2)
    assert page.page("en/law-1/chapter-1/index.html", link) == (
        link if becomes is None else becomes
    )


def test_the_policy_lets_search_lead_to_another_origin_only() -> None:
    policy = "<meta content=\"form-action 'self'; base-uri 'none'\">"
    there = "<meta content=\"form-action 'self' https://law.example/; base-uri 'none'\">"
    for here, expected in ((0, policy), (1, policy), (2, there)):
        assert Rewriter(layout=LAYOUT, here=here).page("en/law-1/index.html", policy) == expected


# --- the division ---


def test_every_file_is_somewhere_once_and_no_law_twice(site: Path, divided: Path) -> None:
    made = {path: set(files_of(divided / path)) for path in ("root", "part-1", "part-2")}
    anew = {p for some in made.values() for p in some if p.startswith(("offline/", "sitemap"))}
    everywhere = set.intersection(*made.values())
    told = set(files_of(site)) - {p for p in files_of(site) if p.startswith("offline/")}
    assert set.union(*made.values()) - anew == (told | {"assets/sites.js"}) - {"sitemap.xml"}
    for one, other in (("root", "part-1"), ("root", "part-2"), ("part-1", "part-2")):
        twice = made[one] & made[other] - everywhere - anew
        assert not twice
    shared = {p.partition("/")[0] for p in everywhere if not p.startswith(("zh/", "en/"))}
    assert shared == {"404.html", "assets", "index.html", "manifest.json", "offline", "robots.txt", "sitemap.xml", "sw.js"}  # fmt: skip
    pages = {p for p in everywhere if p.startswith(("zh/", "en/"))}
    assert pages == {f"{code}/{p}index.html" for code in ("zh", "en") for p in ("", "offline/")}
    assert not any("/law-" in path for path in made["root"] - anew)
    for part, laws in (("part-1", {"law-2", "law-4"}), ("part-2", {"law-1", "law-3"})):
        for folder in ("zh/", "en/", "data/"):
            found = {p.split("/")[1] for p in made[part] if p.startswith(f"{folder}law-")}
            assert found == laws


def test_each_site_holds_to_its_manifest_and_site_map(divided: Path) -> None:
    for folder, address in zip(("root", "part-1", "part-2"), AT, strict=True):
        manifest = manifest_in(divided / folder)
        assert list(check_outputs(divided / folder, manifest)) == []
        assert list(check_inputs(divided.parent, manifest)) == []
        assert manifest["options"]["site_url"] == address
        text = (divided / folder / "sitemap.xml").read_text("utf-8")
        pages = [part.partition("</loc>")[0] for part in text.split("<loc>")[1:]]
        assert pages
        for page in pages:
            assert (divided / folder / page.removeprefix(address) / "index.html").is_file()
        assert f"Sitemap: {address}sitemap.xml" in (divided / folder / "robots.txt").read_text()
        worker = (divided / folder / "sw.js").read_text("utf-8")
        assert "assets/sites.js" in worker


def test_no_address_names_a_law_where_it_is_not(divided: Path) -> None:
    """Read as bytes, without the program that wrote them; archives keep the root's."""
    for path, data in files_of(divided).items():
        if path.endswith((".zip", ".epub", "sw.js")):
            continue
        for law, address in (("law-2", AT[1]), ("law-1", AT[2])):
            for wrong in {*AT} - {address}:
                for code in ("zh", "en"):
                    assert f"{wrong}{code}/{law}/".encode() not in data, path
    feed = (divided / "root/en/feed.xml").read_text("utf-8")
    assert f"<id>{AT[0]}en/feed.xml</id>" in feed
    (part,) = (divided / "root/llms").iterdir()
    assert f"({AT[1]}en/law-2/)" in part.read_text("utf-8")
    archive = (divided / "root/en/feed-2025-1.xml").read_text("utf-8")
    assert archive.count(f"<id>{AT[2]}en/law-1/about/#history_c") == MOST


def test_the_page_of_a_renamed_law_lies_where_its_old_name_is_looked_for(divided: Path) -> None:
    assert (part_of("ponds", 2), part_of("law-1", 2)) == (1, 2)
    moved = (divided / "part-1/en/ponds/index.html").read_text("utf-8")
    assert f'<a href="{AT[2]}en/law-1/">' in moved
    assert f'content="0; url={AT[2]}en/law-1/"' in moved
    assert f'<link rel="canonical" href="{AT[2]}en/law-1/">' in moved


def test_lists_of_data_say_where_a_law_is(divided: Path) -> None:
    index = json.loads((divided / "root/data/index.json").read_bytes())
    bases = {law["id"]: law["base"] for law in index["laws"]}
    assert bases == {"law-1": AT[2], "law-2": AT[1], "law-3": AT[2], "law-4": AT[1]}
    for law in index["laws"]:
        folder = "part-1" if law["base"] == AT[1] else "part-2"
        for each in law["files"]:
            assert (divided / folder / each["path"]).stat().st_size == each["bytes"]
    table = json.loads((divided / "root/data/redirects.json").read_bytes())
    assert [(law["from"], law["base"]) for law in table["laws"]] == [("ponds", AT[2])]
    assert main(["verify", str(divided / "part-2/data/law-1/law-1.zh-en.epub")]) == 0


def test_the_same_site_gives_the_same_bytes(site: Path, divided: Path, tmp_path: Path) -> None:
    divide(site, tmp_path / "again", AT)
    assert files_of(tmp_path / "again") == files_of(divided)


def test_a_new_law_moves_no_other_and_changes_no_page_of_theirs(
    site: Path, divided: Path, tmp_path: Path
) -> None:
    ours = shutil.ignore_patterns("site", "sites")
    root = Path(shutil.copytree(site.parent, tmp_path / "made", ignore=ours))
    write_law(root, 5)
    new = build(root, tmp_path / "site")
    divide(new, tmp_path / "sites", AT)
    before, after = files_of(divided), files_of(tmp_path / "sites")
    laws = {p for p in before if p.startswith("part-") and "/law-" in p and "/offline/" not in p}
    assert len(laws) > 40
    assert [path for path in laws if before[path] != after.get(path)] == []
    assert any("/law-5/" in path for path in after)


# --- what is refused ---


@pytest.mark.parametrize(
    ("at", "codes"),
    [
        (AT[:1], ["split-address"]),
        ((AT[0], "https://law.example/one"), ["split-address"]),
        ((AT[0], "ftp://law.example/one/"), ["split-address"]),
        ((AT[0], "one/"), ["split-address"]),
        ((AT[0], "https://law.example/a b/"), ["split-address"]),
        ((AT[0], "https://law.example/?a/"), ["split-address"]),
        ((AT[0], AT[1], AT[1].upper().replace("HTTPS", "https")), ["split-address"]),
        ((AT[0], "https://law.example/en/"), ["split-address"]),
        ((AT[1], AT[0]), ["split-site"]),
    ],
)
def test_addresses_that_will_not_do(
    site: Path, tmp_path: Path, at: tuple[str, ...], codes: list[str]
) -> None:
    with pytest.raises(DuizhaoError) as caught:
        divide(site, tmp_path / "sites", at)
    assert [p.code for p in caught.value.problems] == codes
    for problem in caught.value.problems:
        assert problem.hint
        assert english_left(problem) == []
    assert list(tmp_path.iterdir()) == []


def _refused(site: Path, out: Path) -> list[str]:
    with pytest.raises(DuizhaoError) as caught:
        divide(site, out, AT)
    for problem in caught.value.problems:
        assert english_left(problem) == []
    return [p.code for p in caught.value.problems]


def test_folders_that_will_not_do(site: Path, divided: Path, tmp_path: Path) -> None:
    assert _refused(tmp_path, tmp_path / "out") == ["manifest-unreadable"]
    assert _refused(divided / "root", tmp_path / "out") == ["split-site"]
    assert _refused(site, site / "sites") == ["split-out"]
    assert _refused(site, site.parent) == ["split-out"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("keep", encoding="utf-8")
    assert _refused(site, tmp_path / "mine") == ["split-out"]
    assert (tmp_path / "mine/letter.txt").read_text("utf-8") == "keep"


def test_a_failed_division_leaves_the_one_before(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    divide(site, tmp_path / "sites", AT)
    before = files_of(tmp_path / "sites")

    def misled(self: Rewriter, path: str, value: str) -> str:
        return value.replace("../../law-1/", f"{AT[2]}en/law-1/nowhere/")

    monkeypatch.setattr(Rewriter, "_moved", misled)
    monkeypatch.setattr("duizhao.commands.split.before.code_digest", lambda: "another program")
    with pytest.raises(DuizhaoError) as caught:
        divide(site, tmp_path / "sites", AT)
    assert {p.code for p in caught.value.problems} == {"dead-link"}
    assert files_of(tmp_path / "sites") == before
    assert [path.name for path in tmp_path.iterdir()] == ["sites"]


@pytest.mark.parametrize("link", ["https://two.example/laws/en/law-1/#art_99", "/laws/assets/x.js"])
def test_a_dead_link_of_the_page_of_missing_addresses_is_found(
    divided: Path, tmp_path: Path, link: str
) -> None:
    sites = Path(shutil.copytree(divided, tmp_path / "sites"))
    assert list(check_between(sites, AT)) == []
    page = sites / "part-2/404.html"
    tag = f'<a href="{link}">x</a>' if "#" in link else f'<script src="{link}"></script>'
    page.write_text(page.read_text("utf-8").replace("</main>", f"{tag}</main>"), "utf-8")
    (problem,) = check_between(sites, AT)
    assert (problem.code, problem.position.file) == ("dead-link", "part-2/404.html")


def test_a_site_that_was_changed_is_not_divided(site: Path, tmp_path: Path) -> None:
    page = site / "en/law-1/index.html"
    sound = page.read_bytes()
    page.write_bytes(sound + b"<!-- -->")
    try:
        assert _refused(site, tmp_path / "sites") == ["output-changed"]
    finally:
        page.write_bytes(sound)


def test_the_command_says_what_lies_where(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["split", str(site), "--out", str(tmp_path / "sites"), "--at", *AT]) == 0
    told = capsys.readouterr().err.splitlines()
    assert [line.split("  ")[1] for line in told[:3]] == list(AT)
    assert "2 laws" in told[1]
    assert told[3] == "every link within and between the sites checked"


# --- divided again: what stays as it is stays, and the bytes are those of a first division ---


def _states(folder: Path) -> dict[str, tuple[int, int]]:
    """Number and time of each file: whether it was written again."""
    states = ((path.relative_to(folder), path.stat()) for path in folder.rglob("*"))
    return {
        path.as_posix(): (state.st_ino, state.st_mtime_ns)
        for path, state in states
        if not (folder / path).is_dir()
    }


def test_what_stays_as_it_is_is_neither_read_nor_written_again(
    site: Path, divided: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, read = tmp_path / "sites", list[str]()
    divide(site, out, AT)
    before = _states(out)
    page = Rewriter.page

    def noted(self: Rewriter, path: str, html: str) -> str:
        read.append(path)
        return page(self, path, html)

    monkeypatch.setattr(Rewriter, "page", noted)
    divide(site, out, AT)
    after = _states(out)
    assert files_of(out) == files_of(divided)
    assert read == []
    written = {path for path, state in after.items() if before[path] != state}
    assert written == {f"{part}/manifest.json" for part in ("root", "part-1", "part-2")}


def test_what_was_changed_is_made_again_and_nothing_else(
    site: Path, divided: Path, tmp_path: Path
) -> None:
    """In the site, or by hand in a part."""
    ours = shutil.ignore_patterns("site", "sites")
    root = Path(shutil.copytree(site.parent, tmp_path / "made", ignore=ours))
    new, out = build(root, tmp_path / "site"), tmp_path / "sites"
    divide(new, out, AT)
    assert files_of(out) == files_of(divided)
    before = _states(out)
    by_hand = next(out.glob("part-*/zh/law-2/index.html"))
    by_hand.write_bytes(by_hand.read_bytes() + b"x")
    change = 'id = "c"\ndate = 2025-01-01\nkind = "text"\nzh = "改"\n'
    (root / "seeds/law-3/history.toml").write_text(f"[[change]]\n{change}", encoding="utf-8")
    divide(build(root, tmp_path / "site"), out, AT)
    divide(tmp_path / "site", tmp_path / "fresh", AT)
    assert files_of(out) == files_of(tmp_path / "fresh")
    kept = {path for path, state in _states(out).items() if before.get(path) == state}
    assert {f"part-{n}/en/law-3/about/index.html" for n in (1, 2)}.isdisjoint(kept)
    assert by_hand.relative_to(out).as_posix() not in kept
    assert len([path for path in kept if "/law-1/" in path]) > 10


def test_another_address_changes_what_names_it_alone(
    site: Path, divided: Path, tmp_path: Path
) -> None:
    out, other = tmp_path / "sites", (*AT[:2], "https://three.example/")
    divide(site, out, AT)
    before = _states(out)
    divide(site, out, other)
    divide(site, tmp_path / "fresh", other)
    assert files_of(out) == files_of(tmp_path / "fresh")
    kept = {path for path, state in _states(out).items() if before[path] == state}
    assert len(kept) > len(before) // 4
