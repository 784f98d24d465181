// SPDX-License-Identifier: Apache-2.0
// Folders, programs, build commands, versions and authors of projects.
#include "tests/app/overview_test_case.h"

namespace tl {
namespace {

using OverviewProject = OverviewTestCase;

// The description without the size after it.
std::string described(const std::vector<std::string>& lines, const std::string& folder) {
    for (const std::string& line : lines) {
        if (line.starts_with(folder)) {
            return line.substr(0, line.rfind(" ("));
        }
    }
    return "";
}

TEST_F(OverviewProject, FoldersSayWhatTheyAreInTheirOwnWords) {
    write("a/README.md", "# a\n\nThe part that waits for jobs.\n");
    write("b/__init__.py", "\"\"\"Runs the jobs.\"\"\"\n");
    write("c/CMakeLists.txt", "# Tools for measuring the queue\nadd_library(c c.cpp)\n");
    write("d/d.c", "int d;\n");
    write("README.md",
          "Tern is a small queue for jobs.\n\n| folder | what |\n|---|---|\n| `e/` | the web page "
          "|\n");
    write("e/e.c", "int e;\n");
    const Lines lines = said(OverviewTopic::kFolders);
    EXPECT_EQ(described(lines, "a/"), "a/: The part that waits for jobs.");
    EXPECT_EQ(described(lines, "b/"), "b/: Runs the jobs.");
    EXPECT_EQ(described(lines, "c/"), "c/: Tools for measuring the queue");
    EXPECT_EQ(described(lines, "e/"), "e/: the web page");
    EXPECT_EQ(described(lines, "d/").find("d/: 1 file, "), 0U);
}

TEST_F(OverviewProject, MainFunctionsAreDefinitionsAndNotDeclarations) {
    write("a.c", "int main(void);\nint x;\n");
    write("b.c", "int\nmain(int argc, char **argv)\n{\n}\n");
    write("c.go", "package main\n\nfunc main() {\n}\n");
    write("d.py", "def main():\n    pass\n\nif __name__ == \"__main__\":\n    main()\n");
    write("e.rs", "fn main() {\n}\n");
    EXPECT_EQ(labels(OverviewTopic::kPrograms), (Lines{"b.c:2", "c.go:3", "d.py:4", "e.rs:1"}));
}

TEST_F(OverviewProject, ScriptsOfBuildToolsAreNoPrograms) {
    write("configure", "#!/bin/sh\necho configure\n");
    write("bin/tern", "#!/usr/bin/env python3\nprint(1)\n");
    EXPECT_EQ(said(OverviewTopic::kPrograms), Lines{"bin/tern: script for python3"});
}

TEST_F(OverviewProject, BuildCommandsComeFromTextsAndThenFromFiles) {
    write("README.md",
          "Tern is a queue for jobs.\n\n```sh\n$ cmake -B build\nmake the tea ready.\n```\n\nmake "
          "is needed.\n\n"
          "    make install\n");
    write("Makefile", "VAR := 1\nall: tern\n\ntest:\n\t./test\n");
    write("configure.ac", "AC_INIT([tern],[1.0])\n");
    EXPECT_EQ(said(OverviewTopic::kBuild),
              (Lines{"cmake -B build",
                     "make install",
                     "make all: target of Makefile",
                     "make test: target of Makefile",
                     "./configure && make: there is configure.ac"}));
}

TEST_F(OverviewProject, TheInstallPageOfAllGnuPackagesIsNotThisOnes) {
    write("INSTALL",
          "These are generic installation instructions.\n\n     ./configure CC=c99 LIBS=-lposix\n");
    EXPECT_EQ(said(OverviewTopic::kBuild), Lines{});
}

TEST_F(OverviewProject, AHeaderTellsTheVersionWhereNothingElseDoes) {
    write("tern.h", "#define TERN_VERSION \"1.2.13\"\n");
    EXPECT_EQ(said(OverviewTopic::kVersion), Lines{"1.2.13: as tern.h says"});
    write("pyproject.toml", "[project]\nversion = \"1.3\"\n");
    EXPECT_EQ(said(OverviewTopic::kVersion), Lines{"1.3: as pyproject.toml says"});
}

TEST_F(OverviewProject, AuthorsAreNamesEachOnce) {
    write("AUTHORS",
          "The people who made this:\n\n* Ana Lopes <ana@x.org>\n  Bo Berg\nsee the git log.\n");
    write("LICENSE",
          "Copyright (c) 1989-1994\n\tThe Regents of the University\nCopyright (C) <year> <name of "
          "author>\n");
    write("setup.cfg", "[metadata]\nauthor = Ana Lopes\n");
    EXPECT_EQ(said(OverviewTopic::kAuthors),
              (Lines{"Ana Lopes <ana@x.org>: in AUTHORS",
                     "Bo Berg: in AUTHORS",
                     "Copyright (c) 1989-1994 The Regents of the University: in LICENSE"}));
    EXPECT_EQ(labels(OverviewTopic::kAuthors).back(), "LICENSE:1-2");
}

TEST_F(OverviewProject, APackageWithoutReadmeIsWhatDebianSaysOfIt) {
    write("debian/control", "Source: tern\n\nPackage: tern\nDescription: small queue for jobs\n");
    write("debian/README.source", "The packaging sources are kept in git for all to see.\n");
    write("main.c", "int x;\n");
    EXPECT_EQ(said(OverviewTopic::kAbout), Lines{"tern: small queue for jobs"});
    EXPECT_EQ(questions(), Lines{"What is tern?"});
}

}  // namespace
}  // namespace tl
