"""A print that is kept is taken only whole."""

from pathlib import Path

import pytest

from duizhao.building.prints.print_jobs import Result
from duizhao.building.prints.prints import _cached, _store
from duizhao.ground.store import Store


@pytest.mark.parametrize("damage", [b"", b"garbage", b"\x00" * 40, None])
def test_a_damaged_print_is_set_again(tmp_path: Path, damage: bytes | None) -> None:
    whole = Result(data=b"%PDF-1.7 whole", figures=(1, 0))
    _store(Store(tmp_path), "key", whole)
    (path,) = tmp_path.iterdir()
    assert _cached(Store(tmp_path), "key") == whole
    path.write_bytes(path.read_bytes()[:-3] if damage is None else damage)
    assert _cached(Store(tmp_path), "key") is None
