#!/usr/bin/env python3
"""Writes one CSV file per gauge and day for the hydrographic service.

The service wants metres with three decimals, times in UTC, and a semicolon between the fields.
"""

import argparse
import csv
import datetime
import pathlib
import sqlite3

FIELD_SEPARATOR = ";"
MILLIMETRES_PER_METRE = 1000
# The service rejects files with fewer readings than this; a day has 4320.
MIN_READINGS_PER_DAY = 3900


def readings_of_day(database, gauge, day):
    """Yields (time, millimetres) of one UTC day, oldest first."""
    begin = datetime.datetime.combine(day, datetime.time.min, datetime.timezone.utc)
    end = begin + datetime.timedelta(days=1)
    query = "SELECT time, level FROM reading WHERE gauge = ? AND time >= ? AND time < ? ORDER BY time"
    yield from database.execute(query, (gauge, begin.timestamp(), end.timestamp()))


def file_name(gauge, day):
    """The name the service asks for: station code RVS, gauge, date."""
    return f"RVS_{gauge}_{day:%Y%m%d}.csv"


def export_day(database, gauge, day, folder):
    """Writes the file and returns its path, or None when the day has too many gaps."""
    rows = list(readings_of_day(database, gauge, day))
    if len(rows) < MIN_READINGS_PER_DAY:
        return None
    path = folder / file_name(gauge, day)
    with path.open("w", newline="", encoding="ascii") as file:
        writer = csv.writer(file, delimiter=FIELD_SEPARATOR)
        writer.writerow(["time_utc", "level_m"])
        for time, level in rows:
            stamp = datetime.datetime.fromtimestamp(time, datetime.timezone.utc)
            writer.writerow([stamp.isoformat(), f"{level / MILLIMETRES_PER_METRE:.3f}"])
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--day", type=datetime.date.fromisoformat, default=datetime.date.today())
    arguments = parser.parse_args()
    with sqlite3.connect(arguments.database) as database:
        for gauge in ("north", "lock", "market"):
            path = export_day(database, gauge, arguments.day, arguments.folder)
            print(f"{gauge}: {path if path else 'too many gaps, not written'}")


if __name__ == "__main__":
    main()
