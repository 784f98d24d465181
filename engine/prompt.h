// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/model_config.h"
#include "engine/tokenizer.h"

namespace tl {

// Lays out a corpus and its questions as token ids (design.md section 3, "Prompt"):
//   <|im_start|>system\nINSTRUCTION  then per document  <file_sep><filename>NAME\nTEXT
//   <|im_end|>\n<|im_start|>user\nQUESTION<|im_end|>\n<|im_start|>assistant\n
// Control tokens are inserted by id; document text and questions can never produce one.
// Thread-compatible (holds a clone of the tokenizer).
class PromptBuilder {
public:
    // kUnsupported when the vocabulary lacks one of the control tokens; names it.
    static Result<PromptBuilder> create(const Tokenizer& tokenizer, const ModelConfig& config);

    void appendHead(std::vector<TokenId>& out);
    // What stands before a document's text. `appendText` takes its text in one piece.
    void appendDocumentHead(std::string_view name, std::vector<TokenId>& out);
    // ends: byte offset in `text` behind each appended token, see Tokenizer::encodeWithOffsets.
    void appendText(std::string_view text, std::vector<TokenId>& out, std::vector<uint32_t>& ends);

    // The tokens of one question turn. The words of the question itself are
    // [questionBegin, questionEnd); the rest is control tokens and role names.
    struct Turn {
        std::vector<TokenId> ids;
        int64_t questionBegin = 0;
        int64_t questionEnd = 0;
    };
    Turn turn(std::string_view question);

    // Ends an answer.
    TokenId endOfTurn() const { return m_imEnd; }

private:
    PromptBuilder(Tokenizer tokenizer, std::string instruction);

    Tokenizer m_tokenizer;
    std::string m_instruction;
    TokenId m_imStart = 0, m_imEnd = 0, m_fileSep = 0, m_filename = 0;
};

}  // namespace tl
