// SPDX-License-Identifier: Apache-2.0
#include "app/answer/requirement_answer.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "app/answer/composed_answer.h"
#include "app/answer/passage_kind.h"
#include "app/answer/question_kind.h"
#include "app/citation/text_words.h"
#include "app/overview/overview_input.h"

namespace tl {

namespace {

// What a package's metadata call the version of the language that it needs.
struct Requirement {
    std::string_view language;  // as questions say it, in small letters
    std::string_view name;      // as answers say it
    std::string_view file;      // its base name
    std::string_view key;       // what the line begins with
};

constexpr auto kRequirements = std::to_array<Requirement>({
    {"python", "Python", "pyproject.toml", "requires-python"},
    {"python", "Python", "PKG-INFO", "Requires-Python:"},
    {"python", "Python", "setup.cfg", "python_requires"},
    {"python", "Python", "setup.py", "python_requires"},
    {"node", "Node", "package.json", "\"node\":"},
    {"rust", "Rust", "Cargo.toml", "rust-version"},
    {"go", "Go", "go.mod", "go "},
});

constexpr auto kAskingWords = std::to_array<std::string_view>(
    {"least",    "minimum",  "need", "needed", "needs",   "oldest",    "require",
     "required", "requires", "run",  "runs",   "support", "supported", "supports",
     "version",  "versions", "work", "works",  "lowest",  "minimal"});

bool isAskingWord(std::string_view word) {
    return std::ranges::find(kAskingWords, word) != kAskingWords.end();
}

// The language that the question asks the version of; empty for other questions.
std::string_view askedLanguage(std::string_view question) {
    std::string_view language;
    bool asks = false;
    bool asksWhich = false;
    for (const Word& word : splitWords(question)) {
        const auto* const known =
            std::ranges::find(kRequirements, word.folded, &Requirement::language);
        asksWhich = asksWhich || word.folded == "which" || word.folded == "what";
        if (known != kRequirements.end() && language.empty()) {
            language = known->language;
        } else if (isAskingWord(word.folded)) {
            asks = true;
        } else if (!isFunctionWord(word.folded) && !isWordForWhole(word.folded)) {
            return {};
        }
    }
    return asks && asksWhich ? language : std::string_view();
}

std::string valueBehind(std::string_view text) {
    constexpr std::string_view kMarks = " \t=:,\"'";
    const size_t first = text.find_first_not_of(kMarks);
    // ">=3.8" keeps its own equals sign.
    const size_t last = text.find_last_not_of(kMarks);
    return first == std::string_view::npos ? "" : std::string(text.substr(first, last - first + 1));
}

// The line of a document that says it; 0 where none does. `value` is what it says.
int64_t lineThatSays(const Document& document, std::string_view key, std::string& value) {
    for (int64_t line = 1; line <= document.lines.lineCount(); ++line) {
        const std::string_view text = stripped(lineOf(document, line));
        if (text.starts_with(key)) {
            value = valueBehind(text.substr(key.size()));
            if (!value.empty()) {
                return line;
            }
        }
    }
    return 0;
}

bool answerFrom(const Corpus& corpus, const Requirement& requirement, Answer& answer) {
    for (const CorpusFile& file : corpus.files) {
        const Document& document = fullDocument(file.document);
        const std::string_view base =
            std::string_view(document.name).substr(document.name.rfind('/') + 1);
        std::string value;
        const bool isIts = base == requirement.file && !isSecondHand(document.name);
        const int64_t line = isIts ? lineThatSays(document, requirement.key, value) : 0;
        if (line > 0) {
            Citation citation = quotedLines(document, line, line);
            citation.foundBy.overview = true;
            answer.text = std::string(requirement.name) + " " + value + ".";
            answer.citations = {std::move(citation)};
            return true;
        }
    }
    return false;
}

}  // namespace

bool answerFromRequirements(const Corpus& corpus, Answer& answer) {
    const std::string_view language = askedLanguage(answer.question);
    return !language.empty() &&
           std::ranges::any_of(kRequirements, [&](const Requirement& requirement) {
               return requirement.language == language && answerFrom(corpus, requirement, answer);
           });
}

}  // namespace tl
