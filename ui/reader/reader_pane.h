// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include "ui/widgets/shown_place.h"

class QLabel;
class QSpinBox;

namespace tl {

class TextView;

// One file of the corpus with its name, its lines and the place that an answer cites.
class ReaderPane : public QWidget {
    Q_OBJECT

public:
    explicit ReaderPane(QWidget* parent = nullptr);

    // Shows the place's file, whose text this is, and marks the place.
    void showPlace(const ShownPlace& place, const QString& text);
    void clear();
    // Puts the focus where a line number is typed.
    void askForLine();

    const QString& file() const { return m_file; }
    TextView* view() const { return m_view; }

private:
    QString m_file;
    QLabel* m_title;
    QSpinBox* m_line;
    TextView* m_view;
};

}  // namespace tl
