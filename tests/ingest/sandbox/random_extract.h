// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "ingest/extract.h"

namespace tl::testing_sandbox {

// Extracts that keep every promise of extract.h and use every field.
class RandomExtract {
public:
    explicit RandomExtract(unsigned seed) : m_random(seed) {}

    Extract next() {
        Extract extract;
        extract.kind = static_cast<DocumentKind>(below(11));
        extract.text = line(below(2000)) + "\n" + line(below(50));
        extract.language = line(below(8));
        extract.title = line(below(30));
        extract.author = line(below(30));
        extract.date = "2026-01-01";
        extract.notes = reasons(3);
        addUnits(extract);
        addWords(extract);
        addSymbols(extract);
        addLinks(extract);
        for (int64_t i = below(4); i > 0; --i) {
            extract.parts.push_back({line(10), std::string(size_t(below(100)), '\0'), reason(), 9});
        }
        extract.warnings = reasons(4);
        return extract;
    }

    int64_t below(int64_t limit) {
        return std::uniform_int_distribution<int64_t>(0, limit - 1)(m_random);
    }

private:
    std::string line(int64_t characters) {
        static const std::vector<std::string> kLetters = {
            "a", "b", " ", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
        std::string text;
        for (int64_t i = 0; i < characters; ++i) {
            text += kLetters[static_cast<size_t>(below(6))];
        }
        return text;
    }
    // Any code, with all that a reason can have.
    Reason reason(int depth = 0) {
        Reason reason;
        reason.code = static_cast<ReasonCode>(1 + below(static_cast<int64_t>(kLastReasonCode)));
        reason.name = line(below(12));
        reason.detail = line(below(20));
        reason.count = below(1 << 20);
        reason.limit = below(1 << 20);
        int64_t last = 0;
        for (int64_t i = below(4); i > 0; --i) {
            const int64_t first = last + 2 + below(9);
            last = first + below(9);
            reason.placeKind = static_cast<PlaceKind>(1 + below(8));
            reason.places.push_back({first, last});
        }
        if (depth < 3 && below(3) == 0) {
            reason.because.push_back(this->reason(depth + 1));
        }
        return reason;
    }
    std::vector<Reason> reasons(int64_t below) {
        std::vector<Reason> all;
        for (int64_t i = this->below(below); i > 0; --i) {
            all.push_back(reason());
        }
        return all;
    }
    // Ascending offsets in the text: pairs of them are ranges in order.
    std::vector<int64_t> offsets(const Extract& extract, int64_t count) {
        std::vector<int64_t> all;
        for (int64_t i = 0; i < count; ++i) {
            all.push_back(below(static_cast<int64_t>(extract.text.size()) + 1));
        }
        std::sort(all.begin(), all.end());
        return all;
    }
    void addUnits(Extract& extract) {
        const std::vector<int64_t> at = offsets(extract, 2 * below(6));
        for (size_t i = 0; i < at.size(); i += 2) {
            const auto kind = static_cast<UnitKind>(below(7));
            extract.units.push_back({kind,
                                     at[i],
                                     at[i + 1],
                                     below(99),
                                     line(3),
                                     "2026-01-01",
                                     line(9),
                                     below(1000),
                                     below(1000),
                                     reasons(3)});
        }
    }
    void addWords(Extract& extract) {
        const std::vector<int64_t> at = offsets(extract, 2 * below(40));
        const auto place = [this] { return static_cast<float>(below(1000)) / 2000.0F; };
        for (size_t i = 0; i < at.size(); i += 2) {
            const float left = place();
            const float top = place();
            extract.words.push_back({static_cast<uint32_t>(at[i]),
                                     static_cast<uint32_t>(at[i + 1]),
                                     left,
                                     top,
                                     left + place(),
                                     top + place()});
        }
    }
    void addSymbols(Extract& extract) {
        for (int64_t i = 0; i < below(5); ++i) {
            const std::vector<int64_t> at = offsets(extract, 4);
            const auto kind = static_cast<SymbolKind>(below(16));
            const int64_t first = 1 + below(9);
            extract.symbols.push_back({kind,
                                       line(4),
                                       line(8),
                                       at[0],
                                       at[3],
                                       at[1],
                                       at[2],
                                       first,
                                       first + below(9),
                                       below(i + 1) - 1});
        }
    }
    void addLinks(Extract& extract) {
        const std::vector<int64_t> at = offsets(extract, 2 * below(6));
        for (size_t i = 0; i < at.size(); i += 2) {
            extract.links.push_back({at[i], at[i + 1], "x:" + line(below(9))});
        }
    }

    std::mt19937 m_random;
};

}  // namespace tl::testing_sandbox
