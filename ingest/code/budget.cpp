// SPDX-License-Identifier: Apache-2.0
#include "ingest/code/budget.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/utf8.h"

namespace tl {

namespace {

constexpr std::string_view kEllipsis = "\u2026";

class Reducer {
public:
    explicit Reducer(std::string_view original) : m_original(original) {}

    void keep(int64_t begin, int64_t end) {
        if (begin >= end) {
            return;
        }
        const auto at = static_cast<int64_t>(m_reduced.text.size());
        m_reduced.kept.push_back({at, begin, end - begin});
        m_reduced.text +=
            m_original.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
    }

    void insert(std::string_view text) { m_reduced.text += text; }
    ReducedText finish() { return std::move(m_reduced); }

private:
    std::string_view m_original;
    ReducedText m_reduced;
};

bool isCharacterStart(std::string_view text, int64_t at) {
    return at >= static_cast<int64_t>(text.size()) ||
           !isContinuationByte(text[static_cast<size_t>(at)]);
}

ReducedText foldBodies(std::string_view text, std::span<const Symbol> symbols) {
    std::vector<std::pair<int64_t, int64_t>> bodies;
    for (const Symbol& symbol : symbols) {
        const bool isBody = symbol.bodyBegin < symbol.bodyEnd;
        if (isBody && isCharacterStart(text, symbol.bodyBegin) &&
            isCharacterStart(text, symbol.bodyEnd)) {
            bodies.emplace_back(symbol.bodyBegin, symbol.bodyEnd);
        }
    }
    std::sort(bodies.begin(), bodies.end());
    Reducer reducer(text);
    int64_t at = 0;
    for (const auto& [begin, end] : bodies) {
        // What lies in a body that is folded already is gone with it.
        if (begin >= at) {
            reducer.keep(at, begin);
            reducer.insert(kEllipsis);
            at = end;
        }
    }
    reducer.keep(at, static_cast<int64_t>(text.size()));
    return reducer.finish();
}

ReducedText listNames(std::string_view text, std::span<const Symbol> symbols) {
    Reducer reducer(text);
    std::vector<size_t> depths;
    for (const Symbol& symbol : symbols) {
        const size_t depth = symbol.parent < 0 ? 0 : depths[static_cast<size_t>(symbol.parent)] + 1;
        depths.push_back(depth);
        reducer.insert(std::string(depth, ' '));
        reducer.insert(symbolKindName(symbol.kind));
        reducer.insert(" ");
        // A name of several lines was put on one and is not to be found.
        const size_t at = text.substr(0, static_cast<size_t>(symbol.end))
                              .find(symbol.name, static_cast<size_t>(symbol.begin));
        if (at == std::string_view::npos) {
            reducer.insert(symbol.name);
        } else {
            reducer.keep(static_cast<int64_t>(at), static_cast<int64_t>(at + symbol.name.size()));
        }
        reducer.insert("\n");
    }
    return reducer.finish();
}

}  // namespace

ReducedText reduceText(std::string_view text, std::span<const Symbol> symbols, ReadLevel level) {
    switch (level) {
        case ReadLevel::kSignatures:
            return foldBodies(text, symbols);
        case ReadLevel::kNames:
            return listNames(text, symbols);
        default: {
            Reducer reducer(text);
            reducer.keep(0, static_cast<int64_t>(text.size()));
            return reducer.finish();
        }
    }
}

}  // namespace tl
