// SPDX-License-Identifier: Apache-2.0
#include "app/answer/openings.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "app/answer/passage_kind.h"
#include "base/ascii.h"

namespace tl {

namespace {

// A title, and what stands below it.
constexpr size_t kPassagesOfOpening = 3;
// Abstracts stand near the front, after title and authors.
constexpr size_t kPassagesToAbstract = 20;

constexpr auto kReadmeNames = std::to_array<std::string_view>(
    {"readme", "about", "overview", "introduction", "intro", "abstract", "index"});

std::string_view textOf(const CorpusFile& file, const Passage& passage) {
    return std::string_view(file.document.text)
        .substr(static_cast<size_t>(passage.begin),
                static_cast<size_t>(passage.end - passage.begin));
}

// "docs/README.en.md" is "readme".
bool isReadme(std::string_view name) {
    const std::string base = asciiLower(name.substr(name.rfind('/') + 1));
    return std::ranges::find(kReadmeNames,
                             std::string_view(base).substr(0, base.find_first_of(".-_"))) !=
           kReadmeNames.end();
}

bool isControl(std::string_view name) {
    return name == "control" || name.ends_with("debian/control");
}

// The paragraph of a control file that describes a package.
std::vector<const Passage*> descriptions(const CorpusFile& file) {
    std::vector<const Passage*> found;
    for (const Passage& passage : file.passages) {
        if (textOf(file, passage).find("\nDescription:") != std::string_view::npos) {
            found.push_back(&passage);
        }
    }
    return found;
}

// The first passages that are any; the abstract, if there is one, before them.
std::vector<const Passage*> beginnings(const CorpusFile& file) {
    std::vector<const Passage*> found;
    const size_t front = std::min(file.passages.size(), kPassagesToAbstract);
    for (size_t i = 0; i < front; ++i) {
        const Passage& passage = file.passages[i];
        const std::string_view text = textOf(file, passage);
        if (isNoPassage(text)) {
            continue;
        }
        const std::string head = asciiLower(text.substr(0, text.find_first_of(" \n.:")));
        if (head == "abstract" || head == "summary") {
            // A heading alone has its text after it.
            const bool isHeading = text.size() <= head.size() + 2 && i + 1 < file.passages.size();
            found.insert(found.begin(), isHeading ? &file.passages[i + 1] : &passage);
        } else if (found.size() < kPassagesOfOpening) {
            found.push_back(&passage);
        }
    }
    found.resize(std::min(found.size(), kPassagesOfOpening));
    return found;
}

int64_t depthOf(std::string_view name) {
    return std::ranges::count(name, '/');
}

using FileList = std::vector<const CorpusFile*>;

// The first passage of each file, then the second of each, and so on.
void appendInTurn(const std::vector<std::vector<const Passage*>>& files,
                  std::vector<const Passage*>& out) {
    for (size_t turn = 0; turn < kPassagesOfOpening; ++turn) {
        for (const auto& passages : files) {
            if (turn < passages.size() && std::ranges::find(out, passages[turn]) == out.end()) {
                out.push_back(passages[turn]);
            }
        }
    }
}

}  // namespace

std::vector<const Passage*> openingPassages(const Corpus& corpus, size_t limit) {
    FileList readmes, documents, code;
    std::vector<std::vector<const Passage*>> controls;
    for (const CorpusFile& file : corpus.files) {
        const std::string& name = file.document.name;
        if (isControl(name)) {
            controls.push_back(descriptions(file));
        } else if (!isSecondHand(name)) {
            const bool isCode = file.document.kind == DocumentKind::kCode;
            (isReadme(name) && !isCode ? readmes : isCode ? code : documents).push_back(&file);
        }
    }
    const auto byDepth = [](const CorpusFile* file) { return depthOf(file->document.name); };
    std::vector<const Passage*> out;
    std::ranges::stable_sort(readmes, {}, byDepth);
    for (const CorpusFile* readme : readmes) {
        const std::vector<const Passage*> passages = beginnings(*readme);
        out.insert(out.end(), passages.begin(), passages.end());
    }
    appendInTurn(controls, out);
    for (FileList* list : {&documents, &code}) {
        std::ranges::stable_sort(*list, {}, byDepth);
        std::vector<std::vector<const Passage*>> files;
        for (const CorpusFile* file : *list) {
            files.push_back(beginnings(*file));
        }
        appendInTurn(files, out);
    }
    out.resize(std::min(out.size(), limit));
    return out;
}

}  // namespace tl
