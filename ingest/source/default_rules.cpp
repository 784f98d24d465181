// SPDX-License-Identifier: Apache-2.0
#include "ingest/source/default_rules.h"

#include <algorithm>
#include <array>
#include <span>

#include "ingest/formats/formats.h"
#include "ingest/io/file_kinds.h"

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

constexpr std::array<std::string_view, 18> kCaches{".cache",
                                                   ".dart_tool",
                                                   ".gradle",
                                                   ".idea",
                                                   ".ipynb_checkpoints",
                                                   ".mypy_cache",
                                                   ".next",
                                                   ".nox",
                                                   ".nuxt",
                                                   ".parcel-cache",
                                                   ".pc",
                                                   ".pytest_cache",
                                                   ".ruff_cache",
                                                   ".svelte-kit",
                                                   ".terraform",
                                                   ".tox",
                                                   ".turbo",
                                                   "__pycache__"};

// Copies of foreign code, by what people call the folder they put them in.
constexpr std::array<std::string_view, 8> kVendored{"3rdparty",
                                                    "_vendor",
                                                    "_vendored",
                                                    "third-party",
                                                    "thirdParty",
                                                    "third_party",
                                                    "thirdparty",
                                                    "vendored"};

// Folders in which copies of foreign code stand beside a project's own: one that brings its licence
// along is such a copy.
constexpr std::array<std::string_view, 7> kVendorParents{
    "bundled", "deps", "extern", "external", "externals", "subprojects", "vendor"};

constexpr std::array<std::string_view, 10> kLicences{"COPYING",
                                                     "COPYING.txt",
                                                     "LICENCE",
                                                     "LICENCE.txt",
                                                     "LICENSE",
                                                     "LICENSE-MIT",
                                                     "LICENSE.md",
                                                     "LICENSE.rst",
                                                     "LICENSE.txt",
                                                     "UNLICENSE"};

// A folder that a tool fills, when the tool's own file stands beside it.
struct ToolFolder {
    std::string_view folder;
    std::string_view beside;
    ReasonCode what;
};

constexpr std::array<ToolFolder, 22> kToolFolders{{
    {"target", "Cargo.toml", ReasonCode::kBuildOutput},
    {"target", "pom.xml", ReasonCode::kBuildOutput},
    {"target", "build.sbt", ReasonCode::kBuildOutput},
    {"target", "project.clj", ReasonCode::kBuildOutput},
    {"build", "build.gradle", ReasonCode::kBuildOutput},
    {"build", "build.gradle.kts", ReasonCode::kBuildOutput},
    {"build", "setup.py", ReasonCode::kBuildOutput},
    {"build", "pyproject.toml", ReasonCode::kBuildOutput},
    {"build", "pubspec.yaml", ReasonCode::kBuildOutput},
    {"dist", "package.json", ReasonCode::kBuildOutput},
    {"dist", "setup.py", ReasonCode::kBuildOutput},
    {"dist", "pyproject.toml", ReasonCode::kBuildOutput},
    {"_build", "mix.exs", ReasonCode::kBuildOutput},
    {"_build", "dune-project", ReasonCode::kBuildOutput},
    {"_build", "rebar.config", ReasonCode::kBuildOutput},
    {".stack-work", "stack.yaml", ReasonCode::kBuildOutput},
    {".build", "Package.swift", ReasonCode::kBuildOutput},
    {"vendor", "go.mod", ReasonCode::kDependencies},
    {"vendor", "composer.json", ReasonCode::kDependencies},
    {"vendor", "Gemfile", ReasonCode::kDependencies},
    {"deps", "mix.exs", ReasonCode::kDependencies},
    {"Pods", "Podfile", ReasonCode::kDependencies},
}};

// A file that a tool leaves in a folder it fills.
struct Mark {
    std::string_view file;
    std::string_view unless;  // a file whose presence says that sources stand here too; or empty
    ReasonCode what;
};

constexpr std::array<Mark, 3> kMarks{{
    {"CMakeCache.txt", "CMakeLists.txt", ReasonCode::kBuildOutputByMark},
    {"CACHEDIR.TAG", "", ReasonCode::kCacheByMark},
    {"pyvenv.cfg", "", ReasonCode::kDependenciesByMark},
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

// What editors, patch and merges leave beside a file: its older text.
constexpr std::array<std::string_view, 8> kCopyEndings{
    ".BACKUP", ".bak", ".bkp", ".old", ".orig", ".rej", ".save", ".sav"};

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
static_assert(std::is_sorted(kVendored.begin(), kVendored.end()));
static_assert(std::is_sorted(kVendorParents.begin(), kVendorParents.end()));
static_assert(std::is_sorted(kLockFiles.begin(), kLockFiles.end()));
static_assert(std::is_sorted(kPackages.begin(), kPackages.end()));

bool contains(Names names, std::string_view name) {
    return std::binary_search(names.begin(), names.end(), name);
}

// The ending of the list that `name` has after at least one byte; empty for none.
std::string_view endingOf(Names endings, std::string_view name) {
    for (const std::string_view ending : endings) {
        if (name.size() > ending.size() && name.ends_with(ending)) {
            return ending;
        }
    }
    return {};
}

Reason named(ReasonCode what, std::string_view name, std::string_view beside = {}) {
    return {.code = what, .name = std::string(name), .detail = std::string(beside)};
}

Reason byEnding(ReasonCode what, std::string_view ending) {
    return {.code = what, .name = std::string("*").append(ending)};
}

}  // namespace

Reason versionControlRule(std::string_view name) {
    return contains(kVersionControl, name) ? named(ReasonCode::kVersionControl, name) : Reason();
}

Reason folderRule(std::string_view name, const FolderListing& beside) {
    if (contains(kDependencies, name) || name.ends_with(".egg-info")) {
        return named(ReasonCode::kDependencies, name);
    }
    if (contains(kCaches, name)) {
        return named(ReasonCode::kToolFiles, name);
    }
    if (contains(kVendored, name)) {
        return named(ReasonCode::kVendoredCopy, name);
    }
    for (const ToolFolder& tool : kToolFolders) {
        if (tool.folder == name && beside.hasFile(tool.beside)) {
            return named(tool.what, name, tool.beside);
        }
    }
    return {};
}

Reason folderMarkRule(std::string_view path, const FolderListing& inside) {
    const std::string_view above = path.substr(0, std::min(path.rfind('/'), path.size()));
    if (path.size() > above.size() &&
        contains(kVendorParents, above.substr(above.rfind('/') + 1))) {
        for (const std::string_view licence : kLicences) {
            if (inside.hasFile(licence)) {
                return named(ReasonCode::kVendoredCopy, path.substr(above.size() + 1), licence);
            }
        }
    }
    for (const Mark& mark : kMarks) {
        if (inside.hasFile(mark.file) && !inside.hasFile(mark.unless)) {
            return named(mark.what, mark.file);
        }
    }
    return {};
}

Reason backupRule(std::string_view name, const FolderListing& beside) {
    const auto copy = [](std::string_view shape) {
        return named(ReasonCode::kEditorBackup, shape);
    };
    if (name.size() > 1 && name.ends_with('~')) {
        return copy("*~");
    }
    if (name.size() > 2 && name.starts_with('#') && name.ends_with('#')) {
        return copy("#*#");
    }
    if (name.starts_with("~$") || name.starts_with(".~lock.")) {
        return copy(name.starts_with("~$") ? "~$*" : ".~lock.*");
    }
    if (name.starts_with('.') && name.size() > 5 && name.substr(name.size() - 4, 3) == ".sw") {
        return copy(".*.sw?");  // Vim's
    }
    const std::string_view ending = endingOf(kCopyEndings, name);
    const bool isCopy =
        !ending.empty() && beside.hasFile(name.substr(0, name.size() - ending.size()));
    return isCopy ? copy("*" + std::string(ending)) : Reason();
}

Reason fileRule(std::string_view name, bool ocr) {
    if (contains(kLockFiles, name)) {
        return {.code = ReasonCode::kLockFile};
    }
    if (const std::string extension = extensionOf(name); contains(kPackages, extension)) {
        return byEnding(ReasonCode::kPackage, "." + extension);
    }
    if (const auto ending = endingOf(kMinifiedEndings, name); !ending.empty()) {
        return byEnding(ReasonCode::kMinifiedName, ending);
    }
    if (const auto ending = endingOf(kSourceMapEndings, name); !ending.empty()) {
        return byEnding(ReasonCode::kSourceMap, ending);
    }
    if (const auto ending = endingOf(kGeneratedEndings, name); !ending.empty()) {
        return byEnding(ReasonCode::kGeneratedName, ending);
    }
    const SandboxedFormat* format = formatByName(name);
    if (format != nullptr && format->kind == DocumentKind::kImage && !ocr) {
        return {.code = ReasonCode::kImageOcrOff};
    }
    return {.code = format != nullptr ? ReasonCode::kNone : binaryKindOf(name)};
}

Reason memberRule(std::string_view path, bool ocr, std::string_view& folder) {
    static const FolderListing kNothingBeside;
    folder = {};
    size_t begin = 0;
    for (size_t slash = path.find('/'); slash != std::string_view::npos;
         slash = path.find('/', begin)) {
        const std::string_view name = path.substr(begin, slash - begin);
        Reason reason = versionControlRule(name);
        if (reason.isNone()) {
            reason = folderRule(name, kNothingBeside);
        }
        if (!reason.isNone()) {
            folder = path.substr(0, slash);
            return reason;
        }
        begin = slash + 1;
    }
    Reason backup = backupRule(path.substr(begin), kNothingBeside);
    return backup.isNone() ? fileRule(path.substr(begin), ocr) : backup;
}

}  // namespace tl
