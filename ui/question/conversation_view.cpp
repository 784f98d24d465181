// SPDX-License-Identifier: Apache-2.0
#include "ui/question/conversation_view.h"

#include <algorithm>
#include <string_view>

#include <QEvent>
#include <QFontMetrics>
#include <QLocale>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextImageFormat>
#include <QUrl>

#include "app/wording.h"
#include "ui/question/state_icon.h"
#include "ui/widgets/colours.h"

namespace tl {
namespace {

constexpr int kQuoteCharacters = 160;  // of a quote shown under an answer; the file has the rest
constexpr qreal kGap = 6;              // pixels above a paragraph
constexpr qreal kEntryGap = 16;        // pixels above a question

constexpr QLatin1StringView kDetails("details");  // scheme of the links to an answer's details

QTextBlockFormat blockFormat(qreal gap, qreal indent = 0) {
    QTextBlockFormat format;
    format.setTopMargin(gap);
    format.setLeftMargin(indent);
    return format;
}

QTextCharFormat note(const QPalette& palette) {
    QTextCharFormat format;
    format.setForeground(noteColour(palette));
    return format;
}

// Opens a paragraph; the first of a document is there already.
void beginBlock(QTextCursor& cursor, const QTextBlockFormat& format) {
    if (cursor.position() == 0) {
        cursor.setBlockFormat(format);
        cursor.setBlockCharFormat({});
    } else {
        cursor.insertBlock(format, {});
    }
}

void writeParagraph(QTextCursor& cursor,
                    const QString& text,
                    const QTextBlockFormat& block = blockFormat(kGap),
                    const QTextCharFormat& format = {}) {
    beginBlock(cursor, block);
    cursor.insertText(text.trimmed(), format);
}

QString oneLine(const QString& text) {
    QString line = text.simplified();
    if (line.size() > kQuoteCharacters) {
        line.truncate(kQuoteCharacters);
        line += QStringLiteral("...");
    }
    return line;
}

QString stateHint(CitationState state) {
    switch (state) {
        case CitationState::kVerified:
            return ConversationView::tr(
                "The answer's words stand in these lines, which speak of "
                "what the question asks.");
        case CitationState::kElsewhere:
            return ConversationView::tr(
                "The answer's words stand in these lines, but nothing "
                "shows that they answer the question.");
        case CitationState::kNotFound:
            break;
    }
    return ConversationView::tr("The answer's words were not found. These lines come nearest.");
}

}  // namespace

ConversationView::ConversationView(QWidget* parent) : QTextBrowser(parent) {
    setOpenLinks(false);
    setUndoRedoEnabled(false);
    setAcceptDrops(false);
    setAccessibleName(tr("Questions and answers"));
    setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    setPlaceholderText(tr("Answers appear here, with the lines they come from."));
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        if (link.scheme() == kDetails) {
            toggleDetails(link.path().toLongLong());
        } else {
            open(link.path().toInt());
        }
    });
}

// Ids of questions count up from 1, so these are nobody else's.
void ConversationView::showEarlier(const std::vector<Answer>& answers) {
    m_entries.clear();
    m_opened = -1;
    int64_t id = -static_cast<int64_t>(answers.size());
    for (const Answer& answer : answers) {
        Entry entry;
        entry.id = id++;
        entry.question = QString::fromStdString(answer.question);
        entry.answer = answer;
        m_entries.push_back(entry);
    }
    rebuild();
    scrollToEnd();
}

void ConversationView::begin(int64_t id, const QString& question) {
    Entry entry;
    entry.id = id;
    entry.question = question;
    m_entries.push_back(entry);
    rebuild();
    scrollToEnd();
}

void ConversationView::append(int64_t id, Look look, const QString& piece) {
    Entry* entry = newest(id);
    if (entry == nullptr) {
        return;
    }
    if (look != entry->look) {
        entry->look = look;
        entry->text.clear();
    }
    const bool isAtEnd = !entry->text.isEmpty();
    entry->text += piece;
    if (!isAtEnd) {
        rebuild();
        return;
    }
    const bool follows = isScrolledToEnd();
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(piece);
    if (follows) {
        scrollToEnd();
    }
}

void ConversationView::finish(int64_t id, const Answer& answer) {
    if (Entry* entry = newest(id)) {
        entry->answer = answer;
        m_opened = static_cast<int>(m_places.size()) - 1;
        rebuild();
    }
}

void ConversationView::fail(int64_t id, const QString& message) {
    if (Entry* entry = newest(id)) {
        entry->failure = message;
        rebuild();
    }
}

void ConversationView::clearEntries() {
    m_entries.clear();
    m_opened = -1;
    rebuild();
}

void ConversationView::openNeighbour(int step) {
    const auto count = static_cast<int>(m_places.size());
    if (count == 0) {
        return;
    }
    const int from = m_opened < 0 && step < 0 ? 0 : m_opened;
    open((from + step + count) % count);
}

void ConversationView::open(int place) {
    if (place < 0 || place >= static_cast<int>(m_places.size())) {
        return;
    }
    m_opened = place;
    const ShownPlace opened =
        m_places[static_cast<size_t>(place)];  // who listens may change the list
    Q_EMIT placeActivated(opened);
}

void ConversationView::toggleDetails(int64_t id) {
    const auto entry = std::find_if(
        m_entries.begin(), m_entries.end(), [id](const Entry& each) { return each.id == id; });
    if (entry != m_entries.end() && entry->answer) {
        entry->showsDetails = !entry->showsDetails;
        rebuild();
    }
}

ConversationView::Entry* ConversationView::newest(int64_t id) {
    return !m_entries.empty() && m_entries.back().id == id ? &m_entries.back() : nullptr;
}

// A conversation is a few screens of text; writing it anew keeps one way to show each state. Who
// has scrolled up to read stays there.
void ConversationView::rebuild() {
    const bool follows = isScrolledToEnd();
    const int scrolled = verticalScrollBar()->value();
    clear();
    m_places.clear();
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    for (const Entry& entry : m_entries) {
        writeEntry(cursor, entry);
    }
    cursor.endEditBlock();
    if (follows) {
        scrollToEnd();
    } else {
        verticalScrollBar()->setValue(scrolled);
    }
}

void ConversationView::writeEntry(QTextCursor& cursor, const Entry& entry) {
    QTextCharFormat bold;
    bold.setFontWeight(QFont::Bold);
    writeParagraph(
        cursor, entry.question, blockFormat(cursor.position() == 0 ? 0 : kEntryGap), bold);
    if (entry.answer) {
        writeAnswer(cursor, *entry.answer);
        writeDetails(cursor, entry);
        return;
    }
    beginBlock(cursor, blockFormat(kGap));
    cursor.insertText(entry.text, {});
    if (!entry.failure.isEmpty()) {
        writeParagraph(cursor, entry.failure, blockFormat(kGap), note(palette()));
    }
}

void ConversationView::writeAnswer(QTextCursor& cursor, const Answer& answer) {
    writeParagraph(cursor, QString::fromStdString(answer.text));
    if (answer.isCut) {
        writeParagraph(
            cursor, tr("The answer was cut at its limit."), blockFormat(kGap), note(palette()));
    }
    if (answer.isRepeating) {
        writeParagraph(cursor,
                       tr("The answer was cut where it began to repeat itself."),
                       blockFormat(kGap),
                       note(palette()));
    }
    if (!answer.language.empty()) {
        writeParagraph(cursor,
                       QString::fromStdString(languageNote(answer.language)),
                       blockFormat(kGap),
                       note(palette()));
    }
    if (answer.tokensRead < answer.tokensTotal) {
        const QLocale locale;
        writeParagraph(cursor,
                       tr("From the first %1 of %2 tokens; what comes after them is left out.")
                           .arg(locale.toString(static_cast<qlonglong>(answer.tokensRead)),
                                locale.toString(static_cast<qlonglong>(answer.tokensTotal))),
                       blockFormat(kGap),
                       note(palette()));
    }
    writeCitations(cursor, answer);
}

// How the answer came about stands behind a link: it is of no use to most.
void ConversationView::writeDetails(QTextCursor& cursor, const Entry& entry) {
    QTextCharFormat link = note(palette());
    link.setAnchor(true);
    link.setAnchorHref(QStringLiteral("%1:%2").arg(kDetails).arg(entry.id));
    link.setFontUnderline(true);
    writeParagraph(cursor,
                   entry.showsDetails ? tr("Hide details") : tr("Show details"),
                   blockFormat(kGap),
                   link);
    if (!entry.showsDetails) {
        return;
    }
    const Answer& answer = *entry.answer;
    if (answer.firstLook) {
        const QString firstLook = QString::fromStdString(*answer.firstLook).trimmed();
        writeParagraph(
            cursor, tr("First look: %1").arg(firstLook), blockFormat(kGap), note(palette()));
    }
    if (answer.isFollowUp) {
        writeParagraph(cursor,
                       tr("Asked with what was said before it in mind."),
                       blockFormat(kGap),
                       note(palette()));
    }
    const QLocale locale;
    writeParagraph(cursor,
                   tr("%1 tokens evaluated, %2 s")
                       .arg(locale.toString(static_cast<qlonglong>(answer.tokensEvaluated)),
                            locale.toString(answer.seconds, 'f', 1)),
                   blockFormat(kGap),
                   note(palette()));
}

void ConversationView::writeCitations(QTextCursor& cursor, const Answer& answer) {
    int number = 0;
    for (const Citation& citation : answer.citations) {
        const QString file = QString::fromStdString(citation.file);
        beginBlock(cursor, blockFormat(number == 0 ? kGap : 2, kEntryGap));
        const QString where = QString::fromStdString(citation.place);
        const QString lines = QStringLiteral(":") + QString::fromStdString(lineRange(
                                                        citation.startLine, citation.endLine));
        writeLink(cursor,
                  QStringLiteral("[%1] ").arg(++number) + file +
                      (where.isEmpty() ? lines : QStringLiteral(" ") + where),
                  {file,
                   citation.startLine,
                   citation.endLine,
                   where,
                   QString::fromStdString(citation.quote)});
        writeState(cursor, citation.state);
        QTextCharFormat quote;
        quote.setToolTip(QString::fromStdString(foundByText(citation.foundBy)));
        cursor.insertText(tr(": \"%1\"").arg(oneLine(QString::fromStdString(citation.quote))),
                          quote);
    }
    if (answer.hits.empty()) {
        return;
    }
    writeParagraph(cursor, tr("Lines in which words of the question stand:"));
    for (const SearchHit& hit : answer.hits) {
        const QString file = QString::fromStdString(hit.file);
        beginBlock(cursor, blockFormat(2, kEntryGap));
        const QString where = QString::fromStdString(hit.place);
        writeLink(cursor,
                  file + (where.isEmpty() ? QStringLiteral(":%1").arg(hit.line)
                                          : QStringLiteral(" ") + where),
                  {file, hit.line, hit.line, where});
        cursor.insertText((hit.isDefinition ? tr(" definition: ") : QStringLiteral(" ")) +
                              oneLine(QString::fromStdString(hit.text)),
                          {});
    }
}

// An icon and words in one colour: the words are what a screen reader reads, and what tells the
// states apart where colours do not.
void ConversationView::writeState(QTextCursor& cursor, CitationState state) {
    const QFontMetrics metrics(document()->defaultFont());
    const int side = metrics.ascent();
    const std::string_view text = citationStateText(state);
    QTextImageFormat icon;
    icon.setName(QStringLiteral("state:%1").arg(static_cast<int>(state)));
    icon.setWidth(side);
    icon.setHeight(side);
    document()->addResource(QTextDocument::ImageResource,
                            QUrl(icon.name()),
                            stateIcon(state, palette(), side, devicePixelRatioF()));
    QTextCharFormat words;
    words.setForeground(stateColour(palette(), state));
    words.setFontWeight(QFont::DemiBold);
    words.setToolTip(stateHint(state));
    cursor.insertText(QStringLiteral(" "), {});
    cursor.insertImage(icon);
    cursor.insertText(QStringLiteral(" ") + QString::fromUtf8(text.data(), std::ssize(text)),
                      words);
}

void ConversationView::writeLink(QTextCursor& cursor,
                                 const QString& text,
                                 const ShownPlace& place) {
    QTextCharFormat format;
    format.setAnchor(true);
    format.setAnchorHref(QStringLiteral("place:%1").arg(m_places.size()));
    format.setForeground(palette().link());
    format.setFontUnderline(true);
    cursor.insertText(text, format);
    m_places.push_back(place);
}

void ConversationView::scrollToEnd() {
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

bool ConversationView::isScrolledToEnd() const {
    return verticalScrollBar()->value() == verticalScrollBar()->maximum();
}

// Links and notes are written in the palette's colours, so a new palette means new text.
void ConversationView::changeEvent(QEvent* event) {
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        rebuild();
    }
}

}  // namespace tl
