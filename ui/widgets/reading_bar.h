// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include "app/app_types.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace tl {

// How far reading is: a bar, the numbers beside it, and a button that cancels what runs.
class ReadingBar : public QWidget {
    Q_OBJECT

public:
    explicit ReadingBar(QWidget* parent = nullptr);

    // A command runs whose length is not known yet.
    void showBusy(const QString& what);
    void showProgress(const ReadingProgress& progress);
    // Nothing runs: what was last said stays, the bar and the button go.
    void showIdle();
    void setText(const QString& text);

    QString text() const;
    QPushButton* cancelButton() const { return m_cancel; }

Q_SIGNALS:
    void cancelRequested();

private:
    QProgressBar* m_bar;
    QLabel* m_numbers;
    QPushButton* m_cancel;
};

// "12,000 of 50,000 tokens, 1,200 tokens/s, 32 s left".
QString progressText(const ReadingProgress& progress);

}  // namespace tl
