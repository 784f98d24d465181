// SPDX-License-Identifier: Apache-2.0
#include "app/cli/plan_text.h"

#include <algorithm>
#include <cstdio>
#include <iomanip>
#include <ostream>
#include <string>

#include "app/cli/terminal_text.h"
#include "app/corpus/corpus.h"
#include "app/wording.h"

namespace tl {

namespace {

constexpr size_t kShownGroups = 12;
constexpr int kNumberWidth = 12;

// "2.7 %"
std::string percent(int64_t part, int64_t whole) {
    char text[32];
    const double share =
        whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    std::snprintf(text, sizeof text, "%.1f %%", share);
    return text;
}

// An empty cell instead of a zero.
std::string orNothing(int64_t number) {
    return number == 0 ? "" : grouped(number);
}

std::string mebibytes(int64_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f MiB", static_cast<double>(bytes) / (1 << 20));
    return text;
}

// "17 s", "4 min 10 s"
std::string duration(double seconds) {
    const auto whole = static_cast<int64_t>(std::max(1.0, seconds + 0.5));
    return whole < 60 ? std::to_string(whole) + " s"
                      : std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
}

// One table: a heading, then a line per group, the rest in one line.
void printGroups(const char* heading, const std::vector<PlanGroup>& groups, std::ostream& out) {
    if (groups.empty()) {
        return;
    }
    out << "\n"
        << std::setw(kNumberWidth) << "tokens" << std::setw(kNumberWidth) << "files"
        << "  " << heading << "\n";
    PlanGroup rest;
    for (size_t i = 0; i < groups.size(); ++i) {
        const PlanGroup& group = groups[i];
        if (i < kShownGroups) {
            out << std::setw(kNumberWidth) << grouped(group.tokens) << std::setw(kNumberWidth)
                << grouped(group.files) << "  " << terminalLine(group.name) << "\n";
        } else {
            rest.tokens += group.tokens;
            rest.files += group.files;
        }
    }
    if (groups.size() > kShownGroups) {
        out << std::setw(kNumberWidth) << grouped(rest.tokens) << std::setw(kNumberWidth)
            << grouped(rest.files) << "  " << groups.size() - kShownGroups << " more\n";
    }
}

void printLargest(const std::vector<FileRow>& rows, std::ostream& out) {
    if (rows.empty()) {
        return;
    }
    out << "\n"
        << std::setw(kNumberWidth) << "tokens"
        << "  largest files\n";
    for (const FileRow& row : rows) {
        out << std::setw(kNumberWidth) << grouped(row.tokens) << "  " << terminalLine(row.name)
            << "\n";
    }
}

void printSkipped(const std::vector<PlanGroup>& reasons, std::ostream& out) {
    const auto print = [&out](int64_t files, int64_t folders, const std::string& name) {
        out << std::setw(kNumberWidth) << orNothing(files) << std::setw(kNumberWidth)
            << orNothing(folders) << "  " << terminalLine(name) << "\n";
    };
    if (reasons.empty()) {
        return;
    }
    out << "\n"
        << std::setw(kNumberWidth) << "files" << std::setw(kNumberWidth) << "folders"
        << "  skipped because\n";
    PlanGroup rest;
    for (size_t i = 0; i < reasons.size(); ++i) {
        if (i < kShownGroups) {
            print(reasons[i].files, reasons[i].folders, reasons[i].name);
        } else {
            rest.files += reasons[i].files;
            rest.folders += reasons[i].folders;
        }
    }
    if (reasons.size() > kShownGroups) {
        print(rest.files, rest.folders, std::to_string(reasons.size() - kShownGroups) + " more");
    }
}

void printWarnings(const CorpusPlan& plan, std::ostream& out) {
    if (!plan.warnings.empty()) {
        out << "\n"
            << std::setw(kNumberWidth) << "pages" << std::setw(kNumberWidth) << "files"
            << "  warning (each with --verbose)\n";
    }
    for (size_t i = 0; i < std::min(plan.warnings.size(), kShownGroups); ++i) {
        const PlanWarning& warning = plan.warnings[i];
        out << std::setw(kNumberWidth) << orNothing(warning.pages) << std::setw(kNumberWidth)
            << grouped(warning.files) << "  " << terminalLine(warning.name) << "\n";
    }
    if (plan.warnings.size() > kShownGroups) {
        out << std::setw(2 * kNumberWidth) << ""
            << "  " << plan.warnings.size() - kShownGroups << " more\n";
    }
    if (plan.summary.filesForOcr > 0) {
        out << "\n"
            << "OCR can read pages of " << counted(plan.summary.filesForOcr, "file", "files")
            << " that have no usable text: --ocr\n";
    }
}

void printForecast(const CorpusPlan& plan, std::optional<double> seconds, std::ostream& out) {
    const PlanSummary& summary = plan.summary;
    out << counted(summary.files, "file", "files") << ", " << grouped(summary.tokens)
        << " tokens of " << grouped(summary.contextLimit) << " ("
        << percent(summary.tokens, summary.contextLimit) << "), " << grouped(summary.skipped)
        << " skipped\n";
    out << grouped(kAnswerReserve) << " tokens are kept free for a question and its answer, ";
    if (plan.tokensLeft >= 0) {
        out << grouped(plan.tokensLeft) << " are left\n";
    } else {
        out << grouped(-plan.tokensLeft) << " are missing\n";
    }
    out << "reading would take "
        << (seconds ? "about " + duration(*seconds)
                    : "a time that is known once this model has read")
        << " and " << mebibytes(summary.stateBytes) << " of memory beside the model\n";
}

void printCounts(const PlanSummary& summary, std::ostream& out) {
    if (summary.parsed + summary.fromCache > 0) {
        out << grouped(summary.parsed) << " binary files were parsed, the texts of "
            << grouped(summary.fromCache) << " were known from an earlier run\n";
    }
}

void printWithout(const std::string& what, const PlanWithout& without, std::ostream& out) {
    out << "\nwithout " << what << ": " << counted(without.files, "file", "files") << " less, "
        << grouped(without.tokens) << " tokens left"
        << (without.fits ? "" : ", still over the limit") << "\n";
}

}  // namespace

void printPlan(const CorpusPlan& plan, std::optional<double> seconds, std::ostream& out) {
    printForecast(plan, seconds, out);
    printCounts(plan.summary, out);
    printGroups("folder", plan.folders, out);
    printGroups("kind", plan.kinds, out);
    printGroups("language", plan.languages, out);
    printLargest(plan.largest, out);
    printWarnings(plan, out);
    printSkipped(plan.skipReasons, out);
    for (const PlanWithout& without : plan.without) {
        printWithout(without.pattern, without, out);
    }
    if (plan.withoutAll) {
        printWithout("all of these", *plan.withoutAll, out);
    }
}

void printFiles(const std::vector<FileRow>& rows, std::ostream& out) {
    out << "\n";
    for (const FileRow& row : rows) {
        const bool isSkipped = row.state == FileRow::State::kSkipped;
        out << terminalLine(row.name) << ": "
            << (isSkipped                              ? "skipped"
                : row.state == FileRow::State::kOpened ? "opened"
                                                       : grouped(row.tokens) + " tokens");
        out << (row.reasons.empty() ? "" : ", ") << terminalLine(remarksText(row.reasons)) << "\n";
        if (!row.pageRows.empty()) {
            const auto [least, most] = std::ranges::minmax(row.pageRows, {}, &PageRow::characters);
            out << "    " << counted(row.pages, "page", "pages") << " with ";
            if (least.characters < most.characters) {
                out << grouped(least.characters) << " to ";
            }
            out << counted(most.characters, "character", "characters") << "\n";
        }
        for (const Remark& warning : row.warnings) {
            out << "    " << terminalLine(warning.text) << "\n";
        }
    }
}

}  // namespace tl
