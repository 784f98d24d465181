// SPDX-License-Identifier: Apache-2.0
#include "engine/prompt.h"

#include <array>
#include <utility>

namespace tl {

Result<PromptBuilder> PromptBuilder::create(const Tokenizer& tokenizer, const ModelConfig& config) {
    PromptBuilder builder(tokenizer.clone(), config.systemInstruction);
    const std::array<std::pair<std::string_view, TokenId*>, 4> needed{{
        {"<|im_start|>", &builder.m_imStart},
        {"<|im_end|>", &builder.m_imEnd},
        {"<file_sep>", &builder.m_fileSep},
        {"<filename>", &builder.m_filename},
    }};
    for (const auto& [name, id] : needed) {
        const std::optional<TokenId> found = tokenizer.control(name);
        if (!found) {
            return Error{
                ErrorCode::kUnsupported,
                config.name + ": the vocabulary has no control token " + std::string(name)};
        }
        *id = *found;
    }
    return builder;
}

PromptBuilder::PromptBuilder(Tokenizer tokenizer, std::string instruction)
    : m_tokenizer(std::move(tokenizer)), m_instruction(std::move(instruction)) {}

void PromptBuilder::appendHead(std::vector<TokenId>& out) {
    out.push_back(m_imStart);
    m_tokenizer.encode("system\n" + m_instruction, out);
}

void PromptBuilder::appendDocumentHead(std::string_view name, std::vector<TokenId>& out) {
    out.push_back(m_fileSep);
    out.push_back(m_filename);
    m_tokenizer.encode(std::string(name) + "\n", out);
}

void PromptBuilder::appendText(std::string_view text,
                               std::vector<TokenId>& out,
                               std::vector<uint32_t>& ends) {
    m_tokenizer.encodeWithOffsets(text, out, ends);
}

PromptBuilder::Turn PromptBuilder::turn(std::string_view question) {
    Turn turn;
    turn.ids.push_back(m_imEnd);
    m_tokenizer.encode("\n", turn.ids);
    turn.ids.push_back(m_imStart);
    m_tokenizer.encode("user\n", turn.ids);
    turn.questionBegin = static_cast<int64_t>(turn.ids.size());
    m_tokenizer.encode(question, turn.ids);
    turn.questionEnd = static_cast<int64_t>(turn.ids.size());
    turn.ids.push_back(m_imEnd);
    m_tokenizer.encode("\n", turn.ids);
    turn.ids.push_back(m_imStart);
    m_tokenizer.encode("assistant\n", turn.ids);
    return turn;
}

}  // namespace tl
