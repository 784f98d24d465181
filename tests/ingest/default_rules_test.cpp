// SPDX-License-Identifier: Apache-2.0
#include "ingest/source/default_rules.h"

#include <gtest/gtest.h>

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
    EXPECT_EQ(versionControlRule(".git"), "version control (.git)");
    EXPECT_EQ(versionControlRule("CVS"), "version control (CVS)");
    EXPECT_EQ(versionControlRule(".github"), "");
}

TEST(DefaultRules, KnowFoldersOfDependenciesAndTools) {
    EXPECT_EQ(folderRule("node_modules", {}), "dependencies (node_modules)");
    EXPECT_EQ(folderRule("x.egg-info", {}), "dependencies (x.egg-info)");
    EXPECT_EQ(folderRule("__pycache__", {}), "files of a tool (__pycache__)");
    EXPECT_EQ(folderRule("src", {}), "");
}

TEST(DefaultRules, BuildFoldersCountOnlyBesideTheirTool) {
    EXPECT_EQ(folderRule("target", {}), "");
    EXPECT_EQ(folderRule("target", listing({"Cargo.toml"})),
              "build output (target beside Cargo.toml)");
    EXPECT_EQ(folderRule("dist", listing({"package.json"})),
              "build output (dist beside package.json)");
    EXPECT_EQ(folderRule("build", listing({"package.json"})), "");
    EXPECT_EQ(folderRule("vendor", listing({"go.mod"})), "dependencies (vendor beside go.mod)");
}

TEST(DefaultRules, KnowFoldersByWhatToolsLeaveInThem) {
    EXPECT_EQ(folderMarkRule(listing({"CMakeCache.txt"})), "build output (holds CMakeCache.txt)");
    EXPECT_EQ(folderMarkRule(listing({"CMakeCache.txt", "CMakeLists.txt"})), "");
    EXPECT_EQ(folderMarkRule(listing({"pyvenv.cfg", "x"})), "dependencies (holds pyvenv.cfg)");
    EXPECT_EQ(folderMarkRule(listing({"main.c"})), "");
}

TEST(DefaultRules, KnowFilesByName) {
    EXPECT_EQ(fileRule("Cargo.lock", /*ocr=*/false), "lock file");
    EXPECT_EQ(fileRule("go.sum", /*ocr=*/false), "lock file");
    EXPECT_EQ(fileRule("jquery.min.js", /*ocr=*/false), "minified (*.min.js)");
    EXPECT_EQ(fileRule("app.js.map", /*ocr=*/false), "source map (*.js.map)");
    EXPECT_EQ(fileRule("x.pb.cc", /*ocr=*/false), "generated (*.pb.cc)");
    EXPECT_EQ(fileRule("x_pb2.py", /*ocr=*/false), "generated (*_pb2.py)");
    EXPECT_EQ(fileRule("Photo.JPG", /*ocr=*/false), "image, OCR is off");
    EXPECT_EQ(fileRule("a.7z", /*ocr=*/false), "archive");
    EXPECT_EQ(fileRule("serde-1.0.crate", /*ocr=*/false), "package (*.crate)");
}

TEST(DefaultRules, KnowMembersOfArchivesByTheirPath) {
    std::string_view folder;
    EXPECT_EQ(memberRule("app/node_modules/x/index.js", /*ocr=*/false, folder),
              "dependencies (node_modules)");
    EXPECT_EQ(folder, "app/node_modules");
    EXPECT_EQ(memberRule("app/yarn.lock", /*ocr=*/false, folder), "lock file");
    EXPECT_EQ(folder, "");
    EXPECT_EQ(memberRule("app/src/main.c", /*ocr=*/false, folder), "");
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
        EXPECT_EQ(fileRule(name, /*ocr=*/false), "") << name;
    }
}

}  // namespace
}  // namespace tl
