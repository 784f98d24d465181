// SPDX-License-Identifier: Apache-2.0
#include "ingest/source/ignore_rules.h"

#include <algorithm>
#include <utility>

#include "ingest/io/file_bytes.h"
#include "ingest/source/work_tree.h"

namespace tl {
namespace {

// Far above any real one (a few KiB), far below what would hurt.
constexpr int64_t kMaxIgnoreFileBytes = 4 << 20;

constexpr int64_t kMaxIndexBytes = 256 << 20;

Reason ignoredBy(const IgnoreFile& file, const IgnorePattern& pattern) {
    return {.code = ReasonCode::kIgnoredByRule,
            .name = file.name,
            .detail = pattern.text(),
            .count = pattern.lineNumber()};
}

}  // namespace

// nullopt without patterns: nothing there, or nothing that can be used.
std::optional<IgnoreFile> IgnoreRules::load(const std::filesystem::path& path,
                                            std::string shown,
                                            const std::string& folder) {
    const auto bytes = readFileBytes(path, kMaxIgnoreFileBytes);
    if (!bytes.ok()) {
        if (bytes.error().code != ErrorCode::kNotFound) {
            m_unusable.push_back({path,
                                  std::move(shown),
                                  becauseOf(ReasonCode::kRulesNotUsed, bytes.error().reason)});
        }
        return std::nullopt;
    }
    auto patterns = parseIgnoreFile(bytes.value());
    if (patterns.empty()) {
        return std::nullopt;
    }
    return IgnoreFile{std::move(shown), folder, std::move(patterns)};
}

IgnoreRules::IgnoreRules(const std::filesystem::path& globalFile) : m_globalFile(globalFile) {
    if (globalFile.is_absolute()) {
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
        enterWorkTree(folder, level);
    }
}

void IgnoreRules::enterWorkTree(const Folder& folder, Level& level) {
    const GitFiles files = gitFilesOf(folder.path);
    const auto shown = [&](const std::filesystem::path& file) {
        const std::string below = file.lexically_relative(folder.path).native();
        return below.starts_with(".git/") ? folder.shown + below : file.native();
    };
    level.exclude = load(files.exclude, shown(files.exclude), folder.relative);
    const WorkTreeConfig config = workTreeConfig(files.config);
    const std::filesystem::path global = config.excludesFile.value_or(m_globalFile);
    level.hasOwnGlobal = config.excludesFile || global.is_relative();
    if (level.hasOwnGlobal && !global.empty()) {
        level.global = load(folder.path / global, global.string(), folder.relative);
    }
    level.indexFile = files.index;
    level.indexShown = shown(files.index);
    level.idBytes = config.idBytes;
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
    const Level* workTree = nullptr;  // the global file speaks about paths below it
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
            workTree = &*level;
            break;
        }
    }
    const bool isOwn = workTree != nullptr && workTree->hasOwnGlobal;
    if (const std::optional<IgnoreFile>& global = isOwn ? workTree->global : m_global) {
        const std::string_view below =
            isOwn || workTree == nullptr ? path : path.substr(workTree->relativeSize);
        if (const IgnorePattern* pattern = global->decide(below, isFolder)) {
            return {&*global, pattern};
        }
    }
    return {};
}

// What cannot be read lists nothing, and is told once.
const GitIndex& IgnoreRules::indexOf(Level& level) {
    if (level.index) {
        return *level.index;
    }
    level.index.emplace();
    const auto bytes = readFileBytes(level.indexFile, kMaxIndexBytes);
    Reading<GitIndex> index =
        bytes.ok() ? GitIndex::parse(bytes.value(), level.idBytes) : bytes.error();
    if (index.ok()) {
        level.index = std::move(index).value();
    } else if (index.error().code != ErrorCode::kNotFound) {
        m_unusable.push_back({level.indexFile,
                              level.indexShown,
                              becauseOf(ReasonCode::kIndexNotUsed, index.error().reason)});
    }
    return *level.index;
}

IgnoreVerdict IgnoreRules::unlessTracked(std::string_view path,
                                         bool isFolder,
                                         const Reason& reason) {
    const auto level = std::find_if(
        m_levels.rbegin(), m_levels.rend(), [](const Level& l) { return l.isWorkTree; });
    if (level == m_levels.rend()) {
        return {IgnoreAnswer::kIgnored, reason};
    }
    const GitIndex& index = indexOf(*level);
    const std::string_view below = path.substr(level->relativeSize);
    const bool isTracked = index.tracks(below);
    if (isTracked && !isFolder) {
        return {};
    }
    const bool holdsTracked = isTracked || (isFolder && index.tracksBelow(below));
    return {holdsTracked ? IgnoreAnswer::kHoldsTracked : IgnoreAnswer::kIgnored, reason};
}

IgnoreVerdict IgnoreRules::ask(std::string_view path, bool isFolder, const Reason& ignoredAbove) {
    const Decision byDotIgnore = decideByDotIgnore(path, isFolder);
    const bool isTakenBack = byDotIgnore.pattern != nullptr && byDotIgnore.pattern->isNegated();
    if (byDotIgnore.pattern != nullptr && !isTakenBack) {
        return {IgnoreAnswer::kIgnored, ignoredBy(*byDotIgnore.file, *byDotIgnore.pattern)};
    }
    if (!ignoredAbove.isNone()) {
        const IgnoreVerdict verdict = unlessTracked(path, isFolder, ignoredAbove);
        return isTakenBack && verdict.answer == IgnoreAnswer::kNoRule
                   ? IgnoreVerdict{IgnoreAnswer::kTakenBackForAll, {}}
                   : verdict;
    }
    if (isTakenBack) {
        return {IgnoreAnswer::kTakenBackForAll, {}};
    }
    const Decision byGit = decideByGit(path, isFolder);
    if (byGit.pattern == nullptr) {
        return {};
    }
    if (byGit.pattern->isNegated()) {
        return {IgnoreAnswer::kTakenBack, {}};
    }
    return unlessTracked(path, isFolder, ignoredBy(*byGit.file, *byGit.pattern));
}

}  // namespace tl
