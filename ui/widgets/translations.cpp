// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

// A static library's resources are not there until somebody says their name, outside a namespace.
static void initTranslations() {
    Q_INIT_RESOURCE(translations);
}

namespace tl {
namespace {

void install(const char* role, const QLocale& locale, const QString& name, const QString& folder) {
    auto* application = QCoreApplication::instance();
    const QString key = QString::fromLatin1(role);
    delete application->findChild<QTranslator*>(key, Qt::FindDirectChildrenOnly);
    auto* translator = new QTranslator(application);
    translator->setObjectName(key);
    if (translator->load(locale, name, QStringLiteral("_"), folder)) {
        QCoreApplication::installTranslator(translator);
    }
}

}  // namespace

void installTranslations(const QLocale& locale) {
    initTranslations();
    // What is installed last is asked first.
    install("qtTranslation",
            locale,
            QStringLiteral("qtbase"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install("translation", locale, QStringLiteral("throughline"), QStringLiteral(":/translations"));
}

}  // namespace tl
