// SPDX-License-Identifier: Apache-2.0
#include "app/answer/second_look.h"

#include <algorithm>
#include <string>
#include <utility>

namespace tl {

namespace {

bool standsBefore(const RankedPassage& a, const RankedPassage& b) {
    return std::pair(a.passage->document, a.passage->begin) <
           std::pair(b.passage->document, b.passage->begin);
}

// Passages that follow each other in their file are joined with what stands between them.
bool areNeighbours(const CorpusFile& file, const Passage& a, const Passage& b) {
    const std::string& text = file.document.text;
    return a.document == b.document &&
           text.find_first_not_of(" \t\n", static_cast<size_t>(a.end)) >=
               static_cast<size_t>(b.begin);
}

// The text of one file's chosen passages, in file order; a blank line where something is left out.
std::string joinedText(const CorpusFile& file, std::span<const RankedPassage> passages) {
    const std::string& text = file.document.text;
    std::string joined;
    for (size_t i = 0; i < passages.size(); ++i) {
        const Passage& passage = *passages[i].passage;
        auto begin = static_cast<size_t>(passage.begin);
        if (i > 0 && areNeighbours(file, *passages[i - 1].passage, passage)) {
            begin = static_cast<size_t>(passages[i - 1].passage->end);
        } else if (i > 0) {
            joined += "\n\n";
        }
        joined += text.substr(begin, static_cast<size_t>(passage.end) - begin);
    }
    return joined + "\n";
}

std::vector<TokenId> rereadTokens(const Corpus& corpus,
                                  std::span<const RankedPassage> passages,
                                  PromptBuilder& prompt) {
    std::vector<RankedPassage> inOrder(passages.begin(), passages.end());
    std::sort(inOrder.begin(), inOrder.end(), standsBefore);
    std::vector<TokenId> tokens;
    std::vector<uint32_t> ends;
    prompt.appendHead(tokens);
    for (auto begin = inOrder.begin(); begin != inOrder.end();) {
        const int64_t document = begin->passage->document;
        const auto end = std::find_if(begin, inOrder.end(), [&](const RankedPassage& ranked) {
            return ranked.passage->document != document;
        });
        const CorpusFile& file = corpus.files[static_cast<size_t>(document)];
        prompt.appendDocumentHead(file.document.name, tokens);
        prompt.appendText(joinedText(file, {begin, end}), tokens, ends);
        begin = end;
    }
    return tokens;
}

}  // namespace

std::vector<RankedPassage> passagesToReread(std::span<const RankedPassage> ranking,
                                            int64_t maxTokens) {
    std::vector<RankedPassage> chosen;
    int64_t tokens = 0;
    for (const RankedPassage& ranked : ranking) {
        const bool isWeak = ranked.score < kSecondLookShare * ranking.front().score;
        if (isWeak || chosen.size() == kSecondLookPassages) {
            break;
        }
        if (chosen.empty() || tokens + ranked.tokens <= maxTokens) {
            tokens += ranked.tokens;
            chosen.push_back(ranked);
        }
    }
    return chosen;
}

SecondLook::SecondLook(LanguageModel& model,
                       std::unique_ptr<TokenSequence> sequence,
                       Snapshot empty,
                       PromptBuilder prompt)
    : m_model(&model)
    , m_sequence(std::move(sequence))
    , m_empty(std::move(empty))
    , m_prompt(std::move(prompt)) {}

Result<SecondLook> SecondLook::create(LanguageModel& model) {
    Result<PromptBuilder> prompt = PromptBuilder::create(model.tokenizer(), model.config());
    if (!prompt.ok()) {
        return prompt.error();
    }
    Result<std::unique_ptr<TokenSequence>> sequence =
        model.newSequence(std::min(kSecondLookPositions, model.config().contextLength));
    if (!sequence.ok()) {
        return sequence.error();
    }
    Result<Snapshot> empty = sequence.value()->snapshot();
    if (!empty.ok()) {
        return empty.error();
    }
    return SecondLook(
        model, std::move(sequence).value(), std::move(empty).value(), std::move(prompt).value());
}

Result<std::optional<GeneratedAnswer>> SecondLook::answer(const Corpus& corpus,
                                                          std::span<const RankedPassage> passages,
                                                          const Question& question,
                                                          const AskOptions& options,
                                                          const std::stop_token& stop,
                                                          const PieceFn& piece) {
    const std::vector<TokenId> tokens = rereadTokens(corpus, passages, m_prompt);
    const std::vector<TokenId>& turn = question.turn.ids;
    const int64_t room = m_sequence->maxTokens() - std::ssize(tokens) - std::ssize(turn);
    if (room < std::min(options.maxTokens, kAnswerReserve)) {
        return std::optional<GeneratedAnswer>();
    }
    Status status = m_sequence->restore(m_empty);
    if (status.ok()) {
        status = m_sequence->read(tokens, stop, {});
    }
    if (status.ok()) {
        status = m_sequence->ask(turn, stop, nullptr);
    }
    if (!status.ok()) {
        return status.error();
    }
    Result<GeneratedAnswer> given = generateAnswer(
        *m_sequence, m_model->tokenizer(), m_prompt.endOfTurn(), options, stop, piece);
    if (!given.ok()) {
        return given.error();
    }
    return std::optional(std::move(given).value());
}

}  // namespace tl
