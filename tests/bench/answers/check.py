#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the questions of the bench: their form, and that each piece of evidence stands in its file.

Usage: check.py
Evidence in a corpus that is not fetched, or in a PDF without pdftotext, is counted and left out.
"""

import re
import sys

from fetch import folder_of, is_there, pins
from score import is_right
from texts import GROUPS, can_read, file_text, find_evidence, questions_of

KINDS = {"about", "absent", "authors", "build", "defined", "does", "fact", "licence", "many", "option",
         "said", "summary", "value", "version", "when", "who"}
REQUIRED = {"id", "kind", "corpus", "question", "expected", "gold"}
SMALLEST = {"bench": (150, 6), "dev": (250, 12), "fresh": (150, 6)}  # questions, corpora


def patterns_in(expected):
    if isinstance(expected, list):
        return [pattern for part in expected for pattern in patterns_in(part)]
    return [expected[3:]] if expected.startswith("re:") else []


def faults_of_form(question, corpus):
    """What is wrong with one line, without looking into the corpus."""
    if not REQUIRED <= question.keys() <= REQUIRED | {"forbidden"}:
        return [f"has the fields {sorted(question)}"]
    faults = []
    if question["kind"] not in KINDS:
        faults.append(f"kind {question['kind']}")
    if question["corpus"] != corpus:
        faults.append(f"corpus {question['corpus']}")
    absent = question["kind"] == "absent"
    if absent != (not question["expected"]) or absent != (not question["gold"]):
        faults.append("what is absent has no answer and no evidence, all else has both")
    for pattern in patterns_in(question["expected"] + question.get("forbidden", [])):
        try:
            re.compile(pattern)
        except re.error as error:
            faults.append(f"{pattern}: {error}")
    if not faults and is_right(question["question"], question):
        faults.append("the question itself would pass as its answer")
    return faults


class Evidence:
    """Looks for evidence in the corpora that are there, and counts what it could not look at."""

    def __init__(self, known):
        self.texts = {}
        self.unseen = 0
        self.seen = 0
        self.folders = {name: folder_of(name, pin) for name, pin in known.items() if is_there(name, pin)}

    def faults(self, question):
        faults = []
        for gold in question["gold"]:
            path = self.folders.get(question["corpus"])
            path = path and path / gold["file"]
            if not path or (path.is_file() and not can_read(path)):
                self.unseen += 1
                continue
            self.seen += 1
            if not path.is_file():
                faults.append(f"{gold['file']}: no such file")
            elif not find_evidence(self.text(path), gold["text"]):
                faults.append(f"{gold['file']} does not say: {gold['text']}")
        return faults

    def text(self, path):
        if path not in self.texts:
            self.texts[path] = file_text(path)
        return self.texts[path]


def main():
    known = pins()
    evidence = Evidence(known)
    faults, ids = [], set()
    for group in GROUPS:
        by_corpus = questions_of(group)
        count = sum(len(questions) for questions in by_corpus.values())
        if count < SMALLEST[group][0] or len(by_corpus) < SMALLEST[group][1]:
            faults.append(f"{group}: only {count} questions over {len(by_corpus)} corpora")
        for corpus, questions in by_corpus.items():
            if known.get(corpus, {}).get("group") != group:
                faults.append(f"{corpus}: is not in corpora.json as {group}")
            for question in questions:
                name = question.get("id", "without id")
                found = faults_of_form(question, corpus) or evidence.faults(question)
                found += ["has an id that another one has"] if name in ids else []
                faults += [f"{name}: {fault}" for fault in found]
                ids.add(name)
        print(f"{group}: {count} questions over {len(by_corpus)} corpora")
    print(f"evidence found or missed in {evidence.seen} places; {evidence.unseen} places not fetched")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
