// SPDX-License-Identifier: Apache-2.0
// A text is cut into pieces (PieceScanner), each piece is looked up in the word cache or merged
// from its bytes (BpeMerger). Control tokens have no bytes here, so no text can reach them.
#include "engine/tokenizer.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <utility>

#include "engine/gguf_file.h"
#include "engine/model/gguf_parser.h"
#include "engine/text/bpe_merger.h"
#include "engine/text/merge_table.h"
#include "engine/text/pre_tokenizer.h"
#include "engine/text/vocabulary.h"
#include "engine/text/word_cache.h"

namespace tl {
namespace {

// Longer pieces, such as encoded binaries on one line, are merged in parts to bound memory.
constexpr size_t kMaxPieceBytes = 1 << 20;
constexpr std::string_view kReplacementBytes = "\xEF\xBF\xBD";  // U+FFFD

Result<const PreTokenizerRules*> chosenRules(const GgufFile& file) {
    const Result<std::string_view> model = file.string("tokenizer.ggml.model");
    if (!model.ok()) {
        return model.error();
    }
    if (model.value() != "gpt2") {
        return Error{ErrorCode::kUnsupported,
                     file.name() + ": tokenizer " + quotedName(model.value()) +
                         " is not supported (only byte-level BPE, 'gpt2', is)"};
    }
    const Result<std::string_view> name = file.string("tokenizer.ggml.pre");
    if (!name.ok()) {
        return name.error();
    }
    const PreTokenizerRules* rules = findPreTokenizer(name.value());
    if (rules == nullptr) {
        return Error{ErrorCode::kUnsupported,
                     file.name() + ": pre-tokenizer " + quotedName(name.value()) +
                         " is not supported (" + preTokenizerNames() + " are)"};
    }
    return rules;
}

}  // namespace

// What all clones share.
struct Tokenizer::Tables {
    const PreTokenizerRules* rules;
    Vocabulary vocabulary;
    MergeTable merges;
    std::array<bool, 256> hasByte{};
    bool hasAllBytes = false;

    // Bytes at the start of `text` that all have tokens.
    size_t knownPrefix(std::string_view text) const {
        if (hasAllBytes) {
            return text.size();
        }
        const auto unknown = std::find_if(text.begin(), text.end(), [this](char c) {
            return !hasByte[static_cast<unsigned char>(c)];
        });
        return static_cast<size_t>(unknown - text.begin());
    }
};

// What each clone has for itself: the cache and the buffers of encoding.
struct Tokenizer::Cache {
    WordCache words;
    BpeMerger merger;
    std::vector<TokenId> ids;         // of the piece at hand
    std::vector<TokenId> counting;    // of the text at hand in count()
    std::vector<TokenId> substitute;  // tokens that stand for a byte without one; may be empty

    // Tokens of one piece whose bytes all have tokens. Valid until the next call.
    std::span<const TokenId> piece(const Tables& tables, std::string_view piece);
    // Appends the tokens of such a text, and where each ends counted from `offset`.
    void append(const Tables& tables,
                std::string_view text,
                size_t offset,
                std::vector<TokenId>& out,
                std::vector<uint32_t>* ends);
    // Appends the tokens of any text.
    void encode(const Tables& tables,
                std::string_view text,
                std::vector<TokenId>& out,
                std::vector<uint32_t>* ends);
};

std::span<const TokenId> Tokenizer::Cache::piece(const Tables& tables, std::string_view piece) {
    const std::span<const TokenId> known = words.find(piece);
    if (!known.empty()) {
        return known;
    }
    ids.clear();
    // Some vocabularies hold pieces that their own merges never lead to.
    const TokenId whole = tables.rules->ignoreMerges ? tables.vocabulary.find(piece) : kNoToken;
    if (whole != kNoToken) {
        ids.push_back(whole);
    } else {
        for (const char c : piece) {
            ids.push_back(tables.vocabulary.byteToken(static_cast<unsigned char>(c)));
        }
        merger.merge(tables.merges, ids);
    }
    words.store(piece, ids);
    return ids;
}

void Tokenizer::Cache::append(const Tables& tables,
                              std::string_view text,
                              size_t offset,
                              std::vector<TokenId>& out,
                              std::vector<uint32_t>* ends) {
    PieceScanner scanner(*tables.rules, text);
    while (!scanner.atEnd()) {
        std::string_view rest = scanner.next();
        while (!rest.empty()) {
            const std::string_view part = rest.substr(0, kMaxPieceBytes);
            rest.remove_prefix(part.size());
            const std::span<const TokenId> tokens = piece(tables, part);
            out.insert(out.end(), tokens.begin(), tokens.end());
            if (ends == nullptr) {
                continue;
            }
            for (const TokenId id : tokens) {
                offset += tables.vocabulary.bytes(id).size();
                ends->push_back(static_cast<uint32_t>(offset));
            }
        }
    }
}

void Tokenizer::Cache::encode(const Tables& tables,
                              std::string_view text,
                              std::vector<TokenId>& out,
                              std::vector<uint32_t>* ends) {
    size_t begin = 0;
    while (begin < text.size()) {
        const size_t known = tables.knownPrefix(text.substr(begin));
        append(tables, text.substr(begin, known), begin, out, ends);
        begin += known;
        if (begin == text.size()) {
            return;
        }
        // A byte that no token stands for becomes U+FFFD, and is still covered by it: offsets stay
        // whole.
        ++begin;
        out.insert(out.end(), substitute.begin(), substitute.end());
        if (ends != nullptr) {
            ends->insert(ends->end(), substitute.size(), static_cast<uint32_t>(begin));
        }
    }
}

Tokenizer::Tokenizer(std::shared_ptr<const Tables> tables)
    : m_tables(std::move(tables)), m_cache(std::make_unique<Cache>()) {
    if (m_tables->knownPrefix(kReplacementBytes) == kReplacementBytes.size()) {
        m_cache->append(*m_tables, kReplacementBytes, 0, m_cache->substitute, nullptr);
    }
}

Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

Tokenizer Tokenizer::clone() const {
    return Tokenizer(m_tables);
}

Result<Tokenizer> Tokenizer::fromGguf(const GgufFile& file) {
    const Result<const PreTokenizerRules*> rules = chosenRules(file);
    if (!rules.ok()) {
        return rules.error();
    }
    Result<Vocabulary> vocabulary = Vocabulary::fromGguf(file);
    if (!vocabulary.ok()) {
        return vocabulary.error();
    }
    Result<MergeTable> merges = MergeTable::fromGguf(file, vocabulary.value());
    if (!merges.ok()) {
        return merges.error();
    }
    auto tables = std::make_shared<Tables>(
        Tables{rules.value(), std::move(vocabulary).value(), std::move(merges).value()});
    for (size_t byte = 0; byte < tables->hasByte.size(); ++byte) {
        tables->hasByte[byte] =
            tables->vocabulary.byteToken(static_cast<unsigned char>(byte)) != kNoToken;
    }
    tables->hasAllBytes =
        std::find(tables->hasByte.begin(), tables->hasByte.end(), false) == tables->hasByte.end();
    return Tokenizer(std::move(tables));
}

void Tokenizer::encode(std::string_view text, std::vector<TokenId>& out) {
    m_cache->encode(*m_tables, text, out, nullptr);
}

std::vector<TokenId> Tokenizer::encode(std::string_view text) {
    std::vector<TokenId> ids;
    encode(text, ids);
    return ids;
}

void Tokenizer::encodeWithOffsets(std::string_view text,
                                  std::vector<TokenId>& out,
                                  std::vector<uint32_t>& ends) {
    assert(text.size() <= std::numeric_limits<uint32_t>::max());
    m_cache->encode(*m_tables, text, out, &ends);
}

int64_t Tokenizer::count(std::string_view text) {
    m_cache->counting.clear();
    encode(text, m_cache->counting);
    return static_cast<int64_t>(m_cache->counting.size());
}

std::string_view Tokenizer::bytes(TokenId id) const {
    assert(id >= 0 && id < vocabSize());
    return m_tables->vocabulary.bytes(id);
}

std::string Tokenizer::decode(std::span<const TokenId> ids) const {
    std::string text;
    for (const TokenId id : ids) {
        text += bytes(id);
    }
    return text;
}

int64_t Tokenizer::vocabSize() const {
    return m_tables->vocabulary.size();
}

bool Tokenizer::isControl(TokenId id) const {
    return m_tables->vocabulary.isControl(id);
}

std::optional<TokenId> Tokenizer::control(std::string_view name) const {
    return m_tables->vocabulary.named(name);
}

TokenId Tokenizer::endOfSequence() const {
    return m_tables->vocabulary.endOfSequence();
}

}  // namespace tl
