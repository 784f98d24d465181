// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/quote_folder.h"

#include <algorithm>

namespace tl {
namespace {

constexpr size_t kKeptLines = 3;
// Places are looked through one by one; signatures and greetings are everywhere.
constexpr size_t kMostPlaces = 32;

bool isQuoted(std::string_view line) {
    return line.starts_with('>');
}

std::string_view withoutQuoteMarks(std::string_view line) {
    return isQuoted(line) ? line.substr(std::min(line.find_first_not_of("> "), line.size())) : line;
}

std::string_view takeLine(std::string_view& text) {
    const size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, length);
    text.remove_prefix(length);
    return line;
}

// Of the first three words; 0 where the words end before.
uint64_t keyOf(const std::vector<uint32_t>& words, size_t at) {
    constexpr uint64_t kPrime = 0x9E3779B97F4A7C15;
    uint64_t key = 0;
    for (size_t i = at; i < at + 3; ++i) {
        key = (key ^ (i < words.size() ? words[i] : 0)) * kPrime;
    }
    return key;
}

}  // namespace

QuoteFolder::Words QuoteFolder::wordsOf(std::string_view text, std::vector<size_t>* lineStarts) {
    constexpr std::string_view kWhite = " \t\n\f\v";
    Words words;
    while (!text.empty()) {
        std::string_view line = withoutQuoteMarks(takeLine(text));
        if (lineStarts != nullptr) {
            lineStarts->push_back(words.size());
        }
        for (;;) {
            line.remove_prefix(std::min(line.find_first_not_of(kWhite), line.size()));
            if (line.empty()) {
                break;
            }
            const size_t end = std::min(line.find_first_of(kWhite), line.size());
            const auto next = static_cast<uint32_t>(m_ids.size() + 1);
            words.push_back(m_ids.emplace(line.substr(0, end), next).first->second);
            line.remove_prefix(end);
        }
    }
    return words;
}

bool QuoteFolder::stands(const Words& run) const {
    const auto places = m_places.find(keyOf(run, 0));
    if (run.empty() || places == m_places.end()) {
        return false;
    }
    return std::any_of(places->second.begin(), places->second.end(), [&](uint32_t place) {
        return m_seen.size() - place >= run.size() &&
               std::equal(run.begin(), run.end(), m_seen.begin() + place);
    });
}

void QuoteFolder::remember(const Words& words, const std::vector<size_t>& lineStarts) {
    const size_t base = m_seen.size();
    m_seen.insert(m_seen.end(), words.begin(), words.end());
    m_seen.push_back(0);
    for (const size_t start : lineStarts) {
        std::vector<uint32_t>& places = m_places[keyOf(words, start)];
        const auto place = static_cast<uint32_t>(base + start);
        if (places.empty() || places.back() != place) {
            // The newest: replies follow what they quote.
            if (places.size() == kMostPlaces) {
                places.erase(places.begin());
            }
            places.push_back(place);
        }
    }
}

std::string QuoteFolder::fold(std::string_view body) {
    std::string folded;
    folded.reserve(body.size());
    std::string_view rest = body;
    while (!rest.empty()) {
        const std::string_view atRun = rest;
        size_t lines = 0;
        size_t bytes = 0;
        while (!rest.empty() && isQuoted(rest)) {
            bytes += takeLine(rest).size();
            ++lines;
        }
        const std::string_view run = atRun.substr(0, bytes);
        if (lines > kKeptLines && stands(wordsOf(run, nullptr))) {
            folded += "[\u2026 " + std::to_string(lines) + " quoted lines of an earlier message]\n";
        } else {
            folded += run;
        }
        while (!rest.empty() && !isQuoted(rest)) {
            folded += takeLine(rest);
        }
    }
    std::vector<size_t> lineStarts;
    const Words words = wordsOf(body, &lineStarts);
    remember(words, lineStarts);
    return folded;
}

}  // namespace tl
