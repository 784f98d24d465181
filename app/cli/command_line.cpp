// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <system_error>

#include "app/cli/ask_words.h"
#include "app/cli/command_options.h"
#include "app/cli/project_words.h"
#include "app/cli/terminal_text.h"

namespace tl {

namespace {

// CLI11 shows a switch that turns something off as "--no-cache{false}".
class HelpText : public CLI::Formatter {
    std::string make_option_name(const CLI::Option* option, bool isPositional) const override {
        std::string name = CLI::Formatter::make_option_name(option, isPositional);
        if (const size_t mark = name.find("{false}"); mark != std::string::npos) {
            name.erase(mark);
        }
        return name;
    }
};

CLI::App* addAsk(CLI::App& app, CommandOptions& options) {
    CLI::App* ask = app.add_subcommand("ask", "answer questions about files, with citations");
    ask->footer(
        "The shipped model reads English. A question of several words needs quotes; it may "
        "begin with a dash.\nAfter -- nothing is an option any more.");
    ask->add_option("words", options.words, "project, or files and folders; then the question")
        ->type_name("DIR-or-FILE... QUESTION");
    ask->add_option("--corpus", options.corpus, "folder or file to ask --questions about")
        ->type_name("DIR");
    ask->add_option("--questions", options.ask.questions, "JSON lines with id and question")
        ->type_name("FILE");
    ask->add_option("--out", options.ask.out, "write answers there instead of standard output")
        ->type_name("FILE");
    ask->add_option("-o,--project", options.ask.project, "keep what is read of a folder there")
        ->type_name("FILE")
        ->check(refuseEmpty);
    ask->add_flag(
        "!--no-project", options.ask.usesProject, "read into memory, and keep nothing of it");
    ask->add_flag("--continue",
                  options.ask.continues,
                  "Go on with the project's newest conversation: \"And who wrote it?\"");
    ask->add_option("--as-of",
                    options.ask.asOf,
                    "answer from a project as if it ended after this file, so many tokens or N%")
        ->type_name("FILE-or-TOKENS")
        ->check(refuseEmpty);
    ask->add_flag("--json", options.ask.json, "print the answer as one JSON line");
    ask->add_flag("--quiet", options.ask.quiet, "no progress and no notes");
    ask->add_flag("--verbose",
                  options.ask.verbose,
                  "name each skipped file; say what the first look said, and tokens evaluated");
    addModelOptions(*ask, options);
    addSourceOptions(*ask, options);
    addAnswerOptions(*ask, options);
    return ask;
}

CLI::App* addPlan(CLI::App& app, CommandOptions& options) {
    CLI::App* plan =
        app.add_subcommand("plan", "say what reading files would take, without reading them");
    plan->add_option("words", options.words, "files and folders")->type_name("DIR-or-FILE...");
    plan->add_option("--depth", options.plan.depth, "tell folders apart down to this depth")
        ->type_name("N")
        ->check(CLI::Range(1, 64));
    plan->add_option("--without", options.plan.without, "say what leaving files out would save")
        ->type_name("PATTERN")
        ->allow_extra_args(false);
    plan->add_flag("--json", options.plan.json, "print as JSON, with every file");
    plan->add_flag("--verbose", options.plan.verbose, "name each file and what becomes of it");
    addModelFile(*plan, "--model", "GGUF file whose tokenizer counts", options);
    addSourceOptions(*plan, options);
    return plan;
}

CLI::App* addOverview(CLI::App& app, CommandOptions& options) {
    CLI::App* overview =
        app.add_subcommand("overview", "say what files say of themselves, without the model");
    overview->add_option("words", options.words, "files and folders")->type_name("DIR-or-FILE...");
    overview->add_flag("--json", options.overview.json, "print as JSON");
    addModelFile(*overview, "--model", "GGUF file whose tokenizer counts", options);
    addSourceOptions(*overview, options);
    return overview;
}

CLI::App* addInfo(CLI::App& app, CommandOptions& options) {
    CLI::App* info = app.add_subcommand("info", "describe a model file");
    info->add_option("model", options.info.model, "the file; the shipped model where left out")
        ->type_name("MODEL.gguf")
        ->check(refuseEmpty);
    info->add_flag("--json", options.info.json, "print as JSON");
    return info;
}

// The words of `ask` are paths and a question, or with --questions paths alone.
Request askRequest(CommandOptions& options) {
    AskRequest& ask = options.ask;
    if (!options.corpus.empty()) {
        ask.sources.paths.emplace_back(options.corpus);
    }
    if (ask.questions.empty()) {
        if (const std::optional<std::string> mistake = mistakeInWords(options.words)) {
            return usageError("ask: " + *mistake);
        }
        ask.question = options.words.back();
        options.words.pop_back();
        if (!ask.out.empty()) {
            return usageError("ask: --out needs --questions");
        }
    }
    ask.sources.paths.insert(ask.sources.paths.end(), options.words.begin(), options.words.end());
    if (ask.sources.paths.empty()) {
        return usageError("ask: no file or folder given before the question");
    }
    if (std::optional<Notice> mistake = finishSources(options, ask.sources)) {
        return *mistake;
    }
    ask.model = modelChoice(options);
    ask.options.secondLook = options.secondLook == "on";
    ask.options.candidates = options.candidates == "read"    ? CandidateSources::kRead
                             : options.candidates == "words" ? CandidateSources::kWords
                                                             : CandidateSources::kFused;
    return ask;
}

// What comes after "--" is the file's name too.
Request infoRequest(CommandOptions& options) {
    for (const std::string& word : options.windowPaths) {
        if (!options.info.model.empty()) {
            return usageError("info: one file at a time");
        }
        options.info.model = word;
    }
    return options.info;
}

// A word alone may have been meant as a command.
Request windowRequest(const CommandOptions& options) {
    WindowRequest window;
    window.model = modelChoice(options);
    for (const std::string& path : options.windowPaths) {
        std::error_code ignored;
        if (!std::filesystem::exists(path, ignored)) {
            return usageError(terminalLine(path) + ": no such file, no such command");
        }
        window.paths.emplace_back(path);
    }
    return window;
}

// Whether an option, of the whole or of any command, takes the argument after it.
bool takesValue(const CLI::App& app, const std::string& name) {
    const CLI::Option* option = name.starts_with("-") ? app.get_option_no_throw(name) : nullptr;
    return (option != nullptr && option->get_items_expected_min() > 0) ||
           std::ranges::any_of(app.get_subcommands({}),
                               [&](const CLI::App* command) { return takesValue(*command, name); });
}

Request planRequest(CommandOptions& options) {
    PlanRequest& plan = options.plan;
    plan.model = modelChoice(options);
    plan.sources = options.ask.sources;
    plan.sources.paths.assign(options.words.begin(), options.words.end());
    if (plan.sources.paths.empty()) {
        return usageError("plan: no file or folder given");
    }
    if (std::optional<Notice> mistake = finishSources(options, plan.sources)) {
        return *mistake;
    }
    return plan;
}

Request overviewRequest(CommandOptions& options) {
    OverviewRequest& overview = options.overview;
    overview.model = modelChoice(options);
    overview.sources = options.ask.sources;
    overview.sources.paths.assign(options.words.begin(), options.words.end());
    if (overview.sources.paths.empty()) {
        return usageError("overview: no file or folder given");
    }
    if (std::optional<Notice> mistake = finishSources(options, overview.sources)) {
        return *mistake;
    }
    return overview;
}

}  // namespace

Request parseCommandLine(const std::vector<std::string>& arguments) {
    CLI::App app(
        "Reads files once and answers questions about them with checked citations.\n"
        "The shipped model reads English.",
        "throughline");
    app.formatter(std::make_shared<HelpText>());
    CommandOptions options;
    app.set_version_flag("--version", "throughline " TL_VERSION);
    app.add_option("paths", options.windowPaths, "files and folders to open in the window")
        ->type_name("DIR-or-FILE...");
    const CLI::App* ask = addAsk(app, options);
    const CLI::App* plan = addPlan(app, options);
    const CLI::App* overview = addOverview(app, options);
    const CLI::App* info = addInfo(app, options);
    const ProjectWords project = addProjectCommands(app, options);
    addModelOptions(app, options);
    SplitArguments split =
        splitArguments(arguments, [&](const std::string& name) { return takesValue(app, name); });
    std::vector<std::string> reversed(split.options.rbegin(), split.options.rend());
    try {
        app.parse(reversed);
    } catch (const CLI::ParseError& error) {
        std::ostringstream out;
        std::ostringstream ignored;
        const bool isMistake = app.exit(error, out, ignored) != 0;
        return isMistake ? usageError(error.what()) : Notice{out.str(), kExitOk};
    }
    const bool takesFiles =
        ask->parsed() || plan->parsed() || overview->parsed() || project.isParsed();
    std::vector<std::string>& words = takesFiles ? options.words : options.windowPaths;
    words.insert(words.end(), split.words.begin(), split.words.end());
    if (ask->parsed()) {
        return askRequest(options);
    }
    if (plan->parsed()) {
        return planRequest(options);
    }
    if (overview->parsed()) {
        return overviewRequest(options);
    }
    if (info->parsed()) {
        return infoRequest(options);
    }
    if (project.isParsed()) {
        return projectRequest(project, options);
    }
    return windowRequest(options);
}

}  // namespace tl
