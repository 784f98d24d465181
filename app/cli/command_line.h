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
    std::filesystem::path project;    // where a folder is kept; empty: beside it
    bool usesProject = true;          // false: nothing is kept
    bool continues = false;           // the newest conversation of the project
    std::string asOf;                 // of a project: up to where it counts; empty: all of it
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

// What is done with a project file.
struct ProjectRequest {
    enum class Task { kRead, kUpdate, kStatus, kVerify };

    Task task = Task::kRead;
    std::filesystem::path project;  // of kRead: empty for the one beside the folder
    ModelChoice model;              // of all but kRead: the project's own where no file is named
    SourceChoice sources;           // of kRead; else passwords alone
    int64_t samples = 0;            // of kVerify: stretches that are read again
    int64_t checkpointTokens = 0;   // of kRead: of a new project; 0: as it is usual
    bool json = false;
    bool quiet = false;
};

// A file that is put after what a project has read.
struct AppendRequest {
    std::filesystem::path project;
    std::filesystem::path file;
    ModelChoice model;  // the project's own where no file is named
    bool follows = false;
    int64_t everySeconds = 5;      // between two readings, while it follows
    int64_t checkpointTokens = 0;  // of a new project; 0: as it is usual
    bool quiet = false;
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

using Request = std::variant<AskRequest,
                             PlanRequest,
                             OverviewRequest,
                             InfoRequest,
                             ProjectRequest,
                             AppendRequest,
                             WindowRequest,
                             Notice>;

// Turns the program's arguments (without its name) into what is asked for.
Request parseCommandLine(const std::vector<std::string>& arguments);

}  // namespace tl
