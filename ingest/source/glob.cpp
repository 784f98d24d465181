// SPDX-License-Identifier: Apache-2.0
// git matches with a backtracking function, which takes exponential time on patterns such as
// a*a*a*a*b. Here the pattern is a small automaton: a token per element, and a set of states that
// moves along the text one byte at a time. The language is git's, odd corners included; the tests
// compare it with `git check-ignore`.
#include "ingest/source/glob.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace tl {
namespace {

using ByteSet = std::bitset<256>;

bool isAlpha(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isDigit(int c) {
    return c >= '0' && c <= '9';
}
bool isAlnum(int c) {
    return isAlpha(c) || isDigit(c);
}
bool isBlank(int c) {
    return c == ' ' || c == '\t';
}
bool isCntrl(int c) {
    return c < 0x20 || c == 0x7F;
}
bool isLower(int c) {
    return c >= 'a' && c <= 'z';
}
bool isUpper(int c) {
    return c >= 'A' && c <= 'Z';
}
bool isSpace(int c) {
    return isBlank(c) || c == '\n' || c == '\r';
}  // git's, without \v and \f
bool isPrint(int c) {
    return c >= 0x20 && c < 0x7F;
}
bool isGraph(int c) {
    return isPrint(c) && !isSpace(c);
}
bool isPunct(int c) {
    return isGraph(c) && !isAlnum(c);
}
bool isXdigit(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// The bytes of [:name:]; nullopt for a name there is not.
std::optional<ByteSet> namedSet(std::string_view name) {
    using Test = bool (*)(int);
    static constexpr std::array<std::pair<std::string_view, Test>, 12> kNames{{
        {"alnum", isAlnum},
        {"alpha", isAlpha},
        {"blank", isBlank},
        {"cntrl", isCntrl},
        {"digit", isDigit},
        {"graph", isGraph},
        {"lower", isLower},
        {"print", isPrint},
        {"punct", isPunct},
        {"space", isSpace},
        {"upper", isUpper},
        {"xdigit", isXdigit},
    }};
    for (const auto& [known, test] : kNames) {
        if (known == name) {
            ByteSet set;
            for (int byte = 0; byte < 256; ++byte) {
                set[static_cast<size_t>(byte)] = test(byte);
            }
            return set;
        }
    }
    return std::nullopt;
}

// Reads one bracket expression. `at` stands behind the '[' and is left behind the ']'.
class SetReader {
public:
    SetReader(std::string_view pattern, size_t& at) : m_pattern(pattern), m_at(at) {}

    // nullopt when it is malformed.
    std::optional<ByteSet> read() {
        const bool isNegated = peek() == '!' || peek() == '^';
        m_at += isNegated ? 1 : 0;
        // A ']' that stands first is a member, so the end is looked for after one member only.
        do {
            if (!readMember()) {
                return std::nullopt;
            }
        } while (peek() != ']');
        ++m_at;
        if (isNegated) {
            m_set.flip();
        }
        m_set.reset('/');
        return m_set;
    }

private:
    // The byte `ahead` of the current one; 0, which no pattern holds, at the end.
    unsigned char peek(size_t ahead = 0) const {
        return m_at + ahead < m_pattern.size() ? static_cast<unsigned char>(m_pattern[m_at + ahead])
                                               : 0;
    }

    // One byte, perhaps escaped; 0 when the pattern ends first.
    unsigned char readByte() {
        m_at += peek() == '\\' ? 1 : 0;
        const unsigned char byte = peek();
        m_at += byte != 0 ? 1 : 0;
        return byte;
    }

    bool readMember() {
        if (peek() == '-' && m_previous != 0 && peek(1) != 0 && peek(1) != ']') {
            return readRange();
        }
        if (peek() == '[' && peek(1) == ':') {
            return readNamed();
        }
        m_previous = readByte();
        m_set.set(m_previous);
        return m_previous != 0;
    }

    bool readRange() {
        ++m_at;
        const unsigned char last = readByte();
        for (unsigned byte = m_previous; byte <= last; ++byte) {
            m_set.set(byte);
        }
        m_previous = 0;  // a range does not start another one
        return last != 0;
    }

    // [:name:]. Without its ":]" the '[' is a member like any other, as in git.
    bool readNamed() {
        const size_t name = m_at + 2;
        const size_t bracket = m_pattern.find(']', name);
        if (bracket == std::string_view::npos) {
            return false;
        }
        if (bracket == name || m_pattern[bracket - 1] != ':') {
            m_previous = '[';
            m_set.set('[');
            ++m_at;
            return true;
        }
        const auto set = namedSet(m_pattern.substr(name, bracket - 1 - name));
        m_set |= set.value_or(ByteSet{});
        m_previous = 0;
        m_at = bracket + 1;
        return set.has_value();
    }

    std::string_view m_pattern;
    size_t& m_at;
    ByteSet m_set;
    unsigned char m_previous = 0;  // the member that a '-' may start a range from; 0 for none
};

}  // namespace

class Glob::Parser {
public:
    Parser(std::string_view pattern, Glob& glob) : m_pattern(pattern), m_glob(glob) {}

    // False when the pattern is malformed.
    bool run() {
        while (m_at < m_pattern.size()) {
            if (!readElement()) {
                return false;
            }
        }
        return true;
    }

private:
    bool readElement() {
        const char c = m_pattern[m_at];
        if (c == '*') {
            readStars();
            return true;
        }
        ++m_at;
        if (c == '?') {
            m_glob.m_tokens.push_back({Kind::kAnyByte});
            return true;
        }
        if (c == '[') {
            return readSet();
        }
        if (c == '\\') {
            if (m_at == m_pattern.size()) {
                return false;
            }
            addByte(m_pattern[m_at++]);
            return true;
        }
        addByte(c);
        return true;
    }

    // Two stars or more span folders only when they fill a whole path component.
    void readStars() {
        const size_t end = std::min(m_pattern.find_first_not_of('*', m_at), m_pattern.size());
        const std::string_view behind = m_pattern.substr(end);
        const bool fillsComponent =
            end - m_at >= 2 && (m_at == 0 || m_pattern[m_at - 1] == '/') &&
            (behind.empty() || behind.starts_with('/') || behind.starts_with("\\/"));
        m_at = end;
        if (!fillsComponent) {
            m_glob.m_tokens.push_back({Kind::kAnyName});
            return;
        }
        if (behind.starts_with('/')) {
            m_glob.m_tokens.push_back({Kind::kMaySkipNext2});
        }
        m_glob.m_tokens.push_back({Kind::kAnyPath});
    }

    bool readSet() {
        const auto set = SetReader(m_pattern, m_at).read();
        if (!set) {
            return false;
        }
        m_glob.m_tokens.push_back(
            {.kind = Kind::kSet, .set = static_cast<int32_t>(m_glob.m_sets.size())});
        m_glob.m_sets.push_back(*set);
        return true;
    }

    void addByte(char c) {
        m_glob.m_tokens.push_back({.kind = Kind::kByte, .byte = static_cast<uint8_t>(c)});
    }

    std::string_view m_pattern;
    Glob& m_glob;
    size_t m_at = 0;
};

Glob::Glob(std::string_view pattern) {
    m_isMalformed = !Parser(pattern, *this).run();
}

bool Glob::accepts(const Token& token, unsigned char byte) const {
    switch (token.kind) {
        case Kind::kByte:
            return byte == token.byte;
        case Kind::kAnyByte:
        case Kind::kAnyName:
            return byte != '/';
        case Kind::kSet:
            return m_sets[static_cast<size_t>(token.set)][byte];
        case Kind::kAnyPath:
            return true;
        case Kind::kMaySkipNext2:
            return false;
    }
    return false;
}

// Adds the states that are reached without a byte. They lie ahead, so one pass finds them all.
void Glob::follow(uint8_t* states) const {
    for (size_t i = 0; i < m_tokens.size(); ++i) {
        if (states[i] == 0) {
            continue;
        }
        const Kind kind = m_tokens[i].kind;
        if (kind == Kind::kAnyName || kind == Kind::kAnyPath || kind == Kind::kMaySkipNext2) {
            states[i + 1] = 1;
        }
        if (kind == Kind::kMaySkipNext2) {
            states[i + 3] = 1;
        }
    }
}

bool Glob::matches(std::string_view text) const {
    if (m_isMalformed) {
        return false;
    }
    // State i: the tokens before i have taken what was read so far.
    const size_t stateCount = m_tokens.size() + 1;
    std::vector<uint8_t> both(2 * stateCount, 0);
    uint8_t* now = both.data();
    uint8_t* next = now + stateCount;
    now[0] = 1;
    follow(now);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        std::fill(next, next + stateCount, uint8_t{0});
        bool isAlive = false;
        for (size_t i = 0; i < m_tokens.size(); ++i) {
            if (now[i] == 0 || !accepts(m_tokens[i], byte)) {
                continue;
            }
            const bool repeats =
                m_tokens[i].kind == Kind::kAnyName || m_tokens[i].kind == Kind::kAnyPath;
            next[repeats ? i : i + 1] = 1;
            isAlive = true;
        }
        if (!isAlive) {
            return false;
        }
        follow(next);
        std::swap(now, next);
    }
    return now[stateCount - 1] != 0;
}

}  // namespace tl
