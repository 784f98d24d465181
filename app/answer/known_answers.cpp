// SPDX-License-Identifier: Apache-2.0
#include "app/answer/known_answers.h"

#include <span>
#include <string>

#include "app/answer/composed_answer.h"
#include "app/answer/follow_up.h"
#include "app/answer/name_answer.h"
#include "app/answer/option_answer.h"
#include "app/answer/overview_answer.h"
#include "app/answer/release_answer.h"
#include "app/answer/requirement_answer.h"
#include "app/answer/section_answer.h"
#include "app/answer/turn_answer.h"
#include "app/overview/overview.h"

namespace tl {

namespace {

// How much of what somebody is asked for has to stand in one turn.
constexpr double kTurnCoverage = 0.5;
// And of what they tell of themselves, which need not have been asked about at all.
constexpr double kDeedCoverage = 0.7;

}  // namespace

bool KnownAnswers::fromDefinition(const std::stop_token& stop, Answer& answer) {
    const std::optional<DefinedAt> place = m_candidates.definition(answer.question, stop);
    if (!place) {
        return false;
    }
    answerWithDefinition(m_corpus, *place, answer);
    return true;
}

bool KnownAnswers::fromName(const std::stop_token& stop, Answer& answer) {
    const std::optional<NameQuestion> asked = nameQuestion(answer.question);
    return asked &&
           answerFromDefinitions(
               m_corpus, *asked, m_candidates.definitionsInSource(asked->name, stop), answer);
}

Result<bool> KnownAnswers::fromOptions(Answer& answer) {
    if (!asksForOption(answer.question)) {
        return false;
    }
    if (!m_options) {
        m_options = optionEntries(m_corpus);
    }
    const Result<PassageCounts> counts = m_candidates.countWords(answer.question);
    if (!counts.ok()) {
        return counts.error();
    }
    return answerFromOptions(m_corpus, *m_options, counts.value(), answer);
}

Result<bool> KnownAnswers::fromTurns(Answer& answer) {
    const WhoQuestion asked = whoQuestion(answer.question);
    if (asked.about.empty()) {
        return false;
    }
    const Result<std::vector<RankedPassage>> ranked = m_candidates.withWords(asked.about);
    if (!ranked.ok() || ranked.value().empty()) {
        return ranked.ok() ? Result<bool>(false) : Result<bool>(ranked.error());
    }
    const Result<double> held =
        m_candidates.coverage(asked.about, std::span(ranked.value()).first(1));
    if (!held.ok() || held.value() < (asked.isOwnDeed ? kDeedCoverage : kTurnCoverage)) {
        return held.ok() ? Result<bool>(false) : Result<bool>(held.error());
    }
    return answerFromTurns(m_corpus, asked, ranked.value(), answer);
}

const Overview& KnownAnswers::overview() {
    if (!m_overview) {
        m_overview = makeOverview(m_corpus);
    }
    return *m_overview;
}

bool KnownAnswers::answerOfWhole(const std::string& before, Answer& answer) {
    if (!askedTopic(before, overview())) {
        return false;
    }
    const std::string question = answer.question;
    answer.question = withoutConnective(question);
    const bool isKnown = answerFromOverview(overview(), answer);
    answer.question = question;
    return isKnown;
}

Result<bool> KnownAnswers::answer(const std::stop_token& stop, Answer& answer) {
    if (fromDefinition(stop, answer) || answerFromOverview(overview(), answer) ||
        fromName(stop, answer) || answerFromReleases(m_corpus, answer) ||
        answerFromRequirements(m_corpus, answer) || answerFromSection(m_corpus, answer)) {
        return true;
    }
    const Result<bool> option = fromOptions(answer);
    return !option.ok() || option.value() ? option : fromTurns(answer);
}

}  // namespace tl
