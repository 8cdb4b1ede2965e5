"""At which part a law lies: by a rule, not a table, so that a page can work it out.

Rendezvous hashing (Thaler and Ravishankar 1998) over the numbers of the parts: each part
bids for each key, the highest bid has it.  So

- a key lies where it lies, whatever other keys there are;
- a further part takes some keys from the others, and nothing else moves;
- an address may be exchanged for another without moving anything.

`templates/site/sites.js` does the same in a browser.
"""

from __future__ import annotations


def part_of(key: str, parts: int) -> int:
    """The number of the part, from 1 to `parts`, that a key lies at."""
    return max(range(1, parts + 1), key=lambda number: (_bid(number, key), -number))


def _bid(number: int, key: str) -> int:
    """What a part bids for a key, 32 bits: FNV-1a over UTF-8, mixed as MurmurHash3 ends."""
    value = 0x811C9DC5
    for byte in f"{number} {key}".encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        value = (value ^ value >> shift) * factor & 0xFFFFFFFF
    return value ^ value >> 16
