// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/corpus_prefix.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/wording.h"
#include "base/utf8.h"

namespace tl {

namespace {

// Back to where a character begins.
size_t characterBegin(std::string_view text, size_t byte) {
    while (byte > 0 && byte < text.size() && isContinuationByte(text[byte])) {
        --byte;
    }
    return byte;
}

// Definitions whose head was read; their bodies end with the text.
void cutSymbols(int64_t cut, int64_t lastLine, std::vector<Symbol>& symbols) {
    std::vector<int64_t> moved(symbols.size(), -1);
    std::vector<Symbol> kept;
    for (size_t i = 0; i < symbols.size(); ++i) {
        Symbol& symbol = symbols[i];
        const int64_t headEnd = symbol.bodyEnd > symbol.bodyBegin ? symbol.bodyBegin : symbol.end;
        if (headEnd > cut) {
            continue;
        }
        symbol.end = std::min(symbol.end, cut);
        symbol.bodyEnd = std::min(symbol.bodyEnd, cut);
        symbol.lastLine = std::min(symbol.lastLine, lastLine);
        symbol.parent = symbol.parent < 0 ? -1 : moved[static_cast<size_t>(symbol.parent)];
        moved[i] = std::ssize(kept);
        kept.push_back(std::move(symbol));
    }
    symbols = std::move(kept);
}

void cutText(int64_t cut, Document& document) {
    document.text.resize(static_cast<size_t>(cut));
    document.lines = LineIndex(document.text);
    std::erase_if(document.units, [&](const Unit& unit) { return unit.begin >= cut; });
    for (Unit& unit : document.units) {
        unit.end = std::min(unit.end, cut);
    }
    std::erase_if(document.words, [&](const WordBox& word) { return word.end > cut; });
    std::erase_if(document.links, [&](const Link& link) { return link.end > cut; });
    cutSymbols(cut, document.lines.lineCount(), document.symbols);
}

// Of a reduced document the original goes as far as what was read of it.
void cutDocument(int64_t cut, Document& document) {
    if (document.original) {
        auto original = std::make_shared<Document>(*document.original);
        const int64_t end = originalByte(document.kept, cut);
        cutText(static_cast<int64_t>(characterBegin(original->text, static_cast<size_t>(end))),
                *original);
        document.original = std::move(original);
        std::erase_if(document.kept, [&](const KeptRange& kept) { return kept.reduced >= cut; });
        for (KeptRange& kept : document.kept) {
            kept.size = std::min(kept.size, cut - kept.reduced);
        }
    }
    cutText(cut, document);
}

void cutFile(int64_t textTokens, int64_t index, CorpusFile& file) {
    const auto count = static_cast<size_t>(std::max<int64_t>(0, textTokens));
    file.tokenEnds.resize(std::min(file.tokenEnds.size(), count));
    const size_t end = file.tokenEnds.empty() ? 0 : file.tokenEnds.back();
    cutDocument(static_cast<int64_t>(characterBegin(file.document.text, end)), file.document);
    file.passages = segmentPassages(file.document, index);
}

}  // namespace

Corpus corpusUpTo(const Corpus& corpus, int64_t position) {
    assert(position > 0 && position <= std::ssize(corpus.tokens));
    Corpus prefix;
    prefix.rows = corpus.rows;
    prefix.sources = corpus.sources;
    prefix.plan = corpus.plan;
    prefix.tokens.assign(corpus.tokens.begin(), corpus.tokens.begin() + position);
    for (const CorpusFile& file : corpus.files) {
        if (file.firstPosition >= position) {
            break;
        }
        prefix.files.push_back(file);
        const int64_t textTokens = position - file.textPosition;
        if (textTokens < std::ssize(file.tokenEnds)) {
            cutFile(textTokens, std::ssize(prefix.files) - 1, prefix.files.back());
        }
    }
    for (CorpusSource& source : prefix.sources) {
        source.file = source.file < std::ssize(prefix.files) ? source.file : -1;
    }
    return prefix;
}

Result<int64_t> positionOf(const Corpus& corpus, const std::string& asOf) {
    for (const CorpusFile& file : corpus.files) {
        if (file.document.name == asOf) {
            return file.textPosition + std::ssize(file.tokenEnds);
        }
    }
    const bool isShare = asOf.ends_with('%');
    const char* end = asOf.data() + asOf.size() - (isShare ? 1 : 0);
    double number = 0;
    const auto [at, failure] = std::from_chars(asOf.data(), end, number);
    if (failure != std::errc() || at != end) {
        return Error{ErrorCode::kNotFound, asOf + ": no such file in it, no number of tokens"};
    }
    const auto total = static_cast<double>(corpus.tokens.size());
    const double position = isShare ? total * number / 100 : number;
    if (position < 1 || position > total) {
        return Error{ErrorCode::kInvalidInput,
                     "--as-of " + asOf + ": not within its " + grouped(std::ssize(corpus.tokens)) +
                         " tokens"};
    }
    return static_cast<int64_t>(position);
}

bool tokenEndsIn(std::string_view text,
                 std::span<const TokenId> tokens,
                 const Tokenizer& tokenizer,
                 std::vector<uint32_t>& ends) {
    ends.clear();
    ends.reserve(tokens.size());
    size_t at = 0;
    for (const TokenId token : tokens) {
        if (token < 0 || token >= tokenizer.vocabSize()) {
            return false;
        }
        const std::string_view bytes = tokenizer.bytes(token);
        if (bytes.empty() || text.substr(at, bytes.size()) != bytes) {
            return false;
        }
        at += bytes.size();
        ends.push_back(static_cast<uint32_t>(at));
    }
    return at == text.size();
}

}  // namespace tl
