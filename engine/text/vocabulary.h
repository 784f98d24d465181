// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "engine/tokenizer.h"

namespace tl {

class GgufFile;

constexpr TokenId kNoToken = -1;

// The array of strings under `key`; kCorrupt naming file and key when it is missing or no such
// array.
Result<const std::vector<std::string_view>*> metadataStrings(const GgufFile& file,
                                                             std::string_view key);

// The tokens of a byte-level vocabulary: their bytes, kinds and names. Owns everything it returns.
// Immutable after loading.
class Vocabulary {
public:
    static Result<Vocabulary> fromGguf(const GgufFile& file);

    int64_t size() const { return static_cast<int64_t>(m_kinds.size()); }
    // REQUIRES for both: 0 <= id < size()
    std::string_view bytes(TokenId id) const {
        const size_t i = static_cast<size_t>(id);
        return std::string_view(m_bytes).substr(m_begins[i], m_begins[i + 1] - m_begins[i]);
    }
    bool isControl(TokenId id) const { return m_kinds[static_cast<size_t>(id)] == Kind::kControl; }

    // The token of one byte, kNoToken where the vocabulary lacks it.
    TokenId byteToken(unsigned char byte) const { return m_byteTokens[byte]; }
    // The ordinary token with these bytes, kNoToken where there is none.
    TokenId find(std::string_view bytes) const;
    // A control or user-defined token by its name.
    std::optional<TokenId> named(std::string_view name) const;
    // kNoToken where the file names none.
    TokenId endOfSequence() const { return m_endOfSequence; }

private:
    enum class Kind : uint8_t {
        kNormal,
        kUserDefined,  // text of its own, but only ever put in by id
        kControl,      // control, unknown and unused tokens: no text
    };

    // Looked up by string_view without a copy.
    struct StringHash {
        using is_transparent = void;
        size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    using StringMap = std::unordered_map<std::string, TokenId, StringHash, std::equal_to<>>;

    Vocabulary() { m_byteTokens.fill(kNoToken); }

    static std::optional<Kind> kindOf(int64_t ggufTokenType);
    void append(std::string_view text, Kind kind);

    std::string m_bytes;              // of all tokens, one after the other
    std::vector<size_t> m_begins{0};  // (size + 1) into m_bytes
    std::vector<Kind> m_kinds;        // (size)
    std::array<TokenId, 256> m_byteTokens{};
    StringMap m_named;
    StringMap m_byBytes;  // ordinary tokens only
    TokenId m_endOfSequence = kNoToken;
};

}  // namespace tl
