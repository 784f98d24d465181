// SPDX-License-Identifier: Apache-2.0
#include "ingest/source/ignore_rules.h"

#include <utility>

#include "base/log.h"
#include "ingest/read/file_bytes.h"
#include "ingest/source/work_tree.h"

namespace tl {
namespace {

// Far above any real one (a few KiB), far below what would hurt.
constexpr int64_t kMaxIgnoreFileBytes = 4 << 20;

// nullopt without patterns: nothing there, or unreadable, which is logged.
std::optional<IgnoreFile> load(const std::filesystem::path& path,
                               std::string shown,
                               const std::string& folder) {
    const auto bytes = readFileBytes(path, kMaxIgnoreFileBytes);
    if (!bytes.ok()) {
        if (bytes.error().code != ErrorCode::kNotFound) {
            logWarning(path.string() + ": its rules are not used: " + bytes.error().message);
        }
        return std::nullopt;
    }
    auto patterns = parseIgnoreFile(bytes.value());
    if (patterns.empty()) {
        return std::nullopt;
    }
    return IgnoreFile{std::move(shown), folder, std::move(patterns)};
}

}  // namespace

IgnoreRules::IgnoreRules(const std::filesystem::path& globalFile) {
    if (!globalFile.empty()) {
        m_global = load(globalFile, globalFile.string(), "");
    }
}

void IgnoreRules::enter(const Folder& folder) {
    Level& level = m_levels.emplace_back();
    level.isWorkTree = folder.isWorkTree;
    level.relativeSize = folder.relative.size();
    if (folder.hasGitIgnore) {
        level.gitIgnore =
            load(folder.path / ".gitignore", folder.shown + ".gitignore", folder.relative);
    }
    if (folder.hasDotIgnore) {
        level.dotIgnore = load(folder.path / ".ignore", folder.shown + ".ignore", folder.relative);
    }
    if (folder.isWorkTree) {
        const std::filesystem::path file = workTreeExcludeFile(folder.path);
        const bool isUsual = file == folder.path / ".git" / "info" / "exclude";
        level.exclude = load(
            file, isUsual ? folder.shown + ".git/info/exclude" : file.string(), folder.relative);
    }
}

void IgnoreRules::leave() {
    m_levels.pop_back();
}

IgnoreRules::Decision IgnoreRules::decideByDotIgnore(std::string_view path, bool isFolder) const {
    for (auto level = m_levels.rbegin(); level != m_levels.rend(); ++level) {
        if (level->dotIgnore) {
            if (const IgnorePattern* pattern = level->dotIgnore->decide(path, isFolder)) {
                return {&*level->dotIgnore, pattern};
            }
        }
    }
    return {};
}

IgnoreRules::Decision IgnoreRules::decideByGit(std::string_view path, bool isFolder) const {
    size_t workTreeSize = 0;  // the global file speaks about paths below the work tree
    for (auto level = m_levels.rbegin(); level != m_levels.rend(); ++level) {
        if (level->gitIgnore) {
            if (const IgnorePattern* pattern = level->gitIgnore->decide(path, isFolder)) {
                return {&*level->gitIgnore, pattern};
            }
        }
        if (level->exclude) {
            if (const IgnorePattern* pattern = level->exclude->decide(path, isFolder)) {
                return {&*level->exclude, pattern};
            }
        }
        if (level->isWorkTree) {
            workTreeSize = level->relativeSize;
            break;
        }
    }
    if (m_global) {
        if (const IgnorePattern* p = m_global->decide(path.substr(workTreeSize), isFolder)) {
            return {&*m_global, p};
        }
    }
    return {};
}

IgnoreVerdict IgnoreRules::ask(std::string_view path, bool isFolder) const {
    Decision decision = decideByDotIgnore(path, isFolder);
    const bool isFromDotIgnore = decision.pattern != nullptr;
    if (!isFromDotIgnore) {
        decision = decideByGit(path, isFolder);
    }
    if (decision.pattern == nullptr) {
        return {};
    }
    if (decision.pattern->isNegated()) {
        return {isFromDotIgnore ? IgnoreAnswer::kTakenBackForAll : IgnoreAnswer::kTakenBack, ""};
    }
    return {IgnoreAnswer::kIgnored,
            "ignored by " + decision.file->name + ":" +
                std::to_string(decision.pattern->lineNumber()) + ": " + decision.pattern->text()};
}

}  // namespace tl
