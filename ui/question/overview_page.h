// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QWidget>

#include "app/overview_types.h"
#include "ui/widgets/shown_place.h"

class QLabel;
class QPushButton;
class QTextBrowser;
class QTextCursor;
class QVBoxLayout;

namespace tl {

// What the corpus says of itself, each statement with a link to its lines, and questions that it
// can answer as buttons. What documents say is always plain text, never markup.
class OverviewPage : public QWidget {
    Q_OBJECT

public:
    explicit OverviewPage(QWidget* parent = nullptr);

    void showOverview(const Overview& overview);
    void setAskEnabled(bool isEnabled);

    QTextBrowser* text() const { return m_text; }
    const std::vector<QPushButton*>& questionButtons() const { return m_buttons; }

Q_SIGNALS:
    void placeActivated(const tl::ShownPlace& place);
    void questionChosen(const QString& question);

protected:
    void changeEvent(QEvent* event) override;

private:
    void writeText();
    void writeSection(QTextCursor& cursor, const OverviewSection& section);
    void writeStatement(QTextCursor& cursor, const OverviewStatement& statement, int indent);
    void writeLink(QTextCursor& cursor, const OverviewPlace& where);
    void makeButtons();

    Overview m_overview;
    std::vector<ShownPlace> m_places;  // of all links, in the order of the text
    QTextBrowser* m_text;
    QLabel* m_heading;  // of the questions
    QVBoxLayout* m_questions;
    std::vector<QPushButton*> m_buttons;
    bool m_isAskEnabled = false;
};

}  // namespace tl
