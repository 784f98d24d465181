# SPDX-License-Identifier: Apache-2.0
"""What CI holds the answers to: floors.json, made from a run and compared with later ones."""

import json

from texts import HERE

FILE = HERE / "floors.json"
COUNTED = ["right", "cited", "wrongly_verified"]

# How far below the record a number may fall, or above it for what should be none: an answer or two
# turn with the kernel table, that is, with the machine.
MARGIN = 2


def load():
    return json.loads(FILE.read_text(encoding="utf-8"))


def counted(verdicts):
    """Ids of the answers that are right, cited, and verified though wrong."""
    return {name: sorted(verdict.id for verdict in verdicts if getattr(verdict, name)) for name in COUNTED}


def record(verdicts):
    """Keeps what came out, and the floors that follow from it, with the questions that are there."""
    kept = counted(verdicts)
    floors = {name: len(ids) + (MARGIN if name == "wrongly_verified" else -MARGIN)
              for name, ids in kept.items()}
    text = json.dumps({"questions": load()["questions"], "recorded": kept, "floors": floors}, indent=2)
    FILE.write_text(text + "\n", encoding="utf-8")


def fallen(verdicts, held):
    """One line for each number beyond its floor, with the questions that make the difference."""
    lines = []
    for name, ids in counted(verdicts).items():
        floor, before = held["floors"][name], set(held["recorded"][name])
        if name == "wrongly_verified" and len(ids) > floor:
            added = ", ".join(sorted(set(ids) - before))
            lines.append(f"{name}: {len(ids)}, at most {floor}; not before: {added}")
        elif name != "wrongly_verified" and len(ids) < floor:
            lost = ", ".join(sorted(before - set(ids)))
            lines.append(f"{name}: {len(ids)}, at least {floor}; no longer: {lost}")
    return lines
