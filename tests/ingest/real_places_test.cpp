// SPDX-License-Identifier: Apache-2.0
// The round trips of places_test over what readers really give: PDFs of several producers, office
// documents, a mailbox, transcripts, notes and this tree's own code, whole and reduced.
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/corpus.h"
#include "tests/ingest/place_checks.h"
#include "tests/ingest/temp_tree.h"
#include "tests/support/said.h"

namespace tl {
namespace {

const std::filesystem::path kSource = TL_SOURCE_DIR;

std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// A mailbox as lists keep them: our own documents as messages, each answer quoting the one before.
std::string mailbox() {
    std::string box;
    std::string quoted;
    int number = 0;
    for (const char* name : {"docs/pdf.md", "docs/ingest.md", "docs/sandbox.md", "docs/app.md"}) {
        const std::string id = std::to_string(++number);
        const std::string text = contents(kSource / name);
        box += "From a@x Tue Mar  5 10:00:00 2024\nMessage-ID: <";
        box.append(id).append("@x>\nFrom: Ana <a@x>\nSubject: ").append(name);
        box += "\nDate: Tue, 5 Mar 2024 10:00:00 +0000\n\n";
        box.append(quoted).append(text).append("\n");
        quoted = "> " + text.substr(0, text.find("\n\n"));
        for (size_t at = quoted.find('\n'); at != std::string::npos;
             at = quoted.find('\n', at + 3)) {
            quoted.insert(at + 1, 1, '>');
        }
        quoted += "\n\n";
    }
    return box;
}

// Everything that can be read below the places, members and attachments too.
std::vector<Document> readAll(const std::vector<std::filesystem::path>& places,
                              const SourceOptions& options = {}) {
    std::vector<Document> documents;
    ReaderSet readers;
    const auto entries = collectSources(places, options);
    EXPECT_TRUE(entries.ok()) << said(entries.error());
    for (const SourceEntry& entry : entries.value()) {
        readWithMembers(
            entry, options, readers, {}, [&](const SourceEntry& /*read*/, Reading<Document> read) {
                if (read.ok()) {
                    documents.push_back(std::move(read).value());
                }
            });
    }
    return documents;
}

const std::vector<Document>& realDocuments() {
    static const std::vector<Document> documents = [] {
        const TempTree tree;
        tree.write("list.mbox", mailbox());
        return readAll({kSource / "tests/data/pdf",
                        kSource / "tests/data/office",
                        kSource / "resources/sample",
                        kSource / "docs",
                        kSource / "ingest/segment",
                        tree.path()});
    }();
    return documents;
}

// Without this, the rest could be about nothing.
TEST(RealPlaces, ThereIsSomethingOfEveryKind) {
    std::set<DocumentKind> kinds;
    std::set<UnitKind> units;
    size_t words = 0;
    for (const Document& document : realDocuments()) {
        kinds.insert(document.kind);
        words += document.words.size();
        for (const Unit& unit : document.units) {
            units.insert(unit.kind);
        }
    }
    for (const DocumentKind kind : {DocumentKind::kText,
                                    DocumentKind::kCode,
                                    DocumentKind::kPdf,
                                    DocumentKind::kTranscript,
                                    DocumentKind::kMail,
                                    DocumentKind::kMarkup,
                                    DocumentKind::kOffice}) {
        EXPECT_TRUE(kinds.contains(kind)) << kindName(kind);
    }
    for (const UnitKind kind : {UnitKind::kPage,
                                UnitKind::kCue,
                                UnitKind::kMessage,
                                UnitKind::kSlide,
                                UnitKind::kChapter}) {
        EXPECT_TRUE(units.contains(kind)) << static_cast<int>(kind);
    }
    EXPECT_GT(words, 150U);
}

TEST(RealPlaces, SpansBoxesAndPassagesComeBack) {
    std::mt19937 random(11);
    for (const Document& document : realDocuments()) {
        SCOPED_TRACE(document.name);
        expectSpansComeBack(document, random, 300);
        expectBoxesComeBack(document, random, 300);
        expectPassagesCoverAllWords(document);
    }
}

TEST(RealPlaces, UnitsAreFoundByWhatAPersonKnowsOfThem) {
    for (const Document& document : realDocuments()) {
        SCOPED_TRACE(document.name);
        for (const Unit& unit : document.units) {
            EXPECT_EQ(unitByNumber(document, unit.kind, unit.number), &unit) << unit.number;
            if (unit.begin < unit.end) {
                EXPECT_EQ(unitAt(document, unit.begin), &unit);
                EXPECT_EQ(unitAt(document, unit.end - 1), &unit);
                // Without a time, a turn is found by its line.
                EXPECT_NE(describePlace(document, unit.begin).find(describeUnit(unit)),
                          std::string::npos);
            }
            if (unit.kind == UnitKind::kMessage && !unit.label.empty()) {
                EXPECT_EQ(unitByLabel(document, unit.kind, unit.label), &unit);
            }
            if (unit.kind == UnitKind::kCue && unit.beginMs < unit.endMs) {
                const Unit* said = unitAtTime(document, unit.beginMs);
                ASSERT_NE(said, nullptr);
                EXPECT_LE(said->beginMs, unit.beginMs);
                EXPECT_GT(said->endMs, unit.beginMs);
            }
        }
    }
}

TEST(RealPlaces, AWordOfAPageIsWholeAndItsBoxLiesOnThePage) {
    for (const Document& document : realDocuments()) {
        SCOPED_TRACE(document.name);
        for (const WordBox& word : document.words) {
            const std::string text = slice(document, word.begin, word.end);
            EXPECT_EQ(text.find_first_of(" \n"), std::string::npos) << text;
            EXPECT_NE(unitAt(document, word.begin), nullptr) << text;
            EXPECT_TRUE(0 <= word.left && word.left < word.right && word.right <= 1) << text;
            EXPECT_TRUE(0 <= word.top && word.top < word.bottom && word.bottom <= 1) << text;
        }
    }
}

// What is left of a file leads to the same bytes of the file itself, passage by passage.
TEST(RealPlaces, ReducedCodeLeadsBackToTheFile) {
    for (const ReadLevel level : {ReadLevel::kSignatures, ReadLevel::kNames}) {
        SourceOptions options;
        options.reduce = {{"*", level}};
        const std::vector<Document> documents =
            readAll({kSource / "ingest", kSource / "resources/sample/src"}, options);
        ASSERT_GT(documents.size(), 100U);
        int reduced = 0;
        std::mt19937 random(12);
        for (const Document& document : documents) {
            SCOPED_TRACE(document.name);
            expectSpansComeBack(document, random, 20);
            expectPassagesCoverAllWords(document);
            if (document.original == nullptr) {
                continue;
            }
            ++reduced;
            const Document& file = fullDocument(document);
            for (const KeptRange& kept : document.kept) {
                ASSERT_EQ(slice(document, kept.reduced, kept.reduced + kept.size),
                          slice(file, kept.original, kept.original + kept.size));
                EXPECT_EQ(originalByte(document.kept, kept.reduced), kept.original);
            }
            for (const Passage& passage : segmentPassages(document, 0)) {
                const Passage full = fullPassage(document, passage);
                ASSERT_TRUE(0 <= full.begin && full.begin <= full.end &&
                            full.end <= std::ssize(file.text));
                EXPECT_EQ(file.lines.position(full.begin).line, full.firstLine);
            }
        }
        EXPECT_GT(reduced, 50);
    }
}

}  // namespace
}  // namespace tl
