# SPDX-License-Identifier: Apache-2.0
"""Texts of the bench: questions, the words of a corpus file, and where gold evidence stands in them."""

import hashlib
import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
QUESTIONS = HERE / "questions"
GROUPS = ["bench", "dev", "fresh"]
TEXTS = HERE.parents[2] / ".cache" / "answers" / "texts"

# A gold passage is the paragraph around its evidence, this long at most.
PASSAGE_CHARACTERS = 1200


def read_lines(path):
    """The JSON values of a file of JSON lines."""
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def questions_of(group):
    """Corpus name to its questions, for one of GROUPS."""
    files = sorted((QUESTIONS / group).glob("*.jsonl"))
    return {path.stem: read_lines(path) for path in files}


def plain(text):
    """One space for all white space, straight quotes, composed letters; case is kept."""
    text = unicodedata.normalize("NFKC", text)
    text = text.translate(str.maketrans("\u2018\u2019\u201c\u201d", "''\"\""))
    return " ".join(text.split())


def words(text):
    """Lower-case words; what stands between them does not count."""
    return re.findall(r"\w+", plain(text).lower())


def run_at(haystack, needle):
    """Where the words `needle` stand one after the other in `haystack`; -1 where they do not."""
    if not needle:
        return -1
    last = len(haystack) - len(needle)
    return next((i for i in range(last + 1) if haystack[i] == needle[0]
                 and haystack[i:i + len(needle)] == needle), -1)


def kept_text(pdf):
    """Where the text of a PDF is kept, for machines without pdftotext."""
    return TEXTS / f"{hashlib.sha256(pdf.read_bytes()).hexdigest()[:16]}.txt"


def can_read(path):
    """Whether file_text() can give the text of this file here."""
    return path.suffix != ".pdf" or kept_text(path).is_file() or shutil.which("pdftotext") is not None


def file_text(path):
    """The text of a corpus file as a reader sees it; for PDFs what pdftotext says."""
    if path.suffix != ".pdf":
        return path.read_text(encoding="utf-8", errors="replace")
    kept = kept_text(path)
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
        kept.write_bytes(done.stdout)
    return kept.read_text(encoding="utf-8", errors="replace").replace("\f", "\n\n")


def pattern_of(evidence):
    """Finds the evidence whatever white space and quotes stand in the file."""
    pieces = [re.escape(piece) for piece in plain(evidence).split(" ")]
    joined = r"\s+".join(pieces)
    return joined.replace("'", "['\u2018\u2019]").replace('"', '["\u201c\u201d]')


def find_evidence(text, evidence):
    """(begin, end) of the evidence in the text, or None."""
    found = re.search(pattern_of(evidence), text)
    return found.span() if found else None


def passage_around(text, span):
    """The paragraph with the evidence; of a long one whole lines up to the size above, two thirds of
    them before the evidence, since who speaks and what is spoken of stands there."""
    begin = text.rfind("\n\n", 0, span[0])
    begin = 0 if begin < 0 else begin + 2
    end = text.find("\n\n", span[1])
    end = len(text) if end < 0 else end
    if end - begin <= PASSAGE_CHARACTERS:
        return text[begin:end].strip("\n")
    room = max(0, PASSAGE_CHARACTERS - (span[1] - span[0]))
    earliest, latest = span[0] - room * 2 // 3, span[1] + room // 3
    if earliest > begin:
        line_end = text.find("\n", earliest, span[0])
        begin = span[0] if line_end < 0 else line_end + 1
    if latest < end:
        line_end = text.rfind("\n", span[1], latest)
        end = span[1] if line_end < 0 else line_end
    return text[begin:end].strip("\n")
