// SPDX-License-Identifier: Apache-2.0
// Tables, notebooks, Markdown and LaTeX; and all readers of texts on damaged files.
#include "ingest/formats/text_readers.h"

#include <chrono>
#include <random>

#include <gtest/gtest.h>

#include "ingest/formats/markup/latex_reader.h"
#include "ingest/formats/markup/markdown_reader.h"
#include "ingest/formats/notebook/notebook_reader.h"
#include "ingest/formats/table/table_reader.h"
#include "tests/ingest/formats/extract_checks.h"
#include "tests/support/said.h"

namespace tl {
namespace {

Reading<Extract> tryRead(const Reader& reader, std::string_view name, std::string_view bytes) {
    ReadRequest request;
    request.name = name;
    request.bytes = bytes;
    return reader.read(request);
}

Extract readWith(const std::unique_ptr<Reader>& reader,
                 std::string_view name,
                 std::string_view bytes) {
    auto extract = tryRead(*reader, name, bytes);
    EXPECT_TRUE(extract.ok()) << said(extract.error());
    EXPECT_TRUE(isSound(extract.value()));
    return extract.ok() ? std::move(extract).value() : Extract{};
}

TEST(TableReader, GivesEachRecordAsARow) {
    const std::string text =
        "name,words\n\"Aas, Birgit\",\"one \"\"quoted\"\"\nsecond line\"\n\nPer,\"5\"\" pipe\"\n";
    const Extract extract = readWith(makeTableReader(), "a.csv", text);
    EXPECT_EQ(extract.text, text);
    ASSERT_EQ(extract.units.size(), 3U);
    EXPECT_EQ(unitText(extract, 1), "\"Aas, Birgit\",\"one \"\"quoted\"\"\nsecond line\"");
    EXPECT_EQ(extract.units[1].label, "Aas, Birgit");
    EXPECT_EQ(extract.units[2].number, 3);
    EXPECT_TRUE(extract.warnings.empty());
}

TEST(TableReader, FindsTheDelimiter) {
    const Extract semicolons = readWith(makeTableReader(), "a.csv", "a;b\n1,5;2\n3,5;4\n");
    EXPECT_EQ(notesSaid(semicolons.notes), "cells separated by semicolons");
    EXPECT_EQ(semicolons.units.at(1).label, "1,5");
    EXPECT_EQ(notesSaid(readWith(makeTableReader(), "a.tsv", "a\tb, c\n1\t2\n").notes),
              "cells separated by tabs");
}

// 8 MiB of rows of two bytes would be 700 MB of rows.
TEST(TableReader, RowsBehindTheFirstHalfMillionHaveTheirLinesAlone) {
    std::string text;
    for (int i = 0; i < 500'001; ++i) {
        text += "1\n";
    }
    const Extract extract = readWith(makeTableReader(), "a.csv", text);
    ASSERT_EQ(extract.units.size(), 500'000U);
    EXPECT_EQ(extract.units.back().number, 500'000);
    EXPECT_EQ(extract.text, text);
    EXPECT_EQ(eachSaid(extract.warnings),
              (std::vector<std::string>{"rows after row 500000 are found by their lines alone"}));
}

TEST(TableReader, NamesUnevenRowsAndOpenQuotes) {
    const Extract extract = readWith(makeTableReader(), "a.csv", "a,b\n1,2\n3\n4,\"5\n6,7\n");
    ASSERT_EQ(extract.units.size(), 5U);
    ASSERT_EQ(extract.warnings.size(), 2U);
    EXPECT_EQ(said(extract.warnings[0]), "row 4: a quote is never closed, lines taken as rows");
    EXPECT_EQ(said(extract.warnings[1]),
              "1 row has another number of cells than the first row (2), first row 3");
}

TEST(NotebookReader, GivesCellsWithTheirOutputs) {
    const Extract extract = readWith(makeNotebookReader(), "a.ipynb", R"json({
        "cells": [
            {"cell_type": "markdown", "source": ["# Tides\n", "Some words."]},
            {"cell_type": "code", "source": "print(1)", "outputs": [
                {"output_type": "stream", "text": ["1\n"]},
                {"output_type": "display_data", "data": {"image/png": "AAAA"}},
                {"output_type": "error", "ename": "E", "evalue": "bad",
                 "traceback": ["\u001b[31mline 1\u001b[0m"]}]},
            {"cell_type": "raw", "source": 5}],
        "metadata": {"language_info": {"name": "python"}}, "nbformat": 4})json");
    EXPECT_EQ(extract.text,
              "# Tides\nSome words.\n\n[2] code\nprint(1)\n\n[2] output\n1\n\n[2] output\n[image "
              "output]\n\n[2] output\nE: bad\nline 1\n");
    ASSERT_EQ(extract.units.size(), 5U);
    EXPECT_EQ(extract.units[0].label, "markdown");
    EXPECT_EQ(extract.units[1].label, "code");
    EXPECT_EQ(extract.units[4].number, 2);
    EXPECT_EQ(unitText(extract, 1), "[2] code\nprint(1)");
    EXPECT_EQ(extract.language, "python");
    ASSERT_EQ(extract.symbols.size(), 1U);
    EXPECT_EQ(extract.symbols[0].name, "Tides");
    EXPECT_EQ(eachSaid(extract.warnings), std::vector<std::string>{"cell 3: no source"});
}

TEST(NotebookReader, ReadsFormatTwoWhoseLinesHaveNoEnds) {
    const Extract extract = readWith(makeNotebookReader(), "a.ipynb", R"json({
        "nbformat": 2, "metadata": {}, "worksheets": [{"cells": [
        {"cell_type": "markdown", "source": ["# Pump notes", "", "The key is", "in locker 42"]},
        {"cell_type": "code", "input": ["def f(x):", "    return x+1", "print(f(3))"],
         "outputs": [{"output_type": "stream", "text": ["4", "5"]},
                     {"output_type": "pyout", "text": ["<Table>"],
                      "html": ["<table><tr><td>a</td><td>b</td></tr></table>"]}]}]}]})json");
    EXPECT_EQ(extract.text,
              "# Pump notes\n\nThe key is\nin locker 42\n\n[2] code\ndef f(x):\n    return "
              "x+1\nprint(f(3))\n\n[2] output\n4\n5\n\n[2] output\na | b\n");
    const Extract bare = readWith(makeNotebookReader(), "a.ipynb", R"json({
        "nbformat": 4, "cells": [{"cell_type": "code", "source": ["a = 1", "b = 2"],
         "outputs": [{"output_type": "stream", "text": ["4", "5\n"]}]}]})json");
    EXPECT_EQ(bare.text, "[1] code\na = 1\nb = 2\n\n[1] output\n45\n");
}

TEST(NotebookReader, ShowsRichOutputsInsteadOfTheNamesOfObjects) {
    const auto shown = [](const std::string& data) {
        const Extract extract =
            readWith(makeNotebookReader(),
                     "a.ipynb",
                     R"({"nbformat": 4, "cells": [{"cell_type": "code", "source": "x", "outputs": [
               {"output_type": "display_data", "data": {)" +
                         data + "}}]}]}");
        return extract.text.substr(extract.text.find("output\n") + 7);
    };
    const std::string standIn = R"("text/plain": ["<pandas.io.formats.style.Styler at 0x7f>"], )";
    EXPECT_EQ(shown(standIn + R"("text/html": ["<style>td {}</style><table>\n<tr><th>pump</th>",
                    "<th>locker</th></tr><tr><td>south&nbsp;A</td><td>42 &lt; 43</td></tr></table>"])"),
              "pump | locker\nsouth A | 42 < 43\n");
    EXPECT_EQ(shown(standIn + R"("text/markdown": ["**inspection on Friday**"])"),
              "**inspection on Friday**\n");
    EXPECT_EQ(shown(standIn + R"("text/latex": ["$$Q = 42$$"])"), "$$Q = 42$$\n");
    EXPECT_EQ(shown(standIn + R"("image/png": "AAAA")"), "[image output]\n");
    EXPECT_EQ(shown(standIn + R"("application/json": {})"),
              "<pandas.io.formats.style.Styler at 0x7f>\n");
    EXPECT_EQ(shown(R"("text/plain": ["   a  b\n", "0  1  2"], "text/html": ["<b>no</b>"])"),
              "   a  b\n0  1  2\n");
}

TEST(NotebookReader, OfAProgressBarTheLastStateStays) {
    const auto shown = [](const std::string& printed) {
        const Extract extract =
            readWith(makeNotebookReader(),
                     "a.ipynb",
                     R"({"nbformat": 4, "cells": [{"cell_type": "code", "source": "x", "outputs": [
               {"output_type": "stream", "text": [)" +
                         printed + "]}]}]}");
        return extract.text.substr(extract.text.find("output\n") + 7);
    };
    EXPECT_EQ(shown(R"("\r  0%|    | 0/100\r 50%|##  | 50/100\r100%|####| 100/100\n")"),
              "100%|####| 100/100\n");
    EXPECT_EQ(shown(R"("one\r\ntwo\r\n", "1/9\b\b\b9/9\n", "half\r")"), "one\ntwo\n9/9\nhalf\n");
}

TEST(NotebookReader, ReadsFormatThree) {
    const Extract extract = readWith(makeNotebookReader(), "a.ipynb", R"({"worksheets": [{"cells": [
        {"cell_type": "heading", "level": 2, "source": ["Tides"]},
        {"cell_type": "code", "input": ["x"], "outputs": [{"output_type": "pyout",
         "text": ["3"], "png": "AAAA"}]}]}]})");
    EXPECT_EQ(extract.text, "Tides\n\n[2] code\nx\n\n[2] output\n3\n[image output]\n");
    ASSERT_EQ(extract.symbols.size(), 1U);
}

TEST(MarkdownReader, NestsHeadingsAndSkipsWhatIsNone) {
    const std::string text =
        "---\n# meta\n---\n# Top `x`\nwords\n```\n# code\n```\n    # indented\n## Sub ##\ntext\n"
        "<!--\n# hidden\n-->\nUnder\n-----\n- item\n---\n# Last [link](http://x)\n#no\n";
    const Extract extract = readWith(makeMarkdownReader(), "a.md", text);
    EXPECT_EQ(extract.text, text);
    EXPECT_EQ(extract.title, "Top x");
    ASSERT_EQ(extract.symbols.size(), 4U);
    EXPECT_EQ(extract.symbols[0].firstLine, 4);
    EXPECT_EQ(extract.symbols[0].lastLine, 18);
    EXPECT_EQ(extract.symbols[1].name, "Sub");
    EXPECT_EQ(extract.symbols[1].parent, 0);
    EXPECT_EQ(extract.symbols[2].name, "Under");
    EXPECT_EQ(extract.symbols[2].parent, 0);
    EXPECT_EQ(extract.symbols[3].name, "Last link");
    EXPECT_EQ(extract.symbols[3].parent, -1);
}

TEST(MarkdownReader, FoldsOnlyTheTextUpToTheNextHeading) {
    const Extract extract = readWith(makeMarkdownReader(), "a.md", "# A\nbody a\n## B\nbody b\n");
    ASSERT_EQ(extract.symbols.size(), 2U);
    const Symbol& outer = extract.symbols[0];
    EXPECT_EQ(extract.text.substr(static_cast<size_t>(outer.bodyBegin),
                                  static_cast<size_t>(outer.bodyEnd - outer.bodyBegin)),
              "\nbody a");
    EXPECT_EQ(outer.end, static_cast<int64_t>(extract.text.size()) - 1);
}

TEST(LatexReader, GivesSectionsAndTitle) {
    const std::string text =
        "\\documentclass{article}\n\\title{On \\emph{Locks}}\n% \\section{no}\n"
        "\\section[short]{The {Lock} Gauge}\nwords 5\\%\n\\begin{verbatim}\n\\section{no}\n"
        "\\end{verbatim}\n\\subsection*{Bolts}\nmore\n\\section{End";
    const Extract extract = readWith(makeLatexReader(), "a.tex", text);
    EXPECT_EQ(extract.text, text);
    EXPECT_EQ(extract.title, "On Locks");
    ASSERT_EQ(extract.symbols.size(), 2U);
    EXPECT_EQ(extract.symbols[0].name, "The Lock Gauge");
    EXPECT_EQ(extract.symbols[1].name, "Bolts");
    EXPECT_EQ(extract.symbols[1].parent, 0);
    EXPECT_EQ(extract.symbols[1].firstLine, 9);
}

struct Seed {
    std::string name;
    std::string bytes;
};

std::vector<Seed> seeds() {
    return {
        {"a.srt",
         "1\n00:00:01,000 --> 00:00:03,500\nThe <i>gauge</i>\n\n2\n00:00:03,600 --> "
         "00:00:05,000\nAnn: off.\n\n"},
        {"a.vtt",
         "WEBVTT - x\n\nNOTE n\n\nid\n00:01.000 --> 00:02.000\n<v Jane>Hi &amp; ho\n\n"
         "00:02.000 --> 00:03.000\n<v Jane>Hi &amp; ho\nmore\n"},
        {"a.json", R"({"segments":[{"start":0.1,"end":1e3,"text":" One \u00e9."},{"text":5}]})"},
        {"a.txt", "Jane Doe  0:03\nShall we?\n\nPer Dahl  1:02:10\nYes.\n"},
        {"b.txt",
         "[00:01] A: One two three.\n[00:02] B: Yes, I do.\n[00:03] A: Well, then go.\n"
         "[00:04] B: I will go.\n"},
        {"a.csv", "a,b\n\"x \"\"y\"\"\nz\",2\n3,4\n"},
        {"a.ipynb", R"({"cells":[{"cell_type":"code","source":["a"],"outputs":[{"text":"b"}]},
            {"cell_type":"markdown","source":"# H\nw"}]})"},
        {"a.md", "# A\n```\n# c\n```\nB\n---\n[x](y) \\# `z`\n"},
        {"a.tex", "\\title{A}\\section[s]{B {c} \\x}\n\\begin{verbatim}\n\\end{verbatim}%\n"},
    };
}

std::string damaged(std::string bytes, std::mt19937& random) {
    for (size_t changes = 1 + random() % 4; changes > 0 && !bytes.empty(); --changes) {
        const size_t at = random() % bytes.size();
        switch (random() % 4) {
            case 0:
                bytes[at] = static_cast<char>(random() % 256);
                break;
            case 1:
                bytes.erase(at, random() % 20);
                break;
            case 2:
                bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 30));
                break;
            default:
                bytes.resize(at);
        }
    }
    return bytes;
}

// Each reader gets every seed, damaged in 30 ways: 9 seeds times 30 times 5 readers.
TEST(TextReaders, GiveTextOrAReasonForDamagedFiles) {
    const auto readers = makeTextReaders();
    std::mt19937 random(4);
    size_t read = 0;
    const auto start = std::chrono::steady_clock::now();
    for (const Seed& seed : seeds()) {
        for (int i = 0; i < 30; ++i) {
            const std::string bytes = damaged(seed.bytes, random);
            for (const auto& reader : readers) {
                const auto extract = tryRead(*reader, seed.name, bytes);
                EXPECT_TRUE(extract.ok()
                                ? isSound(extract.value())
                                : testing::AssertionResult(!extract.error().reason.isNone()))
                    << reader->name() << " " << seed.name << " " << i;
                read += extract.ok() ? 1 : 0;
            }
        }
    }
    EXPECT_GT(read, 500U);  // most damage leaves text
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(TextReaders, KeepTheLimitOfText) {
    for (const auto& reader : makeTextReaders()) {
        ReadRequest request;
        request.name = "a";
        const std::string bytes(2000, 'x');
        request.bytes = bytes;
        request.limits.maxTextBytes = 1000;
        const auto extract = reader->read(request);
        ASSERT_FALSE(extract.ok());
        EXPECT_EQ(said(extract.error()), "text over the limit of 1000 bytes");
    }
}

}  // namespace
}  // namespace tl
