// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocale>

namespace tl {

// From now on the window speaks the locale's language where it knows it (German, Simplified
// Chinese), else English; so do Qt's own dialogs where the system has their translation. Replaces
// what an earlier call has installed. UI thread; REQUIRES: a QCoreApplication.
void installTranslations(const QLocale& locale);

}  // namespace tl
