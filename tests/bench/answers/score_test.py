#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of what the bench calls right, cited and verified."""

import unittest

import floors
import score
from texts import find_evidence, passage_around


def question(kind="fact", expected=(), gold=(), **more):
    return {"id": "q", "kind": kind, "expected": list(expected), "gold": list(gold), **more}


def answer(text, *citations):
    return {"id": "q", "answer": text, "citations": list(citations)}


def citation(quote, file="a.txt", verified=True, **more):
    return {"file": file, "quote": quote, "verified": verified, **more}


EVIDENCE = {"file": "a.txt", "text": "The mast is nine metres high and painted green."}


class RightAnswers(unittest.TestCase):
    def test_takes_whole_words_whatever_their_case(self):
        self.assertTrue(score.says("It was the Lock-Keeper.", "lock-keeper"))
        self.assertFalse(score.says("It was the lock-keepers' house.", "lock-keeper"))

    def test_does_not_find_a_number_in_a_longer_one(self):
        for said in ["11.9", "1.95", "1.9.2", "21.9 m"]:
            self.assertFalse(score.says(said, "1.9"), said)
        for said in ["It draws 1.9.", "V1.9"]:
            self.assertTrue(score.says(said, "1.9"), said)

    def test_takes_number_words_for_digits(self):
        self.assertTrue(score.says("Nine metres", "9 metres"))
        self.assertTrue(score.says("9 metres", "nine metres"))

    def test_minds_case_in_patterns(self):
        self.assertTrue(score.says("use -L", r"re:(?<![\w-])-L(?!\w)"))
        self.assertFalse(score.says("use -l", r"re:(?<![\w-])-L(?!\w)"))

    def test_wants_all_words_of_a_list(self):
        self.assertTrue(score.says("Ian and Debra", ["Debra", "Ian"]))
        self.assertFalse(score.says("Ian", ["Debra", "Ian"]))

    def test_refuses_what_is_forbidden(self):
        asked = question(expected=["all jobs"], forbidden=["all jobs that are due"])
        self.assertTrue(score.is_right("Runs all jobs.", asked))
        self.assertFalse(score.is_right("Runs all jobs that are due.", asked))

    def test_takes_a_refusal_for_what_is_absent_and_for_nothing_else(self):
        for said in ["The documents do not say.", "", "Closest passages: \"The mast\""]:
            self.assertTrue(score.is_right(said, question(kind="absent")), said)
            self.assertFalse(score.is_right(said, question(expected=["mast"])), said)
        self.assertFalse(score.is_right("Nine metres", question(kind="absent")))


class RightCitations(unittest.TestCase):
    def test_shares_five_words_with_the_evidence(self):
        self.assertTrue(score.shows(citation("MAST IS NINE\nmetres high"), EVIDENCE))
        self.assertFalse(score.shows(citation("the mast is nine feet high and painted red"), EVIDENCE))

    def test_shares_all_words_of_the_shorter_one(self):
        self.assertTrue(score.shows(citation("painted green"), EVIDENCE))
        self.assertFalse(score.shows(citation(""), EVIDENCE))

    def test_names_the_file_of_the_evidence(self):
        self.assertFalse(score.shows(citation("The mast is nine metres high", file="b.txt"), EVIDENCE))

    def test_is_verified_in_two_states_and_in_three(self):
        self.assertTrue(score.is_verified(citation("x", verified=True)))
        self.assertFalse(score.is_verified(citation("x", verified=True, state="elsewhere")))

    def test_counts_a_verified_wrong_answer(self):
        asked = question(expected=["9"], gold=[EVIDENCE])
        verdict = score.judge(answer("green", citation("and painted green")), asked)
        self.assertTrue(verdict.cited and verdict.wrongly_verified)
        sums = score.sum_up([verdict])["all"]
        self.assertEqual((sums.right, sums.cited, sums.wrongly_verified, sums.wrong), (0, 1, 1, ["q"]))


class Floors(unittest.TestCase):
    HELD = {"floors": {"right": 1, "cited": 1, "wrongly_verified": 1},
            "recorded": {"right": ["a", "b"], "cited": ["a", "b"], "wrongly_verified": []}}

    @staticmethod
    def verdict(name, **more):
        values = {"kind": "fact", "right": True, "cited": True, "has_evidence": True, "verified": True}
        return score.Verdict(id=name, **(values | more))

    def test_lets_a_number_be_at_its_floor(self):
        wrong = self.verdict("b", right=False, cited=False)
        self.assertEqual(floors.fallen([self.verdict("a"), wrong], self.HELD), [])

    def test_says_what_fell(self):
        wrong = [self.verdict(name, right=False, cited=False) for name in "ab"]
        self.assertEqual(floors.fallen(wrong, self.HELD), [
            "right: 0, at least 1; no longer: a, b", "cited: 0, at least 1; no longer: a, b",
            "wrongly_verified: 2, at most 1; not before: a, b"])


class GoldPassages(unittest.TestCase):
    def test_finds_evidence_over_line_ends_and_curly_quotes(self):
        text = "He said:\n\u201cthe mast\n   is high\u201d."
        begin, end = find_evidence(text, "\"the mast is high\"")
        self.assertEqual(text[begin:end], "\u201cthe mast\n   is high\u201d")
        self.assertIsNone(find_evidence(text, "the mast is low"))

    def test_takes_the_paragraph(self):
        text = "one\n\ntwo\nthree\n\nfour"
        self.assertEqual(passage_around(text, find_evidence(text, "three")), "two\nthree")

    def test_cuts_a_long_paragraph_at_lines(self):
        text = "\n".join(f"line {i} of many" for i in range(400))
        passage = passage_around(text, find_evidence(text, "line 200 of"))
        self.assertIn("line 200 of many", passage)
        self.assertLess(len(passage), 1300)
        self.assertTrue(all(line in text.split("\n") for line in passage.split("\n")))


if __name__ == "__main__":
    unittest.main()
