// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "app/app_types.h"

namespace tl {

// Exit statuses of the program.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;       // bad input, or a failure on the way
inline constexpr int kExitUsage = 2;        // the command line makes no sense
inline constexpr int kExitCancelled = 130;  // Ctrl-C, as shells count it

struct AskRequest {
    ModelChoice model;
    SourceChoice sources;
    AskOptions options;
    std::string question;             // one question, or
    std::filesystem::path questions;  // a file of JSON lines
    std::filesystem::path out;        // empty: standard output
    bool json = false;
    bool quiet = false;
    bool verbose = false;
};

struct PlanRequest {
    ModelChoice model;
    SourceChoice sources;
    int depth = 1;                     // folders are told apart down to here
    std::vector<std::string> without;  // patterns of files that might be left out
    bool json = false;
    bool verbose = false;
};

struct OverviewRequest {
    ModelChoice model;
    SourceChoice sources;
    bool json = false;
};

struct InfoRequest {
    std::filesystem::path model;
    bool json = false;
};

// No subcommand: the window, on these files and folders.
struct WindowRequest {
    ModelChoice model;
    std::vector<std::filesystem::path> paths;
};

// --help, --version or a mistake: what to say and the exit status.
struct Notice {
    std::string text;
    int exitStatus = kExitOk;
};

using Request =
    std::variant<AskRequest, PlanRequest, OverviewRequest, InfoRequest, WindowRequest, Notice>;

// Turns the program's arguments (without its name) into what is asked for.
Request parseCommandLine(const std::vector<std::string>& arguments);

}  // namespace tl
