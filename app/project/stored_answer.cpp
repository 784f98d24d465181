// SPDX-License-Identifier: Apache-2.0
#include "app/project/stored_answer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "app/wording.h"

namespace tl {

namespace {

using Json = nlohmann::json;

// Stored, so the numbers stay.
int64_t standingOf(CitationState state) {
    switch (state) {
        case CitationState::kVerified:
            return 1;
        case CitationState::kElsewhere:
            return 2;
        case CitationState::kNotFound:
            break;
    }
    return 3;
}

std::string samplerText(const Sampling& sampling) {
    if (sampling.temperature <= 0) {
        return "greedy, repetition penalty " + Json(sampling.repetitionPenalty).dump();
    }
    return "temperature " + Json(sampling.temperature).dump() + ", top-k " +
           std::to_string(sampling.topK) + ", top-p " + Json(sampling.topP).dump() + ", min-p " +
           Json(sampling.minP).dump() + ", repetition penalty " +
           Json(sampling.repetitionPenalty).dump();
}

// The question's own tokens, four bytes each, as the machine has them: little-endian on all that
// the program runs on.
std::string promptBytes(const Question& question) {
    const auto& ids = question.turn.ids;
    return {reinterpret_cast<const char*>(ids.data()), ids.size() * sizeof ids[0]};
}

StoredCitation storedCitation(const Citation& citation,
                              const Corpus& corpus,
                              const StoredCorpus& stored) {
    StoredCitation kept;
    kept.name = citation.file;
    kept.standing = standingOf(citation.state);
    kept.quote = citation.quote;
    kept.place = citation.place.empty() ? "line " + lineRange(citation.startLine, citation.endLine)
                                        : citation.place;
    for (const StoredDocument& document : stored.documents) {
        kept.document = document.name == citation.file ? document.id : kept.document;
    }
    for (const CorpusFile& file : corpus.files) {
        const Document& full = fullDocument(file.document);
        if (full.name != citation.file || citation.startLine < 1 ||
            citation.startLine > full.lines.lineCount()) {
            continue;
        }
        const size_t found = full.text.find(
            citation.quote, static_cast<size_t>(full.lines.lineBegin(citation.startLine)));
        if (found != std::string::npos) {
            kept.begin = static_cast<int64_t>(found);
            kept.end = kept.begin + std::ssize(citation.quote);
        }
    }
    return kept;
}

}  // namespace

StoredTurn storedTurn(const Question& question,
                      const Answer& answer,
                      const AnswerBasis& basis,
                      const Corpus& corpus,
                      const StoredCorpus& stored) {
    StoredTurn turn;
    turn.question = question.text;
    turn.answer = answer.text;
    turn.position = basis.position;
    turn.prompt = promptBytes(question);
    turn.sampler = samplerText(basis.options.sampling);
    turn.seed = basis.options.sampling.seed;
    turn.fingerprint = basis.fingerprint;
    turn.versions = "throughline " TL_VERSION;
    Json details = {{"look", answer.look == Look::kSecond ? 2 : 1},
                    {"second_look", basis.options.secondLook},
                    {"max_tokens", basis.options.maxTokens},
                    {"cut", answer.isCut},
                    {"repeating", answer.isRepeating},
                    {"tokens_evaluated", answer.tokensEvaluated},
                    {"seconds", answer.seconds}};
    if (answer.firstLook) {
        details["first_look"] = *answer.firstLook;
    }
    turn.details = details.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
    for (const Citation& citation : answer.citations) {
        turn.citations.push_back(storedCitation(citation, corpus, stored));
    }
    return turn;
}

}  // namespace tl
