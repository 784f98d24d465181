// SPDX-License-Identifier: Apache-2.0
// The window over the real project: the shipped model reads a small folder and answers, and its
// citation opens. Everything between the widgets and the engine's thread is the program's own.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <vector>

#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTimer>

#include "app/project.h"
#include "tests/app/temp_folder.h"
#include "tests/ui/ui_test.h"
#include "ui/corpus/corpus_pane.h"
#include "ui/corpus/file_list_model.h"
#include "ui/main_window.h"
#include "ui/question/conversation_view.h"
#include "ui/question/question_pane.h"
#include "ui/reader/reader_pane.h"
#include "ui/reader/text_view.h"
#include "ui/widgets/message_strip.h"

namespace tl {
namespace {

// How long events wait for the UI thread: a timer that is due every millisecond, and by how much it
// comes late.
class LoopLatency {
public:
    LoopLatency() {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            m_late.push_back(std::max<qint64>(0, m_since.restart() - kIntervalMs));
        });
        m_timer.setTimerType(Qt::PreciseTimer);
        m_since.start();
        m_timer.start(kIntervalMs);
    }

    // The milliseconds that only one event of a hundred waits longer than.
    qint64 p99() {
        std::sort(m_late.begin(), m_late.end());
        return m_late.empty() ? 0 : m_late[m_late.size() * 99 / 100];
    }
    size_t count() const { return m_late.size(); }

private:
    static constexpr int kIntervalMs = 1;

    QTimer m_timer;
    QElapsedTimer m_since;
    std::vector<qint64> m_late;
};

class RealProjectTest : public UiTest {
protected:
    // The folder is copied, since its project is kept beside it.
    RealProjectTest() {
        std::filesystem::copy(TL_SOURCE_DIR "/resources/sample/src",
                              m_folder,
                              std::filesystem::copy_options::recursive);
    }

    static std::unique_ptr<MainWindow> open() {
        auto window = std::make_unique<MainWindow>(
            [](ProjectObserver& observer) { return openProject({}, observer); });
        window->show();
        window->activateWindow();
        settle();
        return window;
    }

    // Lets events come until the condition holds, for two minutes at most; the model reads and
    // answers meanwhile.
    template <typename Condition>
    bool waitUntil(const Condition& condition) {
        QElapsedTimer whole;
        whole.start();
        while (!condition() && whole.elapsed() < 120'000) {
            QTest::qWait(10);
        }
        return condition();
    }

    TempFolder m_temp;
    std::filesystem::path m_folder = m_temp.path() / "src";
};

TEST_F(RealProjectTest, ReadsAFolderAnswersFromItAndOpensTheCitation) {
    const auto window = open();
    LoopLatency latency;
    window->choose({m_folder});
    auto* pane = window->findChild<QuestionPane*>();
    ASSERT_TRUE(waitUntil([&] { return pane->askButton()->isEnabled(); }))
        << window->findChild<MessageStrip*>()->message().toStdString();
    const FileListModel* files = window->findChild<CorpusPane*>()->model();
    ASSERT_GT(files->rowCount(), 3);
    for (int line = 0; line < files->rowCount(); ++line) {
        EXPECT_EQ(files->index(line, FileListModel::kState).data(), QStringLiteral("in"));
        EXPECT_FALSE(files->index(line, FileListModel::kTokens).data().toString().isEmpty());
    }

    pane->question()->setText(QStringLiteral("What is the value of kPollInterval?"));
    pane->ask();
    auto* conversation = pane->conversation();
    ASSERT_TRUE(waitUntil([&] { return conversation->hasPlaces(); }))
        << conversation->toPlainText().toStdString();
    EXPECT_TRUE(conversation->toPlainText().contains(QStringLiteral("20")))
        << conversation->toPlainText().toStdString();
    // The model was loaded, files were counted and read, a question was answered: the window went
    // on all the while. The engine's threads take all cores, so the bound is a generous one.
    RecordProperty("p99_late_ms", static_cast<int>(latency.p99()));
    std::cout << "events wait " << latency.p99() << " ms (p99 of " << latency.count() << ")\n";
    EXPECT_LT(latency.p99(), 100);

    conversation->openNeighbour(1);
    settle();
    EXPECT_EQ(window->findChild<ReaderPane*>()->file(), QStringLiteral("config.h"));
    EXPECT_TRUE(
        window->findChild<TextView*>()->markedText().contains(QStringLiteral("kPollInterval")));

    // The next start shows the same, and reads nothing: its folder may be gone.
    const QString said = conversation->toPlainText();
    window->close();
    std::filesystem::remove_all(m_folder);
    const auto next = open();
    next->openLast();
    auto* shown = next->findChild<ConversationView*>();
    ASSERT_TRUE(waitUntil([&] { return !shown->isEmpty(); }));
    EXPECT_EQ(shown->toPlainText(), said);
    shown->openNeighbour(1);
    EXPECT_TRUE(
        next->findChild<TextView*>()->markedText().contains(QStringLiteral("kPollInterval")));
}

}  // namespace
}  // namespace tl
