// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace tl {

// One line above the panes that says what went wrong, or what there is to know, until it is
// dismissed; it may offer to do something about it. Never takes the focus.
class MessageStrip : public QFrame {
    Q_OBJECT

public:
    enum class Kind { kProblem, kNews };

    explicit MessageStrip(Kind kind = Kind::kProblem, QWidget* parent = nullptr);

    // action: what a button beside the message says; empty: there is none.
    void showMessage(const QString& message, const QString& action = {});
    QString message() const;
    QPushButton* actionButton() const { return m_action; }

Q_SIGNALS:
    void actionRequested();

private:
    QLabel* m_text;
    QPushButton* m_action;
};

}  // namespace tl
