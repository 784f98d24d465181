// SPDX-License-Identifier: Apache-2.0
// Folders in progress stand on a list, so the depth of a tree costs no call stack. Links are never
// followed, so a walk ends and meets every file once.
#include "ingest/source/folder_walk.h"

#include <optional>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "ingest/io/file_bytes.h"
#include "ingest/io/root_names.h"
#include "ingest/source/default_rules.h"
#include "ingest/source/folder_listing.h"
#include "ingest/source/ignore_rules.h"
#include "ingest/source/work_tree.h"

namespace tl {
namespace {

namespace fs = std::filesystem;

bool isThere(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

bool isWorkTree(const FolderListing& listing) {
    return listing.hasFolder(".git") || listing.hasFile(".git");
}

// Why something that is neither file, folder nor link is skipped.
ReasonCode specialRule(ItemKind kind) {
    switch (kind) {
        case ItemKind::kDevice:
            return ReasonCode::kDeviceFile;
        case ItemKind::kPipe:
            return ReasonCode::kNamedPipe;
        case ItemKind::kSocket:
            return ReasonCode::kSocket;
        case ItemKind::kUnknown:
            return ReasonCode::kUnknownKind;
        default:
            return ReasonCode::kNone;
    }
}

// Names and patterns may hold any bytes.
Reason withValidUtf8(Reason reason) {
    reason.name = toValidUtf8(reason.name);
    reason.detail = toValidUtf8(reason.detail);
    return reason;
}

class FolderWalk {
public:
    FolderWalk(const fs::path& root,
               std::string shown,
               const SourceOptions& options,
               WalkRecord& record)
        : m_root(root.native() == "/" ? "/" : root.native() + "/")
        , m_shown(std::move(shown))
        , m_options(options)
        , m_record(record)
        , m_include(userPatterns(options.include))
        , m_exclude(userPatterns(options.exclude))
        , m_rules(options.useIgnoreFiles ? globalIgnoreFile() : fs::path()) {
        enterFoldersAbove(root);
    }

    Status run(const std::stop_token& stop) {
        enterFolder(Frame{}, /*keepWhatever=*/true);
        while (!m_frames.empty()) {
            if (stop.stop_requested()) {
                return Error{ErrorCode::kCancelled, "stopped"};
            }
            Frame& frame = m_frames.back();
            if (frame.next < frame.listing.items().size()) {
                visit(frame, frame.listing.items()[frame.next++]);
                continue;
            }
            m_rules.leave();
            m_frames.pop_back();
        }
        return okStatus();
    }

private:
    // A folder whose items are being gone through.
    struct Frame {
        std::string below;  // its path below the root, "" or with a '/' at its end
        FolderListing listing;
        size_t next = 0;
        bool isIncluded = false;  // an include pattern took this folder or one above it
        Reason ignoredBy;         // git's reason against it, where it holds files that git tracks
    };

    // One item with what the rules ask about.
    struct Visit {
        const Frame& frame;
        const FolderItem& item;
        std::string below;  // the item's path below the root
        bool isFolder;
        bool isTakenBack = false;  // by an .ignore file
        Reason ignoredBy;          // as in a frame
    };

    // The root may stand within a work tree: its ignore files up there count too.
    void enterFoldersAbove(const fs::path& root) {
        const auto top = m_options.useIgnoreFiles ? findWorkTree(root) : std::nullopt;
        if (!top || *top == root) {
            return;
        }
        fs::path at = *top;
        for (const fs::path& part : root.lexically_relative(*top)) {
            m_rules.enter({.relative = m_rootRelative,
                           .path = at,
                           .shown = at.native() + "/",
                           .hasGitIgnore = isThere(at / ".gitignore"),
                           .hasDotIgnore = isThere(at / ".ignore"),
                           .isWorkTree = at == *top});
            m_rootRelative += part.native() + "/";
            at /= part;
        }
    }

    void enterRules(const Frame& frame) {
        const FolderListing& listing = frame.listing;
        const bool use = m_options.useIgnoreFiles;
        m_rules.enter({.relative = m_rootRelative + frame.below,
                       .path = m_root + frame.below,
                       .shown = m_shown + toValidUtf8(frame.below),
                       .hasGitIgnore = use && listing.hasFile(".gitignore"),
                       .hasDotIgnore = use && listing.hasFile(".ignore"),
                       .isWorkTree = use && isWorkTree(listing)});
    }

    // `keepWhatever`: whatever tools have left in it.
    void enterFolder(Frame frame, bool keepWhatever) {
        const std::string path = m_root + frame.below;
        auto listing = FolderListing::read(path);
        if (!listing.ok()) {
            skip(frame.below, listing.error().reason, /*isFolder=*/true);
            return;
        }
        const std::string_view below(frame.below);
        if (const Reason reason = folderMarkRule(
                below.substr(0, below.size() - (below.empty() ? 0 : 1)), listing.value());
            m_options.useDefaultRules && !keepWhatever && !reason.isNone()) {
            skip(frame.below, reason, /*isFolder=*/true);
            return;
        }
        frame.listing = std::move(listing).value();
        if (isWorkTree(frame.listing)) {
            frame.ignoredBy = {};  // what is around it says nothing about it
        }
        enterRules(frame);
        tellUnusable();
        m_frames.push_back(std::move(frame));
    }

    // Files of rules that are met on the way are told where they stand, the others right here.
    void tellUnusable() {
        for (UnusableRules& rules : m_rules.takeUnusable()) {
            const std::string path = rules.path.native();
            const std::string name = rules.path.filename().native();
            if (path.starts_with(m_root) && (name == ".gitignore" || name == ".ignore")) {
                m_unusable[path.substr(m_root.size())] = std::move(rules.reason);
                continue;
            }
            SourceEntry entry;
            entry.path = std::move(rules.path);
            entry.name = uniqueName(toValidUtf8(rules.shown));
            entry.fate = FileFate::kSkipped;
            entry.reason = withValidUtf8(std::move(rules.reason));
            m_record.found(std::move(entry));
        }
    }

    // `frame` may be gone after this: entering a folder makes the list of frames grow.
    void visit(const Frame& frame, const FolderItem& item) {
        Visit visit{
            frame, item, frame.below + item.name, item.kind == ItemKind::kFolder, false, {}};
        if (m_record.keepsPaths && !m_record.paths.insert(m_root + visit.below).second) {
            skip(visit.below, {ReasonCode::kChosenTwice}, visit.isFolder);
            return;
        }
        const Reason reason = ruleOf(visit);
        tellUnusable();
        if (!reason.isNone()) {
            skip(visit.below, reason, visit.isFolder, item.bytes);
            return;
        }
        const bool included = isIncluded(visit);
        if (visit.isFolder) {
            enterFolder({.below = visit.below + "/",
                         .listing = {},
                         .isIncluded = included,
                         .ignoredBy = visit.ignoredBy},
                        visit.isTakenBack);
        } else if (!included && !m_include.patterns.empty()) {
            skip(visit.below, {ReasonCode::kNotIncluded}, /*isFolder=*/false, item.bytes);
        } else {
            take(visit);
        }
    }

    // Why an item is skipped; none when it is not. The first rule that speaks is told.
    Reason ruleOf(Visit& visit) {
        if (const auto unusable = m_unusable.find(visit.below); unusable != m_unusable.end()) {
            return unusable->second;
        }
        const std::string& name = visit.item.name;
        const bool useDefaults = m_options.useDefaultRules;
        if (Reason rule = versionControlRule(name); useDefaults && !rule.isNone()) {
            return rule;
        }
        const IgnorePattern* exclude = m_exclude.decide(visit.below, visit.isFolder);
        if (exclude != nullptr && !exclude->isNegated()) {
            return {.code = ReasonCode::kExcludedByPattern, .name = exclude->text()};
        }
        const IgnoreVerdict verdict =
            m_rules.ask(m_rootRelative + visit.below, visit.isFolder, visit.frame.ignoredBy);
        if (verdict.answer == IgnoreAnswer::kIgnored) {
            return verdict.reason;
        }
        visit.isTakenBack = verdict.answer == IgnoreAnswer::kTakenBackForAll;
        visit.ignoredBy = verdict.reason;
        if (visit.item.kind == ItemKind::kLink) {
            return linkRule(visit);
        }
        if (const ReasonCode rule = specialRule(visit.item.kind); rule != ReasonCode::kNone) {
            return {rule};
        }
        if (!useDefaults || visit.isTakenBack) {
            return {};
        }
        if (visit.isFolder) {
            return folderRule(name, visit.frame.listing);
        }
        Reason backup = backupRule(name, visit.frame.listing);
        return backup.isNone() ? fileRule(name, m_options.ocr) : backup;
    }

    Reason linkRule(const Visit& visit) const {
        std::error_code error;
        const std::string target = fs::canonical(m_root + visit.below, error).native();
        if (error) {
            return {ReasonCode::kLinkNowhere};
        }
        if ((m_root + visit.frame.below).starts_with(target + "/")) {
            return {ReasonCode::kLinkBack};
        }
        if (!target.starts_with(m_root)) {
            return {.code = ReasonCode::kLinkOut, .name = target};
        }
        return {.code = ReasonCode::kLinkWithin, .name = m_shown + target.substr(m_root.size())};
    }

    bool isIncluded(const Visit& visit) const {
        const IgnorePattern* pattern = m_include.decide(visit.below, visit.isFolder);
        return pattern == nullptr ? visit.frame.isIncluded : !pattern->isNegated();
    }

    void take(const Visit& visit) {
        SourceEntry entry = entryOf(visit.below);
        entry.bytes = visit.item.bytes;
        entry.modifiedNs = visit.item.modifiedNs;
        entry.reason = sizeRule(visit.item.name, entry.bytes, m_options);
        entry.fate = entry.reason.isNone() ? FileFate::kIn : FileFate::kSkipped;
        m_record.found(std::move(entry));
    }

    void skip(const std::string& below, const Reason& reason, bool isFolder, int64_t bytes = 0) {
        SourceEntry entry = entryOf(below);
        entry.fate = FileFate::kSkipped;
        entry.reason = withValidUtf8(reason);
        entry.isFolder = isFolder;
        entry.bytes = bytes;
        m_record.found(std::move(entry));
    }

    // Bytes that are no UTF-8 look alike once they are repaired; other names differ as it is.
    std::string uniqueName(const std::string& name) {
        constexpr std::string_view kRepaired = "\xEF\xBF\xBD";
        return name.find(kRepaired) == std::string::npos ? name : m_record.repairedNames.take(name);
    }

    SourceEntry entryOf(std::string_view below) {
        if (below.ends_with('/')) {
            below.remove_suffix(1);
        }
        SourceEntry entry;
        entry.path = m_root + std::string(below);
        entry.name = uniqueName(m_shown + toValidUtf8(below));
        if (below.empty()) {
            entry.path = m_root;
            entry.name = m_shown.empty() ? "." : m_shown.substr(0, m_shown.size() - 1);
        }
        return entry;
    }

    const std::string m_root;   // with a '/' at its end
    const std::string m_shown;  // before the names of entries
    const SourceOptions& m_options;
    WalkRecord& m_record;
    const IgnoreFile m_include;
    const IgnoreFile m_exclude;
    IgnoreRules m_rules;
    std::string m_rootRelative;  // the root below where the ignore rules start
    std::vector<Frame> m_frames;
    std::unordered_map<std::string, Reason> m_unusable;  // files of rules below the root: why
};

}  // namespace

Status walkFolder(const fs::path& root,
                  const std::string& shown,
                  const SourceOptions& options,
                  WalkRecord& record,
                  const std::stop_token& stop) {
    if (record.keepsPaths && !record.paths.insert(root.native()).second) {
        record.found({.path = root,
                      .name = shown.substr(0, shown.size() - 1),
                      .fate = FileFate::kSkipped,
                      .reason = {ReasonCode::kChosenTwice},
                      .isFolder = true});
        return okStatus();
    }
    return FolderWalk(root, shown, options, record).run(stop);
}

Reason sizeRule(std::string_view name, int64_t bytes, const SourceOptions& options) {
    if (bytes == 0) {
        return {ReasonCode::kEmptyFile};
    }
    const int64_t maxBytes = maxBytesOf(name, options);
    if (bytes > maxBytes) {
        return {.code = ReasonCode::kOverSizeLimit, .count = bytes, .limit = maxBytes};
    }
    return {};
}

}  // namespace tl
