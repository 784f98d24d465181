// SPDX-License-Identifier: Apache-2.0
#include "app/project/project_origin.h"

#include <charconv>
#include <string_view>
#include <system_error>
#include <utility>

#include "ingest/document_file.h"

namespace tl {

namespace {

// Paths and patterns hold any byte but this one.
constexpr char kBetween = '\0';

template <typename Items, typename TextOf>
std::string joined(const Items& items, TextOf textOf) {
    std::string text;
    for (const auto& item : items) {
        text += textOf(item);
        text += kBetween;
    }
    return text;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> items;
    while (!text.empty()) {
        const size_t end = text.find(kBetween);
        items.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return items;
}

std::string reductionText(const SourceChoice::Reduction& reduction) {
    return reduction.pattern + "=" + reduction.level;
}

std::string encodingText(const SourceChoice::Encoding& encoding) {
    return encoding.pattern + "=" + encoding.encoding;
}

// Reads one property after the other; the first that is not as it should be is remembered.
class PropertyReading {
public:
    explicit PropertyReading(const ProjectProperties& properties) : m_properties(properties) {}

    std::string text(const std::string& name) {
        const auto found = m_properties.find(name);
        if (found == m_properties.end()) {
            fail(name, "is missing");
            return {};
        }
        return found->second;
    }
    std::string optionalText(const std::string& name) const {
        const auto found = m_properties.find(name);
        return found == m_properties.end() ? "" : found->second;
    }
    int64_t number(const std::string& name) {
        const std::string value = text(name);
        int64_t number = 0;
        const auto [end, failure] =
            std::from_chars(value.data(), value.data() + value.size(), number);
        if (failure != std::errc() || end != value.data() + value.size()) {
            fail(name, "is no number");
        }
        return number;
    }
    // Of a property that came later: empty where it is missing.
    std::string textOrNone(const std::string& name) {
        return m_properties.contains(name) ? text(name) : std::string();
    }
    bool flag(const std::string& name) { return number(name) != 0; }

    const Status& status() const { return m_status; }

private:
    void fail(const std::string& name, const char* what) {
        if (m_status.ok()) {
            m_status = Error{ErrorCode::kCorrupt, "property " + name + " " + what};
        }
    }

    const ProjectProperties& m_properties;
    Status m_status = okStatus();
};

Fingerprint fingerprintOf(PropertyReading& reading) {
    Fingerprint fingerprint;
    fingerprint.weights = reading.text("fingerprint.weights");
    fingerprint.architecture = reading.text("fingerprint.architecture");
    fingerprint.configuration = reading.text("fingerprint.configuration");
    fingerprint.tokenizer = reading.text("fingerprint.tokenizer");
    fingerprint.readingPolicy = reading.text("fingerprint.reading_policy");
    fingerprint.precision = reading.text("fingerprint.precision");
    fingerprint.batchTokens = reading.number("fingerprint.batch_tokens");
    fingerprint.codecVersion = reading.number("fingerprint.codec_version");
    return fingerprint;
}

SourceChoice choiceOf(PropertyReading& reading) {
    SourceChoice choice;
    for (const std::string& path : split(reading.text("sources.paths"))) {
        choice.paths.emplace_back(path);
    }
    for (const std::string& path : split(reading.textOrNone("sources.appended"))) {
        choice.appended.emplace_back(path);
    }
    choice.include = split(reading.text("sources.include"));
    choice.exclude = split(reading.text("sources.exclude"));
    for (const std::string& rule : split(reading.text("sources.reduce"))) {
        const size_t equals = rule.rfind('=');
        choice.reduce.push_back({rule.substr(0, equals), rule.substr(equals + 1)});
    }
    // Not in projects of versions that did not know it.
    for (const std::string& rule : split(reading.optionalText("sources.encodings"))) {
        const size_t equals = rule.rfind('=');
        choice.encodings.push_back({rule.substr(0, equals), rule.substr(equals + 1)});
    }
    choice.ocr = reading.flag("sources.ocr");
    choice.maxFileBytes = reading.number("sources.max_file_bytes");
    choice.useIgnoreFiles = reading.flag("sources.use_ignore_files");
    choice.useDefaultRules = reading.flag("sources.use_default_rules");
    return choice;
}

}  // namespace

ProjectProperties propertiesOf(const ProjectOrigin& origin) {
    const auto same = [](const std::string& text) { return text; };
    const auto native = [](const std::filesystem::path& path) { return path.native(); };
    const SourceChoice& choice = origin.sources;
    const Fingerprint& fingerprint = origin.fingerprint;
    return {
        {"program.version", TL_VERSION},
        {"sources.paths", joined(choice.paths, native)},
        {"sources.appended", joined(choice.appended, native)},
        {"sources.include", joined(choice.include, same)},
        {"sources.exclude", joined(choice.exclude, same)},
        {"sources.reduce", joined(choice.reduce, reductionText)},
        {"sources.encodings", joined(choice.encodings, encodingText)},
        {"sources.ocr", std::to_string(static_cast<int>(choice.ocr))},
        {"sources.max_file_bytes", std::to_string(choice.maxFileBytes)},
        {"sources.use_ignore_files", std::to_string(static_cast<int>(choice.useIgnoreFiles))},
        {"sources.use_default_rules", std::to_string(static_cast<int>(choice.useDefaultRules))},
        {"model.file", origin.model.native()},
        {"fingerprint.weights", fingerprint.weights},
        {"fingerprint.architecture", fingerprint.architecture},
        {"fingerprint.configuration", fingerprint.configuration},
        {"fingerprint.tokenizer", fingerprint.tokenizer},
        {"fingerprint.reading_policy", fingerprint.readingPolicy},
        {"fingerprint.precision", fingerprint.precision},
        {"fingerprint.batch_tokens", std::to_string(fingerprint.batchTokens)},
        {"fingerprint.codec_version", std::to_string(fingerprint.codecVersion)},
        {"checkpoint.tokens", std::to_string(origin.checkpointTokens)},
    };
}

Result<ProjectOrigin> originOf(const ProjectProperties& properties) {
    PropertyReading reading(properties);
    ProjectOrigin origin;
    origin.sources = choiceOf(reading);
    origin.model = reading.text("model.file");
    origin.fingerprint = fingerprintOf(reading);
    origin.checkpointTokens = reading.number("checkpoint.tokens");
    if (!reading.status().ok()) {
        return reading.status().error();
    }
    if (origin.checkpointTokens <= 0 || origin.fingerprint.batchTokens <= 0) {
        return Error{ErrorCode::kCorrupt, "property checkpoint.tokens makes no sense"};
    }
    return origin;
}

SourceChoice keptChoice(const SourceChoice& choice) {
    SourceChoice kept = choice;
    for (std::filesystem::path& path : kept.paths) {
        std::error_code failure;
        const std::filesystem::path whole = std::filesystem::weakly_canonical(path, failure);
        path = failure ? std::filesystem::absolute(path, failure).lexically_normal() : whole;
    }
    kept.passwords.clear();
    return kept;
}

std::vector<std::string> differences(const SourceChoice& theirs, const SourceChoice& ours) {
    std::vector<std::string> list;
    const auto compare = [&](bool isEqual, const char* name) {
        if (!isEqual) {
            list.emplace_back(name);
        }
    };
    const auto rules = [](const SourceChoice& choice) {
        return joined(choice.reduce, reductionText);
    };
    compare(theirs.paths == ours.paths, "files and folders");
    compare(theirs.include == ours.include, "--include");
    compare(theirs.exclude == ours.exclude, "--exclude");
    compare(rules(theirs) == rules(ours), "--reduce");
    const auto encodings = [](const SourceChoice& choice) {
        return joined(choice.encodings, encodingText);
    };
    compare(encodings(theirs) == encodings(ours), "--encoding");
    compare(theirs.ocr == ours.ocr, "--ocr");
    compare(theirs.maxFileBytes == ours.maxFileBytes, "--max-file-size");
    compare(theirs.useIgnoreFiles == ours.useIgnoreFiles, "--no-ignore");
    compare(theirs.useDefaultRules == ours.useDefaultRules, "--no-default-rules");
    return list;
}

std::string digestOf(const Fingerprint& fingerprint) {
    ProjectOrigin origin;
    origin.fingerprint = fingerprint;
    std::string all;
    for (const auto& [name, value] : propertiesOf(origin)) {
        if (name.starts_with("fingerprint.")) {
            all += name;
            all += kBetween;
            all += value;
            all += kBetween;
        }
    }
    return hexadecimal(contentHash(all));
}

std::string hexadecimal(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 15U];
    }
    return text;
}

}  // namespace tl
