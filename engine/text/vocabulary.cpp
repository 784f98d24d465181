// SPDX-License-Identifier: Apache-2.0
#include "engine/text/vocabulary.h"

#include <utility>

#include "engine/gguf_file.h"
#include "engine/text/byte_alphabet.h"

namespace tl {
namespace {

constexpr std::string_view kTokensKey = "tokenizer.ggml.tokens";
constexpr std::string_view kTypesKey = "tokenizer.ggml.token_type";
constexpr std::string_view kEndKey = "tokenizer.ggml.eos_token_id";
constexpr size_t kMaxTokens = 1 << 24;

Error corrupt(const GgufFile& file, std::string_view key, std::string_view what) {
    return {ErrorCode::kCorrupt,
            file.name() + ": metadata '" + std::string(key) + "' " + std::string(what)};
}

// The token types, or null where the file has none and every token is an ordinary one.
Result<const std::vector<int64_t>*> tokenTypes(const GgufFile& file, size_t tokenCount) {
    const GgufValue* value = file.find(kTypesKey);
    if (value == nullptr) {
        return nullptr;
    }
    const GgufArray* array = std::get_if<GgufArray>(value);
    const auto* types = array == nullptr ? nullptr : std::get_if<std::vector<int64_t>>(array);
    if (types == nullptr || types->size() != tokenCount) {
        return corrupt(file, kTypesKey, "does not hold one type for every token");
    }
    return types;
}

}  // namespace

Result<const std::vector<std::string_view>*> metadataStrings(const GgufFile& file,
                                                             std::string_view key) {
    const GgufValue* value = file.find(key);
    const GgufArray* array = value == nullptr ? nullptr : std::get_if<GgufArray>(value);
    const auto* strings =
        array == nullptr ? nullptr : std::get_if<std::vector<std::string_view>>(array);
    if (strings == nullptr) {
        return corrupt(file, key, value == nullptr ? "is missing" : "is no array of strings");
    }
    return strings;
}

// llama.h, enum llama_token_type; 6 (a byte written "<0x41>") does not occur in byte-level
// vocabularies.
std::optional<Vocabulary::Kind> Vocabulary::kindOf(int64_t ggufTokenType) {
    switch (ggufTokenType) {
        case 1:
            return Kind::kNormal;
        case 4:
            return Kind::kUserDefined;
        case 2:  // unknown
        case 3:  // control
        case 5:  // unused
            return Kind::kControl;
        default:
            return std::nullopt;
    }
}

// The lower id keeps bytes or a name that two tokens share.
void Vocabulary::append(std::string_view text, Kind kind) {
    const TokenId id = static_cast<TokenId>(m_kinds.size());
    if (kind == Kind::kNormal) {
        std::optional<std::string> spelled = spelledBytes(text);
        m_bytes += spelled ? *spelled : text;
        if (spelled && spelled->size() == 1 && m_byBytes.count(*spelled) == 0) {
            m_byteTokens[static_cast<unsigned char>(spelled->front())] = id;
        }
        if (spelled) {
            m_byBytes.try_emplace(std::move(*spelled), id);
        }
    } else {
        m_bytes += kind == Kind::kUserDefined ? text : std::string_view();
        m_named.try_emplace(std::string(text), id);
    }
    m_begins.push_back(m_bytes.size());
    m_kinds.push_back(kind);
}

Result<Vocabulary> Vocabulary::fromGguf(const GgufFile& file) {
    const Result<const std::vector<std::string_view>*> tokens = metadataStrings(file, kTokensKey);
    if (!tokens.ok()) {
        return tokens.error();
    }
    const std::vector<std::string_view>& texts = *tokens.value();
    if (texts.empty() || texts.size() > kMaxTokens) {
        return corrupt(file, kTokensKey, "holds " + std::to_string(texts.size()) + " tokens");
    }
    const Result<const std::vector<int64_t>*> types = tokenTypes(file, texts.size());
    if (!types.ok()) {
        return types.error();
    }
    Vocabulary vocabulary;
    for (size_t i = 0; i < texts.size(); ++i) {
        const int64_t type = types.value() == nullptr ? 1 : (*types.value())[i];
        const std::optional<Kind> kind = kindOf(type);
        if (!kind) {
            return corrupt(file, kTypesKey, "holds the unknown type " + std::to_string(type));
        }
        vocabulary.append(texts[i], *kind);
    }
    if (file.find(kEndKey) != nullptr) {
        const Result<int64_t> end = file.integer(kEndKey);
        if (!end.ok() || end.value() < 0 || end.value() >= vocabulary.size()) {
            return corrupt(file, kEndKey, "is no token");
        }
        vocabulary.m_endOfSequence = static_cast<TokenId>(end.value());
    }
    return vocabulary;
}

TokenId Vocabulary::find(std::string_view bytes) const {
    const auto found = m_byBytes.find(bytes);
    return found == m_byBytes.end() ? kNoToken : found->second;
}

std::optional<TokenId> Vocabulary::named(std::string_view name) const {
    const auto found = m_named.find(name);
    return found == m_named.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace tl
