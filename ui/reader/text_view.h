// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPlainTextEdit>

namespace tl {

// A file's text, read only, with line numbers and a marked range of lines. Lines count from 1.
class TextView : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit TextView(QWidget* parent = nullptr);

    // Replaces the text and drops the marks.
    void showText(const QString& text);
    // Marks the lines and brings the first into view; lines beyond the text are cut off.
    void markLines(qint64 first, qint64 last);
    void goToLine(qint64 line);

    int lineAtCursor() const;
    // The marked text, lines joined by \n; empty without marks.
    QString markedText() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void layOutMargin();
    void paintMargin(QPaintEvent* event);
    int marginWidth() const;
    void applyMarks();

    QWidget* m_margin;  // the line numbers
    int m_firstMarked = 0;
    int m_lastMarked = -1;
};

}  // namespace tl
