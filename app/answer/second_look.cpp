// SPDX-License-Identifier: Apache-2.0
#include "app/answer/second_look.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "app/answer/word_index.h"

namespace tl {

namespace {

bool standsBefore(const Passage& a, const Passage& b) {
    return std::pair(a.document, a.begin) < std::pair(b.document, b.begin);
}

// Passages that follow each other in their file are joined with what stands between them.
bool areNeighbours(const CorpusFile& file, const Passage& a, const Passage& b) {
    const std::string& text = file.document.text;
    return a.document == b.document &&
           text.find_first_not_of(" \t\n", static_cast<size_t>(a.end)) >=
               static_cast<size_t>(b.begin);
}

// The text of one file's chosen passages, in file order; a blank line where something is left out.
std::string joinedText(const CorpusFile& file, std::span<const Passage> passages) {
    const std::string& text = file.document.text;
    std::string joined;
    for (size_t i = 0; i < passages.size(); ++i) {
        const Passage& passage = passages[i];
        auto begin = static_cast<size_t>(passage.begin);
        if (i > 0 && areNeighbours(file, passages[i - 1], passage)) {
            begin = static_cast<size_t>(passages[i - 1].end);
        } else if (i > 0) {
            joined += "\n\n";
        }
        joined += text.substr(begin, static_cast<size_t>(passage.end) - begin);
    }
    return joined + "\n";
}

size_t commonTerms(std::string_view text, const std::set<std::string>& wanted) {
    std::set<std::string> found;
    for (std::string& term : searchTerms(text)) {
        if (wanted.contains(term)) {
            found.insert(std::move(term));
        }
    }
    return found.size();
}

// Tokens may end within a word or a character: the part shrinks to whole words, where it has any.
Passage shrunkToWords(const std::string& text, const Passage& passage, Passage part) {
    constexpr const char* kBlanks = " \t\n";
    if (part.end < passage.end) {
        const auto blank =
            static_cast<int64_t>(text.find_last_of(kBlanks, static_cast<size_t>(part.end)));
        part.end = blank > part.begin ? blank : part.end;
    }
    if (part.begin > passage.begin) {
        const auto blank =
            static_cast<int64_t>(text.find_first_of(kBlanks, static_cast<size_t>(part.begin)));
        part.begin = blank >= 0 && blank < part.end ? blank + 1 : part.begin;
    }
    return part;
}

// Of a passage that is longer than the budget, the stretch that holds most of the question's terms,
// the first of several.
Passage cutToBudget(const CorpusFile& file,
                    const Passage& passage,
                    std::string_view question,
                    int64_t maxTokens) {
    const std::vector<std::string> terms = searchTerms(question);
    const std::set<std::string> wanted(terms.begin(), terms.end());
    const std::vector<uint32_t>& ends = file.tokenEnds;
    const auto tokenAt = [&](int64_t byte) {
        return std::upper_bound(ends.begin(), ends.end(), static_cast<uint32_t>(byte)) -
               ends.begin();
    };
    const int64_t last = tokenAt(passage.end - 1);
    Passage best = passage;
    std::optional<size_t> mostTerms;
    for (int64_t first = tokenAt(passage.begin); first <= last; first += (maxTokens + 3) / 4) {
        const int64_t end = std::min(first + maxTokens, last + 1);
        Passage part = passage;
        part.begin = first == 0
                         ? passage.begin
                         : std::max<int64_t>(passage.begin, ends[static_cast<size_t>(first - 1)]);
        part.end = std::min<int64_t>(passage.end, ends[static_cast<size_t>(end - 1)]);
        part = shrunkToWords(file.document.text, passage, part);
        const size_t common = commonTerms(std::string_view(file.document.text)
                                              .substr(static_cast<size_t>(part.begin),
                                                      static_cast<size_t>(part.end - part.begin)),
                                          wanted);
        if (!mostTerms || common > *mostTerms) {
            mostTerms = common;
            best = part;
        }
    }
    return best;
}

// What is read of the passages, in the order of the corpus.
std::vector<Passage> partsToReread(const Corpus& corpus,
                                   std::span<const RankedPassage> passages,
                                   std::string_view question,
                                   int64_t maxTokens) {
    std::vector<Passage> parts;
    for (const RankedPassage& ranked : passages) {
        const CorpusFile& file = corpus.files[static_cast<size_t>(ranked.passage->document)];
        parts.push_back(ranked.tokens <= maxTokens
                            ? *ranked.passage
                            : cutToBudget(file, *ranked.passage, question, maxTokens));
    }
    std::sort(parts.begin(), parts.end(), standsBefore);
    return parts;
}

std::vector<TokenId> rereadTokens(const Corpus& corpus,
                                  std::span<const Passage> inOrder,
                                  std::string_view question,
                                  PromptBuilder& prompt) {
    std::vector<TokenId> tokens;
    std::vector<uint32_t> ends;
    prompt.appendHeadFor(question, tokens);
    for (auto begin = inOrder.begin(); begin != inOrder.end();) {
        const int64_t document = begin->document;
        const auto end = std::find_if(begin, inOrder.end(), [&](const Passage& passage) {
            return passage.document != document;
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
                                            const AnswerSettings& settings) {
    std::vector<RankedPassage> chosen;
    int64_t tokens = 0;
    for (const RankedPassage& ranked : ranking) {
        if (chosen.size() == settings.rereadPassages) {
            break;
        }
        if (chosen.empty() || tokens + ranked.tokens <= settings.rereadTokens) {
            tokens += ranked.tokens;
            chosen.push_back(ranked);
        }
    }
    return chosen;
}

SecondLook::SecondLook(LanguageModel& model,
                       std::unique_ptr<TokenSequence> sequence,
                       Snapshot empty,
                       PromptBuilder prompt,
                       const AnswerSettings& settings)
    : m_model(&model)
    , m_sequence(std::move(sequence))
    , m_empty(std::move(empty))
    , m_prompt(std::move(prompt))
    , m_refusal(model.tokenizer().clone().encode("The documents do not say."))
    , m_settings(settings) {
    m_refusal.push_back(m_prompt.endOfTurn());
}

Result<SecondLook> SecondLook::create(LanguageModel& model, const AnswerSettings& settings) {
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
    return SecondLook(model,
                      std::move(sequence).value(),
                      std::move(empty).value(),
                      std::move(prompt).value(),
                      settings);
}

Result<std::optional<GeneratedAnswer>> SecondLook::answer(const Corpus& corpus,
                                                          std::span<const RankedPassage> passages,
                                                          const Question& question,
                                                          const AskOptions& options,
                                                          const std::stop_token& stop,
                                                          const PieceFn& piece) {
    if (passages.empty()) {
        return std::optional<GeneratedAnswer>();
    }
    const std::vector<TokenId> tokens =
        rereadTokens(corpus,
                     partsToReread(corpus, passages, question.text, m_settings.rereadTokens),
                     question.text,
                     m_prompt);
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
    const Result<Snapshot> asked = m_sequence->snapshot();
    if (!asked.ok()) {
        return asked.error();
    }
    Result<GeneratedAnswer> given = generateAnswer(
        *m_sequence, m_model->tokenizer(), m_prompt.endOfTurn(), options, stop, piece);
    if (!given.ok()) {
        return given.error();
    }
    status = m_sequence->restore(asked.value());
    if (!status.ok()) {
        return status.error();
    }
    const Result<double> refusal = meanLogProbability(*m_sequence, m_refusal);
    if (!refusal.ok()) {
        return refusal.error();
    }
    given.value().refusalLogProbability = refusal.value();
    return std::optional(std::move(given).value());
}

}  // namespace tl
