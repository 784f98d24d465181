// SPDX-License-Identifier: Apache-2.0
#include "app/cli/status_command.h"

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "app/cli/command_end.h"
#include "app/cli/read_command.h"
#include "app/cli/terminal_text.h"
#include "app/model/engine_model.h"
#include "app/project/project_status.h"
#include "app/wording.h"

namespace tl {

namespace {

using Json = nlohmann::ordered_json;

Json statusJson(const ProjectStatus& status) {
    Json json = {{"tokens_read", status.tokensRead}, {"tokens", status.tokensTotal}};
    json["missing"] = status.missing ? Json(status.missing->string()) : Json(nullptr);
    json["changed"] = status.changes.changed;
    json["added"] = status.changes.added;
    json["removed"] = status.changes.removed;
    json["renamed"] = Json::array();
    for (const auto& [from, to] : status.changes.renamed) {
        json["renamed"].push_back({{"from", from}, {"to", to}});
    }
    json["tokens_updated"] = status.updatedTokens;
    json["tokens_to_read"] = status.tokensToRead;
    json["seconds"] = status.seconds ? Json(*status.seconds) : Json(nullptr);
    return json;
}

void printNames(const char* what, const std::vector<std::string>& names, std::ostream& out) {
    for (const std::string& name : names) {
        out << what << ": " << terminalLine(name) << "\n";
    }
}

void printStatus(const std::string& project, const ProjectStatus& status, std::ostream& out) {
    out << terminalLine(project) << ": " << grouped(status.tokensRead) << " of "
        << grouped(status.tokensTotal) << " tokens are read\n";
    if (status.missing) {
        out << "missing: " << terminalLine(status.missing->string()) << "\n";
        return;
    }
    printNames("changed", status.changes.changed, out);
    printNames("added", status.changes.added, out);
    printNames("removed", status.changes.removed, out);
    for (const auto& [from, to] : status.changes.renamed) {
        out << "renamed: " << terminalLine(from) << " to " << terminalLine(to) << "\n";
    }
    if (status.tokensToRead == 0) {
        out << "up to date\n";
        return;
    }
    out << "throughline update reads " << grouped(status.tokensToRead) << " of "
        << grouped(status.updatedTokens) << " tokens";
    if (status.seconds) {
        out << ", " << aboutSeconds(*status.seconds);
    }
    out << "\n";
}

Status status(const ProjectRequest& request, const Terminal& terminal) {
    const Result<std::unique_ptr<TextModel>> model =
        loadTextModel(modelFor(request.project, request.model));
    if (!model.ok()) {
        return model.error();
    }
    const Result<ProjectStatus> found =
        statusOf(request.project, request.sources.passwords, *model.value(), terminal.stop);
    if (!found.ok()) {
        return found.error();
    }
    const std::lock_guard lock(terminal.writing);
    if (request.json) {
        terminal.out << statusJson(found.value())
                            .dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace)
                     << "\n";
    } else {
        printStatus(request.project.string(), found.value(), terminal.out);
    }
    terminal.out << std::flush;
    return okStatus();
}

}  // namespace

int runStatus(const ProjectRequest& request, const Terminal& terminal) {
    return endCommand("status", status(request, terminal), terminal);
}

}  // namespace tl
