// SPDX-License-Identifier: Apache-2.0
#include "app/overview/overview.h"

#include <algorithm>

#include "tests/app/overview_test_case.h"

namespace tl {
namespace {

class OverviewOfCorpus : public OverviewTestCase {
protected:
    void writeProject() {
        write("README.md",
              "# Tern\n\n[![build](https://x/b.svg)](https://x)\n\nTern is a small queue for jobs. "
              "It keeps them on disk.\n\n## Building\n\n    cmake -B build\n\n## Layout\n\n"
              "- `src/`: the queue itself\n");
        write(
            "LICENSE",
            "Copyright (c) 2021 Ana Lopes\n\nPermission is hereby granted, free of charge, to any\n"
            "person obtaining a copy of this software, to use, copy, sublicense it.\n");
        write("CMakeLists.txt",
              "project(tern VERSION 2.4.1)\nadd_executable(ternd src/main.cpp)\n");
        write("src/main.cpp",
              "#include \"queue.h\"\n\nint main(int argc, char** argv) {\n    return 0;\n}\n");
    }
};

TEST_F(OverviewOfCorpus, SaysWhatAProjectSaysOfItself) {
    writeProject();
    EXPECT_EQ(said(OverviewTopic::kAbout),
              Lines{"Tern is a small queue for jobs. It keeps them on disk."});
    EXPECT_EQ(labels(OverviewTopic::kAbout), Lines{"README.md:5"});
    EXPECT_EQ(said(OverviewTopic::kVersion), Lines{"2.4.1: as CMakeLists.txt says"});
    EXPECT_EQ(said(OverviewTopic::kLicence), Lines{"MIT: by its words in LICENSE"});
    EXPECT_EQ(said(OverviewTopic::kAuthors), Lines{"Copyright (c) 2021 Ana Lopes: in LICENSE"});
    EXPECT_EQ(said(OverviewTopic::kPrograms),
              (Lines{"ternd: program, as CMakeLists.txt says", "src/main.cpp: main function"}));
}

TEST_F(OverviewOfCorpus, AsksWhatTheProjectCanAnswer) {
    writeProject();
    EXPECT_EQ(questions(),
              (Lines{"What is tern?", "How is tern built?", "Which licence does tern have?"}));
    for (const OverviewQuestion& question : m_overview.questions) {
        EXPECT_FALSE(question.where.quote.empty()) << question.text;
    }
}

TEST_F(OverviewOfCorpus, DoesNotAskForWhatItDidNotFind) {
    write("src/queue.cpp", "int size = 0;\n");
    write("other/list.cpp", "int length = 0;\n");
    EXPECT_EQ(questions(), Lines{});
    EXPECT_EQ(said(OverviewTopic::kLicence), Lines{});
    EXPECT_EQ(said(OverviewTopic::kAbout), Lines{});
    ASSERT_EQ(m_overview.sections.size(), 2U);
    EXPECT_EQ(m_overview.sections[0].topic, OverviewTopic::kLanguages);
    EXPECT_EQ(m_overview.sections[1].topic, OverviewTopic::kFolders);
}

// The invariant of all citations.
TEST_F(OverviewOfCorpus, EveryQuoteIsTheFilesOwnTextAtItsLines) {
    writeProject();
    write("notes/plan.md",
          "# Plan\n\nWe ship in May, and nobody waits for the pumps.\n\n## Pumps\n\nTwo.\n");
    int quotes = 0;
    for (const OverviewSection& section : overview().sections) {
        for (const OverviewStatement& statement : section.statements) {
            const OverviewPlace& where = statement.where;
            const auto file = std::ranges::find_if(
                m_corpus.files, [&](const CorpusFile& f) { return f.document.name == where.file; });
            ASSERT_NE(file, m_corpus.files.end()) << where.file;
            if (where.startLine == 0) {
                EXPECT_EQ(where.quote, "");
                continue;
            }
            const LineIndex& lines = file->document.lines;
            const int64_t begin = lines.lineBegin(where.startLine);
            const int64_t size = lines.lineEnd(where.endLine) - begin;
            EXPECT_EQ(
                where.quote,
                file->document.text.substr(static_cast<size_t>(begin), static_cast<size_t>(size)));
            ++quotes;
        }
    }
    EXPECT_GT(quotes, 10);
}

TEST_F(OverviewOfCorpus, KeepsSectionsShortAndCountsTheRest) {
    for (int i = 10; i < 30; ++i) {
        const std::string number = std::to_string(i);
        write("notes/" + number + ".md",
              "# Note " + number + "\n\nThis note is about pump number " + number + ".\n");
    }
    const Overview& found = overview();
    ASSERT_EQ(found.sections[0].topic, OverviewTopic::kDocuments);
    EXPECT_EQ(found.sections[0].statements.size(), 8U);
    EXPECT_EQ(found.sections[0].leftOut, 12);
}

TEST_F(OverviewOfCorpus, OfATreeWithinOneFolderTheTopIsThatFolder) {
    write("tern-1.0/README", "Tern is a small queue for jobs.\n");
    write("tern-1.0/src/a.c", "int main(void)\n{\n}\n");
    EXPECT_EQ(labels(OverviewTopic::kAbout), Lines{"tern-1.0/README:1"});
    ASSERT_EQ(said(OverviewTopic::kFolders).size(), 1U);
    EXPECT_TRUE(said(OverviewTopic::kFolders)[0].starts_with("src/: "));
}

TEST_F(OverviewOfCorpus, TestsAndExamplesSayNothingOfTheWhole) {
    write("tests/package.json", "{\"name\": \"fixture\", \"version\": \"9.9.9\"}\n");
    write("examples/main.c", "int main(void)\n{\n}\n");
    write("a.c", "int a;\n");
    EXPECT_EQ(said(OverviewTopic::kVersion), Lines{});
    EXPECT_EQ(said(OverviewTopic::kPrograms), Lines{});
}

}  // namespace
}  // namespace tl
