#!/usr/bin/env python3
"""Finds the gaps in the stored readings of a gauge and says how long they were."""

import argparse
import sqlite3

# Two readings further apart than this many seconds have a gap between them.
GAP_SECONDS = 90
# Gaps on this list were explained by Tomasz and are not reported again.
KNOWN_GAPS = {
    ("lock", 1704449400): "cable chewed by a rat",
    ("market", 1706688000): "cellar pumped out, gauge switched off",
}


def find_gaps(times, limit=GAP_SECONDS):
    """Pairs of neighbouring times that are more than `limit` apart."""
    return [(a, b) for a, b in zip(times, times[1:]) if b - a > limit]


def describe(gauge, begin, end):
    minutes = (end - begin) / 60
    reason = KNOWN_GAPS.get((gauge, begin))
    return f"{gauge}: {minutes:.0f} minutes from {begin}" + (f" ({reason})" if reason else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database")
    parser.add_argument("gauge", choices=["north", "lock", "market"])
    parser.add_argument("--all", action="store_true", help="report known gaps as well")
    arguments = parser.parse_args()
    with sqlite3.connect(arguments.database) as database:
        query = "SELECT time FROM reading WHERE gauge = ? ORDER BY time"
        times = [row[0] for row in database.execute(query, (arguments.gauge,))]
    for begin, end in find_gaps(times):
        if arguments.all or (arguments.gauge, begin) not in KNOWN_GAPS:
            print(describe(arguments.gauge, begin, end))


if __name__ == "__main__":
    main()
