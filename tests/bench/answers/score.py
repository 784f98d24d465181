#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores answers of `throughline ask --questions` against what the bench expects.

Usage: score.py [--list] QUESTIONS.jsonl ANSWERS.jsonl [QUESTIONS.jsonl ANSWERS.jsonl]...
README.md beside this file says what each number means.
"""

import argparse
import re
import sys
from dataclasses import dataclass, field

from texts import plain, read_lines, run_at, words

# As many words in a row must a citation share with the evidence, or all of the shorter one.
SHARED_WORDS = 5

REFUSAL = re.compile(
    r"(?i)^\W*closest passages"
    r"|\b(do|does|did)(es)?( not|n't) (say|mention|tell|state|specify|contain|provide|give)\b"
    r"|\b(is|are|was|were)( not|n't) (mentioned|stated|given|specified|said|known)\b"
    r"|\bno (answer|information)\b")

NUMBERS = dict(zip(
    "zero one two three four five six seven eight nine ten eleven twelve".split(), range(13)))


@dataclass
class Verdict:
    """What one answer is worth."""
    id: str
    kind: str
    right: bool
    cited: bool  # a citation shows the evidence; always False where there is none
    has_evidence: bool
    verified: bool  # a citation of it is called verified

    @property
    def wrongly_verified(self):
        return self.verified and not self.right


@dataclass
class Sums:
    """Verdicts added up."""
    questions: int = 0
    right: int = 0
    evidence: int = 0
    cited: int = 0
    verified: int = 0
    wrongly_verified: int = 0
    wrong: list = field(default_factory=list)  # ids

    def add(self, verdict):
        self.questions += 1
        self.right += verdict.right
        self.evidence += verdict.has_evidence
        self.cited += verdict.cited
        self.verified += verdict.verified
        self.wrongly_verified += verdict.wrongly_verified
        if not verdict.right:
            self.wrong.append(verdict.id)


def digits(text):
    """Number words up to twelve as digits, so that "seven" and "7" are the same."""
    return re.sub(r"(?i)\b(" + "|".join(NUMBERS) + r")\b",
                  lambda word: str(NUMBERS[word.group().lower()]), text)


def says(answer, expected):
    """Whether the answer says one expectation: a phrase, a pattern ("re:...") or all of a list."""
    if isinstance(expected, list):
        return all(says(answer, part) for part in expected)
    if expected.startswith("re:"):
        return re.search(expected[3:], plain(answer)) is not None
    phrase = re.escape(digits(plain(expected)).lower())
    # 1.9 is neither in 11.9 nor in 1.95, and v1.9 says it.
    pattern = rf"(?<!\w)(?<!\d[.,])(v(?=\d))?{phrase}(?![.,]?\d)(?!\w)"
    return re.search(pattern, digits(plain(answer)).lower()) is not None


def says_nothing(answer):
    """Whether the answer only says that it does not know."""
    return not answer.strip() or REFUSAL.search(plain(answer)) is not None


def is_right(answer, question):
    if question["kind"] == "absent":
        return says_nothing(answer)
    if says_nothing(answer) or any(says(answer, bad) for bad in question.get("forbidden", [])):
        return False
    return any(says(answer, expected) for expected in question["expected"])


def shows(citation, gold):
    """Whether the citation's quote and a piece of evidence share a run of words in the same file."""
    if not same_file(citation["file"], gold["file"]):
        return False
    quote, evidence = words(citation["quote"]), words(gold["text"])
    shorter, longer = sorted([quote, evidence], key=len)
    length = min(SHARED_WORDS, len(shorter))
    starts = range(len(shorter) - length + 1)
    return length > 0 and any(run_at(longer, shorter[i:i + length]) >= 0 for i in starts)


def same_file(cited, gold):
    """A gold passage that was cut out of a PDF is asked about as text."""
    return cited == gold or cited == re.sub(r"\.pdf$", ".txt", gold)


def is_verified(citation):
    """Three states where the program has them, else two."""
    if "state" in citation:
        return citation["state"] == "verified"
    return citation["verified"]


def judge(answer, question):
    citations = answer["citations"]
    gold = question["gold"]
    return Verdict(
        id=question["id"], kind=question["kind"], right=is_right(answer["answer"], question),
        cited=any(shows(citation, place) for citation in citations for place in gold),
        has_evidence=bool(gold), verified=any(is_verified(citation) for citation in citations))


def judge_all(questions, answers):
    """One verdict per answer. Raises KeyError for an answer to no question of the file."""
    by_id = {question["id"]: question for question in questions}
    return [judge(answer, by_id[answer["id"]]) for answer in answers]


def sum_up(verdicts):
    """Sums for each kind, in the order of the alphabet, then for "all"."""
    sums = {kind: Sums() for kind in sorted({verdict.kind for verdict in verdicts})}
    sums["all"] = Sums()
    for verdict in verdicts:
        sums[verdict.kind].add(verdict)
        sums["all"].add(verdict)
    return sums


def percent(part, whole):
    return f"{100 * part / whole:.0f} %" if whole else "-"


def row(name, sums):
    return (f"| {name} | {sums.questions} | {sums.right} | {percent(sums.right, sums.questions)} "
            f"| {sums.cited} of {sums.evidence} | {percent(sums.cited, sums.evidence)} "
            f"| {sums.verified} | {sums.wrongly_verified} "
            f"| {percent(sums.wrongly_verified, sums.verified)} |")


def table(first, named_sums):
    """A table in Markdown with one row for each name."""
    head = (f"| {first} | questions | right | | right citation | | verified "
            "| of these wrong | |\n| --- |" + " ---: |" * 8)
    return "\n".join([head] + [row(name, sums) for name, sums in named_sums.items()])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true", help="show each answer that is wrong")
    parser.add_argument("files", nargs="+", metavar="QUESTIONS ANSWERS")
    arguments = parser.parse_args()
    if len(arguments.files) % 2:
        parser.error("each file of questions needs a file of answers behind it")
    verdicts = []
    for asked, answered in zip(arguments.files[::2], arguments.files[1::2]):
        questions, answers = read_lines(asked), read_lines(answered)
        verdicts += judge_all(questions, answers)
        if arguments.list:
            list_wrong(questions, answers)
    print(table("kind", sum_up(verdicts)))


def list_wrong(questions, answers):
    by_id = {question["id"]: question for question in questions}
    for answer in answers:
        verdict = judge(answer, by_id[answer["id"]])
        if not verdict.right:
            marks = ("verified " if verdict.verified else "") + ("cited" if verdict.cited else "")
            print(f"{answer['id']}: {answer['question']} -> {plain(answer['answer'])} [{marks}]")


if __name__ == "__main__":
    sys.exit(main())
