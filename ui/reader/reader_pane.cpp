// SPDX-License-Identifier: Apache-2.0
#include "ui/reader/reader_pane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/reader/text_view.h"

namespace tl {

ReaderPane::ReaderPane(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_line(new QSpinBox), m_view(new TextView) {
    // A long path must not dictate the width of the pane.
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setBuddy(m_view);
    m_view->setAccessibleName(tr("Text of the file"));
    m_view->setPlaceholderText(tr("Click a citation or open a file of the list to read it here."));
    m_line->setAccessibleName(tr("Go to line"));
    m_line->setKeyboardTracking(false);  // Jumps at Enter, not at every digit.
    auto* lineLabel = new QLabel(tr("&Line"));
    lineLabel->setBuddy(m_line);

    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(lineLabel);
    head->addWidget(m_line);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(head);
    layout->addWidget(m_view, 1);

    connect(m_line, &QSpinBox::valueChanged, m_view, [this](int line) {
        if (line != m_view->lineAtCursor()) {
            m_view->goToLine(line);
        }
    });
    connect(m_view, &QPlainTextEdit::cursorPositionChanged, m_line, [this] {
        m_line->setValue(m_view->lineAtCursor());
    });
    clear();
}

void ReaderPane::showPlace(const ShownPlace& place, const QString& text) {
    const auto& [file, first, last, where, quote] = place;
    if (file != m_file) {
        m_file = file;
        m_view->showText(text);
        m_line->setRange(1, m_view->blockCount());
        m_line->setEnabled(true);
    }
    QString title = file;
    if (first > 0) {
        m_view->mark(first, last, quote);
        title = !where.isEmpty() ? tr("%1, %2").arg(file, where)
                : first == last  ? tr("%1, line %2").arg(file).arg(first)
                                 : tr("%1, lines %2 to %3").arg(file).arg(first).arg(last);
    }
    m_title->setText(title);
    m_title->setToolTip(title);
}

void ReaderPane::clear() {
    m_file.clear();
    m_title->setText(tr("No file open"));
    m_view->showText({});
    m_line->setRange(1, 1);
    m_line->setEnabled(false);
}

void ReaderPane::askForLine() {
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

}  // namespace tl
