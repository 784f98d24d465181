// SPDX-License-Identifier: Apache-2.0
// Lines that give a name a value: setup.py, __version__, VERSION, #define, bin_PROGRAMS.
#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

#include "app/overview/metadata.h"

namespace tl {

namespace {

struct NameRow {
    std::string_view name;
    MetadataKind kind;
};

constexpr auto kSetupNames = std::to_array<NameRow>({
    {"name", MetadataKind::kName},
    {"version", MetadataKind::kVersion},
    {"description", MetadataKind::kDescription},
    {"license", MetadataKind::kLicence},
    {"author", MetadataKind::kAuthor},
    {"maintainer", MetadataKind::kMaintainer},
});

constexpr auto kModuleNames = std::to_array<NameRow>({
    {"__title__", MetadataKind::kName},
    {"__version__", MetadataKind::kVersion},
    {"__description__", MetadataKind::kDescription},
    {"__license__", MetadataKind::kLicence},
    {"__author__", MetadataKind::kAuthor},
});

bool startsWithDigit(std::string_view text) {
    return !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) != 0;
}

// "1.2.13", "v7", "1.0.8, 13-Jul-2019": digits with a point, or nothing but digits after a v.
bool isVersion(std::string_view text) {
    if (text.starts_with('v')) {
        text.remove_prefix(1);
    }
    return startsWithDigit(text) && text.size() <= 40 && text.find('.') != std::string_view::npos;
}

// The inside of the string that the text begins with; empty where it begins with none.
std::string_view leadingString(std::string_view text) {
    if (text.empty() || (text[0] != '"' && text[0] != '\'')) {
        return {};
    }
    const size_t end = text.find(text[0], 1);
    return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
}

// name = "value" for the names of a table.
template <size_t kCount>
void readNames(const std::array<NameRow, kCount>& names, bool isIndented, MetadataSink& sink) {
    const Document& document = sink.document();
    for (int64_t line = 1; line <= document.lines.lineCount(); ++line) {
        const std::string_view text = lineOf(document, line);
        const size_t equals = text.find('=');
        if (equals == std::string_view::npos || (!isIndented && text.starts_with(' '))) {
            continue;
        }
        const std::string_view name = stripped(text.substr(0, equals));
        const auto* const row =
            std::ranges::find_if(names, [&](const NameRow& r) { return r.name == name; });
        if (row != names.end()) {
            sink.add(row->kind, leadingString(stripped(text.substr(equals + 1))), line);
        }
    }
}

// A file of a version and nothing else.
void readVersionFile(MetadataSink& sink) {
    const std::string_view text = stripped(sink.document().text);
    if (isVersion(text) && text.find_first_of(" \n") == std::string_view::npos) {
        sink.add(MetadataKind::kVersion, text, 1);
    }
}

// Versions of other things than the whole.
bool isOtherVersion(std::string_view name) {
    constexpr auto kOthers = std::to_array<std::string_view>({"MIN",
                                                              "MAX",
                                                              "API",
                                                              "ABI",
                                                              "PROTOCOL",
                                                              "REQUIRED",
                                                              "FORMAT",
                                                              "SCHEMA",
                                                              "FILE",
                                                              "HTTP",
                                                              "NEEDED"});
    return std::ranges::any_of(kOthers, [&](std::string_view other) {
        return name.find(other) != std::string_view::npos;
    });
}

// #define ZLIB_VERSION "1.2.13"
void readHeader(MetadataSink& sink) {
    const Document& document = sink.document();
    for (size_t at = document.text.find("VERSION"); at != std::string::npos;
         at = document.text.find("VERSION", at + 1)) {
        const int64_t line = document.lines.position(static_cast<int64_t>(at)).line;
        const std::string_view text = stripped(lineOf(document, line));
        if (!text.starts_with("#define ")) {
            continue;
        }
        const std::string_view rest = stripped(text.substr(8));
        const std::string_view name = rest.substr(0, rest.find_first_of(" \t"));
        const bool isWhole = name.ends_with("VERSION") || name.ends_with("VERSION_STRING");
        const std::string_view value = leadingString(stripped(rest.substr(name.size())));
        if (isWhole && !isOtherVersion(name) && isVersion(value)) {
            sink.add(MetadataKind::kHeaderVersion, value, line, name);
        }
    }
}

// VERSION = 1.4
void readMakefile(MetadataSink& sink) {
    const Document& document = sink.document();
    for (int64_t line = 1; line <= document.lines.lineCount(); ++line) {
        const std::string_view text = lineOf(document, line);
        const size_t equals = text.find_first_of(":=");
        const std::string_view name = stripped(text.substr(0, equals));
        if (equals == std::string_view::npos || !name.ends_with("VERSION") ||
            isOtherVersion(name)) {
            continue;
        }
        const std::string_view value =
            stripped(text.substr(std::min(text.find_first_not_of(":=", equals), text.size())));
        if (isVersion(value) && value.find(' ') == std::string_view::npos) {
            sink.add(MetadataKind::kHeaderVersion, value, line, name);
        }
    }
}

// bin_PROGRAMS = jq
void readAutomake(MetadataSink& sink) {
    const Document& document = sink.document();
    for (int64_t line = 1; line <= document.lines.lineCount(); ++line) {
        const std::string_view text = lineOf(document, line);
        const size_t equals = text.find('=');
        const std::string_view name = stripped(text.substr(0, equals));
        if (equals == std::string_view::npos ||
            (name != "bin_PROGRAMS" && name != "sbin_PROGRAMS")) {
            continue;
        }
        std::string_view words = stripped(text.substr(equals + 1));
        while (!words.empty() && words != "\\") {
            const std::string_view program = words.substr(0, words.find_first_of(" \t"));
            sink.add(MetadataKind::kProgram, program, line, program);
            words = stripped(words.substr(program.size()));
        }
    }
}

}  // namespace

void readAssignedMetadata(MetadataSink& sink) {
    const std::string_view base = sink.file().base;
    if (base == "setup.py") {
        readNames(kSetupNames, /*isIndented=*/true, sink);
    } else if (base.ends_with(".py")) {
        // A module in a folder speaks for itself alone, but for those that tell of their package.
        const bool isOfWhole =
            sink.file().depth == 0 || base.starts_with("_") || base == "version.py";
        if (isOfWhole) {
            readNames(kModuleNames, /*isIndented=*/false, sink);
        }
    } else if (base == "Makefile" || base == "Makefile.in") {
        readMakefile(sink);
    } else if (base == "Makefile.am") {
        readAutomake(sink);
    } else if (base.ends_with(".h") || base.ends_with(".hpp")) {
        readHeader(sink);
    } else {
        readVersionFile(sink);
    }
}

}  // namespace tl
