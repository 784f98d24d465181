// SPDX-License-Identifier: Apache-2.0
#include "app/overview/question_finder.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "app/citation/text_words.h"
#include "base/ascii.h"
#include "ingest/definitions.h"

namespace tl {

namespace {

constexpr size_t kMost = 3;
constexpr size_t kMinSectionBytes = 200;  // of a section that says something of its heading

using Questions = std::vector<OverviewQuestion>;

// The title of a README, where it is a name.
bool namesProject(const std::string& title) {
    return std::ssize(splitWords(title)) <= 2 && title.size() <= 30 && !isPlainHeading(title) &&
           asciiLower(title) != "readme";
}

class QuestionFinder {
public:
    QuestionFinder(const OverviewFacts& facts, const std::vector<OverviewSection>& sections)
        : m_facts(facts), m_sections(sections), m_project(findProjectName(facts)) {
        if (m_project.empty()) {
            m_project = documentsOfTextCorpus(facts).empty() ? "this project" : "this document";
        }
    }

    Questions find() {
        if (section(OverviewTopic::kSpeakers) != nullptr) {
            addSpeakers();
        }
        const bool isProject =
            !m_facts.metadata.empty() || section(OverviewTopic::kBuild) != nullptr;
        addAbout();
        if (isProject) {
            addBuild();
            addLicence();
            addVersion();
        }
        addHeadings();
        addAuthors();
        addFolder();
        m_questions.resize(std::min(m_questions.size(), kMost));
        return std::move(m_questions);
    }

private:
    const OverviewSection* section(OverviewTopic topic) const {
        const auto found = std::ranges::find(m_sections, topic, &OverviewSection::topic);
        return found == m_sections.end() ? nullptr : &*found;
    }

    void add(std::string text, const OverviewPlace& where) {
        m_questions.push_back({std::move(text), where});
    }

    // "What is jq?" where a sentence begins so.
    void addAbout() {
        const OverviewSection* about = section(OverviewTopic::kAbout);
        for (const OverviewStatement& statement :
             about == nullptr ? Statements() : about->statements) {
            const std::string lower = asciiLower(statement.text);
            // "zlib 1.2.13 is a library", "The tern library is a queue".
            const size_t at = lower.find(asciiLower(m_project));
            const size_t is = at == std::string::npos ? at : lower.find(" is a", at);
            const bool isBegin = at == 0 || (at < 12 && lower.starts_with("the "));
            if (statement.name == m_project || (isBegin && is < at + m_project.size() + 12)) {
                add("What is " + m_project + "?", statement.where);
                return;
            }
        }

        if (about != nullptr) {
            add("What is " + m_project + " about?", about->statements.front().where);
            return;
        }
        const OverviewSection* documents = section(OverviewTopic::kDocuments);
        if (documents != nullptr && documents->statements.size() == 1 && documents->leftOut == 0 &&
            !documents->statements.front().text.empty()) {
            add("What is this document about?", documents->statements.front().where);
        }
    }

    void addBuild() {
        const OverviewSection* build = section(OverviewTopic::kBuild);
        if (build == nullptr) {
            return;
        }
        const OverviewStatement& first = build->statements.front();
        const bool isInstall = first.name.find("install") != std::string::npos;
        // What a build file stands for is our knowledge; what a text says is the corpus's.
        if (first.text.empty()) {
            add("How is " + m_project + (isInstall ? " installed?" : " built?"), first.where);
        }
    }

    void addLicence() {
        if (const OverviewSection* licence = section(OverviewTopic::kLicence)) {
            add("Which licence does " + m_project + " have?", licence->statements.front().where);
        }
    }

    void addVersion() {
        if (const OverviewSection* version = section(OverviewTopic::kVersion)) {
            add("Which version of " + m_project + " is this?", version->statements.front().where);
        }
    }

    void addAuthors() {
        if (const OverviewSection* authors = section(OverviewTopic::kAuthors)) {
            const bool isDocument = authors->statements.front().where.startLine == 0;
            if (!isDocument) {  // Properties are not among what the model reads.
                add("Who wrote " + m_project + "?", authors->statements.front().where);
            }
        }
    }

    void addFolder() {
        const OverviewSection* folders = section(OverviewTopic::kFolders);
        for (const OverviewStatement& folder :
             folders == nullptr ? Statements() : folders->statements) {
            if (folder.where.startLine > 0) {
                add("What is in the folder " + folder.name + "?", folder.where);
                return;
            }
        }
    }

    // "What does notes/decisions.md say about Retention?": the longest sections, one of a document.
    void addHeadings() {
        struct Candidate {
            std::string text;
            OverviewPlace where;
            int64_t bytes = 0;
        };
        std::vector<Candidate> candidates;
        const OverviewSection* outline = section(OverviewTopic::kOutline);
        for (const OverviewStatement& heading :
             outline == nullptr ? Statements() : outline->statements) {
            const int64_t bytes = bytesBelow(heading);
            if (bytes >= static_cast<int64_t>(kMinSectionBytes) &&
                namesSomething(withoutNumber(heading.text))) {
                candidates.push_back({"What does " + heading.name + " say about \"" +
                                          withoutNumber(heading.text) + "\"?",
                                      heading.where,
                                      bytes});
            }
        }
        std::ranges::stable_sort(candidates, std::ranges::greater(), &Candidate::bytes);
        std::vector<std::string> documents;
        for (Candidate& candidate : candidates) {
            if (std::ranges::find(documents, candidate.where.file) == documents.end()) {
                documents.push_back(candidate.where.file);
                add(std::move(candidate.text), candidate.where);
            }
        }
    }

    // "2.1 Unified system" is about "Unified system".
    static std::string withoutNumber(const std::string& heading) {
        const size_t words = heading.find_first_not_of("0123456789. ");
        const bool isNumbered = words != std::string::npos && words > 0 &&
                                heading[words - 1] == ' ' && heading.find_first_of(". ") < 3;
        return isNumbered ? heading.substr(words) : heading;
    }

    static bool namesSomething(const std::string& heading) {
        const int64_t words = std::ssize(splitWords(heading));
        return words >= 1 && words <= 6 && heading.find('"') == std::string::npos &&
               !isPlainHeading(heading);
    }

    // Of the text between a heading and the next one of any level.
    int64_t bytesBelow(const OverviewStatement& heading) const {
        for (const OverviewFile& file : m_facts.input.files()) {
            if (file.document->name != heading.where.file) {
                continue;
            }
            for (const Symbol& symbol : file.document->symbols) {
                if (symbol.firstLine == heading.where.startLine) {
                    return symbol.bodyEnd - symbol.bodyBegin;
                }
            }
        }
        return 0;
    }

    // "What does Ana say about pumps?" for the two who say most, about a word that is theirs.
    void addSpeakers() {
        constexpr size_t kSpeakers = 2;
        const auto& speakers = section(OverviewTopic::kSpeakers)->statements;
        std::map<std::string, std::map<std::string, int64_t>> counts;  // word -> speaker -> turns
        countWords(counts);
        for (const OverviewStatement& speaker : speakers) {
            for (const Word& name : splitWords(speaker.name)) {
                counts.erase(name.folded);
            }
        }
        for (size_t i = 0; i < std::min(speakers.size(), kSpeakers); ++i) {
            const std::string word = wordOf(speakers[i].name, counts);
            if (word.empty()) {
                continue;
            }
            if (const auto where = turnWith(speakers[i].name, word)) {
                add("What does " + speakers[i].name + " say about the " + word + "?", *where);
            }
        }
    }

    // Words after an article that no other word of weight follows: of "the pump of the harbour
    // office", "pump" and "office".
    static std::vector<std::string> nounsOf(const std::vector<Word>& words) {
        constexpr auto kArticles =
            std::to_array<std::string_view>({"the", "a", "an", "our", "your", "this", "that"});
        std::vector<std::string> nouns;
        bool isBehindArticle = false;
        for (size_t i = 0; i < words.size(); ++i) {
            const bool isArticle = std::ranges::find(kArticles, words[i].folded) != kArticles.end();
            const bool isLast = i + 1 == words.size() || isFunctionWord(words[i + 1].folded) ||
                                words[i + 1].begin > words[i].end + 1;
            if (isBehindArticle && isLast && !isArticle) {
                nouns.push_back(words[i].folded);
            }
            isBehindArticle = isArticle || (isBehindArticle && !isLast);
        }
        return nouns;
    }

    void countWords(std::map<std::string, std::map<std::string, int64_t>>& counts) const {
        forEachTurn([&](const Document&, const Unit& unit, std::string_view words) {
            std::map<std::string, int64_t> once;
            for (const std::string& noun : nounsOf(splitWords(words))) {
                once[noun] = 1;
            }
            for (const auto& [word, turn] : once) {
                counts[word][unit.label] += turn;
            }
            return true;
        });
    }

    // A long word that the speaker says in several turns and others seldom.
    static std::string wordOf(const std::string& speaker,
                              const std::map<std::string, std::map<std::string, int64_t>>& counts) {
        constexpr size_t kShortest = 6;
        std::string best;
        int64_t bestScore = 0;
        for (const auto& [word, speakers] : counts) {
            const auto own = speakers.find(speaker);
            const bool isWord =
                word.size() >= kShortest && !isFunctionWord(word) &&
                std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
            if (own == speakers.end() || !isWord) {
                continue;
            }
            int64_t all = 0;
            for (const auto& [name, turns] : speakers) {
                all += turns;
            }
            const int64_t score =
                4 * own->second - 3 * (all - own->second) + (word.size() >= 8 ? 1 : 0);
            if (score > bestScore) {
                bestScore = score;
                best = word;
            }
        }
        return best;
    }

    std::optional<OverviewPlace> turnWith(const std::string& speaker,
                                          const std::string& word) const {
        std::optional<OverviewPlace> where;
        forEachTurn([&](const Document& document, const Unit& unit, std::string_view words) {
            const auto all = splitWords(words);
            const bool isIt = unit.label == speaker && std::ranges::any_of(all, [&](const Word& w) {
                                  return w.folded == word;
                              });
            if (isIt) {
                where = placeOfBytes(document, {unit.begin, unit.end});
            }
            return !isIt;
        });
        return where;
    }

    template <typename Visit>
    void forEachTurn(const Visit& visit) const {
        for (const OverviewFile& file : m_facts.input.files()) {
            for (const Unit& unit : file.document->units) {
                const std::string_view words = wordsOfUnit(*file.document, unit);
                const bool isTurn = unit.kind == UnitKind::kCue && !unit.label.empty();
                if (isTurn && !visit(*file.document, unit, words)) {
                    return;
                }
            }
        }
    }

    const OverviewFacts& m_facts;
    const std::vector<OverviewSection>& m_sections;
    std::string m_project;
    Questions m_questions;
};

}  // namespace

std::string findProjectName(const OverviewFacts& facts) {
    for (const MetadataField& field : facts.metadata) {
        if (field.kind == MetadataKind::kName && field.file->depth <= 1) {
            return field.value;
        }
    }
    for (const OverviewFile& file : facts.input.files()) {
        const std::vector<Symbol>& headings = file.document->symbols;
        if (isReadme(file) && file.depth == 0 && !headings.empty() &&
            namesProject(headings.front().name)) {
            return headings.front().name;
        }
    }
    return "";
}

std::vector<OverviewQuestion> findQuestions(const OverviewFacts& facts,
                                            const std::vector<OverviewSection>& sections) {
    return QuestionFinder(facts, sections).find();
}

}  // namespace tl
