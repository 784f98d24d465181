// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <gtest/gtest.h>

#include "ui/start/recent_projects.h"

namespace tl {

// The application that widgets need, without a display. Stays until the process ends: no widget
// may outlive it.
inline QApplication& testApplication() {
    static int argc = 1;
    static char name[] = "ui_test";
    static char* argv[] = {name, nullptr};
    static auto& application = []() -> QApplication& {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        return *new QApplication(argc, argv);
    }();
    return application;
}

class UiTest : public testing::Test {
protected:
    static void SetUpTestSuite() {
        testApplication();
        // What windows remember is no business of the user's own.
        static const QTemporaryDir settings;
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    }
    ~UiTest() override { windowSettings().clear(); }

    // Delivers what has been posted so far, such as the events of a project.
    static void settle() {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
};

}  // namespace tl
