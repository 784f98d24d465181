// SPDX-License-Identifier: Apache-2.0
#include "ui/reader/text_view.h"

#include <algorithm>

#include <QEvent>
#include <QFontDatabase>
#include <QPainter>
#include <QTextBlock>

#include "ui/widgets/colours.h"

namespace tl {
namespace {

constexpr int kMarginPadding = 6;  // pixels on either side of the numbers

// QPlainTextEdit gives geometry to itself alone, so the margin hands its painting back to it.
template <typename Paint>
class Margin : public QWidget {
public:
    Margin(QWidget* parent, Paint paint) : QWidget(parent), m_paint(paint) {}

protected:
    void paintEvent(QPaintEvent* event) override { m_paint(event); }

private:
    Paint m_paint;
};

// The highlight colour thinned into the page, so that the page's own text colour stays readable.
QColor markColour(const QPalette& palette) {
    return mixed(palette.color(QPalette::Base), palette.color(QPalette::Highlight), 0.3F);
}

}  // namespace

TextView::TextView(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_margin(new Margin(this, [this](QPaintEvent* event) { paintMargin(event); })) {
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { layOutMargin(); });
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& area, int dy) {
        if (dy != 0) {
            m_margin->scroll(0, dy);
        } else {
            m_margin->update(0, area.y(), m_margin->width(), area.height());
        }
    });
    layOutMargin();
}

void TextView::showText(const QString& text) {
    setPlainText(text);
    m_marked = {};
    applyMark();
}

void TextView::mark(qint64 first, qint64 last, const QString& words) {
    const auto lineOf = [this](qint64 wanted) {
        return document()->findBlockByNumber(
            static_cast<int>(std::clamp<qint64>(wanted, 1, blockCount())) - 1);
    };
    const QTextBlock from = lineOf(first);
    const QTextBlock to = lineOf(std::max(first, last));
    m_marked = QTextCursor(from);
    m_marked.setPosition(to.position() + to.length() - 1, QTextCursor::KeepAnchor);
    const qsizetype at = words.isEmpty() ? -1 : markedText().indexOf(words);
    m_marksLines = at < 0;
    if (!m_marksLines) {
        const auto begin = from.position() + static_cast<int>(at);
        m_marked.setPosition(begin);
        m_marked.setPosition(begin + static_cast<int>(words.size()), QTextCursor::KeepAnchor);
    }
    applyMark();
    // A line may be longer than the view is high.
    QTextCursor begin(document());
    begin.setPosition(m_marked.selectionStart());
    setTextCursor(begin);
    centerCursor();
}

void TextView::goToLine(qint64 line) {
    const int at = static_cast<int>(std::clamp<qint64>(line, 1, blockCount())) - 1;
    setTextCursor(QTextCursor(document()->findBlockByNumber(at)));
    centerCursor();
}

int TextView::lineAtCursor() const {
    return textCursor().blockNumber() + 1;
}

QString TextView::markedText() const {
    return m_marked.selectedText().replace(QChar::ParagraphSeparator, QLatin1Char('\n'));
}

void TextView::applyMark() {
    QList<QTextEdit::ExtraSelection> marks;
    if (!m_marked.isNull()) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = m_marked;
        mark.format.setBackground(markColour(palette()));
        mark.format.setProperty(QTextFormat::FullWidthSelection, m_marksLines);
        marks += mark;
    }
    setExtraSelections(marks);
    m_margin->update();
}

void TextView::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    layOutMargin();
}

void TextView::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        applyMark();
    } else if (event->type() == QEvent::FontChange) {
        layOutMargin();
    }
}

int TextView::marginWidth() const {
    const auto digits = static_cast<int>(QString::number(blockCount()).size());
    return digits * fontMetrics().horizontalAdvance(QLatin1Char('9')) + 2 * kMarginPadding;
}

void TextView::layOutMargin() {
    setViewportMargins(marginWidth(), 0, 0, 0);
    const QRect area = contentsRect();
    m_margin->setGeometry(area.left(), area.top(), marginWidth(), area.height());
}

void TextView::paintMargin(QPaintEvent* event) {
    QPainter painter(m_margin);
    painter.fillRect(event->rect(), palette().color(QPalette::Window));
    painter.setFont(font());
    const int width = m_margin->width() - kMarginPadding;
    const QTextBlock firstMarked = document()->findBlock(m_marked.selectionStart());
    const QTextBlock lastMarked = document()->findBlock(m_marked.selectionEnd());
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF area = blockBoundingGeometry(block).translated(contentOffset());
        if (area.top() > event->rect().bottom()) {
            return;
        }
        const int line = block.blockNumber() + 1;
        const bool isMarked = !m_marked.isNull() &&
                              block.blockNumber() >= firstMarked.blockNumber() &&
                              block.blockNumber() <= lastMarked.blockNumber();
        painter.setPen(isMarked ? palette().color(QPalette::WindowText) : noteColour(palette()));
        painter.drawText(0,
                         static_cast<int>(area.top()),
                         width,
                         fontMetrics().height(),
                         Qt::AlignRight,
                         QString::number(line));
    }
}

}  // namespace tl
