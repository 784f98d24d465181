// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/translations.h"

#include <QMenuBar>

#include "tests/ui/window_test.h"
#include "ui/widgets/reading_bar.h"

namespace tl {
namespace {

class TranslationsTest : public UiTest {
protected:
    ~TranslationsTest() override { installTranslations(QLocale::c()); }

    // The titles of the menus of a window that is opened now.
    static QStringList menus() {
        FakeProjectState state;
        const MainWindow window{fakeOpener(state)};
        QStringList titles;
        for (const QAction* action : window.menuBar()->actions()) {
            titles.append(action->text());
        }
        return titles;
    }
};

TEST_F(TranslationsTest, TheWindowSpeaksTheLanguageOfTheLocale) {
    installTranslations(QLocale(QStringLiteral("de_AT")));
    EXPECT_EQ(menus().front(), QStringLiteral("&Datei"));
    installTranslations(QLocale(QStringLiteral("zh_CN")));
    EXPECT_EQ(menus().front(), QString::fromUtf8("\xE6\x96\x87\xE4\xBB\xB6(&F)"));
    installTranslations(QLocale(QStringLiteral("fr_FR")));
    EXPECT_EQ(menus().front(), QStringLiteral("&File"));
}

TEST_F(TranslationsTest, TextsOutsideOfWidgetsAreTranslatedToo) {
    installTranslations(QLocale(QStringLiteral("de_DE")));
    ReadingProgress progress;
    progress.tokensDone = 5;
    progress.tokensTotal = 10;
    progress.etaSeconds = 125;
    EXPECT_EQ(progressText(progress), QStringLiteral("5 von 10 Tokens, noch 2 min 5 s"));
}

}  // namespace
}  // namespace tl
