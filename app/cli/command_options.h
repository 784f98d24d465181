// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/app_types.h"
#include "app/cli/command_line.h"

namespace tl {

// What the options fill in before it becomes a request.
struct CommandOptions {
    AskRequest ask;
    PlanRequest plan;
    OverviewRequest overview;
    InfoRequest info;
    ProjectRequest project;
    AppendRequest append;
    std::vector<std::string> words;  // of `ask`: files and folders, then the question
    std::string corpus;
    std::vector<std::string> windowPaths;
    std::vector<std::string> reductions;
    std::vector<std::string> encodings;
    std::string passwordFile;
    std::string activations = "int8";
    std::string keys = "int8";
    std::string secondLook = "on";
    std::string candidates = "fused";
};

// Options that commands share, added to one of them.
void addModelFile(CLI::App& app, const char* name, const char* help, CommandOptions& options);
void addModelOptions(CLI::App& app, CommandOptions& options);
void addPasswordOptions(CLI::App& app, CommandOptions& options);
void addSourceOptions(CLI::App& app, CommandOptions& options);
void addAnswerOptions(CLI::App& app, CommandOptions& options);

// What they come to, once all are parsed. Fills in what needs more than CLI11 does; the mistake, if
// there is one.
std::optional<Notice> finishSources(const CommandOptions& options, SourceChoice& sources);
ModelChoice modelChoice(const CommandOptions& options);

// "throughline: ...; see throughline --help"
Notice usageError(const std::string& message);

// An empty name, as a shell makes of a variable that is not set, is no file: what is wrong with it.
std::string refuseEmpty(const std::string& name);

}  // namespace tl
