// SPDX-License-Identifier: Apache-2.0
#include "app/answer/surest_answer.h"

#include <algorithm>
#include <cassert>
#include <vector>

#include "app/citation/text_words.h"

namespace tl {

namespace {

bool saySame(const std::vector<Word>& a, const std::vector<Word>& b) {
    if (a.empty() || b.empty()) {
        return a.empty() && b.empty();
    }
    return findRun(a, b) >= 0 || findRun(b, a) >= 0;
}

bool isSurer(const GeneratedAnswer& a, const GeneratedAnswer& b) {
    return a.isRepeating != b.isRepeating ? b.isRepeating
                                          : a.meanLogProbability >= b.meanLogProbability;
}

}  // namespace

SurestAnswer chooseSurest(std::span<const GeneratedAnswer> answers) {
    assert(!answers.empty());
    SurestAnswer surest;
    for (size_t i = 1; i < answers.size(); ++i) {
        surest.index = isSurer(answers[i], answers[surest.index]) ? i : surest.index;
    }
    const GeneratedAnswer& chosen = answers[surest.index];
    const std::vector<Word> words = splitWords(chosen.text);
    AnswerSurety& surety = surest.surety;
    surety.readings = std::ssize(answers);
    surety.agreeing = 0;
    surety.logProbability = chosen.meanLogProbability;
    for (const GeneratedAnswer& answer : answers) {
        surety.agreeing += saySame(words, splitWords(answer.text)) ? 1 : 0;
        if (answer.refusalLogProbability) {
            const double margin = surety.logProbability - *answer.refusalLogProbability;
            surety.margin = std::min(margin, surety.margin.value_or(margin));
        }
    }
    return surest;
}

bool isUnknown(const AnswerSurety& surety, const AnswerSettings& settings) {
    return surety.agreeing == 1 && surety.margin && *surety.margin < settings.knownMargin;
}

bool isSure(const AnswerSurety& surety, const AnswerSettings& settings) {
    if (surety.readings == 1) {
        return surety.logProbability >= settings.sureAlone;
    }
    if (surety.agreeing >= 3) {
        return surety.logProbability >= settings.sureOfThree;
    }
    return surety.agreeing == 2 && surety.logProbability >= settings.sureOfTwo &&
           surety.margin.value_or(0) >= settings.sureMargin;
}

}  // namespace tl
