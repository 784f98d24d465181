// SPDX-License-Identifier: Apache-2.0
#include "ingest/source/default_rules.h"

#include <gtest/gtest.h>

#include "tests/support/said.h"

namespace tl {
namespace {

FolderListing listing(const std::vector<std::string>& files) {
    std::vector<FolderItem> items;
    for (const std::string& name : files) {
        items.push_back({.name = name, .kind = ItemKind::kFile});
    }
    return FolderListing(std::move(items));
}

TEST(DefaultRules, KnowVersionControlFolders) {
    EXPECT_EQ(said(versionControlRule(".git")), "version control (.git)");
    EXPECT_EQ(said(versionControlRule("CVS")), "version control (CVS)");
    EXPECT_EQ(said(versionControlRule(".github")), "");
}

TEST(DefaultRules, KnowFoldersOfDependenciesAndTools) {
    EXPECT_EQ(said(folderRule("node_modules", {})), "dependencies (node_modules)");
    EXPECT_EQ(said(folderRule("x.egg-info", {})), "dependencies (x.egg-info)");
    EXPECT_EQ(said(folderRule("__pycache__", {})), "files of a tool (__pycache__)");
    EXPECT_EQ(said(folderRule("src", {})), "");
}

TEST(DefaultRules, BuildFoldersCountOnlyBesideTheirTool) {
    EXPECT_EQ(said(folderRule("target", {})), "");
    EXPECT_EQ(said(folderRule("target", listing({"Cargo.toml"}))),
              "build output (target beside Cargo.toml)");
    EXPECT_EQ(said(folderRule("dist", listing({"package.json"}))),
              "build output (dist beside package.json)");
    EXPECT_EQ(said(folderRule("build", listing({"package.json"}))), "");
    EXPECT_EQ(said(folderRule("vendor", listing({"go.mod"}))),
              "dependencies (vendor beside go.mod)");
}

TEST(DefaultRules, KnowFoldersByWhatToolsLeaveInThem) {
    EXPECT_EQ(said(folderMarkRule("x", listing({"CMakeCache.txt"}))),
              "build output (holds CMakeCache.txt)");
    EXPECT_EQ(said(folderMarkRule("x", listing({"CMakeCache.txt", "CMakeLists.txt"}))), "");
    EXPECT_EQ(said(folderMarkRule("x", listing({"pyvenv.cfg", "x"}))),
              "dependencies (holds pyvenv.cfg)");
    EXPECT_EQ(said(folderMarkRule("x", listing({"main.c"}))), "");
}

TEST(DefaultRules, KnowFilesByName) {
    EXPECT_EQ(said(fileRule("Cargo.lock", /*ocr=*/false)), "lock file");
    EXPECT_EQ(said(fileRule("go.sum", /*ocr=*/false)), "lock file");
    EXPECT_EQ(said(fileRule("jquery.min.js", /*ocr=*/false)), "minified (*.min.js)");
    EXPECT_EQ(said(fileRule("app.js.map", /*ocr=*/false)), "source map (*.js.map)");
    EXPECT_EQ(said(fileRule("x.pb.cc", /*ocr=*/false)), "generated (*.pb.cc)");
    EXPECT_EQ(said(fileRule("x_pb2.py", /*ocr=*/false)), "generated (*_pb2.py)");
    EXPECT_EQ(said(fileRule("Photo.JPG", /*ocr=*/false)), "image, OCR is off");
    EXPECT_EQ(said(fileRule("a.7z", /*ocr=*/false)), "archive");
    EXPECT_EQ(said(fileRule("serde-1.0.crate", /*ocr=*/false)), "package (*.crate)");
}

TEST(DefaultRules, KnowMembersOfArchivesByTheirPath) {
    std::string_view folder;
    EXPECT_EQ(said(memberRule("app/node_modules/x/index.js", /*ocr=*/false, folder)),
              "dependencies (node_modules)");
    EXPECT_EQ(folder, "app/node_modules");
    EXPECT_EQ(said(memberRule("app/yarn.lock", /*ocr=*/false, folder)), "lock file");
    EXPECT_EQ(folder, "");
    EXPECT_EQ(said(memberRule("app/src/main.c", /*ocr=*/false, folder)), "");
}

TEST(DefaultRules, LeaveSourcesAndTextsAlone) {
    for (const char* name : {"main.c",
                             "logs.tar.gz",
                             "data.zip",
                             "README.md",
                             "a.ts",
                             "Makefile",
                             ".gitignore",
                             "notes",
                             "flock.c",
                             "min.js",
                             ".png",
                             "key.pem",
                             "mesh.obj",
                             "map.js"}) {
        EXPECT_EQ(said(fileRule(name, /*ocr=*/false)), "") << name;
    }
}

TEST(DefaultRules, CopiesOfEditorsAreTold) {
    const FolderListing beside = listing({"main.c", "notes.txt"});
    EXPECT_EQ(said(backupRule("main.c~", beside)), "an editor's copy (*~)");
    EXPECT_EQ(said(backupRule(".main.c.swp", beside)), "an editor's copy (.*.sw?)");
    EXPECT_EQ(said(backupRule("#main.c#", beside)), "an editor's copy (#*#)");
    EXPECT_EQ(said(backupRule("~$plan.docx", beside)), "an editor's copy (~$*)");
    EXPECT_EQ(said(backupRule("main.c.orig", beside)), "an editor's copy (*.orig)");
    EXPECT_EQ(said(backupRule("notes.txt.bak", beside)), "an editor's copy (*.bak)");
    // Alone it is all that there is.
    for (const char* name : {"lost.c.orig", "data.old", "#", "~", "#include", "a.swp.txt"}) {
        EXPECT_EQ(said(backupRule(name, beside)), "") << name;
    }
}

TEST(DefaultRules, CopiesOfForeignCodeAreTold) {
    const FolderListing nothing;
    EXPECT_EQ(said(folderRule("third_party", nothing)), "a copy of foreign code (third_party)");
    EXPECT_EQ(said(folderRule("_vendor", nothing)), "a copy of foreign code (_vendor)");
    EXPECT_EQ(said(folderRule(".pc", nothing)), "files of a tool (.pc)");
    const FolderListing licensed = listing({"LICENSE", "zlib.h"});
    EXPECT_EQ(said(folderMarkRule("vendor/zlib", licensed)),
              "a copy of foreign code (zlib: LICENSE)");
    EXPECT_EQ(said(folderMarkRule("src/external/zlib", licensed)),
              "a copy of foreign code (zlib: LICENSE)");
    EXPECT_EQ(said(folderMarkRule("src/zlib", licensed)), "");
    EXPECT_EQ(said(folderMarkRule("vendor", licensed)), "");
    EXPECT_EQ(said(folderMarkRule("vendor/own", listing({"main.c"}))), "");
}

}  // namespace
}  // namespace tl
