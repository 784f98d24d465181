// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "app/overview/prose.h"
#include "tests/app/test_corpus.h"

namespace tl {
namespace {

constexpr size_t kEnough = 400;

std::string opening(const std::string& text) {
    const Corpus corpus = corpusOf({{"README", text}});
    const auto prose = openingOfText(corpus.files[0].document, kEnough);
    return prose ? prose->text : "";
}

std::string openingComment(const std::string& text, const std::string& language = "") {
    Corpus corpus = corpusOf({{"a", text}});
    corpus.files[0].document.language = language;
    const auto prose = openingOfCode(corpus.files[0].document, kEnough);
    return prose ? prose->text : "";
}

TEST(OverviewProse, PassesOverWhatIsNoProse) {
    for (const char* before : {"# Tern\n\n",
                               "Tern\n====\n",
                               "Tern the queue of all queues here\n----------\n\n",
                               "[![build](https://x/a.svg)](https://x) [![b](c)](d)\n\n",
                               "<p align=\"center\"><img src=\"a.png\"></p>\n\n",
                               "---\ntitle: A page. With front matter here.\n---\n\n",
                               "- one item. And it says more.\n  and goes on.\n\n",
                               "```\nmake all this go away now.\n```\n\n",
                               "<!-- A comment. It is not\nshown to anyone. -->\n\n",
                               ".. image:: a.png\n\n",
                               "| a. b c d | e f g. h |\n\n",
                               "Copyright (c) 2020 Ana. All rights reserved by her.\n\n",
                               "Does it read configuration files?\n\n"}) {
        EXPECT_EQ(opening(std::string(before) + "Tern is a small queue for jobs.\n"),
                  "Tern is a small queue for jobs.")
            << before;
    }
}

TEST(OverviewProse, TakesTheWholeParagraphAndItsMarksAway) {
    EXPECT_EQ(opening("**Tern** is a `small` [queue](https://x)\nfor jobs,  e.g. mails.  It "
                      "waits.\n\nMore of it is here.\n"),
              "Tern is a small queue for jobs, e.g. mails. It waits.");
}

TEST(OverviewProse, SaysNothingWhereThereIsNone) {
    EXPECT_EQ(opening(""), "");
    EXPECT_EQ(opening("# Tern\n\n- a\n- b\n"), "");
    EXPECT_EQ(opening("int a = 0; int b = 1; return a; // done.\n"), "");
}

TEST(OverviewProse, CutsBehindASentenceThatFits) {
    EXPECT_EQ(firstSentences("One two. Three four. Five six.", 22), "One two. Three four.");
    EXPECT_EQ(firstSentences("Version 1.2 of J. Smith is e.g. here. Next.", 40),
              "Version 1.2 of J. Smith is e.g. here.");
    EXPECT_EQ(firstSentences("no end in sight at all", 12), "no end in...");
}

TEST(OverviewProse, FirstCommentsWithoutNoticesOfLicence) {
    EXPECT_EQ(openingComment("/* inflate.c -- zlib decompression\n * Copyright (C) 1995 Mark "
                             "Adler\n * For conditions see zlib.h\n */\n"),
              "inflate.c -- zlib decompression");
    EXPECT_EQ(openingComment(
                  "// SPDX-License-Identifier: MIT\n// Keeps jobs on disk.\n#include <a>\n", "C++"),
              "");
    EXPECT_EQ(
        openingComment("// SPDX-License-Identifier: MIT\n\n// Keeps jobs on disk.\n#include <a>\n",
                       "C++"),
        "Keeps jobs on disk.");
    EXPECT_EQ(openingComment(
                  "#!/usr/bin/env python\n\"\"\"Keeps jobs on disk.\n\nAnd more of it.\n\"\"\"\n"),
              "Keeps jobs on disk.");
    EXPECT_EQ(openingComment("import os\n# Keeps jobs on disk.\n"), "");
}

}  // namespace
}  // namespace tl
