// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QSpinBox;

namespace tl {

class TextView;

// One file of the corpus with its name, its lines and the place that an answer cites.
class ReaderPane : public QWidget {
    Q_OBJECT

public:
    explicit ReaderPane(QWidget* parent = nullptr);

    // lines first..last are marked; first = 0 marks none.
    // `where` names the place in the title instead of the lines.
    void showFile(const QString& file,
                  const QString& text,
                  qint64 first = 0,
                  qint64 last = 0,
                  const QString& where = {});
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
