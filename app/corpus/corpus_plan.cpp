// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/corpus_plan.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>
#include <utility>

#include "app/corpus/corpus.h"
#include "app/wording.h"
#include "ingest/corpus.h"

namespace tl {

namespace {

using Groups = std::map<std::string, PlanGroup>;

void addTo(Groups& groups, const std::string& name, const FileRow& row) {
    PlanGroup& group = groups[name];
    group.name = name;
    group.files += 1;
    group.tokens += row.tokens;
    group.bytes += row.bytes;
}

void addReason(Groups& reasons, const FileRow& row) {
    const Remark reason = row.reasons.empty() ? Remark() : row.reasons.front();
    PlanGroup& group = reasons[reason.kind];
    group.name = reason.kind;
    group.codes.insert(reason.code);
    (row.isFolder ? group.folders : group.files) += 1;
    group.bytes += row.bytes;
}

// "src/ui" for "src/ui/main/window.cpp" at depth 2; "." for a file on top.
std::string folderOf(const std::string& name, int depth) {
    size_t end = 0;
    for (int level = 0; level < depth; ++level) {
        const size_t slash = name.find('/', end == 0 ? 0 : end + 1);
        if (slash == std::string::npos) {
            break;
        }
        end = slash;
    }
    return end == 0 ? "." : name.substr(0, end);
}

std::vector<PlanGroup> ranked(const Groups& groups) {
    std::vector<PlanGroup> order;
    for (const auto& [name, group] : groups) {
        order.push_back(group);
    }
    std::stable_sort(order.begin(), order.end(), [](const PlanGroup& a, const PlanGroup& b) {
        return std::pair(a.tokens, a.files + a.folders) > std::pair(b.tokens, b.files + b.folders);
    });
    return order;
}

std::vector<FileRow> largestOf(const std::vector<FileRow>& rows, size_t count) {
    std::vector<FileRow> largest;
    for (const FileRow& row : rows) {
        if (row.state == FileRow::State::kIn) {
            largest.push_back(row);
        }
    }
    std::stable_sort(largest.begin(), largest.end(), [](const FileRow& a, const FileRow& b) {
        return a.tokens > b.tokens;
    });
    largest.resize(std::min(count, largest.size()));
    return largest;
}

std::vector<PlanWarning> warningsOf(const std::vector<FileRow>& rows) {
    std::map<std::string, PlanWarning> byName;
    for (const FileRow& row : rows) {
        if (row.state == FileRow::State::kSkipped) {
            continue;
        }
        std::set<std::string> ofFile;
        for (const Remark& warning : row.warnings) {
            ofFile.insert(warning.kind);
            byName[warning.kind].codes.insert(warning.code);
        }
        for (const PageRow& page : row.pageRows) {
            for (const Remark& warning : page.warnings) {
                ofFile.insert(warning.kind);
                byName[warning.kind].codes.insert(warning.code);
                ++byName[warning.kind].pages;
            }
        }
        for (const std::string& name : ofFile) {
            ++byName[name].files;
        }
    }
    std::vector<PlanWarning> warnings;
    for (auto& [name, warning] : byName) {
        warning.name = name;
        warnings.push_back(warning);
    }
    std::stable_sort(warnings.begin(), warnings.end(), [](const auto& a, const auto& b) {
        return std::pair(a.files, a.pages) > std::pair(b.files, b.pages);
    });
    return warnings;
}

// Files are read in the order of the list, after the instruction.
std::vector<PlanPlace> orderOf(const std::vector<FileRow>& rows, const PlanSummary& summary) {
    int64_t begin = summary.tokens;
    for (const FileRow& row : rows) {
        begin -= row.tokens;
    }
    std::vector<PlanPlace> order;
    for (size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].state == FileRow::State::kIn) {
            order.push_back({i, begin, rows[i].tokens});
            begin += rows[i].tokens;
        }
    }
    return order;
}

}  // namespace

CorpusPlan planCorpus(const std::vector<FileRow>& rows,
                      const PlanSummary& summary,
                      const PlanShape& shape) {
    Groups folders;
    Groups languages;
    Groups kinds;
    Groups reasons;
    for (const FileRow& row : rows) {
        if (row.state == FileRow::State::kSkipped) {
            addReason(reasons, row);
        } else if (row.state == FileRow::State::kIn) {
            addTo(folders, folderOf(row.name, shape.depth), row);
            addTo(kinds, row.kind, row);
            if (!row.language.empty()) {
                addTo(languages, row.language, row);
            }
        }
    }
    CorpusPlan plan;
    plan.summary = summary;
    plan.folders = ranked(folders);
    plan.languages = ranked(languages);
    plan.kinds = ranked(kinds);
    plan.skipReasons = ranked(reasons);
    plan.warnings = warningsOf(rows);
    plan.order = orderOf(rows, summary);
    plan.tokensLeft = summary.contextLimit - kAnswerReserve - summary.tokens;
    plan.largest = largestOf(rows, shape.largest);
    for (const std::string& pattern : shape.without) {
        plan.without.push_back(planWithout(rows, summary, {pattern}));
    }
    if (shape.without.size() > 1) {
        plan.withoutAll = planWithout(rows, summary, shape.without);
    }
    return plan;
}

PlanWithout planWithout(const std::vector<FileRow>& rows,
                        const PlanSummary& summary,
                        const std::vector<std::string>& patterns) {
    const auto matches = [&](const FileRow& row) {
        return std::ranges::any_of(patterns, [&](const std::string& pattern) {
            return matchesPattern(pattern, row.name);
        });
    };
    std::unordered_set<std::string> kept;  // texts that a file which stays has too
    for (const FileRow& row : rows) {
        if (!row.twinOf.empty() && !matches(row)) {
            kept.insert(row.twinOf);
        }
    }
    PlanWithout without;
    without.pattern = patterns.size() == 1 ? patterns[0] : "";
    without.tokens = summary.tokens;
    for (const FileRow& row : rows) {
        if (row.state == FileRow::State::kIn && matches(row)) {
            ++without.files;
            without.tokens -= kept.contains(row.name) ? 0 : row.tokens;
        }
    }
    without.fits = without.tokens + kAnswerReserve <= summary.contextLimit;
    return without;
}

}  // namespace tl
