// SPDX-License-Identifier: Apache-2.0
// The syntax is that of git-config(1), "CONFIGURATION FILE", as git's config.c reads it.
#include "ingest/source/git_config.h"

#include <algorithm>

#include "base/ascii.h"

namespace tl {
namespace {

constexpr std::string_view kWhite = " \t\r";

class ConfigReading {
public:
    explicit ConfigReading(std::string_view text) : m_rest(text) {
        constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
        m_rest.remove_prefix(m_rest.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
    }

    std::optional<std::string> find(std::string_view section, std::string_view name) {
        std::optional<std::string> found;
        std::string inSection;
        for (;;) {
            skipWhiteAndLines();
            if (m_rest.empty()) {
                return found;
            }
            if (m_rest.front() == '#' || m_rest.front() == ';') {
                skipLine();
            } else if (m_rest.front() == '[') {
                inSection = sectionName();
            } else {
                const std::string key = asciiLower(takeUntil("= \t\r\n#;"));
                std::string value = valueOf();
                if (inSection == section && key == name) {
                    found = std::move(value);
                }
            }
        }
    }

private:
    void skipWhiteAndLines() {
        m_rest.remove_prefix(std::min(m_rest.find_first_not_of(" \t\r\n"), m_rest.size()));
    }
    void skipWhite() {
        m_rest.remove_prefix(std::min(m_rest.find_first_not_of(kWhite), m_rest.size()));
    }
    void skipLine() { m_rest.remove_prefix(std::min(m_rest.find('\n'), m_rest.size())); }

    std::string_view takeUntil(std::string_view ends) {
        const std::string_view taken =
            m_rest.substr(0, std::min(m_rest.find_first_of(ends), m_rest.size()));
        m_rest.remove_prefix(taken.size());
        return taken;
    }

    // "core" of "[core]"; with a sub-section a name that no plain section has.
    std::string sectionName() {
        m_rest.remove_prefix(1);
        std::string name = asciiLower(takeUntil("]\n"));
        m_rest.remove_prefix(m_rest.starts_with(']') ? 1 : 0);
        return name;
    }

    // Behind the name of a variable, up to the end of its last line.
    std::string valueOf() {
        skipWhite();
        if (!m_rest.starts_with('=')) {
            skipLine();
            return {};
        }
        m_rest.remove_prefix(1);
        skipWhite();
        std::string value;
        size_t solid = 0;  // the white space after this is dropped
        bool isQuoted = false;
        while (!m_rest.empty()) {
            const char c = m_rest.front();
            if (c == '\n' || (!isQuoted && (c == '#' || c == ';'))) {
                break;
            }
            m_rest.remove_prefix(1);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == '\\') {
                appendEscaped(value);
            } else {
                value += c;
            }
            const bool isWhite = kWhite.find(c) != std::string_view::npos;
            solid = isQuoted || !isWhite ? value.size() : solid;
        }
        skipLine();
        value.resize(solid);
        return value;
    }

    void appendEscaped(std::string& value) {
        if (m_rest.starts_with("\r\n")) {
            m_rest.remove_prefix(1);
        }
        if (m_rest.empty()) {
            return;
        }
        const char c = m_rest.front();
        m_rest.remove_prefix(1);
        if (c == '\n') {
            return;  // the value goes on in the next line
        }
        constexpr std::string_view kLetters = "ntb";
        constexpr std::string_view kMeanings = "\n\t\b";
        const size_t at = kLetters.find(c);
        value += at == std::string_view::npos ? c : kMeanings[at];
    }

    std::string_view m_rest;
};

}  // namespace

std::optional<std::string> gitConfigValue(std::string_view text,
                                          std::string_view section,
                                          std::string_view name) {
    return ConfigReading(text).find(section, name);
}

}  // namespace tl
