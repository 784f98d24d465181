#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores answers of `throughline ask --questions` against what the questions file expects.

Usage: score_answers.py questions.jsonl answers.jsonl
A look is right when it says one of the `expect` strings; a citation is right when it names `file`.
"""

import json
import re
import sys


def read_lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def says(answer, expected):
    """True where one of the expected strings stands in the answer as whole words."""
    words = [" ".join(re.findall(r"[\w.:,]*\w", text.lower())) for text in [answer, *expected]]
    return any(f" {word} " in f" {words[0]} " for word in words[1:])


def main():
    questions = {q["id"]: q for q in read_lines(sys.argv[1])}
    answers = read_lines(sys.argv[2])
    totals = dict.fromkeys(["right", "first look right", "file cited", "both", "verified"], 0)
    for answer in answers:
        question = questions[answer["id"]]
        first = answer["first_look"] if answer["first_look"] is not None else answer["answer"]
        citations = answer["citations"]
        right = says(answer["answer"], question["expect"])
        cited = any(c["file"] == question["file"] for c in citations)
        totals["right"] += right
        totals["first look right"] += says(first, question["expect"])
        totals["file cited"] += cited
        totals["both"] += right and cited
        totals["verified"] += any(c["verified"] for c in citations)
        if not (right and cited):
            places = ", ".join(f"{c['file']}:{c['start_line']}" for c in citations)
            print(f"{answer['id']}: {answer['answer']!r} (first {first!r}) cites {places}")
    for name, count in totals.items():
        print(f"{name}: {count} of {len(answers)}")


if __name__ == "__main__":
    main()
