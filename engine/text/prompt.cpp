// SPDX-License-Identifier: Apache-2.0
#include "engine/prompt.h"

#include <array>
#include <utility>

namespace tl {

namespace {

// The control tokens around a turn.
struct TurnFormat {
    std::string_view name;
    std::string_view begin;
    std::string_view roleEnd;  // empty: a line end comes after the role
    std::string_view end;
};

// The first one that a vocabulary has is taken.
constexpr std::array<TurnFormat, 2> kTurnFormats{{
    {"ChatML", "<|im_start|>", "", "<|im_end|>"},
    {"Granite", "<|start_of_role|>", "<|end_of_role|>", "<|end_of_text|>"},
}};

constexpr std::array<std::string_view, 2> kDocumentMarks{"<file_sep>", "<filename>"};

// "<|im_start|> and <|im_end|> of ChatML"; empty when the vocabulary has them all.
std::string missingTokens(const Tokenizer& tokenizer, const TurnFormat& format) {
    std::vector<std::string_view> missing;
    for (const std::string_view token : {format.begin, format.roleEnd, format.end}) {
        if (!token.empty() && !tokenizer.control(token)) {
            missing.push_back(token);
        }
    }
    std::string text;
    for (size_t i = 0; i < missing.size(); ++i) {
        const bool isLast = i + 1 == missing.size();
        text += (i == 0 ? "" : isLast ? " and " : ", ") + std::string(missing[i]);
    }
    return text.empty() ? text : text + " of " + std::string(format.name);
}

}  // namespace

Result<PromptBuilder> PromptBuilder::create(const Tokenizer& tokenizer, const ModelConfig& config) {
    std::string missing;
    for (const TurnFormat& format : kTurnFormats) {
        const std::string lacks = missingTokens(tokenizer, format);
        if (!lacks.empty()) {
            missing += (missing.empty() ? "" : ", nor ") + lacks;
            continue;
        }
        PromptBuilder builder(tokenizer.clone(), config.systemInstruction);
        builder.m_questionFirst = config.questionFirst;
        builder.m_turnBegin = *tokenizer.control(format.begin);
        builder.m_roleEnd = tokenizer.control(format.roleEnd);
        builder.m_turnEnd = *tokenizer.control(format.end);
        return builder;
    }
    return Error{
        ErrorCode::kUnsupported,
        config.name + ": no way to ask is known: the vocabulary has no control tokens " + missing};
}

PromptBuilder::PromptBuilder(Tokenizer tokenizer, std::string instruction)
    : m_tokenizer(std::move(tokenizer)), m_instruction(std::move(instruction)) {
    for (const std::string_view mark : kDocumentMarks) {
        if (const std::optional<TokenId> id = m_tokenizer.control(mark)) {
            m_documentMarks.push_back(*id);
        }
    }
    if (m_documentMarks.size() < kDocumentMarks.size()) {
        m_documentMarks.clear();
    }
}

// With ChatML the role and what follows are encoded in one piece, as models were trained on it.
void PromptBuilder::beginTurn(std::string_view role,
                              std::string_view text,
                              std::vector<TokenId>& out) {
    out.push_back(m_turnBegin);
    if (m_roleEnd) {
        m_tokenizer.encode(role, out);
        out.push_back(*m_roleEnd);
        m_tokenizer.encode(text, out);
    } else {
        m_tokenizer.encode(std::string(role) + "\n" + std::string(text), out);
    }
}

void PromptBuilder::endTurn(std::vector<TokenId>& out) {
    out.push_back(m_turnEnd);
    m_tokenizer.encode("\n", out);
}

void PromptBuilder::appendHead(std::vector<TokenId>& out) {
    beginTurn("system", m_instruction, out);
}

void PromptBuilder::appendHeadFor(std::string_view question, std::vector<TokenId>& out) {
    const std::string line = m_questionFirst ? "\n" + std::string(question) : "";
    beginTurn("system", m_instruction + line, out);
}

void PromptBuilder::appendDocumentHead(std::string_view name, std::vector<TokenId>& out) {
    out.insert(out.end(), m_documentMarks.begin(), m_documentMarks.end());
    const std::string line = std::string(name) + "\n";
    m_tokenizer.encode(m_documentMarks.empty() ? "\n\n" + line : line, out);
}

void PromptBuilder::appendText(std::string_view text,
                               std::vector<TokenId>& out,
                               std::vector<uint32_t>& ends) {
    m_tokenizer.encodeWithOffsets(text, out, ends);
}

PromptBuilder::Turn PromptBuilder::turn(std::string_view question) {
    Turn turn;
    endTurn(turn.ids);
    beginTurn("user", "", turn.ids);
    turn.questionBegin = static_cast<int64_t>(turn.ids.size());
    m_tokenizer.encode(question, turn.ids);
    turn.questionEnd = static_cast<int64_t>(turn.ids.size());
    endTurn(turn.ids);
    beginTurn("assistant", "", turn.ids);
    return turn;
}

}  // namespace tl
