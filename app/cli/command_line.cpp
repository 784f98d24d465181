// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>
#include <utility>

#include "app/cli/ask_words.h"
#include "app/cli/terminal_text.h"
#include "base/result.h"

namespace tl {

namespace {

// What the options fill in before it becomes a request.
struct Options {
    AskRequest ask;
    PlanRequest plan;
    OverviewRequest overview;
    InfoRequest info;
    std::vector<std::string> words;  // of `ask`: files and folders, then the question
    std::string corpus;
    std::vector<std::string> windowPaths;
    std::vector<std::string> reductions;
    std::string passwordFile;
    std::string activations = "int8";
    std::string keys = "int8";
    std::string secondLook = "on";
    std::string candidates = "fused";
};

// An empty name, as a shell makes of a variable that is not set, is no file.
std::string refuseEmpty(const std::string& name) {
    return name.empty() ? "an empty name" : "";
}

void addModelFile(CLI::App& app, const char* name, const char* help, Options& options) {
    app.add_option(name, options.ask.model.file, help)->type_name("FILE")->check(refuseEmpty);
}

void addModelOptions(CLI::App& app, Options& options) {
    ModelChoice& model = options.ask.model;
    addModelFile(app, "--model", "GGUF file to use instead of the shipped model", options);
    app.add_option("--threads", model.threads, "computing threads; 0 = one per core")
        ->type_name("N")
        ->check(CLI::Range(0, 1024));
    app.add_option("--activations", options.activations, "int8 (fast) or f32")
        ->type_name("TYPE")
        ->check(CLI::IsMember({"int8", "f32"}));
    app.add_option("--kv", options.keys, "how keys and values are kept: int8 or f16")
        ->type_name("TYPE")
        ->check(CLI::IsMember({"int8", "f16"}));
}

void addSourceOptions(CLI::App& app, Options& options) {
    SourceChoice& sources = options.ask.sources;
    app.add_option("--include", sources.include, "take only files that match (.gitignore syntax)")
        ->type_name("PATTERN")
        ->allow_extra_args(false);
    app.add_option("--exclude", sources.exclude, "leave out files that match")
        ->type_name("PATTERN")
        ->allow_extra_args(false);
    app.add_option("--reduce",
                   options.reductions,
                   "read less of files that match: signatures, names, or full again")
        ->type_name("PATTERN=LEVEL")
        ->allow_extra_args(false);
    app.add_flag("!--no-ignore",
                 sources.useIgnoreFiles,
                 "read what .gitignore, .ignore and git's own lists leave out");
    app.add_flag("!--no-default-rules",
                 sources.useDefaultRules,
                 "read dependencies, lock files, generated and minified files");
    app.add_flag(
        "!--no-cache", sources.useCache, "neither keep the texts of PDFs nor use kept ones");
    app.add_flag(
        "--ocr", sources.ocr, "read scanned and garbled pages of PDFs, and images, with Tesseract");
    app.add_option("--password", sources.passwords, "try it on encrypted files")
        ->type_name("PASSWORD")
        ->allow_extra_args(false);
    app.add_option("--password-file", options.passwordFile, "try each of its lines on them")
        ->type_name("FILE")
        ->check(refuseEmpty);
    app.add_option("--max-file-size", sources.maxFileBytes, "skip larger files, such as 500k or 8M")
        ->type_name("SIZE")
        ->transform(CLI::AsSizeValue(/*kb_is_1000=*/false));
}

void addAnswerOptions(CLI::App& app, Options& options) {
    AskOptions& answer = options.ask.options;
    Sampling& sampling = answer.sampling;
    app.add_option("--second-look", options.secondLook, "read the best passages once more: on, off")
        ->type_name("SWITCH")
        ->check(CLI::IsMember({"on", "off"}));
    app.add_option("--candidates",
                   options.candidates,
                   "where passages come from, to measure: read (by the model), words, fused")
        ->type_name("SOURCES")
        ->check(CLI::IsMember({"read", "words", "fused"}));
    app.add_option("--max-tokens", answer.maxTokens, "longest answer, in tokens")
        ->type_name("N")
        ->check(CLI::Range(1, 100000));
    app.add_option("--temperature", sampling.temperature, "0 = always the likeliest token")
        ->type_name("T")
        ->check(CLI::Range(0.0, 100.0));
    app.add_option("--top-k", sampling.topK, "draw from the K likeliest; 0 = all")
        ->type_name("K")
        ->check(CLI::NonNegativeNumber);
    app.add_option("--top-p", sampling.topP, "draw from the likeliest that make up P")
        ->type_name("P")
        ->check(CLI::Range(0.0, 1.0));
    app.add_option("--min-p", sampling.minP, "draw from those at least P times the likeliest")
        ->type_name("P")
        ->check(CLI::Range(0.0, 1.0));
    app.add_option("--repetition-penalty", sampling.repetitionPenalty, "1 = none")
        ->type_name("R")
        ->check(CLI::Range(0.01, 100.0));
    app.add_option("--seed", sampling.seed, "of the draws; same seed, same answer")->type_name("N");
}

CLI::App* addAsk(CLI::App& app, Options& options) {
    CLI::App* ask = app.add_subcommand("ask", "answer questions about files, with citations");
    ask->footer(
        "The shipped model reads English. A question of several words needs quotes; it may "
        "begin with a dash.\nBehind -- nothing is an option any more.");
    ask->add_option("words", options.words, "files and folders, then the question")
        ->type_name("DIR-or-FILE... QUESTION");
    ask->add_option("--corpus", options.corpus, "folder or file to ask --questions about")
        ->type_name("DIR");
    ask->add_option("--questions", options.ask.questions, "JSON lines with id and question")
        ->type_name("FILE");
    ask->add_option("--out", options.ask.out, "write answers there instead of standard output")
        ->type_name("FILE");
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

CLI::App* addPlan(CLI::App& app, Options& options) {
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

CLI::App* addOverview(CLI::App& app, Options& options) {
    CLI::App* overview =
        app.add_subcommand("overview", "say what files say of themselves, without the model");
    overview->add_option("words", options.words, "files and folders")->type_name("DIR-or-FILE...");
    overview->add_flag("--json", options.overview.json, "print as JSON");
    addModelFile(*overview, "--model", "GGUF file whose tokenizer counts", options);
    addSourceOptions(*overview, options);
    return overview;
}

CLI::App* addInfo(CLI::App& app, Options& options) {
    CLI::App* info = app.add_subcommand("info", "describe a model file");
    info->add_option("model", options.info.model, "the file; the shipped model where left out")
        ->type_name("MODEL.gguf")
        ->check(refuseEmpty);
    info->add_flag("--json", options.info.json, "print as JSON");
    return info;
}

Notice usageError(const std::string& message) {
    return {"throughline: " + message + "; see throughline --help\n", kExitUsage};
}

// "tests/=names" and the like; nullopt for another shape or level.
std::optional<SourceChoice::Reduction> parseReduction(const std::string& text) {
    const size_t equals = text.rfind('=');
    if (equals == std::string::npos || equals == 0) {
        return std::nullopt;
    }
    const std::string level = text.substr(equals + 1);
    if (level != "signatures" && level != "names" && level != "full") {
        return std::nullopt;
    }
    return SourceChoice::Reduction{text.substr(0, equals), level};
}

// The lines that are not empty, without their line ends. The file is meant to be small: what is
// larger is another file, named by mistake.
Result<std::vector<std::string>> readPasswords(const std::string& file) {
    constexpr std::streamsize kMaxBytes = 64 << 10;
    std::ifstream in(file, std::ios::binary);
    std::string text(kMaxBytes + 1, '\0');
    in.read(text.data(), std::ssize(text));
    if (in.gcount() > kMaxBytes) {
        return Error{ErrorCode::kInvalidInput, file + ": too large for a file of passwords"};
    }
    if (in.bad() || !in.eof()) {
        return Error{ErrorCode::kIo, file + ": cannot be read"};
    }
    text.resize(static_cast<size_t>(in.gcount()));
    std::vector<std::string> passwords;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        if (!line.empty()) {
            passwords.push_back(line);
        }
    }
    if (passwords.empty()) {
        return Error{ErrorCode::kInvalidInput, file + ": holds no password"};
    }
    return passwords;
}

// Fills in what needs more than CLI11 does; the mistake, if there is one.
std::optional<Notice> finishSources(const Options& options, SourceChoice& sources) {
    if (!options.passwordFile.empty()) {
        const Result<std::vector<std::string>> read = readPasswords(options.passwordFile);
        if (!read.ok()) {
            return Notice{"throughline: " + read.error().message + "\n", kExitFailed};
        }
        sources.passwords.insert(sources.passwords.end(), read.value().begin(), read.value().end());
    }
    for (const std::string& text : options.reductions) {
        std::optional<SourceChoice::Reduction> reduction = parseReduction(text);
        if (!reduction) {
            return usageError("--reduce: " + text +
                              " is not PATTERN=signatures, PATTERN=names or PATTERN=full");
        }
        sources.reduce.push_back(std::move(*reduction));
    }
    return std::nullopt;
}

ModelChoice modelChoice(const Options& options) {
    ModelChoice model = options.ask.model;
    model.int8Activations = options.activations == "int8";
    model.int8Keys = options.keys == "int8";
    return model;
}

// The words of `ask` are paths and a question, or with --questions paths alone.
Request askRequest(Options& options) {
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

// What stands behind "--" is the file's name too.
Request infoRequest(Options& options) {
    for (const std::string& word : options.windowPaths) {
        if (!options.info.model.empty()) {
            return usageError("info: one file at a time");
        }
        options.info.model = word;
    }
    return options.info;
}

// A word alone may have been meant as a command.
Request windowRequest(const Options& options) {
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

// Whether an option, of the whole or of any command, takes the argument behind it.
bool takesValue(const CLI::App& app, const std::string& name) {
    const CLI::Option* option = name.starts_with("-") ? app.get_option_no_throw(name) : nullptr;
    return (option != nullptr && option->get_items_expected_min() > 0) ||
           std::ranges::any_of(app.get_subcommands({}),
                               [&](const CLI::App* command) { return takesValue(*command, name); });
}

Request planRequest(Options& options) {
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

Request overviewRequest(Options& options) {
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
    Options options;
    app.set_version_flag("--version", "throughline " TL_VERSION);
    app.add_option("paths", options.windowPaths, "files and folders to open in the window")
        ->type_name("DIR-or-FILE...");
    const CLI::App* ask = addAsk(app, options);
    const CLI::App* plan = addPlan(app, options);
    const CLI::App* overview = addOverview(app, options);
    const CLI::App* info = addInfo(app, options);
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
    const bool takesFiles = ask->parsed() || plan->parsed() || overview->parsed();
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
    return windowRequest(options);
}

}  // namespace tl
