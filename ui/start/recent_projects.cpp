// SPDX-License-Identifier: Apache-2.0
#include "ui/start/recent_projects.h"

#include <algorithm>

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

namespace tl {
namespace {

constexpr qint64 kMinute = 60;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;
constexpr qint64 kMonth = 30 * kDay;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(tl::RecentProjects)
};

QString key(const char* name) {
    return QString::fromLatin1(name);
}

void write(const QList<RecentProject>& projects) {
    QSettings settings = windowSettings();
    settings.beginWriteArray(key("recent"), static_cast<int>(projects.size()));
    for (int i = 0; i < static_cast<int>(projects.size()); ++i) {
        const RecentProject& project = projects[i];
        settings.setArrayIndex(i);
        settings.setValue(key("file"), project.file);
        settings.setValue(key("used"), project.used);
        settings.setValue(key("tokensRead"), project.tokensRead);
        settings.setValue(key("tokensTotal"), project.tokensTotal);
    }
    settings.endArray();
}

}  // namespace

QSettings windowSettings() {
    return {QSettings::IniFormat, QSettings::UserScope, key("throughline"), key("window")};
}

QString RecentProject::name() const {
    return QFileInfo(file).completeBaseName();
}

bool RecentProject::isThere() const {
    return QFileInfo(file).isFile();
}

QString RecentProject::stateText() const {
    if (!isThere()) {
        return Words::tr("not there any more");
    }
    if (tokensTotal <= 0 || tokensRead >= tokensTotal) {
        return Words::tr("all read");
    }
    return Words::tr("%1 % read").arg(tokensRead * 100 / tokensTotal);
}

QString RecentProject::sizeText() const {
    return isThere() ? QLocale().formattedDataSize(QFileInfo(file).size(), 1) : QString();
}

QString RecentProject::ageText(const QDateTime& now) const {
    const qint64 seconds = used.secsTo(now);
    if (seconds < kMinute) {
        return Words::tr("just now");
    }
    if (seconds < kHour) {
        return Words::tr("%1 min ago").arg(seconds / kMinute);
    }
    if (seconds < kDay) {
        return Words::tr("%1 h ago").arg(seconds / kHour);
    }
    if (seconds < 2 * kDay) {
        return Words::tr("yesterday");
    }
    return seconds < kMonth ? Words::tr("%1 days ago").arg(seconds / kDay)
                            : QLocale().toString(used.date(), QLocale::ShortFormat);
}

QList<RecentProject> RecentProjects::list() {
    QSettings settings = windowSettings();
    QList<RecentProject> projects;
    const int count = settings.beginReadArray(key("recent"));
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        projects.push_back({settings.value(key("file")).toString(),
                            settings.value(key("used")).toDateTime(),
                            settings.value(key("tokensRead")).toLongLong(),
                            settings.value(key("tokensTotal")).toLongLong()});
    }
    settings.endArray();
    return projects;
}

void RecentProjects::note(RecentProject project) {
    if (!project.used.isValid()) {
        project.used = QDateTime::currentDateTime();
    }
    QList<RecentProject> projects = list();
    projects.removeIf([&](const RecentProject& each) { return each.file == project.file; });
    projects.prepend(project);
    projects.resize(std::min(projects.size(), kMost));
    write(projects);
}

void RecentProjects::forget(const QString& file) {
    QList<RecentProject> projects = list();
    projects.removeIf([&](const RecentProject& each) { return each.file == file; });
    write(projects);
}

}  // namespace tl
