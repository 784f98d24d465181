// SPDX-License-Identifier: Apache-2.0
#include "app/answer/corpus_session.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <functional>
#include <iterator>
#include <set>
#include <utility>

#include "app/answer/answer_generation.h"
#include "app/answer/composed_answer.h"
#include "app/answer/question_language.h"
#include "app/answer/surest_answer.h"
#include "app/citation/answer_claim.h"
#include "app/citation/citation_check.h"
#include "app/citation/exact_search.h"
#include "app/corpus/reading_speed.h"
#include "app/wording.h"

namespace tl {

namespace {

constexpr size_t kMaxHits = 5;

// The pieces of one look; empty without a receiver.
PieceFn pieceOf(const LookPieceFn& piece, Look look) {
    if (!piece) {
        return {};
    }
    return [&piece, look](const std::string& text) { piece(look, text); };
}

void takeAnswer(std::span<const GeneratedAnswer> given, size_t index, Answer& answer) {
    answer.text = given[index].text;
    answer.isCut = given[index].isCut;
    answer.isRepeating = given[index].isRepeating;
    if (index > 0) {
        answer.look = Look::kSecond;
        answer.firstLook = given.front().text;
    }
}

double secondsSince(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

CorpusSession::CorpusSession(LanguageModel& model,
                             std::shared_ptr<const Corpus> corpus,
                             std::unique_ptr<TokenSequence> sequence,
                             PromptBuilder prompt,
                             SecondLook secondLook,
                             std::shared_ptr<CandidateSearch> candidates)
    : m_model(model)
    , m_corpus(std::move(corpus))
    , m_sequence(std::move(sequence))
    , m_prompt(std::move(prompt))
    , m_secondLook(std::move(secondLook))
    , m_branch(m_model.tokenizer(), m_prompt)
    , m_candidates(std::move(candidates))
    , m_known(std::make_shared<KnownAnswers>(*m_corpus, *m_candidates)) {}

Result<std::unique_ptr<CorpusSession>> CorpusSession::create(LanguageModel& model,
                                                             std::shared_ptr<const Corpus> corpus) {
    if (!corpus->plan.problem.empty()) {
        return Error{ErrorCode::kInvalidInput, corpus->plan.problem};
    }
    Result<CandidateSearch> candidates = CandidateSearch::create(*corpus, AnswerSettings{});
    if (!candidates.ok()) {
        return candidates.error();
    }
    return make(
        model, std::move(corpus), std::make_shared<CandidateSearch>(std::move(candidates).value()));
}

Result<std::unique_ptr<CorpusSession>> CorpusSession::make(
    LanguageModel& model,
    std::shared_ptr<const Corpus> corpus,
    std::shared_ptr<CandidateSearch> candidates) {
    Result<PromptBuilder> prompt = PromptBuilder::create(model.tokenizer(), model.config());
    if (!prompt.ok()) {
        return prompt.error();
    }
    Result<std::unique_ptr<TokenSequence>> sequence = model.newSequence(/*maxTokens=*/0);
    if (!sequence.ok()) {
        return sequence.error();
    }
    Result<SecondLook> secondLook = SecondLook::create(model, AnswerSettings{});
    if (!secondLook.ok()) {
        return secondLook.error();
    }
    return std::unique_ptr<CorpusSession>(new CorpusSession(model,
                                                            std::move(corpus),
                                                            std::move(sequence).value(),
                                                            std::move(prompt).value(),
                                                            std::move(secondLook).value(),
                                                            std::move(candidates)));
}

Result<std::unique_ptr<CorpusSession>> CorpusSession::fork(LanguageModel& model) {
    assert(isRead());
    Result<std::unique_ptr<CorpusSession>> made = make(model, m_corpus, m_candidates);
    if (made.ok()) {
        made.value()->m_end = m_end;
        made.value()->m_known = m_known;
    }
    return made;
}

Status CorpusSession::goOnFrom(const Snapshot& snapshot) {
    assert(snapshot.position() <= std::ssize(m_corpus->tokens));
    Status status = m_sequence->restore(snapshot);
    if (status.ok() && snapshot.position() == std::ssize(m_corpus->tokens)) {
        m_end = snapshot;
    }
    return status;
}

Status CorpusSession::read(const std::stop_token& stop,
                           const ReadingFn& progress,
                           const Keeping& keeping) {
    if (isRead()) {
        return okStatus();
    }
    const Result<ReadingProgress> read =
        readOn(*m_sequence, m_corpus->tokens, stop, progress, keeping);
    if (!read.ok()) {
        return read.error();
    }
    Result<Snapshot> end = m_sequence->snapshot();
    if (!end.ok()) {
        return end.error();
    }
    m_end = std::move(end).value();
    rememberReadingSpeed(m_model.config().name, read.value());
    return okStatus();
}

Result<Question> CorpusSession::layOut(const std::string& question, const std::string& name) {
    if (const std::optional<std::string> problem = problemIn(question)) {
        return Error{ErrorCode::kInvalidInput, name + ": " + *problem};
    }
    Question laidOut{question, m_prompt.turn(question)};
    const int64_t tokens = std::ssize(laidOut.turn.ids);
    const int64_t room = m_model.config().contextLength - std::ssize(m_corpus->tokens);
    if (tokens >= room) {
        return Error{
            ErrorCode::kInvalidInput,
            name + ": " + grouped(tokens) + " tokens, the context has " + grouped(room) + " left"};
    }
    return laidOut;
}

// Leaves the sequence after the question.
Result<std::vector<RankedPassage>> CorpusSession::askCorpus(const Asking& asking,
                                                            const AskOptions& options,
                                                            const std::stop_token& stop) {
    const Question& question = asking.question;
    Status status = okStatus();
    if (asking.turns.empty()) {
        status = m_sequence->restore(*m_end);
    } else if (const Result<Snapshot> behind = stateBehind(asking.turns, stop); !behind.ok()) {
        status = behind.error();
    }
    if (!status.ok()) {
        return status.error();
    }
    Pointers pointers;
    pointers.begin = question.turn.questionBegin;
    pointers.end = question.turn.questionEnd;
    status = m_sequence->ask(question.turn.ids, stop, &pointers);
    if (!status.ok()) {
        return status.error();
    }
    return m_candidates->find(
        asking.reread.text, rankPassages(*m_corpus, pointers.scores), options.candidates, stop);
}

Result<bool> CorpusSession::areStrong(const std::string& question,
                                      std::span<const RankedPassage> best) {
    const Result<double> coverage = m_candidates->coverage(question, best);
    if (!coverage.ok()) {
        return coverage.error();
    }
    return !best.empty() && coverage.value() >= m_settings.strongCoverage;
}

Result<GeneratedAnswer> CorpusSession::firstLook(const AskOptions& options,
                                                 const std::stop_token& stop,
                                                 const PieceFn& piece) {
    return generateAnswer(
        *m_sequence, m_model.tokenizer(), m_prompt.endOfTurn(), options, stop, piece);
}

// Of a second look the best passages together are read first, so that somebody can read along while
// the other readings are made; the answers keep the order in which docs/candidates.md tells them.
Result<std::vector<GeneratedAnswer>> CorpusSession::readAll(const Question& question,
                                                            std::span<const RankedPassage> best,
                                                            const AskOptions& options,
                                                            const std::stop_token& stop,
                                                            const LookPieceFn& piece) {
    std::vector<GeneratedAnswer> reread;
    if (looksTwice(options) && !best.empty()) {
        PieceFn streamed = pieceOf(piece, Look::kSecond);
        for (const size_t passages : std::set<size_t, std::greater<>>{best.size(), 1}) {
            Result<std::optional<GeneratedAnswer>> given = m_secondLook.answer(
                *m_corpus, best.first(passages), question, options, stop, streamed);
            if (!given.ok()) {
                return given.error();
            }
            if (given.value()) {
                reread.push_back(*std::move(given).value());
                streamed = {};
            }
        }
    }
    Result<GeneratedAnswer> first = firstLook(options, stop, pieceOf(piece, Look::kFirst));
    if (!first.ok()) {
        return first.error();
    }
    std::vector<GeneratedAnswer> answers = {std::move(first).value()};
    answers.insert(answers.end(),
                   std::make_move_iterator(reread.rbegin()),
                   std::make_move_iterator(reread.rend()));
    return answers;
}

Result<Snapshot> CorpusSession::stateBehind(std::span<const EarlierTurn> turns,
                                            const std::stop_token& stop) {
    assert(isRead());
    return m_branch.state(*m_sequence, *m_end, turns, stop);
}

CorpusSession::Asking CorpusSession::lean(const Question& question,
                                          std::span<const EarlierTurn> before) {
    Asking asking{question, {}, question};
    if (before.empty() || !leansOnEarlier(question.text)) {
        return asking;
    }
    const int64_t room = m_model.config().contextLength - std::ssize(m_corpus->tokens) -
                         std::ssize(question.turn.ids) - kAnswerReserve;
    asking.turns = m_branch.fitting(before, room);
    if (asking.turns.empty()) {
        return asking;
    }
    const EarlierTurn& last = asking.turns.back();
    asking.reread.text = last.question + " " + question.text;
    std::vector<TokenId> ids = m_branch.tokensOf(last);
    ids.insert(ids.end(), question.turn.ids.begin(), question.turn.ids.end());
    asking.reread.turn.ids = std::move(ids);
    return asking;
}

// Takes the surest of the readings' answers, or says what is known where none of them is.
Status CorpusSession::conclude(const Asking& asking,
                               const std::vector<RankedPassage>& ranking,
                               std::span<const GeneratedAnswer> given,
                               Answer& answer) {
    const std::vector<RankedPassage> best = passagesToReread(ranking, m_settings);
    const Result<bool> isStrong = areStrong(asking.reread.text, best);
    if (!isStrong.ok()) {
        return isStrong.error();
    }
    const SurestAnswer surest = chooseSurest(given);
    takeAnswer(given, surest.index, answer);
    answer.surety = surest.surety;
    const bool saysNothing = saysNotThere(answer.text);
    if (!saysNothing && !isUnknown(surest.surety, m_settings)) {
        return cite(asking.reread.text, ranking, answer);
    }
    if (isStrong.value()) {
        answerWithClosest(*m_corpus, best, answer);
    } else if (!saysNothing) {
        answerNotThere(answer);
    }
    return okStatus();
}

Status CorpusSession::answerFromModel(const Asking& asking,
                                      const AskOptions& options,
                                      const std::stop_token& stop,
                                      const LookPieceFn& piece,
                                      Answer& answer) {
    const Result<std::vector<RankedPassage>> ranking = askCorpus(asking, options, stop);
    if (!ranking.ok()) {
        return ranking.error();
    }
    const std::vector<RankedPassage> best = passagesToReread(ranking.value(), m_settings);
    const Look wanted = looksTwice(options) ? Look::kSecond : Look::kFirst;
    std::string streamed;
    const PieceFn showing = [&](const std::string& text) {
        streamed += text;
        piece(wanted, text);
    };
    // "The documents do not say." is not streamed: it is the answer only if no reading says more.
    HeldBackPieces held(showing);
    const LookPieceFn holding = [&](Look look, const std::string& text) {
        if (look == wanted) {
            held.push(text);
        } else {
            piece(look, text);
        }
    };
    const Result<std::vector<GeneratedAnswer>> given =
        readAll(asking.reread, best, options, stop, piece ? holding : piece);
    if (!given.ok()) {
        return given.error();
    }
    Status status = conclude(asking, ranking.value(), given.value(), answer);
    // Which reading is the surest is known once all have been made.
    answer.isReplaced = !streamed.empty() && !streamed.starts_with(answer.text);
    if (piece && streamed.empty() && !answer.text.starts_with(kClosestPassages)) {
        piece(wanted, answer.text);
    }
    markFoundBy(*m_corpus, ranking.value(), answer);
    return status;
}

Status CorpusSession::cite(const std::string& asked,
                           const std::vector<RankedPassage>& ranking,
                           Answer& answer) {
    const Result<PassageCounts> counts = m_candidates->countWords(asked);
    if (!counts.ok()) {
        return counts.error();
    }
    const QuestionTopic topic(asked, counts.value());
    const std::span candidates =
        std::span(ranking).first(std::min(m_settings.citable, ranking.size()));
    answer.citations =
        citeAnswer(*m_corpus, m_candidates->definitions(), topic, answer.text, candidates);
    // Where something is defined is verified by the index, whatever the model doubts.
    const bool isDoubted =
        answer.surety && !isSure(*answer.surety, m_settings) && !claimsDefinition(answer.text);
    for (Citation& citation : answer.citations) {
        // What runs into a loop has lost its thread, whatever words it says.
        if ((answer.isRepeating || isDoubted) && citation.isVerified()) {
            citation.state = CitationState::kElsewhere;
        }
    }
    return okStatus();
}

bool CorpusSession::looksTwice(const AskOptions& options) const {
    return options.secondLook && std::ssize(m_corpus->tokens) > m_settings.shortCorpus;
}

int64_t CorpusSession::takeTokensEvaluated() {
    const int64_t evaluated = m_sequence->tokensEvaluated() + m_secondLook.tokensEvaluated();
    return evaluated - std::exchange(m_tokensReported, evaluated);
}

Result<Answer> CorpusSession::ask(const Question& question,
                                  const AskOptions& options,
                                  const std::stop_token& stop,
                                  const LookPieceFn& piece,
                                  std::span<const EarlierTurn> before) {
    assert(isRead());
    const auto begin = std::chrono::steady_clock::now();
    Answer answer;
    answer.question = question.text;
    answer.language = foreignLanguage(question.text);
    const Asking asking = lean(question, before);
    answer.isFollowUp = !asking.turns.empty();
    Result<bool> isKnown = false;
    if (options.candidates == CandidateSources::kFused) {
        isKnown = asking.turns.empty()
                      ? m_known->answer(stop, answer)
                      : m_known->answerOfWhole(asking.turns.back().question, answer);
    }
    if (!isKnown.ok()) {
        return isKnown.error();
    }
    if (!isKnown.value()) {
        const Status answered = answerFromModel(asking, options, stop, piece, answer);
        if (!answered.ok()) {
            return answered.error();
        }
    }
    const bool isVerified = !answer.citations.empty() && answer.citations.front().isVerified();
    if (!isKnown.value() && !isVerified) {
        answer.hits = searchExactly(
            *m_corpus, m_candidates->definitions(), asking.reread.text, kMaxHits, stop);
    }
    answer.tokensEvaluated = takeTokensEvaluated();
    answer.seconds = secondsSince(begin);
    return answer;
}

}  // namespace tl
