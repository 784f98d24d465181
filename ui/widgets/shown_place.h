// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMetaType>
#include <QString>

namespace tl {

// A place in a file of the corpus, as one pane names it and another shows it.
struct ShownPlace {
    QString file;
    qint64 firstLine = 0;  // 0: the file alone
    qint64 lastLine = 0;
    QString where{};  // in words, where the file is not looked up by lines: "page iv"
    QString quote{};  // text within these lines; empty: all of them
};

}  // namespace tl

Q_DECLARE_METATYPE(tl::ShownPlace)
