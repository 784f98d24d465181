// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/text/char_class.h"

namespace tl {

// How a text is cut into the pieces that are merged into tokens each for itself. Two patterns cover
// the models in reach; the numbers say how they differ.
struct PreTokenizerRules {
    enum class Pattern : uint8_t {
        // 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
        kGpt2,
        // (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,D}
        // | ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
        kCl100k,
    };

    std::string_view name;  // value of tokenizer.ggml.pre
    Pattern pattern;
    // kGpt2: every number character is first cut out as a piece of its own, and the pattern sees
    // only what stands between numbers.
    bool isolateNumbers;
    // kCl100k: D, the most number characters in one piece.
    int32_t maxNumbers;
    // A piece that is a token as it stands is not merged.
    bool ignoreMerges;
};

// Null for a name the table does not have.
const PreTokenizerRules* findPreTokenizer(std::string_view name);
// The names in the table, for messages: "smollm, gpt-2, ...".
std::string preTokenizerNames();

// Walks a text piece by piece. The text must outlive it.
class PieceScanner {
public:
    PieceScanner(const PreTokenizerRules& rules, std::string_view text)
        : m_rules(rules), m_classes(CharClasses::instance()), m_text(text) {}

    bool atEnd() const { return m_position >= m_text.size(); }
    // The next piece, never empty. REQUIRES: !atEnd()
    std::string_view next();

private:
    CharClasses::Char at(size_t position) const { return m_classes.at(m_text, position); }
    bool isAt(size_t position, CharClass cls) const {
        return position < m_text.size() && at(position).cls == cls;
    }
    bool isNewline(size_t position) const {
        return position < m_text.size() && (m_text[position] == '\n' || m_text[position] == '\r');
    }

    size_t gpt2End(size_t begin) const;
    size_t cl100kEnd(size_t begin) const;
    size_t contractionEnd(size_t begin, bool ignoreCase) const;
    size_t runEnd(size_t begin, CharClass cls) const;
    size_t numbersEnd(size_t begin) const;
    size_t spacesEnd(size_t begin) const;

    const PreTokenizerRules& m_rules;
    const CharClasses& m_classes;
    std::string_view m_text;
    size_t m_position = 0;
};

}  // namespace tl
