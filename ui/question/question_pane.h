// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace tl {

class ConversationView;
class OverviewPage;

// The conversation, or the overview in its place, and the line in which the next question is typed.
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
    void showOverview();
    void showConversation();
    bool isOverviewShown() const;

    ConversationView* conversation() const { return m_conversation; }
    OverviewPage* overview() const { return m_overview; }
    QLineEdit* question() const { return m_question; }
    QPushButton* askButton() const { return m_ask; }
    QPushButton* stopButton() const { return m_stop; }

Q_SIGNALS:
    void asked(const QString& question);
    void stopRequested();

private:
    ConversationView* m_conversation;
    OverviewPage* m_overview;
    QStackedWidget* m_pages;
    QLabel* m_title;
    QLineEdit* m_question;
    QPushButton* m_ask;
    QPushButton* m_stop;
};

}  // namespace tl
