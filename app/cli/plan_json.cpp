// SPDX-License-Identifier: Apache-2.0
#include "app/cli/plan_json.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/corpus/corpus.h"
#include "app/wording.h"

namespace tl {

namespace {

using Json = nlohmann::ordered_json;

Json groupsJson(const std::vector<PlanGroup>& groups) {
    Json list = Json::array();
    for (const PlanGroup& group : groups) {
        list.push_back({{"name", group.name},
                        {"files", group.files},
                        {"tokens", group.tokens},
                        {"bytes", group.bytes}});
    }
    return list;
}

Json reasonsJson(const std::vector<PlanGroup>& reasons) {
    Json list = Json::array();
    for (const PlanGroup& reason : reasons) {
        list.push_back({{"reason", reason.name},
                        {"codes", reason.codes},
                        {"files", reason.files},
                        {"folders", reason.folders}});
    }
    return list;
}

Json warningsJson(const std::vector<PlanWarning>& warnings) {
    Json list = Json::array();
    for (const PlanWarning& warning : warnings) {
        list.push_back({{"warning", warning.name},
                        {"codes", warning.codes},
                        {"files", warning.files},
                        {"pages", warning.pages}});
    }
    return list;
}

Json largestJson(const std::vector<FileRow>& rows) {
    Json list = Json::array();
    for (const FileRow& row : rows) {
        list.push_back({{"file", row.name}, {"tokens", row.tokens}});
    }
    return list;
}

Json textsJson(const std::vector<Remark>& remarks) {
    Json list = Json::array();
    for (const Remark& remark : remarks) {
        list.push_back(remark.text);
    }
    return list;
}

Json codesJson(const std::vector<Remark>& remarks) {
    Json list = Json::array();
    for (const Remark& remark : remarks) {
        list.push_back(remark.code);
    }
    return list;
}

Json pagesJson(const std::vector<PageRow>& pages) {
    Json list = Json::array();
    for (const PageRow& page : pages) {
        Json json = {{"page", page.number}, {"characters", page.characters}};
        if (!page.label.empty()) {
            json["label"] = page.label;
        }
        if (!page.warnings.empty()) {
            json["warning"] = remarksText(page.warnings, "; ");
            json["warning_codes"] = codesJson(page.warnings);
        }
        list.push_back(std::move(json));
    }
    return list;
}

std::string fateOf(const FileRow& row) {
    switch (row.state) {
        case FileRow::State::kIn:
            return row.level.empty() ? "in" : "reduced";
        case FileRow::State::kOpened:
            return "opened";
        case FileRow::State::kSkipped:
            return "skipped";
        case FileRow::State::kWaiting:
            break;
    }
    return "waiting";
}

// What does not apply to a file is left out.
Json fileJson(const FileRow& row) {
    Json json = {{"file", row.name}, {"fate", fateOf(row)}};
    const auto addText = [&json](const char* key, const std::string& text) {
        if (!text.empty()) {
            json[key] = text;
        }
    };
    if (!row.reasons.empty()) {
        json["reason"] = remarksText(row.reasons);
        json["reason_codes"] = codesJson(row.reasons);
    }
    addText("level", row.level);
    addText("kind", row.kind);
    addText("language", row.language);
    addText("title", row.title);
    addText("author", row.author);
    addText("date", row.date);
    if (row.isFolder) {
        json["folder"] = true;
    } else {
        json["bytes"] = row.bytes;
    }
    if (row.state == FileRow::State::kIn) {
        json["tokens"] = row.tokens;
    }
    if (row.pages > 0) {
        json["pages"] = row.pages;
        json["page_list"] = pagesJson(row.pageRows);
    }
    if (!row.warnings.empty()) {
        json["warnings"] = textsJson(row.warnings);
        json["warning_codes"] = codesJson(row.warnings);
    }
    return json;
}

Json filesJson(const std::vector<FileRow>& rows, const std::vector<PlanPlace>& order) {
    Json list = Json::array();
    for (const FileRow& row : rows) {
        list.push_back(fileJson(row));
    }
    for (const PlanPlace& place : order) {
        list[place.row]["position"] = place.begin;
    }
    return list;
}

Json withoutJson(const PlanWithout& without) {
    Json json = Json::object();
    if (!without.pattern.empty()) {
        json["pattern"] = without.pattern;
    }
    json["files"] = without.files;
    json["tokens"] = without.tokens;
    json["fits"] = without.fits;
    return json;
}

Json withoutJson(const std::vector<PlanWithout>& cases) {
    Json list = Json::array();
    for (const PlanWithout& without : cases) {
        list.push_back(withoutJson(without));
    }
    return list;
}

Json orNull(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

}  // namespace

std::string planJson(const CorpusPlan& plan,
                     const std::vector<FileRow>& rows,
                     std::optional<double> seconds) {
    const PlanSummary& summary = plan.summary;
    const Json json = {
        {"files", summary.files},
        {"skipped", summary.skipped},
        {"tokens", summary.tokens},
        {"context_limit", summary.contextLimit},
        {"answer_reserve", kAnswerReserve},
        {"tokens_left", plan.tokensLeft},
        {"memory_bytes", summary.stateBytes},
        {"seconds", seconds ? Json(std::round(*seconds * 10) / 10) : Json(nullptr)},
        {"parsed", summary.parsed},
        {"from_cache", summary.fromCache},
        {"problem", orNull(summary.problem)},
        {"warning", orNull(summary.warning)},
        {"folders", groupsJson(plan.folders)},
        {"languages", groupsJson(plan.languages)},
        {"kinds", groupsJson(plan.kinds)},
        {"largest", largestJson(plan.largest)},
        {"warnings", warningsJson(plan.warnings)},
        {"files_for_ocr", summary.filesForOcr},
        {"skip_reasons", reasonsJson(plan.skipReasons)},
        {"without", withoutJson(plan.without)},
        {"without_all", plan.withoutAll ? withoutJson(*plan.withoutAll) : Json(nullptr)},
        {"list", filesJson(rows, plan.order)},
    };
    // A name may hold any bytes.
    return json.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

}  // namespace tl
