// SPDX-License-Identifier: Apache-2.0
#include "app/project/stored_answer.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "app/answer/question_language.h"
#include "app/wording.h"

namespace tl {

namespace {

using Json = nlohmann::json;

// Before the lines of a citation whose file is looked up by them.
constexpr std::string_view kLine = "line ";

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

CitationState stateOf(int64_t standing) {
    return standing == standingOf(CitationState::kVerified)    ? CitationState::kVerified
           : standing == standingOf(CitationState::kElsewhere) ? CitationState::kElsewhere
                                                               : CitationState::kNotFound;
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
    kept.place = citation.place.empty()
                     ? std::string(kLine) + lineRange(citation.startLine, citation.endLine)
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

// The details of a turn; a file comes from anybody, so what is of another kind is as good as not
// there.
class TurnDetails {
public:
    explicit TurnDetails(const std::string& text)
        : m_json(Json::parse(text, nullptr, /*allow_exceptions=*/false)) {}
    explicit TurnDetails(Json json) : m_json(std::move(json)) {}

    bool hasInteger(const char* name) const {
        const auto member = m_json.find(name);
        return member != m_json.end() && member->is_number_integer();
    }
    int64_t integer(const char* name) const {
        const auto member = m_json.find(name);
        return member != m_json.end() && member->is_number_integer() ? member->get<int64_t>() : 0;
    }
    double number(const char* name) const {
        const auto member = m_json.find(name);
        return member != m_json.end() && member->is_number() ? member->get<double>() : 0;
    }
    bool flag(const char* name) const {
        const auto member = m_json.find(name);
        return member != m_json.end() && member->is_boolean() && member->get<bool>();
    }
    std::optional<std::string> text(const char* name) const {
        const auto member = m_json.find(name);
        return member != m_json.end() && member->is_string()
                   ? std::optional(member->get<std::string>())
                   : std::nullopt;
    }

    std::vector<TurnDetails> list(const char* name) const {
        std::vector<TurnDetails> list;
        const auto member = m_json.find(name);
        if (member != m_json.end() && member->is_array()) {
            for (const Json& each : *member) {
                list.emplace_back(each);
            }
        }
        return list;
    }

private:
    Json m_json;
};

// The lines that a place in words names: "line 3-4". None of other places.
std::optional<std::pair<int64_t, int64_t>> linesIn(std::string_view place) {
    if (!place.starts_with(kLine)) {
        return std::nullopt;
    }
    place.remove_prefix(kLine.size());
    const char* end = place.data() + place.size();
    int64_t first = 0;
    const auto [behind, failure] = std::from_chars(place.data(), end, first);
    if (failure != std::errc()) {
        return std::nullopt;
    }
    int64_t last = first;
    if (behind != end && *behind == '-') {
        std::from_chars(behind + 1, end, last);
    }
    return std::pair(first, last);
}

const CorpusFile* fileNamed(const Corpus& corpus, const std::string& name) {
    const auto found =
        std::find_if(corpus.files.begin(), corpus.files.end(), [&](const CorpusFile& file) {
            return fullDocument(file.document).name == name;
        });
    return found == corpus.files.end() ? nullptr : &*found;
}

Citation citationOf(const StoredCitation& kept, const Corpus& corpus) {
    Citation citation;
    citation.file = kept.name;
    citation.quote = kept.quote;
    citation.state = stateOf(kept.standing);
    const auto shown = linesIn(kept.place);
    if (shown) {
        citation.startLine = shown->first;
        citation.endLine = shown->second;
    } else {
        citation.place = kept.place;
    }
    const CorpusFile* file = fileNamed(corpus, kept.name);
    if (file == nullptr || kept.begin < 0 || kept.end <= kept.begin) {
        return citation;
    }
    const Document& full = fullDocument(file->document);
    if (kept.end <= std::ssize(full.text) &&
        full.text.compare(static_cast<size_t>(kept.begin), kept.quote.size(), kept.quote) == 0) {
        citation.startLine = full.lines.position(kept.begin).line;
        citation.endLine = full.lines.position(kept.end - 1).line;
    }
    return citation;
}

}  // namespace

Answer answerOf(const StoredTurn& turn, const Corpus& corpus) {
    const TurnDetails details(turn.details);
    Answer answer;
    answer.question = turn.question;
    answer.text = turn.answer;
    answer.look = details.integer("look") == 2 ? Look::kSecond : Look::kFirst;
    answer.firstLook = details.text("first_look");
    answer.isCut = details.flag("cut");
    answer.isRepeating = details.flag("repeating");
    answer.isFollowUp = details.hasInteger("parent");
    answer.tokensEvaluated = details.integer("tokens_evaluated");
    answer.seconds = details.number("seconds");
    answer.tokensRead = turn.position;
    answer.tokensTotal = std::max(turn.position, details.integer("tokens_total"));
    answer.language = foreignLanguage(turn.question);
    for (const TurnDetails& kept : details.list("hits")) {
        SearchHit hit;
        hit.file = kept.text("file").value_or("");
        hit.line = kept.integer("line");
        hit.place = kept.text("place").value_or("");
        hit.text = kept.text("text").value_or("");
        hit.isDefinition = kept.flag("definition");
        answer.hits.push_back(std::move(hit));
    }
    for (const StoredCitation& citation : turn.citations) {
        answer.citations.push_back(citationOf(citation, corpus));
    }
    return answer;
}

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
                    {"tokens_total", answer.tokensTotal},
                    {"tokens_evaluated", answer.tokensEvaluated},
                    {"seconds", answer.seconds}};
    if (answer.firstLook) {
        details["first_look"] = *answer.firstLook;
    }
    details["parent"] = basis.parent ? Json(*basis.parent) : Json(nullptr);
    for (const SearchHit& hit : answer.hits) {
        details["hits"].push_back({{"file", hit.file},
                                   {"line", hit.line},
                                   {"place", hit.place},
                                   {"text", hit.text},
                                   {"definition", hit.isDefinition}});
    }
    turn.details = details.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
    for (const Citation& citation : answer.citations) {
        turn.citations.push_back(storedCitation(citation, corpus, stored));
    }
    return turn;
}

}  // namespace tl
