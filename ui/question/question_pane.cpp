// SPDX-License-Identifier: Apache-2.0
#include "ui/question/question_pane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/question/conversation_view.h"

namespace tl {

QuestionPane::QuestionPane(QWidget* parent)
    : QWidget(parent)
    , m_conversation(new ConversationView)
    , m_question(new QLineEdit)
    , m_ask(new QPushButton(tr("&Ask")))
    , m_stop(new QPushButton(tr("S&top"))) {
    m_question->setAccessibleName(tr("Question"));
    m_question->setPlaceholderText(tr("Ask about the corpus"));
    m_question->setAcceptDrops(false);  // Files dropped here are for the window.
    m_ask->setAccessibleName(tr("Ask the question"));
    m_stop->setAccessibleName(tr("Stop what runs"));
    auto* title = new QLabel(tr("Co&nversation"));
    title->setBuddy(m_conversation);
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
    layout->addWidget(title);
    layout->addWidget(m_conversation, 1);
    layout->addLayout(line);
    layout->addLayout(buttons);
    setTabOrder(m_conversation, m_question);
    setTabOrder(m_question, m_ask);
    setTabOrder(m_ask, m_stop);

    connect(m_question, &QLineEdit::returnPressed, this, &QuestionPane::ask);
    connect(m_ask, &QPushButton::clicked, this, &QuestionPane::ask);
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
}

void QuestionPane::setStopEnabled(bool isEnabled) {
    m_stop->setEnabled(isEnabled);
}

void QuestionPane::focusQuestion() {
    m_question->setFocus(Qt::OtherFocusReason);
}

void QuestionPane::clearQuestion() {
    m_question->clear();
}

}  // namespace tl
