// SPDX-License-Identifier: Apache-2.0
#include "ui/run_window.h"

#include <cstdlib>
#include <utility>

#include <QApplication>

#include "app/project.h"
#include "ui/main_window.h"
#include "ui/widgets/colours.h"

namespace tl {

int showUntilClosed(MainWindow& window) {
    window.show();
    const int status = QApplication::exec();
    if (window.isModelLoading()) {
        // The engine thread only reads the model's file: nothing is half-written, and the system
        // takes back the rest faster than the thread could be waited for.
        std::_Exit(status);
    }
    return status;
}

int runWindow(int argc,
              char** argv,
              const ModelChoice& model,
              const std::vector<std::filesystem::path>& paths) {
    const QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("throughline"));
    QApplication::setApplicationDisplayName(QStringLiteral("Throughline"));
    QApplication::setApplicationVersion(QStringLiteral(TL_VERSION));
    // Wayland finds the icon through the desktop file.
    QApplication::setDesktopFileName(QStringLiteral("io.github.throughline.Throughline"));

    // Some themes leave this one role black in the dark; all others go on following the system.
    QPalette palette;
    palette.setColor(QPalette::PlaceholderText, noteColour(QApplication::palette()));
    QApplication::setPalette(palette);

    MainWindow window(
        [&model](ProjectEvents events) { return openProject(model, std::move(events)); });
    window.choose(paths);
    return showUntilClosed(window);
}

}  // namespace tl
