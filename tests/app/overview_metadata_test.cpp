// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "app/overview/metadata.h"
#include "tests/app/test_corpus.h"

namespace tl {
namespace {

// "version 1.2 :3" for each field of one file: kind, value, line; a key stands before the value.
std::vector<std::string> fieldsOf(const std::string& name, const std::string& text) {
    static const std::vector<std::string> kKinds = {"name",
                                                    "version",
                                                    "description",
                                                    "licence",
                                                    "author",
                                                    "maintainer",
                                                    "program",
                                                    "script",
                                                    "package",
                                                    "header"};
    const Corpus corpus = corpusOf({{name, text}, {"other.txt", ""}});
    const OverviewInput input(corpus);
    std::vector<std::string> fields;
    for (const MetadataField& field : metadataOf(input)) {
        fields.push_back(kKinds.at(static_cast<size_t>(field.kind)) + " " +
                         (field.key.empty() ? "" : field.key + "=") + field.value + " :" +
                         std::to_string(field.line));
    }
    return fields;
}

using Lines = std::vector<std::string>;

TEST(OverviewMetadata, Pyproject) {
    EXPECT_EQ(fieldsOf("pyproject.toml",
                       "[project]\nname = \"tern\"\nversion = \"1.2\"\nlicense = {text = \"MIT\"}\n"
                       "authors = [\n  {name = \"Ana Lopes\", email = \"a@x.org\"},\n]\n"
                       "# name = \"no\"\n[project.scripts]\ntern = "
                       "\"tern.cli:main\"\n[tool.black]\nname = \"no\"\n"),
              (Lines{"name tern :2",
                     "version 1.2 :3",
                     "licence MIT :4",
                     "author Ana Lopes :6",
                     "program tern=tern.cli:main :10"}));
}

TEST(OverviewMetadata, SetupCfgWithContinuedLines) {
    EXPECT_EQ(
        fieldsOf(
            "setup.cfg",
            "[metadata]\nname = tern\nversion = attr: tern.__version__\n[options.entry_points]\n"
            "console_scripts =\n    tern = tern.cli:main\n    ternd = "
            "tern.daemon:main\n[flake8]\nname = no\n"),
        (Lines{
            "name tern :2", "program tern=tern.cli:main :6", "program ternd=tern.daemon:main :7"}));
}

TEST(OverviewMetadata, CargoWithBins) {
    EXPECT_EQ(fieldsOf("Cargo.toml",
                       "[package]\nname = \"tern\"\nversion = \"0.3.0\"\nauthors = [\"Ana "
                       "<a@x.org>\", \"Bo\"]\n"
                       "[[bin]]\nname = \"ternd\"\n[dependencies]\nname = \"1\"\n"),
              (Lines{"name tern :2",
                     "version 0.3.0 :3",
                     "author Ana <a@x.org> :4",
                     "author Bo :4",
                     "program ternd=ternd :6"}));
}

TEST(OverviewMetadata, PackageJsonByDepth) {
    EXPECT_EQ(
        fieldsOf("package.json",
                 "{\n \"name\": \"tern\",\n \"bin\": {\"tern\": \"cli.js\"},\n \"scripts\": {\n"
                 "  \"build\": \"tsc -p \\\".\\\"\"\n },\n \"author\": {\"name\": \"Ana\", "
                 "\"email\": \"a@x\"},\n"
                 " \"dependencies\": {\"name\": \"2\", \"version\": \"3\"}\n}\n"),
        (Lines{"name name=tern :2",
               "program tern=cli.js :3",
               "script build=tsc -p \".\" :5",
               "author name=Ana :7"}));
}

TEST(OverviewMetadata, BrokenJsonIsTakenAsFarAsItGoes) {
    EXPECT_EQ(fieldsOf("package.json", "{\"name\": \"tern\", \"version\": \"1"),
              (Lines{"name name=tern :1", "version version=1 :1"}));
    EXPECT_EQ(fieldsOf("package.json", "]]}}\"name"), Lines{});
}

TEST(OverviewMetadata, CMakeInSeveralLinesAndWithComments) {
    EXPECT_EQ(fieldsOf("CMakeLists.txt",
                       "# project(no VERSION 9)\nproject(\n  tern\n  VERSION 2.4.1\n  DESCRIPTION "
                       "\"A queue\")\n"
                       "add_executable(ternd main.cpp)\nadd_executable(${name} "
                       "a.cpp)\nadd_executable(x::y ALIAS ternd)\n"),
              (Lines{"name tern :3",
                     "version 2.4.1 :4",
                     "description A queue :5",
                     "program ternd=ternd :6"}));
}

TEST(OverviewMetadata, AutoconfWhereTheVersionIsWrittenOut) {
    EXPECT_EQ(fieldsOf("configure.ac",
                       "dnl AC_INIT([no],[9])\nAC_INIT([tern], [0.5.12], [bugs@x.org])\n"),
              (Lines{"name tern :2", "version 0.5.12 :2"}));
    EXPECT_EQ(fieldsOf("configure.ac", "AC_INIT([tern], [m4_esyscmd([git describe])])\n"),
              Lines{"name tern :1"});
}

TEST(OverviewMetadata, Meson) {
    EXPECT_EQ(
        fieldsOf(
            "meson.build",
            "project('tern', 'c', version : '1.1', license: 'MIT')\nexecutable('ternd', 'a.c')\n"),
        (Lines{"name tern :1", "version 1.1 :1", "licence MIT :1", "program ternd=ternd :2"}));
}

TEST(OverviewMetadata, DebianControlAndChangelog) {
    EXPECT_EQ(
        fieldsOf("debian/control",
                 "Source: tern\nMaintainer: Ana <a@x.org>\n\nPackage: ternd\nDescription: small "
                 "queue\n more of it\n"),
        (Lines{"name tern :1", "maintainer Ana <a@x.org> :2", "package ternd=small queue :5"}));
    EXPECT_EQ(fieldsOf("debian/changelog", "tern (1.2-3) unstable; urgency=low\n\n  * First.\n"),
              Lines{"version 1.2-3 :1"});
}

TEST(OverviewMetadata, AssignedValues) {
    EXPECT_EQ(fieldsOf("setup.py",
                       "setup(\n    name=\"tern\",\n    version=VERSION,\n    license='MIT',\n)\n"),
              (Lines{"name tern :2", "licence MIT :4"}));
    EXPECT_EQ(
        fieldsOf("tern/__init__.py", "__version__ = \"1.0\"\ndef f():\n    __version__ = \"2\"\n"),
        Lines{"version 1.0 :1"});
    EXPECT_EQ(fieldsOf("Makefile.am", "bin_PROGRAMS = tern ternd\n"),
              (Lines{"program tern=tern :1", "program ternd=ternd :1"}));
    EXPECT_EQ(fieldsOf("VERSION", "1.4.2\n"), Lines{"version 1.4.2 :1"});
    EXPECT_EQ(fieldsOf("VERSION", "see the web page\n"), Lines{});
}

TEST(OverviewMetadata, HeadersTellTheVersionOfTheWholeAlone) {
    EXPECT_EQ(fieldsOf("tern.h",
                       "#define TERN_VERSION \"1.2\"\n#define TERN_MIN_VERSION \"0.9\"\n"
                       "#define TERN_VERSION_MAJOR \"1\"\n/* VERSION \"3.0\" */\n"),
              Lines{"header TERN_VERSION=1.2 :1"});
}

}  // namespace
}  // namespace tl
