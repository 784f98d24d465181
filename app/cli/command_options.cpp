// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_options.h"

#include <fstream>
#include <ios>
#include <sstream>
#include <utility>

#include "base/result.h"
#include "ingest/corpus.h"

namespace tl {

namespace {

// "tests/=names" and the like; nullopt for another shape or level.
std::optional<SourceChoice::Encoding> parseEncoding(const std::string& text) {
    const size_t equals = text.rfind('=');
    if (equals == std::string::npos || equals == 0 || !isKnownEncoding(text.substr(equals + 1))) {
        return std::nullopt;
    }
    return SourceChoice::Encoding{text.substr(0, equals), text.substr(equals + 1)};
}

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

}  // namespace

std::string refuseEmpty(const std::string& name) {
    return name.empty() ? "an empty name" : "";
}

void addModelFile(CLI::App& app, const char* name, const char* help, CommandOptions& options) {
    app.add_option(name, options.ask.model.file, help)->type_name("FILE")->check(refuseEmpty);
}

void addModelOptions(CLI::App& app, CommandOptions& options) {
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

void addPasswordOptions(CLI::App& app, CommandOptions& options) {
    app.add_option("--password", options.ask.sources.passwords, "try it on encrypted files")
        ->type_name("PASSWORD")
        ->allow_extra_args(false);
    app.add_option("--password-file", options.passwordFile, "try each of its lines on them")
        ->type_name("FILE")
        ->check(refuseEmpty);
}

void addSourceOptions(CLI::App& app, CommandOptions& options) {
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
    app.add_option("--encoding",
                   options.encodings,
                   "read the text of files that match as Shift_JIS, cp1251, latin1...")
        ->type_name("PATTERN=NAME")
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
    addPasswordOptions(app, options);
    app.add_option("--max-file-size", sources.maxFileBytes, "skip larger files, such as 500k or 8M")
        ->type_name("SIZE")
        ->transform(CLI::AsSizeValue(/*kb_is_1000=*/false));
}

void addAnswerOptions(CLI::App& app, CommandOptions& options) {
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

Notice usageError(const std::string& message) {
    return {"throughline: " + message + "; see throughline --help\n", kExitUsage};
}

std::optional<Notice> finishSources(const CommandOptions& options, SourceChoice& sources) {
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
    for (const std::string& text : options.encodings) {
        std::optional<SourceChoice::Encoding> encoding = parseEncoding(text);
        if (!encoding) {
            return usageError("--encoding: " + text +
                              " is not PATTERN=NAME with the name of an encoding");
        }
        sources.encodings.push_back(std::move(*encoding));
    }
    return std::nullopt;
}

ModelChoice modelChoice(const CommandOptions& options) {
    ModelChoice model = options.ask.model;
    model.int8Activations = options.activations == "int8";
    model.int8Keys = options.keys == "int8";
    return model;
}

}  // namespace tl
