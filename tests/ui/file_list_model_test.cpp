// SPDX-License-Identifier: Apache-2.0
#include "ui/corpus/file_list_model.h"

#include <QLocale>
#include <QSignalSpy>

#include "tests/ui/ui_test.h"

namespace tl {
namespace {

FileRow row(const std::string& name, FileRow::State state, const std::string& reason = {}) {
    FileRow row;
    row.name = name;
    row.path = "/project/" + name;
    row.state = state;
    if (!reason.empty()) {
        row.reasons = {{.code = "code", .kind = "kind", .text = reason}};
    }
    row.bytes = 2048;
    row.tokens = 1234;
    return row;
}

class FileListModelTest : public UiTest {
protected:
    QString shown(int line, int column) const {
        return m_model.index(line, column).data().toString();
    }

    FileListModel m_model;
};

TEST_F(FileListModelTest, ShowsNameTokensSizeAndState) {
    m_model.setRows({row("a.txt", FileRow::State::kIn)});
    EXPECT_EQ(shown(0, FileListModel::kName), QStringLiteral("a.txt"));
    EXPECT_EQ(shown(0, FileListModel::kTokens), QLocale().toString(1234));
    EXPECT_EQ(shown(0, FileListModel::kSize), QLocale().formattedDataSize(2048));
    EXPECT_EQ(shown(0, FileListModel::kState), QStringLiteral("in"));
}

TEST_F(FileListModelTest, GrowsAtItsEndAndNowhereElse) {
    m_model.setRows({row("a.txt", FileRow::State::kWaiting)});
    const QSignalSpy resets(&m_model, &QAbstractItemModel::modelReset);
    const QSignalSpy inserts(&m_model, &QAbstractItemModel::rowsInserted);
    m_model.appendRows(1, {row("b.txt", FileRow::State::kIn), row("c.txt", FileRow::State::kIn)});
    m_model.appendRows(7, {row("of another choice.txt", FileRow::State::kIn)});
    m_model.appendRows(3, {});
    ASSERT_EQ(m_model.rowCount(), 3);
    EXPECT_EQ(shown(2, FileListModel::kName), QStringLiteral("c.txt"));
    EXPECT_EQ(resets.count(), 0);
    ASSERT_EQ(inserts.count(), 1);
    EXPECT_EQ(inserts.front().at(1).toInt(), 1);
    EXPECT_EQ(inserts.front().at(2).toInt(), 2);
}

TEST_F(FileListModelTest, SaysWhyAFileIsSkippedAndCountsNoTokensForIt) {
    m_model.setRows({row("a.png", FileRow::State::kSkipped, "binary")});
    EXPECT_EQ(shown(0, FileListModel::kState), QStringLiteral("skipped: binary"));
    EXPECT_EQ(shown(0, FileListModel::kTokens), QString());
}

TEST_F(FileListModelTest, SaysWhatWasDoneToGetAtTheText) {
    m_model.setRows({row("a.txt", FileRow::State::kIn, "converted from UTF-16")});
    EXPECT_EQ(shown(0, FileListModel::kState), QStringLiteral("in: converted from UTF-16"));
}

TEST_F(FileListModelTest, ShowsKindPagesAndWarningsWhereThereAreAny) {
    m_model.setRows({row("a.txt", FileRow::State::kIn)});
    EXPECT_FALSE(m_model.hasContents(FileListModel::kKind));
    EXPECT_FALSE(m_model.hasContents(FileListModel::kPages));
    EXPECT_FALSE(m_model.hasContents(FileListModel::kWarnings));
    FileRow paper = row("a.pdf", FileRow::State::kIn);
    paper.kind = "PDF";
    paper.pages = 12;
    paper.warnings = {{.code = "page_scanned", .kind = {}, .text = "page 3: scanned, no text"},
                      {.code = "page_scanned", .kind = {}, .text = "page 4: scanned, no text"}};
    FileRow code = row("a.cpp", FileRow::State::kIn);
    code.kind = "code";
    code.language = "C++";
    m_model.setRows({paper, code});
    EXPECT_EQ(shown(0, FileListModel::kKind), QStringLiteral("PDF"));
    EXPECT_EQ(shown(1, FileListModel::kKind), QStringLiteral("code, C++"));
    EXPECT_EQ(shown(0, FileListModel::kPages), QStringLiteral("12"));
    EXPECT_EQ(shown(1, FileListModel::kPages), QString());
    EXPECT_EQ(shown(0, FileListModel::kWarnings),
              QStringLiteral("page 3: scanned, no text; page 4: scanned, no text"));
    EXPECT_TRUE(m_model.hasContents(FileListModel::kWarnings));
}

TEST_F(FileListModelTest, MarksFolders) {
    FileRow folder = row("build", FileRow::State::kSkipped, "ignored");
    folder.isFolder = true;
    m_model.setRows({folder});
    EXPECT_EQ(shown(0, FileListModel::kName), QStringLiteral("build/"));
    EXPECT_EQ(shown(0, FileListModel::kSize), QString());
}

TEST_F(FileListModelTest, ABatchIsOneChange) {
    m_model.setRows({row("a", FileRow::State::kWaiting),
                     row("b", FileRow::State::kWaiting),
                     row("c", FileRow::State::kWaiting)});
    const QSignalSpy changes(&m_model, &QAbstractItemModel::dataChanged);
    m_model.updateRows({{2, row("c", FileRow::State::kIn)}, {1, row("b", FileRow::State::kIn)}});
    ASSERT_EQ(changes.count(), 1);
    EXPECT_EQ(changes.front().at(0).toModelIndex().row(), 1);
    EXPECT_EQ(changes.front().at(1).toModelIndex().row(), 2);
    EXPECT_EQ(shown(0, FileListModel::kState), QStringLiteral("waiting"));
    EXPECT_EQ(shown(2, FileListModel::kState), QStringLiteral("in"));
}

// As many as a large tree has, in batches as the walk and the readers give them. Each batch is one
// signal that names its rows, so that the view looks at no others.
TEST_F(FileListModelTest, FiftyThousandFilesComeInBatches) {
    constexpr int kFiles = 50'000;
    constexpr int kBatch = 500;
    const QSignalSpy resets(&m_model, &QAbstractItemModel::modelReset);
    const QSignalSpy inserts(&m_model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy changes(&m_model, &QAbstractItemModel::dataChanged);
    for (int first = 0; first < kFiles; first += kBatch) {
        std::vector<FileRow> found;
        std::vector<std::pair<int64_t, FileRow>> counted;
        for (int at = first; at < first + kBatch; ++at) {
            found.push_back(row("file" + std::to_string(at) + ".cpp", FileRow::State::kWaiting));
            counted.emplace_back(at,
                                 row("file" + std::to_string(at) + ".cpp", FileRow::State::kIn));
        }
        m_model.appendRows(first, found);
        m_model.updateRows(counted);
    }
    ASSERT_EQ(m_model.rowCount(), kFiles);
    EXPECT_EQ(resets.count(), 0);
    ASSERT_EQ(inserts.count(), kFiles / kBatch);
    ASSERT_EQ(changes.count(), kFiles / kBatch);
    for (int batch = 0; batch < kFiles / kBatch; ++batch) {
        EXPECT_EQ(inserts.at(batch).at(1).toInt(), batch * kBatch);
        EXPECT_EQ(inserts.at(batch).at(2).toInt(), (batch + 1) * kBatch - 1);
        EXPECT_EQ(changes.at(batch).at(0).toModelIndex().row(), batch * kBatch);
        EXPECT_EQ(changes.at(batch).at(1).toModelIndex().row(), (batch + 1) * kBatch - 1);
    }
    EXPECT_EQ(shown(kFiles - 1, FileListModel::kName), QStringLiteral("file49999.cpp"));
    EXPECT_EQ(shown(kFiles - 1, FileListModel::kState), QStringLiteral("in"));
}

TEST_F(FileListModelTest, IgnoresRowsOfAListThatIsNoMore) {
    m_model.setRows({row("a", FileRow::State::kWaiting)});
    const QSignalSpy changes(&m_model, &QAbstractItemModel::dataChanged);
    m_model.updateRows({{1, row("b", FileRow::State::kIn)}, {-1, row("c", FileRow::State::kIn)}});
    EXPECT_EQ(changes.count(), 0);
    EXPECT_EQ(m_model.rowCount(), 1);
}

}  // namespace
}  // namespace tl
