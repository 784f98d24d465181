// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPlainTextEdit>
#include <QTextCursor>

namespace tl {

// A file's text, read only, with line numbers and a marked range. Lines count from 1.
class TextView : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit TextView(QWidget* parent = nullptr);

    // Replaces the text and drops the marks.
    void showText(const QString& text);
    // Marks the words within these lines, or the lines as a whole where `words` is empty or does
    // not stand there, and brings the first into view. Lines beyond the text are cut off.
    void mark(qint64 first, qint64 last, const QString& words = {});
    void goToLine(qint64 line);

    int lineAtCursor() const;
    // The marked text, lines joined by \n; empty without a mark.
    QString markedText() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void layOutMargin();
    void paintMargin(QPaintEvent* event);
    int marginWidth() const;
    void applyMark();

    QWidget* m_margin;          // the line numbers
    QTextCursor m_marked;       // selects what is marked; without a selection nothing is
    bool m_marksLines = false;  // over the whole width
};

}  // namespace tl
