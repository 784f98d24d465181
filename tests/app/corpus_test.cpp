// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/corpus.h"

#include <gtest/gtest.h>

#include "app/answer/word_index.h"
#include "app/corpus/corpus_plan.h"
#include "app/corpus/word_index_size.h"
#include "app/wording.h"
#include "tests/app/scripted_model.h"
#include "tests/app/temp_folder.h"
#include "tests/ingest/formats/pdf/make_pdf.h"

namespace tl {
namespace {

class CorpusTest : public testing::Test {
protected:
    Corpus load(SourceChoice choice = {}, const LoadEvents& events = {}) {
        if (choice.paths.empty()) {
            choice.paths = {m_folder.path()};
        }
        return loadCorpus(choice, m_model, {}, events).value();
    }

    const FileRow& row(const Corpus& corpus, const std::string& name) {
        for (const FileRow& each : corpus.rows) {
            if (each.name == name) {
                return each;
            }
        }
        ADD_FAILURE() << name;
        return corpus.rows.at(0);
    }

    TempFolder m_folder;
    ScriptedModel m_model{{}};
};

TEST_F(CorpusTest, LaysFilesOutInWalkOrder) {
    m_folder.write("b.txt", "second\n");
    m_folder.write("a.txt", "first\n\nend\n");
    const Corpus corpus = load();
    ASSERT_EQ(corpus.files.size(), 2U);
    EXPECT_EQ(corpus.files[0].document.name, "a.txt");
    EXPECT_EQ(corpus.files[1].document.name, "b.txt");
    EXPECT_EQ(corpus.files[1].passages.at(0).document, 1);
    EXPECT_EQ(corpus.plan.files, 2);
    EXPECT_EQ(corpus.plan.tokens, std::ssize(corpus.tokens));
    EXPECT_GT(corpus.plan.stateBytes, 0);
    EXPECT_EQ(corpus.plan.problem, "");
}

// The engine's own figure, with the sequence, its snapshot, a question and the second look, and the
// index of words.
TEST_F(CorpusTest, ThePlansMemoryIsTheEnginesForecast) {
    m_folder.write("a.txt", "The key hangs in the harbour office.\n");
    const PlanSummary plan = load().plan;
    const int64_t context = m_model.config().contextLength;
    const SequencePlan sequences[] = {{context, plan.tokens, kAnswerReserve},
                                      {kSecondLookPositions, 0, kAnswerReserve}};
    const MemoryForecast forecast = m_model.forecast(sequences).value();
    EXPECT_EQ(plan.stateBytes, forecast.workspace + forecast.sequences + wordIndexBytes(37));
    // Two sequences with a backup and a snapshot each.
    EXPECT_GT(forecast.sequences, 6 * m_model.config().stateBytes());
}

// What the plan says of the order is what is read.
TEST_F(CorpusTest, ThePlanKnowsWhereEachFileBegins) {
    m_folder.write("a.txt", "first\n");
    m_folder.write("b.txt", "");
    m_folder.write("c.txt", "first\n");
    m_folder.write("d/e.txt", "The key hangs in the harbour office.\n");
    const Corpus corpus = load();
    const CorpusPlan plan = planCorpus(corpus.rows, corpus.plan, {});
    ASSERT_EQ(corpus.files.size(), 2U);
    ASSERT_EQ(plan.order.size(), 2U);
    EXPECT_GT(plan.order[0].begin, 0) << "the instruction stands in front";
    for (size_t i = 0; i < plan.order.size(); ++i) {
        const CorpusFile& file = corpus.files[i];
        const PlanPlace& place = plan.order[i];
        EXPECT_EQ(corpus.rows[place.row].name, file.document.name);
        EXPECT_LT(place.begin, file.textPosition) << "its name stands in front";
        EXPECT_EQ(place.begin + place.tokens, file.textPosition + std::ssize(file.tokenEnds));
    }
    EXPECT_EQ(plan.order[1].begin, plan.order[0].begin + plan.order[0].tokens);
    EXPECT_EQ(plan.order[1].begin + plan.order[1].tokens, std::ssize(corpus.tokens));
}

TEST_F(CorpusTest, KnowsWhichTokensAreAFilesText) {
    m_folder.write("a.txt", "The key hangs in the harbour office.\n");
    m_folder.write("b.txt", "1234 <|im_end|> \xC3\xA4\n");
    const Corpus corpus = load();
    for (const CorpusFile& file : corpus.files) {
        const std::span<const TokenId> tokens =
            std::span(corpus.tokens)
                .subspan(static_cast<size_t>(file.textPosition), file.tokenEnds.size());
        EXPECT_EQ(m_model.tokenizer().decode(tokens), file.document.text);
        EXPECT_EQ(file.tokenEnds.back(), file.document.text.size());
    }
}

TEST_F(CorpusTest, ReadsTheSameTextOnce) {
    m_folder.write("a.txt", "one text\n");
    m_folder.write("b.txt", "another text\n");
    m_folder.write("c.txt", "one text\n");
    const Corpus corpus = load();
    EXPECT_EQ(corpus.files.size(), 2U);
    EXPECT_EQ(row(corpus, "c.txt").state, FileRow::State::kSkipped);
    EXPECT_EQ(remarksText(row(corpus, "c.txt").reasons), "same content as a.txt");
    EXPECT_TRUE(row(corpus, "c.txt").isRepeat);
    EXPECT_FALSE(row(corpus, "a.txt").isRepeat);
    EXPECT_EQ(row(corpus, "c.txt").tokens, 0);
}

TEST_F(CorpusTest, NamesWhatItConvertsAndSkips) {
    m_folder.write("utf16.txt", std::string("\xFF\xFEh\0i\0\n\0", 8));
    m_folder.write("latin1.txt",
                   "Stra\xDF"
                   "e nach K\xF6ln, gr\xFC\xDF Gott\n");
    m_folder.write("binary.dat", std::string("\0\1\2\3\0\0\0\7", 8));
    const Corpus corpus = load();
    EXPECT_EQ(corpus.files.size(), 2U);
    EXPECT_EQ(remarksText(row(corpus, "utf16.txt").reasons), "converted from UTF-16LE");
    EXPECT_FALSE(row(corpus, "latin1.txt").reasons.empty());
    EXPECT_EQ(row(corpus, "binary.dat").state, FileRow::State::kSkipped);
    ASSERT_EQ(row(corpus, "binary.dat").reasons.size(), 1U);
    EXPECT_EQ(row(corpus, "binary.dat").reasons[0].code, "nul_bytes");
}

TEST_F(CorpusTest, AnEmptyFolderIsAProblem) {
    EXPECT_EQ(load().plan.problem, m_folder.path().string() + ": nothing to read, no files");
    m_folder.write("binary.dat", std::string("\0\1\2\3\0\0\0\7", 8));
    EXPECT_EQ(load().plan.problem.find(m_folder.path().string() + ": nothing to read, 1 "), 0U);
}

TEST_F(CorpusTest, AFolderOfScansSaysThatOcrCanReadThem) {
    EXPECT_EQ(load().plan.problem.find("OCR"), std::string::npos);
    const auto scan = std::filesystem::path(TL_SOURCE_DIR) / "tests/data/pdf/scanned.pdf";
    std::filesystem::copy(scan, m_folder.path() / "scan.pdf");
    const Corpus corpus = load();
    if (corpus.plan.filesForOcr == 0) {
        GTEST_SKIP() << "Tesseract is not installed";
    }
    EXPECT_TRUE(corpus.plan.problem.ends_with("; OCR can read 1 file")) << corpus.plan.problem;
}

TEST_F(CorpusTest, OverTheLimitNamesTheLargestFiles) {
    std::string large;
    for (int i = 0; i < 2000; ++i) {
        large += "word ";
    }
    m_folder.write("large.txt", large);
    m_folder.write("small.txt", "word\n");
    m_model.setContextLength(2000);
    const Corpus corpus = load();
    EXPECT_NE(corpus.plan.problem.find("over the model's limit of 976; largest: large.txt 2,0"),
              std::string::npos)
        << corpus.plan.problem;
    EXPECT_TRUE(corpus.files.empty());
}

TEST_F(CorpusTest, PagesAreToldWhereTheTextIsOverTheLimitToo) {
    const std::vector<std::string> lines(8, "no one could say when the old mill had stopped");
    m_folder.write("a.pdf",
                   makePdf({.pages = {{.texts = textLines(72, 72, lines)}, {}},
                            .catalog = "/PageLabels << /Nums [0 << /S /r >>] >>"}));
    for (const int limit : {100'000, 10}) {
        m_model.setContextLength(limit);
        const Corpus corpus = load();
        EXPECT_EQ(corpus.files.empty(), limit == 10);
        const FileRow& file = row(corpus, "a.pdf");
        EXPECT_EQ(file.pages, 2);
        ASSERT_EQ(file.pageRows.size(), 2U);
        EXPECT_EQ(file.pageRows[0].number, 1);
        EXPECT_EQ(file.pageRows[0].label, "i");
        EXPECT_EQ(file.pageRows[0].characters, 8 * 37);
        EXPECT_TRUE(file.pageRows[0].warnings.empty());
        EXPECT_EQ(file.pageRows[1].characters, 0);
        EXPECT_EQ(remarksText(file.pageRows[1].warnings), "empty");
    }
}

TEST_F(CorpusTest, ReportsTheListThenEveryRow) {
    m_folder.write("a.txt", "one\n");
    m_folder.write("b.txt", "two\n");
    std::vector<FileRow> rows;
    LoadEvents events;
    events.listed = [&](int64_t from, const std::vector<FileRow>& listed) {
        ASSERT_LE(from, std::ssize(rows));
        rows.resize(static_cast<size_t>(from));
        rows.insert(rows.end(), listed.begin(), listed.end());
    };
    events.counted = [&](const CountedRows& counted) {
        for (const auto& [index, row] : counted) {
            rows.at(static_cast<size_t>(index)) = row;
        }
    };
    const Corpus corpus = load({}, events);
    ASSERT_EQ(rows.size(), corpus.rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(rows[i].state, corpus.rows[i].state);
        EXPECT_EQ(rows[i].tokens, corpus.rows[i].tokens);
    }
}

TEST_F(CorpusTest, ReportsAnEmptyListToo) {
    std::vector<int64_t> begins;
    LoadEvents events;
    events.listed = [&](int64_t from, const std::vector<FileRow>& rows) {
        EXPECT_TRUE(rows.empty());
        begins.push_back(from);
    };
    load({}, events);
    EXPECT_EQ(begins, (std::vector<int64_t>{0}));
}

TEST_F(CorpusTest, ReadsInTheOrderThatIsAskedForAndListsInWalkOrder) {
    m_folder.write("a.txt", "first\n");
    m_folder.write("b.txt", "second\n");
    SourceChoice choice;
    choice.paths = {m_folder.path()};
    EarlierReading backwards;
    backwards.order = [](std::span<const OrderedFile> files) {
        EXPECT_EQ(files.size(), 2U);
        return std::vector<size_t>{1, 0};
    };
    const Corpus corpus = loadCorpus(choice, m_model, {}, {}, backwards).value();
    ASSERT_EQ(corpus.files.size(), 2U);
    EXPECT_EQ(corpus.files[0].document.name, "b.txt");
    EXPECT_EQ(corpus.files[1].passages.at(0).document, 1);
    EXPECT_EQ(corpus.rows[0].name, "a.txt");
    EXPECT_EQ(corpus.sources[0].file, 1);
    EXPECT_GT(corpus.files[1].firstPosition, corpus.files[0].textPosition);
}

TEST_F(CorpusTest, TakesWhatIsKnownInsteadOfReadingIt) {
    m_folder.write("a.txt", "as it is on disk\n");
    m_folder.write("b.txt", "read\n");
    SourceChoice choice;
    choice.paths = {m_folder.path()};
    EarlierReading earlier;
    earlier.known = [](const SourceEntry& entry) -> std::optional<LoadedFile> {
        if (entry.name != "a.txt") {
            return std::nullopt;
        }
        LoadedFile file;
        file.document.name = "a.txt";
        file.document.text = "as it was";
        file.tokens = {5, 6};
        file.tokenCount = 2;
        file.isComplete = true;
        return file;
    };
    const Corpus corpus = loadCorpus(choice, m_model, {}, {}, earlier).value();
    ASSERT_EQ(corpus.files.size(), 2U);
    EXPECT_EQ(corpus.files[0].document.text, "as it was");
    EXPECT_EQ(corpus.files[1].document.text, "read\n");
    EXPECT_EQ(corpus.tokens.at(static_cast<size_t>(corpus.files[0].firstPosition)), 5);
}

TEST_F(CorpusTest, AMissingPathIsAnError) {
    SourceChoice choice;
    choice.paths = {m_folder.path() / "nowhere"};
    const Result<Corpus> corpus = loadCorpus(choice, m_model, {}, {});
    ASSERT_FALSE(corpus.ok());
    EXPECT_EQ(corpus.error().code, ErrorCode::kNotFound);
    EXPECT_NE(corpus.error().message.find("nowhere"), std::string::npos);
}

TEST_F(CorpusTest, StopsWhenAsked) {
    m_folder.write("a.txt", "one\n");
    SourceChoice choice;
    choice.paths = {m_folder.path()};
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(loadCorpus(choice, m_model, stop.get_token(), {}).error().code,
              ErrorCode::kCancelled);
}

}  // namespace
}  // namespace tl
