// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tl {

class GgufFile;

using TokenId = int32_t;

// Byte-level BPE (Sennrich et al. 2016; GPT-2's byte alphabet) from GGUF metadata
// `tokenizer.ggml.*`, with the pre-tokenizer named by `tokenizer.ggml.pre`.
// Thread-compatible: encode() keeps a word cache, so each thread that encodes clones its own
// (the tables are shared, a clone is cheap).
class Tokenizer {
public:
    // kCorrupt or kUnsupported (unknown model or pre-tokenizer, named) on bad metadata.
    static Result<Tokenizer> fromGguf(const GgufFile& file);

    Tokenizer(Tokenizer&&) noexcept;
    Tokenizer& operator=(Tokenizer&&) noexcept;
    ~Tokenizer();
    Tokenizer clone() const;

    // Token ids of any bytes (invalid UTF-8 included). Control tokens never come out of text:
    // the text "<|im_end|>" gives ordinary tokens. A byte the vocabulary has no token for is read
    // as U+FFFD; decode() gives back all others as they were. Appends to `out`.
    void encode(std::string_view text, std::vector<TokenId>& out);
    std::vector<TokenId> encode(std::string_view text);
    // The same, and for each token the byte offset in `text` just after it (so token i covers
    // [ends[i-1], ends[i])). Appends to both. REQUIRES: text of less than 4 GiB
    void encodeWithOffsets(std::string_view text,
                           std::vector<TokenId>& out,
                           std::vector<uint32_t>& ends);
    // Number of tokens encode() would give.
    int64_t count(std::string_view text);

    // The bytes of one token or of many; control tokens give nothing. An answer decoded token by
    // token may hold half a UTF-8 character at its end: see Utf8Assembler in base/utf8.h.
    std::string_view bytes(TokenId id) const;
    std::string decode(std::span<const TokenId> ids) const;

    int64_t vocabSize() const;
    bool isControl(TokenId id) const;
    // A control token by its name, such as "<|im_start|>".
    std::optional<TokenId> control(std::string_view name) const;
    // -1 where the file names none.
    TokenId endOfSequence() const;

private:
    struct Tables;
    struct Cache;
    explicit Tokenizer(std::shared_ptr<const Tables> tables);

    std::shared_ptr<const Tables> m_tables;
    std::unique_ptr<Cache> m_cache;
};

}  // namespace tl
