// SPDX-License-Identifier: Apache-2.0
#include "ui/question/overview_page.h"

#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTextBrowser>
#include <QTextCursor>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/widgets/colours.h"

namespace tl {
namespace {

constexpr qreal kGap = 2;              // pixels above a statement
constexpr qreal kSectionGap = 12;      // pixels above a heading
constexpr qreal kIndent = 12;          // pixels of a level
constexpr int kButtonCharacters = 60;  // of a question on its button; the tooltip has all of it

QString qt(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

void beginBlock(QTextCursor& cursor, qreal gap, int indent) {
    QTextBlockFormat format;
    format.setTopMargin(gap);
    format.setLeftMargin(kIndent * indent);
    if (cursor.position() == 0) {
        cursor.setBlockFormat(format);
    } else {
        cursor.insertBlock(format, {});
    }
}

// An ampersand would mark a letter as the button's key.
QString buttonText(const QString& question) {
    QString text = question;
    if (text.size() > kButtonCharacters) {
        text.truncate(kButtonCharacters);
        text += QStringLiteral("...");
    }
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

}  // namespace

OverviewPage::OverviewPage(QWidget* parent)
    : QWidget(parent)
    , m_text(new QTextBrowser)
    , m_heading(new QLabel(tr("Questions to begin with:")))
    , m_questions(new QVBoxLayout) {
    m_text->setOpenLinks(false);
    m_text->setUndoRedoEnabled(false);
    m_text->setAcceptDrops(false);
    m_text->setAccessibleName(tr("Overview of the corpus"));
    m_text->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_heading);
    layout->addLayout(m_questions);
    connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        const auto index = static_cast<size_t>(link.path().toInt());
        if (index < m_places.size()) {
            Q_EMIT placeActivated(m_places[index]);
        }
    });
}

void OverviewPage::showOverview(const Overview& overview) {
    m_overview = overview;
    writeText();
    m_text->moveCursor(QTextCursor::Start);
    makeButtons();
}

void OverviewPage::setAskEnabled(bool isEnabled) {
    m_isAskEnabled = isEnabled;
    for (QPushButton* button : m_buttons) {
        button->setEnabled(isEnabled);
    }
}

void OverviewPage::makeButtons() {
    for (QPushButton* button : m_buttons) {
        delete button;
    }
    m_buttons.clear();
    m_heading->setVisible(!m_overview.questions.empty());
    QWidget* before = m_text;
    for (const OverviewQuestion& asked : m_overview.questions) {
        const QString question = qt(asked.text);
        auto* button = new QPushButton(buttonText(question));
        button->setAccessibleName(tr("Ask: %1").arg(question));
        button->setToolTip(question.toHtmlEscaped());
        button->setEnabled(m_isAskEnabled);
        // Long questions do not make the pane wider.
        button->setMinimumWidth(1);
        connect(button, &QPushButton::clicked, this, [this, question] {
            Q_EMIT questionChosen(question);
        });
        m_questions->addWidget(button);
        setTabOrder(before, button);
        before = button;
        m_buttons.push_back(button);
    }
}

void OverviewPage::writeText() {
    m_text->clear();
    m_places.clear();
    QTextCursor cursor(m_text->document());
    cursor.beginEditBlock();
    const QLocale locale;
    beginBlock(cursor, 0, 0);
    const QString counts =
        m_overview.files == 1 ? tr("%1 file, %2 tokens") : tr("%1 files, %2 tokens");
    cursor.insertText(counts.arg(locale.toString(static_cast<qlonglong>(m_overview.files)),
                                 locale.toString(static_cast<qlonglong>(m_overview.tokens))),
                      {});
    for (const OverviewSection& section : m_overview.sections) {
        writeSection(cursor, section);
    }
    cursor.endEditBlock();
}

void OverviewPage::writeSection(QTextCursor& cursor, const OverviewSection& section) {
    QTextCharFormat bold;
    bold.setFontWeight(QFont::Bold);
    beginBlock(cursor, kSectionGap, 0);
    cursor.insertText(qt(overviewTopicHeading(section.topic)), bold);
    std::string document;
    for (const OverviewStatement& statement : section.statements) {
        const bool isHeading = statement.level > 0;
        if (isHeading && statement.name != document) {
            document = statement.name;
            beginBlock(cursor, kGap, 1);
            cursor.insertText(qt(document), {});
        }
        writeStatement(cursor, statement, 1 + statement.level);
    }
    if (section.leftOut > 0) {
        QTextCharFormat note;
        note.setForeground(noteColour(palette()));
        beginBlock(cursor, kGap, 1);
        cursor.insertText(
            tr("%1 more").arg(QLocale().toString(static_cast<qlonglong>(section.leftOut))), note);
    }
}

// The document of a heading stands above it already.
void OverviewPage::writeStatement(QTextCursor& cursor,
                                  const OverviewStatement& statement,
                                  int indent) {
    beginBlock(cursor, kGap, indent);
    const bool isNamed = !statement.name.empty() && statement.level == 0;
    if (isNamed) {
        QTextCharFormat strong;
        strong.setFontWeight(QFont::DemiBold);
        cursor.insertText(qt(statement.name), strong);
    }
    if (!statement.text.empty()) {
        cursor.insertText((isNamed ? QStringLiteral(": ") : QString()) + qt(statement.text), {});
    }
    cursor.insertText(QStringLiteral("  "), {});
    writeLink(cursor, statement.where);
}

void OverviewPage::writeLink(QTextCursor& cursor, const OverviewPlace& where) {
    QTextCharFormat format;
    format.setAnchor(true);
    format.setAnchorHref(QStringLiteral("place:%1").arg(m_places.size()));
    format.setForeground(palette().link());
    format.setFontUnderline(true);
    cursor.insertText(qt(where.label), format);
    m_places.push_back(
        {qt(where.file), where.startLine, where.endLine, qt(where.place), qt(where.quote)});
}

// Links and notes are written in the palette's colours, so a new palette means new text.
void OverviewPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        writeText();
    }
}

}  // namespace tl
