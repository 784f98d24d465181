// SPDX-License-Identifier: Apache-2.0
#include <unordered_set>
#include <utility>

#include "ingest/corpus.h"
#include "ingest/source/default_rules.h"
#include "ingest/source/folder_walk.h"
#include "ingest/source/ignore_pattern.h"

namespace tl {

namespace {

// Reads one container after the other, depth first; the depth is bounded by the limits.
class MemberReading {
public:
    MemberReading(const SourceOptions& options,
                  ReaderSet& readers,
                  const std::stop_token& stop,
                  const EntrySink& sink)
        : m_options(options)
        , m_include(userPatterns(options.include))
        , m_exclude(userPatterns(options.exclude))
        , m_readers(readers)
        , m_stop(stop)
        , m_sink(sink) {}

    void run(const SourceEntry& entry) {
        // As with folders: one that is asked for by its own name is asked for as a whole.
        const IgnorePattern* include = m_include.decideWithFolders(entry.name);
        m_outermost = entry.name;
        m_takesAll = m_include.patterns.empty() || (include != nullptr && !include->isNegated());
        give(entry, readDocument(entry, m_options, m_readers, m_stop));
    }

private:
    // The document without its parts, then each part.
    void give(const SourceEntry& entry, Reading<Document> document) {
        std::vector<Part> parts;
        if (document.ok()) {
            parts = std::exchange(document.value().parts, {});
        }
        m_sink(entry, std::move(document));
        takeBudget(entry, parts);
        std::unordered_set<std::string> leftOut;  // folders, told once
        for (Part& part : parts) {
            if (m_stop.stop_requested()) {
                return;
            }
            const Part member = std::exchange(part, {});  // its bytes are let go after it
            giveMember(entry, member, leftOut);
        }
    }

    // All parts of a container are held until their turn comes, so they count from here on.
    void takeBudget(const SourceEntry& container, std::vector<Part>& parts) {
        for (Part& part : parts) {
            if (!part.skipReason.isNone()) {
                continue;
            }
            if (container.nesting >= m_options.limits.maxNesting) {
                part.skipReason.code = ReasonCode::kFileTooDeep;
            } else if (m_unpacked + std::ssize(part.bytes) > m_options.limits.maxTotalBytes) {
                part.skipReason = {.code = ReasonCode::kAllUnpackOverLimit,
                                   .name = m_outermost,
                                   .limit = m_options.limits.maxTotalBytes};
            } else {
                m_unpacked += std::ssize(part.bytes);
                continue;
            }
            part.bytes = {};
        }
    }

    void giveMember(const SourceEntry& container,
                    const Part& part,
                    std::unordered_set<std::string>& leftOut) {
        SourceEntry entry;
        entry.path = container.path;
        entry.name = container.name + "/" + part.name;
        entry.bytes = part.size;
        entry.nesting = container.nesting + 1;
        entry.unpackedBytes = m_unpacked;
        std::string_view folder;
        entry.reason = ruleOf(part, folder);
        if (!folder.empty()) {
            entry.name = container.name + "/" + std::string(folder);
            entry.isFolder = true;
            entry.bytes = 0;
            if (!leftOut.insert(entry.name).second) {
                return;
            }
        }
        if (!entry.reason.isNone()) {
            entry.fate = FileFate::kSkipped;
            const bool isLocked = entry.reason.code == ReasonCode::kPartNeedsPassword ||
                                  entry.reason.code == ReasonCode::kPartWrongPassword;
            const Failure failure{isLocked ? ErrorCode::kInvalidInput : ErrorCode::kUnsupported,
                                  entry.reason};
            m_sink(std::move(entry), failure);
            return;
        }
        give(entry, readBytes(entry, part.bytes, m_options, m_readers, m_stop));
    }

    Reason ruleOf(const Part& part, std::string_view& folder) const {
        if (!part.skipReason.isNone()) {
            return part.skipReason;
        }
        const IgnorePattern* exclude = m_exclude.decideWithFolders(part.name);
        if (exclude != nullptr && !exclude->isNegated()) {
            return {.code = ReasonCode::kExcludedByPattern, .name = exclude->text()};
        }
        if (m_options.useDefaultRules) {
            if (Reason rule = memberRule(part.name, m_options.ocr, folder); !rule.isNone()) {
                return rule;
            }
        }
        if (!m_takesAll) {
            const IgnorePattern* include = m_include.decideWithFolders(part.name);
            if (include == nullptr || include->isNegated()) {
                return {ReasonCode::kNotIncluded};
            }
        }
        return sizeRule(part.name, part.size, m_options);
    }

    const SourceOptions& m_options;
    const IgnoreFile m_include;
    const IgnoreFile m_exclude;
    ReaderSet& m_readers;
    const std::stop_token& m_stop;
    const EntrySink& m_sink;
    bool m_takesAll = true;  // no include pattern speaks about members
    std::string m_outermost;
    int64_t m_unpacked = 0;  // never more than limits.maxTotalBytes
};

}  // namespace

void readWithMembers(const SourceEntry& entry,
                     const SourceOptions& options,
                     ReaderSet& readers,
                     const std::stop_token& stop,
                     const EntrySink& sink) {
    MemberReading(options, readers, stop, sink).run(entry);
}

}  // namespace tl
