// SPDX-License-Identifier: Apache-2.0
#include "ui/run_window.h"

#include <cstdlib>
#include <memory>

#include <QApplication>

#include "app/project.h"
#include "ui/main_window.h"
#include "ui/widgets/colours.h"
#include "ui/widgets/translations.h"

namespace tl {

namespace {

// What Qt says while it looks for a display. It ends the process where it finds none, after some
// ten lines; its first line of them names the cause.
struct StartMessages {
    const NoWindowFn* noWindow = nullptr;
    std::vector<std::pair<QtMsgType, QString>> kept;
};
StartMessages* startMessages = nullptr;  // while the application is made: Qt passes no context

bool isSet(const char* variable) {
    return !qEnvironmentVariableIsEmpty(variable);
}

std::string whyNoWindow(const QString& lastWords) {
    if (!isSet("DISPLAY") && !isSet("WAYLAND_DISPLAY") && !isSet("QT_QPA_PLATFORM")) {
        return "no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set";
    }
    const QString cause =
        startMessages->kept.empty() ? lastWords : startMessages->kept.front().second;
    return "no display to open a window on: " + cause.section(u'\n', 0, 0).toStdString();
}

void keepMessage(QtMsgType type, const QMessageLogContext&, const QString& text) {
    if (type == QtFatalMsg) {
        (*startMessages->noWindow)(whyNoWindow(text));
    }
    startMessages->kept.emplace_back(type, text);
}

// Makes the application; where that works, what Qt said on the way goes where it belongs.
std::unique_ptr<QApplication> makeApplication(int& argc, char** argv, const NoWindowFn& noWindow) {
    StartMessages messages{&noWindow, {}};
    startMessages = &messages;
    const QtMessageHandler usual = qInstallMessageHandler(keepMessage);
    auto application = std::make_unique<QApplication>(argc, argv);
    qInstallMessageHandler(usual);
    startMessages = nullptr;
    for (const auto& [type, text] : messages.kept) {
        usual(type, QMessageLogContext(), text);
    }
    return application;
}

}  // namespace

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
              const std::vector<std::filesystem::path>& paths,
              const NoWindowFn& noWindow) {
    const std::unique_ptr<QApplication> application = makeApplication(argc, argv, noWindow);
    QApplication::setApplicationName(QStringLiteral("throughline"));
    QApplication::setApplicationDisplayName(QStringLiteral("Throughline"));
    QApplication::setApplicationVersion(QStringLiteral(TL_VERSION));
    // Wayland finds the icon through the desktop file.
    QApplication::setDesktopFileName(QStringLiteral("io.github.throughline.Throughline"));

    installTranslations(QLocale());

    // Some themes leave this one role black in the dark; all others go on following the system.
    QPalette palette;
    palette.setColor(QPalette::PlaceholderText, noteColour(QApplication::palette()));
    QApplication::setPalette(palette);

    MainWindow window([&model](ProjectObserver& observer) { return openProject(model, observer); });
    if (paths.empty()) {
        window.openLast();
    } else {
        window.choose(paths);
    }
    return showUntilClosed(window);
}

}  // namespace tl
