// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QList>
#include <QSettings>
#include <QString>

namespace tl {

// What the window remembers between runs: an INI file in the user's own settings folder.
QSettings windowSettings();

// A project file that was open in the window, as it was then.
struct RecentProject {
    QString file;  // whole path
    QDateTime used{};
    qint64 tokensRead = 0;
    qint64 tokensTotal = 0;

    QString name() const;  // the file's, without its ending
    bool isThere() const;
    // For people: "all read", "37 % read", "not there any more"; "12.4 MiB"; "3 h ago", a date.
    QString stateText() const;
    QString sizeText() const;
    QString ageText(const QDateTime& now) const;
};

// Project files by their last use, the newest first. Lives on the UI thread; looks at the files'
// sizes, never into them.
class RecentProjects {
public:
    static constexpr qsizetype kMost = 12;

    static QList<RecentProject> list();
    // Puts one first; its time is now where none is given.
    static void note(RecentProject project);
    static void forget(const QString& file);
};

}  // namespace tl
