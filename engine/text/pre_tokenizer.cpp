// SPDX-License-Identifier: Apache-2.0
// The patterns are regular expressions with alternatives tried in order, each greedy, and one
// look-ahead; written out as a scanner they need one look at each character. Names and patterns:
// llama.cpp's llama-vocab.cpp, checked against Hugging Face tokenizers (tokenizer_test.cpp).
#include "engine/text/pre_tokenizer.h"

#include <array>
#include <cassert>

namespace tl {
namespace {

using Pattern = PreTokenizerRules::Pattern;

constexpr std::array<PreTokenizerRules, 7> kRules{{
    {"smollm", Pattern::kGpt2, true, 0, false},
    {"gpt-2", Pattern::kGpt2, false, 0, false},
    {"refact", Pattern::kGpt2, true, 0, false},
    {"starcoder", Pattern::kGpt2, true, 0, false},
    {"dbrx", Pattern::kCl100k, false, 3, false},
    {"llama-bpe", Pattern::kCl100k, false, 3, true},
    {"qwen2", Pattern::kCl100k, false, 1, false},
}};

char asciiLower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

const PreTokenizerRules* findPreTokenizer(std::string_view name) {
    for (const PreTokenizerRules& rules : kRules) {
        if (rules.name == name) {
            return &rules;
        }
    }
    return nullptr;
}

std::string preTokenizerNames() {
    std::string names;
    for (const PreTokenizerRules& rules : kRules) {
        names += names.empty() ? "" : ", ";
        names += rules.name;
    }
    return names;
}

std::string_view PieceScanner::next() {
    assert(!atEnd());
    const size_t begin = m_position;
    m_position = m_rules.pattern == Pattern::kGpt2 ? gpt2End(begin) : cl100kEnd(begin);
    return m_text.substr(begin, m_position - begin);
}

size_t PieceScanner::gpt2End(size_t begin) const {
    const CharClasses::Char first = at(begin);
    if (first.cls == CharClass::kNumber && m_rules.isolateNumbers) {
        return begin + first.length;
    }
    const size_t contraction = contractionEnd(begin, /*ignoreCase=*/false);
    if (contraction != begin) {
        return contraction;
    }
    if (first.cls != CharClass::kSpace) {
        return runEnd(begin, first.cls);
    }
    // One blank goes with the run after it, unless that is a number cut out beforehand.
    if (m_text[begin] == ' ' && begin + 1 < m_text.size()) {
        const CharClass following = at(begin + 1).cls;
        const bool joins = following != CharClass::kSpace &&
                           !(following == CharClass::kNumber && m_rules.isolateNumbers);
        if (joins) {
            return runEnd(begin + 1, following);
        }
    }
    return spacesEnd(begin);
}

size_t PieceScanner::cl100kEnd(size_t begin) const {
    const size_t contraction = contractionEnd(begin, /*ignoreCase=*/true);
    if (contraction != begin) {
        return contraction;
    }
    const CharClasses::Char first = at(begin);
    if (first.cls == CharClass::kLetter) {
        return runEnd(begin, CharClass::kLetter);
    }
    if (first.cls == CharClass::kNumber) {
        return numbersEnd(begin);
    }
    // Any one character but a newline goes with the letters after it.
    if (!isNewline(begin) && isAt(begin + first.length, CharClass::kLetter)) {
        return runEnd(begin + first.length, CharClass::kLetter);
    }
    const bool blankFirst = m_text[begin] == ' ' && isAt(begin + 1, CharClass::kOther);
    if (first.cls == CharClass::kOther || blankFirst) {
        size_t end = runEnd(begin + (blankFirst ? 1 : 0), CharClass::kOther);
        while (isNewline(end)) {
            ++end;
        }
        return end;
    }
    // White space up to its last newline, else white space as such.
    const std::string_view spaces = m_text.substr(begin, runEnd(begin, CharClass::kSpace) - begin);
    const size_t newline = spaces.find_last_of("\r\n");
    return newline != std::string_view::npos ? begin + newline + 1 : spacesEnd(begin);
}

// Behind 's 't 're 've 'm 'll or 'd at `begin`; `begin` where there is none.
size_t PieceScanner::contractionEnd(size_t begin, bool ignoreCase) const {
    if (m_text[begin] != '\'' || begin + 1 >= m_text.size()) {
        return begin;
    }
    const auto letter = [&](size_t position) {
        const char c = position < m_text.size() ? m_text[position] : '\0';
        return ignoreCase ? asciiLower(c) : c;
    };
    const char first = letter(begin + 1);
    if (first == 's' || first == 't' || first == 'm' || first == 'd') {
        return begin + 2;
    }
    const char second = letter(begin + 2);
    const bool two = (first == 'r' && second == 'e') || (first == 'v' && second == 'e') ||
                     (first == 'l' && second == 'l');
    return two ? begin + 3 : begin;
}

size_t PieceScanner::runEnd(size_t begin, CharClass cls) const {
    size_t end = begin;
    while (end < m_text.size()) {
        const CharClasses::Char c = at(end);
        if (c.cls != cls) {
            break;
        }
        end += c.length;
    }
    return end;
}

size_t PieceScanner::numbersEnd(size_t begin) const {
    size_t end = begin;
    for (int32_t i = 0; i < m_rules.maxNumbers && isAt(end, CharClass::kNumber); ++i) {
        end += at(end).length;
    }
    return end;
}

// \s+(?!\S)|\s+ : all white space, but its last character stays for the piece after it, if there
// is one and something is left here. A number cut out beforehand ends the text for this purpose.
size_t PieceScanner::spacesEnd(size_t begin) const {
    size_t last = begin;
    size_t end = begin;
    while (end < m_text.size()) {
        const CharClasses::Char c = at(end);
        if (c.cls != CharClass::kSpace) {
            const bool cutOff = c.cls == CharClass::kNumber && m_rules.isolateNumbers;
            return last == begin || cutOff ? end : last;
        }
        last = end;
        end += c.length;
    }
    return end;
}

}  // namespace tl
