// SPDX-License-Identifier: Apache-2.0
#include "ui/question/question_pane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "ui/question/conversation_view.h"
#include "ui/question/overview_page.h"

namespace tl {

QuestionPane::QuestionPane(QWidget* parent)
    : QWidget(parent)
    , m_conversation(new ConversationView)
    , m_overview(new OverviewPage)
    , m_pages(new QStackedWidget)
    , m_title(new QLabel)
    , m_question(new QLineEdit)
    , m_ask(new QPushButton(tr("&Ask")))
    , m_stop(new QPushButton(tr("S&top"))) {
    m_question->setAccessibleName(tr("Question"));
    m_question->setPlaceholderText(tr("Ask about the corpus"));
    m_question->setAcceptDrops(false);  // Files dropped here are for the window.
    m_ask->setAccessibleName(tr("Ask the question"));
    m_stop->setAccessibleName(tr("Stop what runs"));
    m_pages->addWidget(m_conversation);
    m_pages->addWidget(m_overview);
    showConversation();
    auto* label = new QLabel(tr("&Question"));
    label->setBuddy(m_question);

    auto* line = new QHBoxLayout;
    line->addWidget(label);
    line->addWidget(m_question, 1);
    // Below, so that a question has the pane's whole width.
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_ask);
    buttons->addWidget(m_stop);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_title);
    layout->addWidget(m_pages, 1);
    layout->addLayout(line);
    layout->addLayout(buttons);
    setTabOrder(m_pages, m_question);
    setTabOrder(m_question, m_ask);
    setTabOrder(m_ask, m_stop);

    connect(m_question, &QLineEdit::returnPressed, this, &QuestionPane::ask);
    connect(m_ask, &QPushButton::clicked, this, &QuestionPane::ask);
    connect(m_overview, &OverviewPage::questionChosen, this, &QuestionPane::asked);
    connect(m_stop, &QPushButton::clicked, this, &QuestionPane::stopRequested);
    setAskEnabled(false);
    setStopEnabled(false);
}

void QuestionPane::ask() {
    const QString question = m_question->text().trimmed();
    if (m_ask->isEnabled() && !question.isEmpty()) {
        Q_EMIT asked(question);
    }
}

void QuestionPane::setAskEnabled(bool isEnabled) {
    m_ask->setEnabled(isEnabled);
    m_overview->setAskEnabled(isEnabled);
}

void QuestionPane::setStopEnabled(bool isEnabled) {
    m_stop->setEnabled(isEnabled);
}

void QuestionPane::focusQuestion() {
    m_question->setFocus(Qt::OtherFocusReason);
}

void QuestionPane::showOverview() {
    m_pages->setCurrentWidget(m_overview);
    m_title->setText(tr("O&verview"));
    m_title->setBuddy(m_overview->text());
}

void QuestionPane::showConversation() {
    m_pages->setCurrentWidget(m_conversation);
    m_title->setText(tr("Co&nversation"));
    m_title->setBuddy(m_conversation);
}

bool QuestionPane::isOverviewShown() const {
    return m_pages->currentWidget() == m_overview;
}

void QuestionPane::clearQuestion() {
    m_question->clear();
}

}  // namespace tl
