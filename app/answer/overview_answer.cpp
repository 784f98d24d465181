// SPDX-License-Identifier: Apache-2.0
#include "app/answer/overview_answer.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "app/answer/question_kind.h"
#include "app/citation/text_words.h"
#include "app/wording.h"
#include "ingest/document.h"

namespace tl {

namespace {

using Names = std::span<const std::string_view>;

// How a question asks for a topic: how it begins, and a word that says what it wants. `beside` are
// words that may stand there and change nothing.
struct TopicWords {
    OverviewTopic topic;
    Names begins;
    Names wants;
    Names beside;
};

constexpr auto kWhich = std::to_array<std::string_view>({"what", "which", "under", "in", "is"});
constexpr auto kHow = std::to_array<std::string_view>({"how"});
constexpr auto kWho = std::to_array<std::string_view>({"who"});

constexpr auto kLicenceWants = std::to_array<std::string_view>(
    {"licence", "license", "licences", "licenses", "licensed", "licenced"});
constexpr auto kLicenceBeside = std::to_array<std::string_view>({"conditions",
                                                                 "copyright",
                                                                 "distributed",
                                                                 "kind",
                                                                 "may",
                                                                 "published",
                                                                 "released",
                                                                 "terms",
                                                                 "type",
                                                                 "use",
                                                                 "used",
                                                                 "uses"});
constexpr auto kVersionWants = std::to_array<std::string_view>({"version", "release"});
constexpr auto kVersionBeside =
    std::to_array<std::string_view>({"current", "latest", "number", "present"});
constexpr auto kBuildWants = std::to_array<std::string_view>({"build",
                                                              "built",
                                                              "compile",
                                                              "compiled",
                                                              "install",
                                                              "installed",
                                                              "installing",
                                                              "building",
                                                              "compiling"});
constexpr auto kBuildBeside = std::to_array<std::string_view>({"computer", "machine", "system"});
constexpr auto kAuthorWants = std::to_array<std::string_view>({"author",
                                                               "authors",
                                                               "contributed",
                                                               "contributors",
                                                               "created",
                                                               "developed",
                                                               "developers",
                                                               "develops",
                                                               "made",
                                                               "maintainer",
                                                               "maintainers",
                                                               "maintains",
                                                               "maintain",
                                                               "programmed",
                                                               "written",
                                                               "wrote"});
constexpr auto kAuthorBeside =
    std::to_array<std::string_view>({"currently", "now", "original", "present", "today"});
constexpr auto kSpeakerWants = std::to_array<std::string_view>(
    {"participants", "speakers", "speaks", "spoke", "talking", "talks"});

constexpr auto kLanguageWants = std::to_array<std::string_view>({"language", "languages"});
constexpr auto kLanguageBeside = std::to_array<std::string_view>(
    {"coded", "implemented", "programming", "use", "used", "uses", "written", "made"});
constexpr auto kFolderWants =
    std::to_array<std::string_view>({"directories", "directory", "folders", "layout", "structure"});
constexpr auto kFolderBeside = std::to_array<std::string_view>(
    {"important", "looks", "organised", "organized", "root", "top"});

constexpr auto kTopics = std::to_array<TopicWords>({
    {OverviewTopic::kLicence, kWhich, kLicenceWants, kLicenceBeside},
    {OverviewTopic::kVersion, kWhich, kVersionWants, kVersionBeside},
    {OverviewTopic::kBuild, kHow, kBuildWants, kBuildBeside},
    {OverviewTopic::kAuthors, kWho, kAuthorWants, kAuthorBeside},
    {OverviewTopic::kSpeakers, kWho, kSpeakerWants, {}},
    {OverviewTopic::kLanguages, kWhich, kLanguageWants, kLanguageBeside},
    {OverviewTopic::kFolders, kWhich, kFolderWants, kFolderBeside},
});

bool holds(Names names, std::string_view word) {
    return std::ranges::find(names, word) != names.end();
}

bool asksFor(const std::vector<Word>& words, Names wanted) {
    return std::ranges::any_of(words, [&](const Word& word) { return holds(wanted, word.folded); });
}

const OverviewSection* sectionOf(const Overview& overview, OverviewTopic topic) {
    const auto found = std::ranges::find(overview.sections, topic, &OverviewSection::topic);
    return found == overview.sections.end() ? nullptr : &*found;
}

// The words of the corpus's name: as its metadata say, and a name that what it says of itself
// begins with ("FIGlet can create...", "The Tern library is...").
std::set<std::string> wordsOfName(const Overview& overview) {
    std::set<std::string> names;
    for (const Word& word : splitWords(overview.project)) {
        names.insert(word.folded);
    }
    const OverviewSection* about = sectionOf(overview, OverviewTopic::kAbout);
    const std::vector<Word> words =
        about == nullptr ? std::vector<Word>() : splitWords(about->statements.front().text);
    const auto first =
        std::ranges::find_if(words, [](const Word& word) { return !isFunctionWord(word.folded); });
    if (first != words.end() && first - words.begin() <= 1 &&
        first->letterCase != LetterCase::kLower) {
        names.insert(first->folded);
    }
    return names;
}

// "What is NAME?", "What does NAME do?", "What is NAME for?", "What is this NOUN about?"
bool asksWhatItIs(const std::vector<Word>& words, const std::set<std::string>& names) {
    if (words.size() < 3 || words[0].folded != "what") {
        return false;
    }
    const bool asksThis = words.size() == 5 && words[1].folded == "is" &&
                          words[2].folded == "this" && words[4].folded == "about";
    size_t ofName = 0;
    for (const Word& word : words) {
        const bool isName = names.contains(word.folded);
        ofName += isName ? 1 : 0;
        if (!isName && !isFunctionWord(word.folded)) {
            return asksThis;
        }
    }
    return asksThis || ofName > 0;
}

// "How many files are there?"
bool asksHowManyFiles(std::string_view question) {
    const std::vector<Word> words = splitWords(question);
    return words.size() > 2 && words[0].folded == "how" && words[1].folded == "many" &&
           words[2].folded == "files" && std::ranges::all_of(words, [](const Word& word) {
               return isFunctionWord(word.folded) || word.folded == "many" ||
                      isWordForWhole(word.folded);
           });
}

std::string sentenceOf(const OverviewStatement& statement) {
    std::string text = statement.name;
    if (!statement.text.empty()) {
        text += (text.empty() ? "" : ": ") + statement.text;
    }
    // "the largest:" goes on with the file's name.
    return text.ends_with(':') ? text + " " + statement.where.file : text;
}

bool mentions(const OverviewStatement& statement, std::string_view word) {
    return sentenceOf(statement).find(word) != std::string::npos;
}

// The statements that the question asks for, in its order: those that install first for "How do I
// install it?", maintainers alone for "Who maintains it?".
std::vector<OverviewStatement> chosen(const OverviewSection& section, std::string_view question) {
    constexpr size_t kMost = 4;
    std::vector<OverviewStatement> statements;
    for (const OverviewStatement& statement : section.statements) {
        // A document's property quotes nothing; what is counted over files needs no lines.
        const bool isCounted =
            section.topic == OverviewTopic::kLanguages || section.topic == OverviewTopic::kFolders;
        if (isCounted || (statement.where.startLine > 0 && !statement.where.quote.empty())) {
            statements.push_back(statement);
        }
    }
    const std::vector<Word> words = splitWords(question);
    if (section.topic == OverviewTopic::kBuild) {
        const bool isInstall = std::ranges::any_of(
            words, [](const Word& word) { return word.folded.starts_with("install"); });
        std::stable_partition(
            statements.begin(), statements.end(), [&](const OverviewStatement& statement) {
                return mentions(statement, "install") == isInstall;
            });
    } else if (section.topic == OverviewTopic::kAuthors) {
        const bool isMaintained = std::ranges::any_of(
            words, [](const Word& word) { return word.folded.starts_with("maint"); });
        if (isMaintained) {
            std::erase_if(statements, [](const OverviewStatement& statement) {
                return !mentions(statement, "maint");
            });
        }
    } else if (section.topic == OverviewTopic::kAbout && statements.size() > 2) {
        statements.resize(2);
    }
    statements.resize(std::min(statements.size(), kMost));
    return statements;
}

Citation citationOf(const OverviewPlace& where) {
    Citation citation;
    static_cast<PlaceInFile&>(citation) = where;
    citation.file = where.file;
    citation.startLine = where.startLine;
    citation.endLine = where.endLine;
    citation.quote = where.quote;
    citation.state = CitationState::kVerified;
    citation.foundBy.overview = true;
    return citation;
}

}  // namespace

std::optional<OverviewTopic> askedTopic(std::string_view question, const Overview& overview) {
    const std::vector<Word> words = splitWords(question);
    const std::set<std::string> names = wordsOfName(overview);
    for (const TopicWords& topic : kTopics) {
        if (words.empty() || !holds(topic.begins, words.front().folded) ||
            !asksFor(words, topic.wants)) {
            continue;
        }
        const bool isWhole = std::ranges::all_of(words, [&](const Word& word) {
            return isFunctionWord(word.folded) || holds(topic.begins, word.folded) ||
                   holds(topic.wants, word.folded) || holds(topic.beside, word.folded) ||
                   isWordForWhole(word.folded) || names.contains(word.folded);
        });
        return isWhole ? std::optional(topic.topic) : std::nullopt;
    }
    return asksAboutTheWhole(question) || asksWhatItIs(words, names)
               ? std::optional(OverviewTopic::kAbout)
               : std::nullopt;
}

bool answerFromOverview(const Overview& overview, Answer& answer) {
    if (asksHowManyFiles(answer.question)) {
        answer.text = counted(overview.files, "file", "files") + ", " +
                      counted(overview.tokens, "token", "tokens");
        return true;
    }
    const std::optional<OverviewTopic> topic = askedTopic(answer.question, overview);
    const OverviewSection* section = topic ? sectionOf(overview, *topic) : nullptr;
    if (section == nullptr) {
        return false;
    }
    const std::vector<OverviewStatement> statements = chosen(*section, answer.question);
    if (statements.empty()) {
        return false;
    }
    answer.text.clear();
    for (const OverviewStatement& statement : statements) {
        answer.text += (answer.text.empty() ? "" : "\n") + sentenceOf(statement);
        if (!statement.where.quote.empty()) {
            answer.citations.push_back(citationOf(statement.where));
        }
    }
    return true;
}

}  // namespace tl
