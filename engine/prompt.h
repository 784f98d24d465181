// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/model_config.h"
#include "engine/tokenizer.h"

namespace tl {

// Lays out a corpus and its questions as token ids, with the control tokens that the vocabulary
// has. Turns in ChatML (docs/engine.md) or as Granite's models know them:
//   <|im_start|>system\nINSTRUCTION DOCUMENTS
//   <|im_end|>\n<|im_start|>user\nQUESTION<|im_end|>\n<|im_start|>assistant\n
//   <|start_of_role|>system<|end_of_role|>INSTRUCTION DOCUMENTS
//   <|end_of_text|>\n<|start_of_role|>user<|end_of_role|>QUESTION<|end_of_text|>\n...
// Documents with marks of their own where the vocabulary has both, else with their names as text:
//   <file_sep><filename>NAME\nTEXT
//   \n\nNAME\nTEXT
// Control tokens are inserted by id; document text and questions can never produce one.
// Thread-compatible (holds a clone of the tokenizer).
class PromptBuilder {
public:
    // kUnsupported when the vocabulary has the control tokens of no kind of turn; names what each
    // kind lacks.
    static Result<PromptBuilder> create(const Tokenizer& tokenizer, const ModelConfig& config);

    void appendHead(std::vector<TokenId>& out);
    // The head of a sequence that is read for one question alone. A model that was trained so
    // (ModelConfig::questionFirst) reads the question before the documents as well:
    //   <|im_start|>system\nINSTRUCTION\nQUESTION DOCUMENTS
    void appendHeadFor(std::string_view question, std::vector<TokenId>& out);
    // What stands before a document's text. `appendText` takes its text in one piece.
    void appendDocumentHead(std::string_view name, std::vector<TokenId>& out);
    // ends: byte offset in `text` after each appended token, see Tokenizer::encodeWithOffsets.
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
    TokenId endOfTurn() const { return m_turnEnd; }

private:
    PromptBuilder(Tokenizer tokenizer, std::string instruction);

    void beginTurn(std::string_view role, std::string_view text, std::vector<TokenId>& out);
    void endTurn(std::vector<TokenId>& out);

    Tokenizer m_tokenizer;
    std::string m_instruction;
    bool m_questionFirst = false;
    TokenId m_turnBegin = 0;
    std::optional<TokenId> m_roleEnd;  // none: a line end comes after the role
    TokenId m_turnEnd = 0;
    std::vector<TokenId> m_documentMarks;  // before a document's name; none: a blank line
};

}  // namespace tl
