// SPDX-License-Identifier: Apache-2.0
#include "ingest/source/default_rules.h"

#include <algorithm>
#include <array>
#include <span>

#include "ingest/sandbox/formats.h"
#include "ingest/source/file_kinds.h"

namespace tl {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 9> kVersionControl{
    ".bzr", ".git", ".hg", ".jj", ".pijul", ".sl", ".svn", "CVS", "_darcs"};

constexpr std::array<std::string_view, 8> kDependencies{".eggs",
                                                        ".venv",
                                                        ".yarn",
                                                        "bower_components",
                                                        "elm-stuff",
                                                        "jspm_packages",
                                                        "node_modules",
                                                        "site-packages"};

constexpr std::array<std::string_view, 17> kCaches{".cache",
                                                   ".dart_tool",
                                                   ".gradle",
                                                   ".idea",
                                                   ".ipynb_checkpoints",
                                                   ".mypy_cache",
                                                   ".next",
                                                   ".nox",
                                                   ".nuxt",
                                                   ".parcel-cache",
                                                   ".pytest_cache",
                                                   ".ruff_cache",
                                                   ".svelte-kit",
                                                   ".terraform",
                                                   ".tox",
                                                   ".turbo",
                                                   "__pycache__"};

// A folder that a tool fills, when the tool's own file stands beside it.
struct ToolFolder {
    std::string_view folder;
    std::string_view beside;
    std::string_view what;
};

constexpr std::array<ToolFolder, 22> kToolFolders{{
    {"target", "Cargo.toml", "build output"},    {"target", "pom.xml", "build output"},
    {"target", "build.sbt", "build output"},     {"target", "project.clj", "build output"},
    {"build", "build.gradle", "build output"},   {"build", "build.gradle.kts", "build output"},
    {"build", "setup.py", "build output"},       {"build", "pyproject.toml", "build output"},
    {"build", "pubspec.yaml", "build output"},   {"dist", "package.json", "build output"},
    {"dist", "setup.py", "build output"},        {"dist", "pyproject.toml", "build output"},
    {"_build", "mix.exs", "build output"},       {"_build", "dune-project", "build output"},
    {"_build", "rebar.config", "build output"},  {".stack-work", "stack.yaml", "build output"},
    {".build", "Package.swift", "build output"}, {"vendor", "go.mod", "dependencies"},
    {"vendor", "composer.json", "dependencies"}, {"vendor", "Gemfile", "dependencies"},
    {"deps", "mix.exs", "dependencies"},         {"Pods", "Podfile", "dependencies"},
}};

// A file that a tool leaves in a folder it fills.
struct Mark {
    std::string_view file;
    std::string_view unless;  // a file whose presence says that sources stand here too; or empty
    std::string_view what;
};

constexpr std::array<Mark, 3> kMarks{{
    {"CMakeCache.txt", "CMakeLists.txt", "build output"},
    {"CACHEDIR.TAG", "", "cache"},
    {"pyvenv.cfg", "", "dependencies"},
}};

constexpr std::array<std::string_view, 27> kLockFiles{"Cargo.lock",
                                                      "Gemfile.lock",
                                                      "Package.resolved",
                                                      "Pipfile.lock",
                                                      "Podfile.lock",
                                                      "bun.lock",
                                                      "bun.lockb",
                                                      "cabal.project.freeze",
                                                      "composer.lock",
                                                      "conan.lock",
                                                      "deno.lock",
                                                      "flake.lock",
                                                      "go.sum",
                                                      "go.work.sum",
                                                      "gradle.lockfile",
                                                      "mix.lock",
                                                      "npm-shrinkwrap.json",
                                                      "package-lock.json",
                                                      "packages.lock.json",
                                                      "pdm.lock",
                                                      "pixi.lock",
                                                      "pnpm-lock.yaml",
                                                      "poetry.lock",
                                                      "pubspec.lock",
                                                      "stack.yaml.lock",
                                                      "uv.lock",
                                                      "yarn.lock"};

// Archives that hold what somebody else has made, to be installed.
constexpr std::array<std::string_view, 4> kPackages{"crate", "egg", "gem", "whl"};

constexpr std::array<std::string_view, 6> kMinifiedEndings{
    ".min.js", ".min.mjs", ".min.cjs", ".min.css", "-min.js", "-min.css"};

constexpr std::array<std::string_view, 6> kSourceMapEndings{
    ".js.map", ".mjs.map", ".cjs.map", ".css.map", ".ts.map", ".wasm.map"};

constexpr std::array<std::string_view, 21> kGeneratedEndings{
    ".pb.cc",        ".pb.h",         ".pb.go",       ".pb.gw.go", ".pb.swift",    "_pb2.py",
    "_pb2.pyi",      "_pb2_grpc.py",  "_pb.js",       "_pb.d.ts",  "_grpc_pb.js",  ".g.dart",
    ".gr.dart",      ".freezed.dart", ".g.cs",        ".g.i.cs",   ".Designer.cs", ".designer.cs",
    ".generated.cs", ".generated.h",  ".generated.ts"};

// contains() searches these by halving.
static_assert(std::is_sorted(kVersionControl.begin(), kVersionControl.end()));
static_assert(std::is_sorted(kDependencies.begin(), kDependencies.end()));
static_assert(std::is_sorted(kCaches.begin(), kCaches.end()));
static_assert(std::is_sorted(kLockFiles.begin(), kLockFiles.end()));
static_assert(std::is_sorted(kPackages.begin(), kPackages.end()));

bool contains(Names names, std::string_view name) {
    return std::binary_search(names.begin(), names.end(), name);
}

// The ending of the list that `name` has behind at least one byte; empty for none.
std::string_view endingOf(Names endings, std::string_view name) {
    for (const std::string_view ending : endings) {
        if (name.size() > ending.size() && name.ends_with(ending)) {
            return ending;
        }
    }
    return {};
}

std::string because(std::string_view what, std::string_view detail) {
    return std::string(what) + " (" + std::string(detail) + ")";
}

}  // namespace

std::string versionControlRule(std::string_view name) {
    return contains(kVersionControl, name) ? because("version control", name) : "";
}

std::string folderRule(std::string_view name, const FolderListing& beside) {
    if (contains(kDependencies, name) || name.ends_with(".egg-info")) {
        return because("dependencies", name);
    }
    if (contains(kCaches, name)) {
        return because("files of a tool", name);
    }
    for (const ToolFolder& tool : kToolFolders) {
        if (tool.folder == name && beside.hasFile(tool.beside)) {
            return because(tool.what, std::string(name) + " beside " + std::string(tool.beside));
        }
    }
    return {};
}

std::string folderMarkRule(const FolderListing& inside) {
    for (const Mark& mark : kMarks) {
        if (inside.hasFile(mark.file) && !inside.hasFile(mark.unless)) {
            return because(mark.what, "holds " + std::string(mark.file));
        }
    }
    return {};
}

std::string fileRule(std::string_view name, bool ocr) {
    if (contains(kLockFiles, name)) {
        return "lock file";
    }
    if (const std::string extension = extensionOf(name); contains(kPackages, extension)) {
        return because("package", std::string("*.").append(extension));
    }
    if (const auto ending = endingOf(kMinifiedEndings, name); !ending.empty()) {
        return because("minified", std::string("*").append(ending));
    }
    if (const auto ending = endingOf(kSourceMapEndings, name); !ending.empty()) {
        return because("source map", std::string("*").append(ending));
    }
    if (const auto ending = endingOf(kGeneratedEndings, name); !ending.empty()) {
        return because("generated", std::string("*").append(ending));
    }
    const SandboxedFormat* format = formatByName(name);
    if (format != nullptr && format->kind == DocumentKind::kImage && !ocr) {
        return "image, OCR is off";
    }
    return format != nullptr ? "" : std::string(binaryKindOf(name));
}

std::string memberRule(std::string_view path, bool ocr, std::string_view& folder) {
    static const FolderListing kNothingBeside;
    folder = {};
    size_t begin = 0;
    for (size_t slash = path.find('/'); slash != std::string_view::npos;
         slash = path.find('/', begin)) {
        const std::string_view name = path.substr(begin, slash - begin);
        std::string reason = versionControlRule(name);
        if (reason.empty()) {
            reason = folderRule(name, kNothingBeside);
        }
        if (!reason.empty()) {
            folder = path.substr(0, slash);
            return reason;
        }
        begin = slash + 1;
    }
    return fileRule(path.substr(begin), ocr);
}

}  // namespace tl
