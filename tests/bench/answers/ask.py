#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks the questions of the bench and prints what the answers are worth, by kind and by mode.

Usage: ask.py --program THROUGHLINE [--group bench|dev|fresh|tenth] [--mode MODE]... [--corpus NAME]...
              [--model FILE] [--results DIR] [--reuse] [--list] [--check-floors | --record-floors]
README.md beside this file says what the modes and numbers are.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import floors
import score
from fetch import ROOT, FetchError, fetch, folder_of, pins
from texts import can_read, file_text, find_evidence, passage_around, questions_of, read_lines

RESULTS = ROOT / ".cache" / "answers" / "results"
SOURCES = ["read", "words", "fused"]
MODES = SOURCES + ["default", "gold"]

# What a cue of a transcript needs before it to be one.
FILE_HEADS = {".vtt": "WEBVTT\n\n"}


def chosen_questions(group, corpora):
    """Corpus name to the questions of the group; a tenth of the bench is named in floors.json."""
    by_corpus = questions_of("bench" if group == "tenth" else group)
    if group == "tenth":
        tenth = set(floors.load()["questions"])
        by_corpus = {name: [question for question in questions if question["id"] in tenth]
                     for name, questions in by_corpus.items()}
    return {name: questions for name, questions in by_corpus.items()
            if questions and (not corpora or name in corpora)}


def help_of(program):
    done = subprocess.run([program, "ask", "--help"], capture_output=True, text=True, check=True)
    return done.stdout


def modes_of(program):
    """The sources that this program lets one choose, and gold passages."""
    return (SOURCES if "--candidates" in help_of(program) else ["default"]) + ["gold"]


class Asker:
    """Runs the program over corpora or passages and keeps its answers in a folder of results."""

    def __init__(self, arguments):
        self.program = arguments.program
        self.results = arguments.results
        self.reuse = arguments.reuse
        self.options = ["--quiet"]
        if "--no-project" in help_of(self.program):  # every run reads, in an order that never changes
            self.options.append("--no-project")
        if arguments.model:
            self.options += ["--model", str(arguments.model)]
        self.model_name = arguments.model.stem if arguments.model else "shipped"

    def answers(self, mode, name, folder, questions):
        """The answers to all questions, from an earlier run where that is allowed and complete."""
        self.results.mkdir(parents=True, exist_ok=True)
        out = self.results / f"{self.model_name}-{mode}-{name}.jsonl"
        if mode == "gold":
            questions = [question for question in questions if question["gold"]]
        wanted = [question["question"] for question in questions]
        if self.reuse and out.is_file():
            kept = {answer["question"]: answer for answer in read_lines(out)}
            if set(wanted) <= kept.keys():
                return [kept[text] | {"id": question["id"]} for text, question in zip(wanted, questions)]
        if mode == "gold":
            found = [self.from_passage(folder, question) for question in questions]
            out.write_text("".join(json.dumps(answer) + "\n" for answer in found), encoding="utf-8")
            return found
        sources = [] if mode == "default" else [f"--candidates={mode}"]
        return self.run(folder, questions, out, sources)

    def run(self, folder, questions, out, sources=()):
        with tempfile.TemporaryDirectory() as place:
            asked = Path(place) / "questions.jsonl"
            lines = [json.dumps({key: question[key] for key in ["id", "question"]}) for question in questions]
            asked.write_text("\n".join(lines) + "\n", encoding="utf-8")
            subprocess.run([self.program, "ask", *self.options, *sources, "--corpus", folder,
                            "--questions", asked, "--out", out], check=True)
        return read_lines(out)

    def from_passage(self, folder, question):
        """The answer where nothing but the passage with the evidence is there to be read."""
        gold = question["gold"][0]
        path = folder / gold["file"]
        text = file_text(path)
        span = find_evidence(text, gold["text"])
        with tempfile.TemporaryDirectory() as place:
            name = Path(gold["file"])
            alone = Path(place) / "corpus" / name.with_suffix(".txt" if name.suffix == ".pdf" else name.suffix)
            alone.parent.mkdir(parents=True)
            head = FILE_HEADS.get(name.suffix, "")
            alone.write_text(head + passage_around(text, span) + "\n", encoding="utf-8")
            return self.run(Path(place) / "corpus", [question], Path(place) / "answers.jsonl")[0]


def judge_mode(asker, mode, by_corpus, known, show_wrong):
    verdicts = []
    for name, questions in by_corpus.items():
        print(f"{mode}: {len(questions)} questions about {name}", file=sys.stderr)
        answers = asker.answers(mode, name, folder_of(name, known[name]), questions)
        verdicts += score.judge_all(questions, answers)
        if show_wrong:
            score.list_wrong(questions, answers)
    return verdicts


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, help="throughline as it was built")
    parser.add_argument("--group", choices=["bench", "dev", "fresh", "tenth"], default="bench")
    parser.add_argument("--mode", choices=MODES, action="append", help="all that the program has unless given")
    parser.add_argument("--corpus", action="append", help="only this one; may be given several times")
    parser.add_argument("--model", type=Path, help="GGUF file instead of the shipped one")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where answers are kept")
    parser.add_argument("--reuse", action="store_true", help="score kept answers, ask only what is missing")
    parser.add_argument("--list", action="store_true", help="show each answer that is wrong")
    held = parser.add_mutually_exclusive_group()
    held.add_argument("--check-floors", action="store_true",
                      help="ask as a user does, and fail below the floors in floors.json")
    held.add_argument("--record-floors", action="store_true", help="write what comes out to floors.json")
    return parser.parse_args()


def check_gold(modes, by_corpus, known):
    """Raises FetchError before anything is asked where a gold passage cannot be cut out."""
    places = {folder_of(name, known[name]) / gold["file"] for name, questions in by_corpus.items()
              for question in questions for gold in question["gold"][:1]}
    unreadable = sorted(str(path) for path in places if not can_read(path)) if "gold" in modes else []
    if unreadable:
        raise FetchError(f"{unreadable[0]}: pdftotext is not installed (Debian's poppler-utils)")


def chosen_modes(arguments):
    if arguments.mode:
        return arguments.mode
    modes = modes_of(arguments.program)
    # The last source of the list is what a user gets.
    return modes[-2:-1] if arguments.check_floors or arguments.record_floors else modes


def main():
    arguments = parse_arguments()
    known = pins()
    by_corpus = chosen_questions(arguments.group, arguments.corpus)
    try:
        for name in by_corpus:
            fetch(name, known[name])
        check_gold(chosen_modes(arguments), by_corpus, known)
    except FetchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    asker = Asker(arguments)
    by_mode = {}
    for mode in chosen_modes(arguments):
        by_mode[mode] = judge_mode(asker, mode, by_corpus, known, arguments.list)
        print(f"\n## {mode}\n\n{score.table('kind', score.sum_up(by_mode[mode]))}\n", flush=True)
    if len(by_mode) > 1:
        sums = {mode: score.sum_up(verdicts)["all"] for mode, verdicts in by_mode.items()}
        print(score.table("mode", sums))
    last = list(by_mode.values())[-1]
    if arguments.record_floors:
        floors.record(last)
    lines = floors.fallen(last, floors.load()) if arguments.check_floors else []
    print("".join(f"FELL {line}\n" for line in lines), end="")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
