// SPDX-License-Identifier: Apache-2.0
// Draws the whole window. Whether it is beautiful a person must say; that it draws its panes, in
// the colours of the palette, is checked here. The pictures stay in the build folder.
#include <QImage>
#include <QLineEdit>
#include <QPixmap>
#include <QSet>
#include <QTreeView>

#include "tests/app/temp_folder.h"
#include "tests/ui/window_test.h"
#include "ui/question/conversation_view.h"
#include "ui/question/question_pane.h"
#include "ui/reader/text_view.h"
#include "ui/start/start_page.h"
#include "ui/widgets/colours.h"

namespace tl {
namespace {

QPalette darkPalette() {
    QPalette palette(QColor(49, 54, 59), QColor(49, 54, 59));
    palette.setColor(QPalette::Base, QColor(35, 38, 41));
    palette.setColor(QPalette::Link, QColor(93, 173, 226));
    return palette;
}

class WindowScreenshotTest : public WindowTest {
protected:
    // A picture of the window after a question was answered and its citation opened.
    QImage draw(const char* file) {
        choosePlanned();
        auto* pane = m_window.findChild<QuestionPane*>();
        pane->question()->setText(QStringLiteral("Which?"));
        pane->ask();
        if (m_state.asked.empty()) {
            return {};
        }
        answer();
        pane->conversation()->openNeighbour(1);
        settle();
        const QImage image = m_window.grab().toImage();
        image.save(QStringLiteral(TL_BINARY_DIR "/") + QString::fromLatin1(file));
        return image;
    }

    // Where nothing is written: the last corner of the conversation.
    QColor emptyPlace(const QImage& image) {
        const QWidget* view = m_window.findChild<ConversationView*>()->viewport();
        const QPoint corner = view->rect().bottomRight() - QPoint(4, 4);
        return image.pixelColor(view->mapTo(&m_window, corner));
    }

    // Pixels of a colour where a widget stands: what has that colour is shown there.
    int pixelsIn(const QWidget* widget, const QImage& image, const QColor& colour) {
        const QRect place(widget->mapTo(&m_window, QPoint(0, 0)), widget->size());
        int count = 0;
        for (int y = place.top(); y <= place.bottom(); ++y) {
            for (int x = place.left(); x <= place.right(); ++x) {
                count += image.pixel(x, y) == colour.rgb() ? 1 : 0;
            }
        }
        return count;
    }

    // The citation is a link below the answer, and what it names is marked in the file.
    void expectTheCitation(const QImage& image, const QPalette& palette) {
        const auto* answer = m_window.findChild<ConversationView*>();
        const auto* file = m_window.findChild<TextView*>();
        EXPECT_GT(pixelsIn(answer, image, palette.color(QPalette::Link)), 20);
        EXPECT_GT(pixelsIn(file, image, markColour(palette)), 200);
    }

    static QColor markColour(const QPalette& palette) {
        return mixed(palette.color(QPalette::Base), palette.color(QPalette::Highlight), 0.3F);
    }

    static qsizetype colourCount(const QImage& image) {
        QSet<QRgb> colours;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                colours += image.pixel(x, y);
            }
        }
        return colours.size();
    }
};

TEST_F(WindowScreenshotTest, DrawsAnAnsweredQuestion) {
    const QImage image = draw("window.png");
    EXPECT_EQ(image.size(), m_window.size());
    EXPECT_GT(colourCount(image), 10);
    EXPECT_EQ(emptyPlace(image), m_window.palette().color(QPalette::Base));
    expectTheCitation(image, m_window.palette());
}

TEST_F(WindowScreenshotTest, FollowsADarkPalette) {
    const QPalette before = QApplication::palette();
    QApplication::setPalette(darkPalette());
    settle();
    const QImage image = draw("window_dark.png");
    EXPECT_GT(colourCount(image), 10);
    EXPECT_EQ(emptyPlace(image), darkPalette().color(QPalette::Base));
    expectTheCitation(image, m_window.palette());
    QApplication::setPalette(before);
}

// The first window a person sees, with a project of before.
class StartScreenshotTest : public WindowScreenshotTest {
protected:
    QImage drawStart(const char* file) {
        const auto project = m_folder.write("harbour.throughline", std::string(3 << 20, ' '));
        auto* start = m_window.findChild<StartPage*>();
        start->showProjects({{QString::fromStdString(project.string()),
                              QDateTime::currentDateTime().addDays(-2),
                              30,
                              100}});
        settle();
        const QImage image = m_window.grab().toImage();
        image.save(QStringLiteral(TL_BINARY_DIR "/") + QString::fromLatin1(file));
        return image;
    }

    TempFolder m_folder;
};

TEST_F(StartScreenshotTest, DrawsTheStartPage) {
    const QImage image = drawStart("window_start.png");
    EXPECT_GT(colourCount(image), 10);
    const auto* list = m_window.findChild<StartPage*>()->projects();
    EXPECT_GT(pixelsIn(list, image, m_window.palette().color(QPalette::Base)), 10000);
}

TEST_F(StartScreenshotTest, TheStartPageFollowsADarkPalette) {
    const QPalette before = QApplication::palette();
    QApplication::setPalette(darkPalette());
    settle();
    const QImage image = drawStart("window_start_dark.png");
    const auto* list = m_window.findChild<StartPage*>()->projects();
    EXPECT_GT(pixelsIn(list, image, darkPalette().color(QPalette::Base)), 10000);
    QApplication::setPalette(before);
}

}  // namespace
}  // namespace tl
