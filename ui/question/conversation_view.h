// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <QTextBrowser>

#include "app/app_types.h"
#include "ui/widgets/shown_place.h"

class QTextCursor;

namespace tl {

// Questions with their answers, oldest first. Answers stream in; citations and search hits are
// links. What documents and the model say is always plain text, never markup.
class ConversationView : public QTextBrowser {
    Q_OBJECT

public:
    explicit ConversationView(QWidget* parent = nullptr);

    // What was asked in earlier runs, in place of all entries.
    void showEarlier(const std::vector<Answer>& answers);
    // Starts an entry; the pieces and the end of other questions than the newest are ignored.
    void begin(int64_t id, const QString& question);
    void append(int64_t id, Look look, const QString& piece);
    void finish(int64_t id, const Answer& answer);
    void fail(int64_t id, const QString& message);
    void clearEntries();

    // Opens the citation after (step 1) or before (step -1) the one opened last; begins with the
    // newest answer's first. Does nothing where no answer has any.
    void openNeighbour(int step);
    bool isEmpty() const { return m_entries.empty(); }
    bool hasPlaces() const { return !m_places.empty(); }

Q_SIGNALS:
    void placeActivated(const tl::ShownPlace& place);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Entry {
        int64_t id = 0;
        QString question;
        Look look = Look::kFirst;
        QString text;  // what has streamed in
        std::optional<Answer> answer;
        QString failure;
        bool showsDetails = false;
    };

    void rebuild();
    void writeEntry(QTextCursor& cursor, const Entry& entry);
    void writeAnswer(QTextCursor& cursor, const Answer& answer);
    void writeDetails(QTextCursor& cursor, const Entry& entry);
    void writeCitations(QTextCursor& cursor, const Answer& answer);
    void writeState(QTextCursor& cursor, CitationState state);
    void writeLink(QTextCursor& cursor, const QString& text, const ShownPlace& place);
    Entry* newest(int64_t id);
    void open(int place);
    void toggleDetails(int64_t id);
    void scrollToEnd();
    bool isScrolledToEnd() const;

    std::vector<Entry> m_entries;
    std::vector<ShownPlace> m_places;  // of all links, in the order of the text
    // The place opened last; after an answer, the one before its first.
    int m_opened = -1;
};

}  // namespace tl
