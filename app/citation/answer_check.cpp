// SPDX-License-Identifier: Apache-2.0
#include "app/citation/answer_check.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "ingest/place.h"

namespace tl {

namespace {

// The share of the question's worth that a passage has to say; docs/app.md has the measurement.
constexpr double kTopicShare = 0.5;
// As much of it has to stand near the answer's words: this many words before and behind them.
constexpr double kNearShare = 0.4;
constexpr size_t kNearWords = 12;
// The number of something stands as near to its name.
constexpr size_t kCountedWords = 4;
// An answer with as many words that the question does not say is a single name or value.
constexpr size_t kFewWords = 3;
// A short line before a passage is its heading.
constexpr int64_t kMaxHeadingBytes = 80;

bool saysName(const std::vector<Word>& words, const std::string& fileName) {
    return findRun(words, splitWords(fileName)) >= 0 ||
           findRun(words, splitWords(fileName.substr(fileName.rfind('/') + 1))) >= 0;
}

void eraseFileName(std::vector<Word>& words, const std::string& fileName) {
    eraseRun(words, splitWords(fileName));
    eraseRun(words, splitWords(fileName.substr(fileName.rfind('/') + 1)));
}

std::string_view textOf(const Document& document, int64_t begin, int64_t end) {
    return std::string_view(document.text)
        .substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
}

std::string speakerAt(const Document& document, int64_t byte) {
    const Unit* unit = unitAt(document, byte);
    if (unit == nullptr) {
        return "";
    }
    return unit->kind == UnitKind::kCue       ? unit->label
           : unit->kind == UnitKind::kMessage ? unit->from
                                              : "";
}

// Whether a speaker is meant by these words: all of them are of the name.
bool isNameOf(const std::vector<Word>& words, const std::string& speaker) {
    const std::vector<Word> name = splitWords(speaker);
    return !words.empty() &&
           std::ranges::all_of(words, [&](const Word& word) { return findRun(name, {word}) >= 0; });
}

bool isSpeakerOf(const Document& document, const std::vector<Word>& words) {
    return std::ranges::any_of(document.units, [&](const Unit& unit) {
        const std::string& name = unit.kind == UnitKind::kMessage ? unit.from : unit.label;
        return (unit.kind == UnitKind::kCue || unit.kind == UnitKind::kMessage) &&
               isNameOf(words, name);
    });
}

// What stands over a passage and says what it is about: headings around it, and the short line or
// the sentence with a colon before it. In code the line before is another statement, in a talk or a
// mail what somebody else says.
std::string headOf(const Document& document, const Passage& passage) {
    std::string head;
    for (const Symbol& symbol : document.symbols) {
        if (symbol.kind == SymbolKind::kHeading && symbol.begin <= passage.begin &&
            passage.begin < symbol.end) {
            head += symbol.name + "\n";
        }
    }
    const std::string& text = document.text;
    const bool hasLead = document.kind != DocumentKind::kCode && document.units.empty();
    const size_t end = passage.begin == 0 || !hasLead
                           ? std::string::npos
                           : text.find_last_not_of(" \t\n", static_cast<size_t>(passage.begin) - 1);
    if (end == std::string::npos) {
        return head;
    }
    const int64_t line = document.lines.position(static_cast<int64_t>(end)).line;
    const int64_t begin = document.lines.lineBegin(line);
    const bool isShort = document.lines.lineEnd(line) - begin <= kMaxHeadingBytes;
    if (text[end] == ':' || (isShort && text[end] != '.')) {
        head += textOf(document, begin, document.lines.lineEnd(line));
    }
    return head;
}

bool opensEntry(std::string_view line) {
    const size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return false;
    }
    line.remove_prefix(first);
    const size_t digits = line.find_first_not_of("0123456789");
    const bool isNumbered = digits != 0 && digits != std::string_view::npos &&
                            (line[digits] == '.' || line[digits] == ')');
    return line[0] == '-' || line[0] == '*' || line[0] == '+' || line[0] == '|' || isNumbered;
}

bool isComment(std::string_view line) {
    const size_t first = line.find_first_not_of(" \t");
    return first != std::string_view::npos &&
           (line.substr(first, 2) == "//" || line[first] == '#' || line[first] == '*' ||
            line.substr(first, 2) == "/*");
}

struct Lines {
    int64_t begin = 0;  // byte range
    int64_t end = 0;
};

// A passage as the entries of a list, or lines of code with the comments above them; one entry
// where it is neither.
std::vector<Lines> entriesOf(const Document& document, const Passage& passage) {
    std::vector<Lines> entries = {{passage.begin, passage.begin}};
    const bool isCode = document.kind == DocumentKind::kCode;
    bool followsComment = false;
    for (int64_t line = document.lines.position(passage.begin).line;
         line <= document.lines.lineCount() && document.lines.lineBegin(line) < passage.end;
         ++line) {
        const int64_t begin = std::max(passage.begin, document.lines.lineBegin(line));
        const int64_t end = std::min(passage.end, document.lines.lineEnd(line));
        const std::string_view text = textOf(document, begin, end);
        const bool opens = isCode ? !followsComment : opensEntry(text);
        if (opens && begin > entries.back().begin) {
            entries.push_back({begin, end});
        }
        entries.back().end = end;
        followsComment = isComment(text);
    }
    return entries;
}

// The words of a passage from some before a match to some after it.
std::vector<Word> wordsAround(const Document& document, const Found& found, size_t beside) {
    const std::vector<Word> words = passageWords(document, found.passage);
    const auto begin =
        std::ranges::find_if(words, [&](const Word& word) { return word.end > found.match.begin; });
    const auto end = std::find_if(
        begin, words.end(), [&](const Word& word) { return word.begin >= found.match.end; });
    const auto before = std::min(begin - words.begin(), static_cast<std::ptrdiff_t>(beside));
    const auto behind = std::min(words.end() - end, static_cast<std::ptrdiff_t>(beside));
    return {begin - before, end + behind};
}

bool hasDigit(const std::vector<Word>& words) {
    return std::ranges::any_of(words, [](const Word& word) {
        return word.folded.find_first_of("0123456789") != std::string::npos;
    });
}

}  // namespace

AnswerCheck::AnswerCheck(const Corpus& corpus,
                         DefinitionSearch& definitions,
                         const QuestionTopic& topic,
                         std::string_view answer)
    : m_corpus(corpus)
    , m_definitions(definitions)
    , m_question(topic.question())
    , m_answer(answer)
    , m_answerWords(splitWords(answer))
    , m_questionFacts(factWords(splitWords(m_question)))
    , m_topic(topic)
    , m_demand(demandOf(m_question))
    , m_isDefinition(m_demand.definition || claimsDefinition(answer)) {}

const Document& AnswerCheck::documentOf(const Passage& passage) const {
    return fullDocument(m_corpus.files[static_cast<size_t>(passage.document)].document);
}

std::vector<Found> AnswerCheck::check(std::span<const RankedPassage> candidates) {
    std::vector<Found> found;
    if (m_isDefinition) {
        findDefinitions(found);
    }
    findNamedFiles(found);
    for (const RankedPassage& candidate : candidates) {
        found.push_back(checkPassage(candidate));
    }
    return found;
}

// The words that a citation has to show: the answer's without the file's and the speaker's names,
// which the citation says.
std::vector<Word> AnswerCheck::wantedIn(const Document& document, const Passage& passage) const {
    std::vector<Word> words = m_answerWords;
    eraseFileName(words, document.name);
    eraseRun(words, splitWords(speakerAt(document, passage.begin)));
    trimFunctionWords(words);
    return words;
}

Found AnswerCheck::checkPassage(const RankedPassage& candidate) const {
    const Document& read =
        m_corpus.files[static_cast<size_t>(candidate.passage->document)].document;
    Found found;
    found.passage = fullPassage(read, *candidate.passage);
    const Document& document = documentOf(found.passage);
    const std::vector<Word> wanted = wantedIn(document, found.passage);
    found.match = matchPassage(document, found.passage, wanted, m_questionFacts);
    std::vector<Word> said = m_answerWords;
    trimFunctionWords(said);
    const bool isSpeaker = isNameOf(said, speakerAt(document, found.passage.begin));
    if (factWords(wanted).empty() && isSpeaker) {
        found.match.share = 1;
    }
    found.state = found.match.share == 1 ? stateOf(document, found) : CitationState::kNotFound;
    return found;
}

// The answer's words are there; do they answer the question?
CitationState AnswerCheck::stateOf(const Document& document, const Found& found) const {
    const bool isForeignDefinition =
        m_isDefinition && !m_defined.empty() && !isDefinedIn(found.passage);
    const bool claimsFile = claimsDefinition(m_answer) && !isDefinedIn(found.passage);
    const bool isTooLittle = m_demand.deed && addedWords() < 2 &&
                             std::ranges::none_of(m_answerWords, [](const Word& word) {
                                 return word.dashes > 0 || word.isName;
                             });
    if (isForeignDefinition || claimsFile || isTooLittle || !meets(m_demand, m_answerWords) ||
        !isSpeakersOwnTurn(document, found) || !isAboutQuestion(document, found) ||
        !isNearQuestion(document, found) || !countsWhatIsAsked(document, found) ||
        !isInBestEntry(document, found)) {
        return CitationState::kElsewhere;
    }
    return CitationState::kVerified;
}

bool AnswerCheck::isSpeakersOwnTurn(const Document& document, const Found& found) const {
    std::vector<Word> said = m_answerWords;
    trimFunctionWords(said);
    return !m_demand.speaker || !isSpeakerOf(document, said) ||
           isNameOf(said, speakerAt(document, found.match.begin));
}

bool AnswerCheck::isAboutQuestion(const Document& document, const Found& found) const {
    const auto isAsked = [&](const std::string& stem) { return m_topic.says(stem); };
    if (std::ranges::all_of(stemsOf(m_answerWords), isAsked) && !m_questionFacts.empty() &&
        !m_demand.yesOrNo) {
        return false;  // It says what the question said.
    }
    StemSet stems = frameOf(document, found.passage);
    stems.merge(stemsOf(passageWords(document, found.passage)));
    return m_topic.saysNames(stems) && m_topic.share(stems) > kTopicShare;
}

StemSet AnswerCheck::frameOf(const Document& document, const Passage& passage) const {
    StemSet stems = stemsOf(splitWords(document.name));
    stems.merge(stemsOf(splitWords(headOf(document, passage))));
    stems.merge(stemsOf(splitWords(speakerAt(document, passage.begin))));
    return stems;
}

// Words that the answer says and the question does not.
size_t AnswerCheck::addedWords() const {
    return static_cast<size_t>(std::ranges::count_if(
        stemsOf(m_answerWords), [&](const std::string& stem) { return !m_topic.says(stem); }));
}

// A long passage may speak of the question in one place and say the answer's words in another.
bool AnswerCheck::isNearQuestion(const Document& document, const Found& found) const {
    StemSet stems = frameOf(document, found.passage);
    stems.merge(stemsOf(wordsAround(document, found, kNearWords)));
    return m_topic.share(stems) >= kNearShare;
}

// "How many pages?" is answered neither by "40 %" nor by "600 dots", nor by a number beside which
// no pages stand.
bool AnswerCheck::countsWhatIsAsked(const Document& document, const Found& found) const {
    if (m_demand.counted.empty()) {
        return true;
    }
    StemSet counted;
    for (const std::string& word : m_demand.counted) {
        counted.insert(stemOf(word));
    }
    const auto isCounted = [&](const std::string& stem) { return counted.contains(stem); };
    const StemSet answer = stemsOf(m_answerWords);
    const bool saysOther = std::ranges::any_of(answer, [&](const std::string& stem) {
        return stem.find_first_of("0123456789") == std::string::npos && !m_topic.says(stem);
    });
    const bool isShare = m_answer.find('%') != std::string_view::npos || answer.contains("percent");
    return std::ranges::any_of(answer, isCounted) ||
           (!saysOther && !isShare &&
            std::ranges::any_of(stemsOf(wordsAround(document, found, kCountedWords)), isCounted));
}

// In a list, and among lines of code where a number is asked for, a single name or value belongs to
// its own entry: another one that says more of the question speaks against it.
bool AnswerCheck::isInBestEntry(const Document& document, const Found& found) const {
    const FactWords facts = factWords(wantedIn(document, found.passage));
    const bool isCode = document.kind == DocumentKind::kCode;
    if (addedWords() > kFewWords || (isCode && !hasDigit(m_answerWords))) {
        return true;
    }
    double own = 0;
    double best = 0;
    if (facts.empty()) {
        return true;  // All is said by who speaks here.
    }
    for (const Lines& entry : entriesOf(document, found.passage)) {
        const std::vector<Word> words = splitWords(textOf(document, entry.begin, entry.end));
        const double share = m_topic.share(stemsOf(words));
        const bool saysAnswer = std::ranges::any_of(
            facts, [&](const auto& fact) { return findRun(words, {fact.second}) >= 0; });
        double& side = saysAnswer ? own : best;
        side = std::max(side, share);
    }
    return own >= best;
}

// Names of code in the question; where it says none, all its words, of which the index knows those
// that are defined.
std::vector<std::string> AnswerCheck::askedNames() const {
    const std::vector<Word> words = m_demand.definition ? splitWords(m_question) : m_answerWords;
    const std::string_view text = m_demand.definition ? m_question : m_answer;
    std::vector<std::string> names;
    std::vector<std::string> others;
    for (const Word& word : words) {
        const std::string written(text.substr(static_cast<size_t>(word.begin),
                                              static_cast<size_t>(word.end - word.begin)));
        const bool isName =
            word.isName || (word.letterCase != LetterCase::kLower && word.begin > 0);
        if (!isFunctionWord(word.folded)) {
            (isName ? names : others).push_back(written);
        }
    }
    return names.empty() ? others : names;
}

void AnswerCheck::findDefinitions(std::vector<Found>& found) {
    for (const std::string& name : askedNames()) {
        std::vector<int64_t> files;
        for (int64_t file = 0; file < std::ssize(m_corpus.files); ++file) {
            const Document& document =
                fullDocument(m_corpus.files[static_cast<size_t>(file)].document);
            if (document.text.find(name) != std::string::npos) {
                files.push_back(file);
            }
        }
        m_definitions.parse(files, {});
        for (const DefinitionSearch::Found& place : m_definitions.find(name)) {
            m_defined.push_back(place);
        }
    }
    for (const DefinitionSearch::Found& place : m_defined) {
        const Document& document =
            fullDocument(m_corpus.files[static_cast<size_t>(place.file)].document);
        if (saysName(m_answerWords, document.name) && saysOnlyThePlace(document, place.line)) {
            const int64_t begin = document.lines.lineBegin(place.line);
            const int64_t end = document.lines.lineEnd(place.line);
            found.push_back({{begin, end, 1, /*isVerbatim=*/true},
                             {place.file, begin, end, place.line, place.line},
                             /*isNamed=*/true,
                             CitationState::kVerified});
        }
    }
}

bool AnswerCheck::isDefinedIn(const Passage& passage) const {
    return std::ranges::any_of(m_defined, [&](const DefinitionSearch::Found& place) {
        const LineIndex& lines = documentOf(passage).lines;
        return place.file == passage.document && lines.lineBegin(place.line) < passage.end &&
               passage.begin < lines.lineEnd(place.line);
    });
}

// Beyond the file and what the defining line says, the answer may name the line itself.
bool AnswerCheck::saysOnlyThePlace(const Document& document, int64_t line) const {
    std::vector<Word> rest = m_answerWords;
    eraseFileName(rest, document.name);
    const std::vector<Word> there =
        splitWords(textOf(document, document.lines.lineBegin(line), document.lines.lineEnd(line)));
    return std::ranges::all_of(rest, [&](const Word& word) {
        return isFunctionWord(word.folded) || m_topic.says(stemOf(word.folded)) ||
               word.folded == std::to_string(line) || word.folded == "line" ||
               word.folded == "file" || claimsDefinition(word.folded + " in") ||
               findRun(there, {word}) >= 0;
    });
}

// For an answer that is a file's name: the lines of that file that come nearest to the question.
// Such an answer holds where a place or a file is asked for, and for definitions only where the
// index says so (findDefinitions()).
void AnswerCheck::findNamedFiles(std::vector<Found>& found) const {
    for (const CorpusFile& file : m_corpus.files) {
        const Document& document = fullDocument(file.document);
        std::vector<Word> rest = m_answerWords;
        eraseFileName(rest, document.name);
        if (file.passages.empty() || !saysName(m_answerWords, document.name) ||
            !factWords(rest).empty()) {
            continue;
        }
        std::optional<Found> best;
        double bestShare = -1;
        for (const Passage& read : file.passages) {
            Found each;
            each.passage = fullPassage(file.document, read);
            const double share = m_topic.share(stemsOf(passageWords(document, each.passage)));
            if (share > bestShare) {
                bestShare = share;
                each.match = matchPassage(document, each.passage, {}, m_questionFacts);
                best = each;
            }
        }
        const bool isAsked = m_demand.place && !m_isDefinition;
        best->match.share = 1;
        best->isNamed = true;
        best->state = isAsked && isAboutQuestion(document, *best) ? CitationState::kVerified
                                                                  : CitationState::kElsewhere;
        found.push_back(*best);
    }
}

}  // namespace tl
