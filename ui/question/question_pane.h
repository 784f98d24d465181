// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace tl {

class ConversationView;

// The conversation and the line in which the next question is typed.
class QuestionPane : public QWidget {
    Q_OBJECT

public:
    explicit QuestionPane(QWidget* parent = nullptr);

    // Sends asked() with what is typed, if asking is enabled and anything is.
    void ask();
    void setAskEnabled(bool isEnabled);
    void setStopEnabled(bool isEnabled);
    void focusQuestion();
    // The question was taken: makes room for the next.
    void clearQuestion();

    ConversationView* conversation() const { return m_conversation; }
    QLineEdit* question() const { return m_question; }
    QPushButton* askButton() const { return m_ask; }
    QPushButton* stopButton() const { return m_stop; }

Q_SIGNALS:
    void asked(const QString& question);
    void stopRequested();

private:
    ConversationView* m_conversation;
    QLineEdit* m_question;
    QPushButton* m_ask;
    QPushButton* m_stop;
};

}  // namespace tl
